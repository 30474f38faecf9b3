"""Reading Word forms, from bytes to record, against unpacking and parsing the XML of their main part.

Prints the ratios over all forms given (those of the tests, if none are): for a form read the first time after the others
before it, and for one read again, the least of many runs. CPU time. Other readers are measured where they are installed.
"""

import statistics
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path

import docx
from lxml import etree

from marac.document import WORD, Document
from marac.parsers import read
from marac.parsers.blocks import Block
from marac.parsers.word.word import Word

FORMS = Path(__file__).parent.parent / "tests" / "forms"
RUNS = 15
PEER_RUNS = 3


def spent(work: Callable[[], object]) -> float:
    """Milliseconds of CPU."""
    start = time.process_time_ns()
    work()
    return (time.process_time_ns() - start) / 1e6


def least(work: Callable[[], object], runs: int = RUNS) -> float:
    """Milliseconds of CPU, the least of all runs."""
    return min(spent(work) for _ in range(runs))


def floor(content: bytes) -> None:
    """Unzips the main part and parses its XML, which nobody can do without."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        etree.fromstring(package.read("word/document.xml"))


def cells(content: bytes) -> list[str]:
    """The cells of all tables by python-docx."""
    tables = docx.Document(BytesIO(content)).tables
    return [cell.text for table in tables for row in table.rows for cell in row.cells]


def markdown() -> Callable[[bytes], object] | None:
    """Conversion to Markdown by markitdown, where it is installed."""
    try:
        from markitdown import MarkItDown  # type: ignore[import-not-found]
    except ImportError:
        return None
    converter = MarkItDown()
    return lambda content: converter.convert_stream(BytesIO(content), file_extension=".docx")


def line(name: str, times: Sequence[float], floors: Sequence[float]) -> str:
    """The ratios of a way to read, in one line."""
    ratios = [time / floor for time, floor in zip(times, floors, strict=True)]
    middle, low, high = statistics.median(ratios), min(ratios), max(ratios)
    return f"{name:34} median {statistics.median(times):7.2f} ms, ratio {middle:6.1f} ({low:.1f} to {high:.1f})"


def blocks(form: Document) -> list[Block]:
    """What the format alone makes of a form."""
    return list(Word().blocks(form))


def main() -> None:
    """Prints a line for each way to read."""
    paths = [Path(name) for name in sys.argv[1:]] or sorted(FORMS.glob("*.docx"))
    forms = [Document(path.name, WORD, path.read_bytes()) for path in paths]
    read(forms[0])  # imports, and the dictionary
    first = [spent(partial(read, form)) for form in forms]
    floors = [least(partial(floor, form.content)) for form in forms]
    print(line(f"floor, {len(forms)} forms", floors, floors))
    print(line("marac, blocks alone", [least(partial(blocks, form)) for form in forms], floors))
    again = [least(partial(read, form)) for form in forms]
    print(line("marac, to the record (goal 8)", again, floors))
    print(line("marac, each form's first reading", first[1:], floors[1:]))
    theirs = [least(partial(cells, form.content), PEER_RUNS) for form in forms]
    print(line("python-docx, cells alone", theirs, floors))
    convert = markdown()
    if convert is None:
        print("markitdown is not installed here")
        return
    theirs = [least(partial(convert, form.content), PEER_RUNS) for form in forms]
    print(line("markitdown (goal: 20 times ours)", theirs, floors))
    faster = [their / our for their, our in zip(theirs, again, strict=True)]
    print(f"marac is {statistics.median(faster):.0f} times faster ({min(faster):.0f} to {max(faster):.0f})")


main()
