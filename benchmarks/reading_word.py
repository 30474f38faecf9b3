"""Reading a Word form, from bytes to record, against unpacking it and parsing its XML: CPU time, least of many runs."""

import sys
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from lxml import etree

from marac.document import WORD, Document
from marac.parsers import read

FORM = Path(__file__).parent.parent / "tests" / "forms" / "d52-kingston.docx"
RUNS = 60


def least(work: Callable[[], object]) -> float:
    """Milliseconds of CPU, the least of all runs."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times) * 1000


def main() -> None:
    """Prints both times and their ratio."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else FORM
    document = Document(path.name, WORD, path.read_bytes())
    assert read(document).kind != "unreadable"
    floor = least(lambda: etree.fromstring(zipfile.ZipFile(BytesIO(document.content)).read("word/document.xml")))
    whole = least(lambda: read(document))
    print(
        f"{path.name}: read {whole:.2f} ms, unzip and parse {floor:.2f} ms, ratio {whole / floor:.1f} (goal: at most 10)"
    )


main()
