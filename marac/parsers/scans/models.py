"""Where Tesseract's models are on this computer, and Tesseract started with them."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marac.parsers.blocks import UnreadableDocument

LANGUAGE = "eng"
MISSING = (
    "This is a scan, and the program that reads scans is not complete on this computer: Tesseract's English model is "
    "missing. Run `marac doctor`, which tells what to install; until then, open the file and type it in by hand."
)
_PLACES = {
    "win32": ("C:/Program Files/Tesseract-OCR/tessdata", "C:/Program Files (x86)/Tesseract-OCR/tessdata"),
    "darwin": ("/opt/homebrew/share/tessdata", "/usr/local/share/tessdata", "/opt/local/share/tessdata"),
}
_LINUX = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
)


def models_found(models: Path | None) -> Path | None:
    """The folder with Tesseract's English model: `models` if it is given, else where the system keeps it."""
    places = [models] if models is not None else _usual_places()
    return next((place for place in places if (place / f"{LANGUAGE}.traineddata").is_file()), None)


def _usual_places() -> list[Path]:
    return list(_named_places()) + [Path(place) for place in _PLACES.get(sys.platform, _LINUX)]


def _named_places() -> Iterator[Path]:
    """The folder that the environment names, or the one inside it, as older versions of Tesseract meant it."""
    named = os.environ.get("TESSDATA_PREFIX")
    if named:
        yield Path(named)
        yield Path(named) / "tessdata"


def engine(models: Path | None) -> Any:
    """Tesseract with its English model, to be closed by `End()`.

    Raises:
        UnreadableDocument: there is no Tesseract or no model on this computer.
    """
    place = models_found(models)
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # more threads take twice the time for one page
    try:
        from tesserocr import PSM, PyTessBaseAPI

        if place is None:
            raise UnreadableDocument(MISSING)
        return PyTessBaseAPI(path=str(place), lang=LANGUAGE, psm=PSM.SPARSE_TEXT)
    except (ImportError, RuntimeError) as error:
        raise UnreadableDocument(MISSING) from error
