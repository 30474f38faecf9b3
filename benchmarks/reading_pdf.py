"""How long a PDF form takes from bytes to record by the first reader, against two things that do less.

pdfium's own text of the pages is the floor; pdfplumber's words and tables are what people use instead. The second
reading, which only looks again at what decides a case, is told apart.

Run: python benchmarks/reading_pdf.py [FORM.pdf ...]
Prints CPU milliseconds (the least of several runs) and their ratios. The goal is at most 12 times pdfium's text, and at
least 3 times as fast as pdfplumber.
"""

import gc
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from io import BytesIO
from pathlib import Path
from statistics import median

import pdfplumber
import pypdfium2

from marac.document import PDF, Document
from marac.parsers import read
from marac.parsers.blocks import Allowance
from marac.parsers.pdf.pdf import Pdf

FORMS = Path(__file__).parents[1] / "tests" / "forms"
ONCE = Allowance(twice=False)
RUNS, FEWER_RUNS = 15, 3


def milliseconds(act: Callable[[], object], runs: int) -> float:
    """The least CPU time of several runs."""
    least = float("inf")
    for _ in range(runs):
        gc.collect()
        before = time.process_time()
        act()
        least = min(least, time.process_time() - before)
    return 1000 * least


def text(content: bytes) -> None:
    """What pdfium does alone."""
    pdf = pypdfium2.PdfDocument(content)
    for page in pdf:
        page.get_textpage().get_text_range()
    pdf.close()


def words_and_tables(content: bytes) -> None:
    """What pdfplumber does alone."""
    with pdfplumber.open(BytesIO(content)) as pdf:
        for page in pdf.pages:
            page.extract_words()
            page.find_tables()


def measured(path: Path) -> tuple[float, float]:
    """Prints a line for one form; how many times pdfium's text the record takes, and how much faster than pdfplumber."""
    document = Document(path.name, PDF, path.read_bytes())
    floor = milliseconds(partial(text, document.content), RUNS)
    other = milliseconds(partial(words_and_tables, document.content), FEWER_RUNS)
    blocks = milliseconds(partial(Pdf(ONCE).blocks, document), RUNS)
    record = milliseconds(partial(read, document, allowance=ONCE), RUNS)
    again = milliseconds(partial(Pdf().blocks_again, document), FEWER_RUNS)
    print(
        f"{path.name:24} {floor:6.1f} {other:10.1f} {blocks:7.1f} {record:7.1f} {(record - blocks) / record:7.0%}"
        f" {record / floor:9.1f} {other / record:12.1f} {again:14.1f}"
    )
    return record / floor, other / record


def main(names: Iterable[str]) -> None:
    print("form                     pdfium pdfplumber  blocks  record  mapper  × pdfium  pdfplumber ×  second reading")
    found = [measured(path) for path in [Path(name) for name in names] or sorted(FORMS.glob("*.pdf"))]
    print(
        f"median: {median(one for one, _ in found):.1f} × pdfium's text, {median(two for _, two in found):.1f} × faster"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
