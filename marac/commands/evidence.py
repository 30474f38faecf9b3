"""`marac parse --evidence`: a picture of the place on the form that each value was read from."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from marac.errors import MaracError
from marac.files import private_folder
from marac.intake.opening.message import shown
from marac.intake.originals import Originals
from marac.intake.reading.reader import Reader
from marac.register.deliveries import Part

Pictures = Mapping[str, str]
"""The picture of each value, by its path in the record: a file name inside the folder of evidence."""


class EvidenceFolderError(MaracError):
    """The pictures cannot be written there. Name a folder that is empty or not there yet."""


def pictures_of(name: str, parts: Sequence[Part], reader: Reader, originals: Originals, folder: Path) -> list[Pictures]:
    """Pictures of what each part says, in a folder of its own inside `folder`: one list entry a part, in their order.

    Raises:
        EvidenceFolderError: the folder cannot be written, or holds pictures of a file of this name already.
        ReaderError: no file can be read at present.
    """
    inside = folder / Path(shown(name)).name
    try:
        if inside.exists() and any(inside.iterdir()):
            raise EvidenceFolderError
        return [_kept(part, reader, originals, folder, inside, len(parts)) for part in parts]
    except OSError:
        raise EvidenceFolderError from None


def _kept(part: Part, reader: Reader, originals: Originals, folder: Path, inside: Path, parts: int) -> Pictures:
    if part.reading is None or not part.reading.evidence:
        return {}
    place = inside if parts == 1 else inside / str(part.number)
    private_folder(place)
    paths = reader.pictures(originals.path(part.sha256), part.reading, place)
    return {path: (place / f"{path}.png").relative_to(folder).as_posix() for path in paths}
