"""What the reading of forms may use on this computer: models, wordings and LibreOffice, as config.toml names them."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ReadingMeans:
    """Each is None for what this computer or the program itself has."""

    models: Path | None = None
    """The folder of Tesseract's models, by which scans are read."""
    wordings: Path | None = None
    """The file of the area's own wordings."""
    libreoffice: Path | None = None
    """The program that opens old Word, rich text and OpenDocument files."""
