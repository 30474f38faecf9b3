"""Reading a scanned page, from its dots to its print, beside Tesseract alone on the same picture: CPU time a page.

Run: python -m benchmarks.reading_scans [SCAN.pdf ...]
Without files, a form made on the spot is read. The floor is tesserocr on the whole page, looking for sparse print: it
reads no box and no table. The memory is the most that this process held.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # before Tesseract is loaded, or its threads count twice

import numpy as np
import pypdfium2

from marac.parsers.scans.models import engine
from marac.parsers.scans.scan import DOTS_PER_INCH, scanned
from tests import invented_scans

RUNS = 3


def least(work: Callable[[], object]) -> float:
    """Seconds of CPU, the least of all runs."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def tesseract(picture: np.ndarray) -> None:
    """The words of a page by Tesseract alone."""
    reader = engine(None)
    high, wide = picture.shape
    reader.SetImageBytes(picture.tobytes(), wide, high, 1, wide)
    reader.SetSourceResolution(DOTS_PER_INCH)
    reader.GetUTF8Text()
    reader.End()


def pages(paths: list[str]) -> Iterator[tuple[str, np.ndarray, float, float]]:
    """Each page with its name and its size in points."""
    if not paths:
        yield "made", np.asarray(invented_scans.scanned(invented_scans.page(), turn=1.0)), 595.0, 842.0
    for path in paths:
        for number, page in enumerate(pypdfium2.PdfDocument(path), 1):
            dots = page.render(scale=DOTS_PER_INCH / 72, grayscale=True).to_numpy()
            yield f"{path} {number}", np.ascontiguousarray(dots.reshape(dots.shape[:2])), *page.get_size()


def most_memory() -> float:
    """Megabytes; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Prints the times of each page and their ratio."""
    for name, picture, width, height in pages(sys.argv[1:]):
        alone = least(partial(tesseract, picture))
        whole = least(partial(scanned, picture, 1, width, height, None))
        print(f"{name}: tesserocr alone {alone:.2f} s, read {whole:.2f} s, {whole / alone:.1f} times")
    print(f"most memory {most_memory():.0f} MB")


if __name__ == "__main__":
    main()
