"""How long a PDF form takes from bytes to record, against pdfplumber's own words and tables on the same pages.

Run: python benchmarks/reading_pdf.py [FORM.pdf ...]
Prints CPU milliseconds (the least of several runs) and their ratio; the goal is at most 1.3.
"""

import gc
import sys
import time
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import pdfplumber

from marac.document import PDF, Document
from marac.parsers import read
from marac.parsers.pdf import Pdf

FORMS = Path(__file__).parents[1] / "tests" / "forms"
DEFAULT = (
    FORMS / "d26-kingston.pdf",
    FORMS / "d02-redbridge.pdf",
    FORMS / "d49-redbridge.pdf",
    FORMS / "d34-kingston.pdf",
)
RUNS = 7


def milliseconds(act: Callable[[], object]) -> float:
    """The least CPU time of several runs."""
    least = float("inf")
    for _ in range(RUNS):
        gc.collect()
        before = time.process_time()
        act()
        least = min(least, time.process_time() - before)
    return 1000 * least


def words_and_tables(content: bytes) -> None:
    """What pdfplumber does alone."""
    with pdfplumber.open(BytesIO(content)) as pdf:
        for page in pdf.pages:
            page.extract_words()
            page.find_tables()


def main() -> None:
    print(f"{'form':24} pdfplumber  blocks  ratio  record  ratio")
    for path in [Path(name) for name in sys.argv[1:]] or DEFAULT:
        document = Document(path.name, PDF, path.read_bytes())
        alone = milliseconds(partial(words_and_tables, document.content))
        blocks = milliseconds(partial(Pdf().blocks, document))
        record = milliseconds(partial(read, document))
        print(f"{path.name:24} {alone:10.1f} {blocks:7.1f} {blocks / alone:6.2f} {record:7.1f} {record / alone:6.2f}")


if __name__ == "__main__":
    main()
