"""Which template a document is made from: the area's own where it is sound, else the last good copy of it, else marac's.

A template that fails the check is never used. Good copies are kept in the store, so that a slip of the hand in Word on
the morning of a meeting stops nothing. Templates come from the area's folder only, never from mail.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from marac.errors import StoreError, TemplateError
from marac.files import private_folder, write_whole
from marac.generators.fields import RECORDS, Field, Kind, fields_of, record_fields
from marac.office import Office
from marac.record import identity_of

_CHECK = 1
"""Counted up when the check finds more or less than before, so that templates are checked anew."""
_MOST_NAMED = 2


@dataclass(frozen=True, slots=True)
class InUse:
    """The template that is used now."""

    content: bytes = field(repr=False)
    path: Path
    """Where the area's own stands, or would."""
    own: bool = False
    """Whether it is the area's own, as it stands there."""
    refused: tuple[str, ...] = ()
    """Why the area's own is not used, each reason a sentence; empty where it is, or where there is none."""
    instead: str = ""
    """What is used in its place."""

    @property
    def warning(self) -> str:
        """What to say to the coordinator; empty where nothing is wrong."""
        if not self.refused:
            return ""
        return f"Your template {self.path.name}: {self.why} {self.to_do}"

    @property
    def told(self) -> tuple[str, str, str]:
        """As the register tells it: the name of the file, why it is not used, and what to do."""
        return self.path.name, self.why, self.to_do

    @property
    def why(self) -> str:
        """Why the area's own is not used, and what is in its place."""
        rest = len(self.refused) - _MOST_NAMED
        more = [f"(And {rest} more.)"] if rest > 0 else []
        why = " ".join((*self.refused[:_MOST_NAMED], *more))
        return f"It is not used as it is. {why} Until it is mended, documents are made from {self.instead}."

    @property
    def to_do(self) -> str:
        """What to do about it."""
        how = " --annotate" if self.path.suffix == ".docx" else ""
        return f"Read all that is wrong, and where: marac template check {self.path.name}{how}"


def template_for(office: Office, kind: Kind) -> bytes:
    """The template that documents of a kind are made from now; one that is used for the first time is kept as a good copy.

    Raises:
        TemplateError: marac has none of this kind.
        StoreError: the good copy cannot be kept.
    """
    return _used(office, f"{kind}.docx")


def text_for(office: Office, kind: str) -> str:
    """The text of a kind of message, found in the same way.

    Raises:
        StoreError: the good copy cannot be kept.
    """
    from marac.generators.text_templates import text_from

    return text_from(_used(office, f"{kind}.txt"))


def template_in_use(office: Office, name: str) -> InUse:
    """The template of this name, such as `letter.docx`, that is used now. Nothing is changed.

    Raises:
        TemplateError: marac has none of this name.
    """
    path = office.settings.folders.templates / name
    try:
        content = _read(path)
    except TemplateError as error:
        return _instead(office, path, (str(error),))
    if content is None:
        return InUse(_own(name), path)
    wrong = _faults(_verdicts(office), name, content)
    return _instead(office, path, wrong) if wrong else InUse(content, path, own=True)


def refused_templates(office: Office) -> tuple[InUse, ...]:
    """The templates of the area that are not used as they are, with what is used in their place."""
    folder = office.settings.folders.templates
    if not folder.is_dir():
        return ()
    there = [name for name in _names() if (folder / name).exists() or (folder / name).is_symlink()]
    return tuple(found for name in there if (found := template_in_use(office, name)).refused)


def _names() -> tuple[str, ...]:
    from marac.generators.text_templates import text_kinds

    return (*(f"{kind}.docx" for kind in RECORDS), *(f"{kind}.txt" for kind in text_kinds()))


def _used(office: Office, name: str) -> bytes:
    found = template_in_use(office, name)
    if found.own:
        _keep(office, found)
    return found.content


def _read(path: Path) -> bytes | None:
    """The area's own template; None where it has none.

    Raises:
        TemplateError: there is one, and it cannot be taken.
    """
    if path.is_symlink():
        raise TemplateError("It is a link to a file elsewhere. Put the file itself into the folder.")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        raise TemplateError("It cannot be opened. Is it open in Word? Close it there.") from None


def _own(name: str) -> bytes:
    """What marac brings along under this name."""
    from marac.generators.template_needs import own_template
    from marac.generators.text_templates import own_text

    stem, _, suffix = name.rpartition(".")
    return own_text(stem).encode("utf-8") if suffix == "txt" else own_template(_kind(stem))


def _kind(stem: str) -> Kind:
    for kind in RECORDS:
        if kind == stem:
            return kind
    raise TemplateError(f"marac has no documents of the kind {stem}.")


def _instead(office: Office, path: Path, refused: tuple[str, ...]) -> InUse:
    good = _last_good(office, path.name)
    if good is None:
        return InUse(_own(path.name), path, refused=refused, instead="marac's own template")
    return InUse(good, path, refused=refused, instead="the last good copy of it")


def _folder(office: Office) -> Path:
    """Where the good copies of this MARAC are kept."""
    return office.store.folder / "templates" / office.settings.marac.id


def _newest(office: Office, name: str) -> Path:
    """Where it stands which good copy is the last one."""
    return _folder(office) / f"{name}.sha256"


def _copy(office: Office, name: str, sha256: str) -> Path:
    return _folder(office) / f"{sha256} {name}"


def _keep(office: Office, found: InUse) -> None:
    """Keep a template that is used, as the last good copy."""
    name, sha256 = found.path.name, hashlib.sha256(found.content).hexdigest()
    newest = _newest(office, name)
    if newest.is_file() and newest.read_text(encoding="ascii").strip() == sha256:
        return
    private_folder(newest.parent)
    write_whole(_copy(office, name, sha256), found.content)
    write_whole(newest, sha256.encode("ascii"))


def _last_good(office: Office, name: str) -> bytes | None:
    """The last good copy, where there is one, it is whole, and this version of marac finds nothing wrong with it."""
    try:
        sha256 = _newest(office, name).read_text(encoding="ascii").strip()
        content = _copy(office, name, sha256).read_bytes()
    except (OSError, ValueError):
        return None
    whole = hashlib.sha256(content).hexdigest() == sha256
    return content if whole and not _faults(_verdicts(office), name, content) else None


def _verdicts(office: Office) -> Path:
    """Where it is kept what the check found, so that each file is checked once."""
    return office.store.folder / "templates" / "checked"


@lru_cache(maxsize=64)
def _faults(verdicts: Path, name: str, content: bytes) -> tuple[str, ...]:
    """What the check finds, or found when it looked at the same bytes before."""
    ours, theirs = (hashlib.sha256(each).hexdigest() for each in (_own(name), content))
    path = verdicts / f"{identity_of(_CHECK, name, _shape(name), ours, theirs)}.json"
    try:
        return tuple(map(str, json.loads(path.read_text(encoding="utf-8"))))
    except (OSError, ValueError, TypeError):
        return _checked(path, name, content)


def _checked(path: Path, name: str, content: bytes) -> tuple[str, ...]:
    from marac.generators.template_check import faults
    from marac.generators.text_templates import text_faults

    stem, _, suffix = name.rpartition(".")
    found = text_faults(content, stem) if suffix == "txt" else tuple(map(str, faults(content, _kind(stem))))
    try:
        private_folder(path.parent)
        write_whole(path, json.dumps(found).encode("ascii"))
    except StoreError:
        return found  # the store may be read only here; it is checked again the next time
    return found


def _shape(name: str) -> list[str]:
    """The fields of a kind at any depth: a template that was sound may not be after they have changed."""
    stem, _, suffix = name.rpartition(".")
    return [] if suffix == "txt" else _paths(fields_of(_kind(stem)), "")


def _paths(fields: Mapping[str, Field], prefix: str) -> list[str]:
    found: list[str] = []
    for name, shape in fields.items():
        found.append(f"{prefix}{name} {shape.type.__name__} {shape.many} {shape.optional}")
        if shape.is_record:
            found += _paths(record_fields(shape.type), f"{prefix}{name}.")
    return found
