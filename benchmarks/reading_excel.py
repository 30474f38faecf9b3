"""Reading an Excel form, from bytes to record, beside calamine, openpyxl and the floor: CPU time, least of many runs.

Run: python -m benchmarks.reading_excel [FORM.xlsx ...]
The floor is unpacking the file and parsing the XML of its sheets, shared strings and styles with lxml. The mapper is the
way from blocks to the record, which is the same for every format. The goal is a record at 10 times calamine.
"""

import re
import sys
import time
import zipfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

from lxml import etree
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from marac.document import EXCEL, Document
from marac.parsers import Allowance, read
from marac.parsers.sheets.excel import Excel

FORMS = Path(__file__).parent.parent / "tests" / "forms"
PARTS = re.compile(r"xl/(?:worksheets/[^/]+|sharedStrings|styles|workbook)\.xml")
RUNS = 30


def least(work: Callable[[], object]) -> float:
    """Milliseconds of CPU, the least of all runs."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times) * 1000


def floor(content: bytes) -> None:
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            if PARTS.fullmatch(name):
                etree.fromstring(package.read(name))


def calamine(content: bytes) -> None:
    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    for name in workbook.sheet_names:
        workbook.get_sheet_by_name(name).to_python()


def openpyxl(content: bytes) -> None:
    for sheet in load_workbook(BytesIO(content), data_only=True, rich_text=True).worksheets:
        list(sheet.iter_rows())


def compare(document: Document) -> None:
    """Prints the times of one form and the ratios of its record."""
    content = document.content
    assert read(document).kind != "unreadable"
    rivals = {rival.__name__: least(partial(rival, content)) for rival in (calamine, openpyxl, floor)}
    blocks = least(lambda: list(Excel().blocks(document)))
    record = least(partial(read, document, None, Allowance(twice=False)))
    again = least(lambda: list(Excel().blocks_again(document) or ()))
    ratios = ", ".join(f"{record / took:.1f} x {name} ({took:.2f} ms)" for name, took in rivals.items())
    print(f"{document.name}: record {record:.2f} ms = {ratios}")
    print(
        f"  blocks {blocks:.2f} ms = {blocks / rivals['calamine']:.1f} x calamine, {blocks / rivals['floor']:.1f} x floor"
    )
    print(
        f"  mapper {record - blocks:.2f} ms, {100 - 100 * blocks / record:.0f} % of it; second reading {again:.2f} ms"
    )


def main() -> None:
    """Compares each form."""
    for path in [Path(name) for name in sys.argv[1:]] or sorted(FORMS.glob("*.xlsx")):
        compare(Document(path.name, EXCEL, path.read_bytes()))


if __name__ == "__main__":
    main()
