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


def unpacked(content: bytes, *, whole: bool) -> None:
    """Unzips the file and parses its XML with lxml: every part, or the main one alone."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in package.namelist() if whole else ["word/document.xml"]:
            part = package.read(name)
            if name.endswith((".xml", ".rels")):
                etree.fromstring(part)


def main() -> None:
    """Prints both times and their ratio."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else FORM
    document = Document(path.name, WORD, path.read_bytes())
    assert read(document).kind != "unreadable"
    package = least(lambda: unpacked(document.content, whole=True))
    main_part = least(lambda: unpacked(document.content, whole=False))
    whole = least(lambda: read(document))
    print(
        f"{path.name}: read {whole:.2f} ms; unzip the file and parse its XML {package:.2f} ms, ratio {whole / package:.1f} "
        f"(goal: at most 10); of word/document.xml alone {main_part:.2f} ms, ratio {whole / main_part:.1f}"
    )


main()
