"""Text templates: what messages around documents say, with `$fields`. What is wrong in one, in words."""

import difflib
import re
import string
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import PurePath

from marac.errors import TemplateError

_NEVER_LEFT_OUT = {
    "acknowledgement": ("referrals", "missing", "emergency", "program"),
    "chaser": ("asked", "cases", "how", "emergency", "program"),
    "cover_email": ("file", "purpose"),
    "receipt": ("cases", "receipt", "emergency", "program"),
    "digest": ("mailbox", "cases", "letters", "meeting", "alarm"),
}
"""Every such message must say these."""
_DOLLAR = re.compile(r"\$(?:(\$)|\{?([A-Za-z_][A-Za-z0-9_]*)\}?)?")
_CURLY = re.compile(r"\{\{\s*([A-Za-z_.]+)\s*\}\}")


def text_kind_of(file_name: str) -> str | None:
    """Which message a file words: the one that it is named for; None if it is none of marac's."""
    stem = PurePath(file_name).stem.lower()
    return stem if PurePath(file_name).suffix.lower() == ".txt" and stem in text_kinds() else None


def text_kinds() -> tuple[str, ...]:
    """The messages whose words an area can change."""
    places = (files("marac") / "templates").iterdir()
    return tuple(sorted(place.name.removesuffix(".txt") for place in places if place.name.endswith(".txt")))


def own_text(kind: str) -> str:
    """The text that marac brings along."""
    return (files("marac") / "templates" / f"{kind}.txt").read_text(encoding="utf-8")


def worded(kind: str, template: str, known: Mapping[str, str], must_tell: str) -> str:
    """The message in the words of a template.

    Args:
        kind: Which message: the template is called after it.
        template: Its text, with fields.
        known: The fields and what stands for them; those that may not be left out are named at the head of this module.
        must_tell: What every such message must tell, as a sentence.

    Raises:
        TemplateError: the template names something else, or lacks what may not be left out.
    """
    checked = string.Template(template)
    named = checked.get_identifiers() if checked.is_valid() else []
    if not checked.is_valid() or not set(named) <= known.keys():
        raise TemplateError(f"{kind}.txt has a $ that is not followed by a known field. Known: {_dollars(known)}.")
    if lacking := [name for name in _NEVER_LEFT_OUT[kind] if name not in named]:
        raise TemplateError(f"{kind}.txt lacks {_dollars(lacking)}. {must_tell}")
    return checked.substitute(known)


def _dollars(names: Iterable[str]) -> str:
    return ", ".join(f"${name}" for name in names)


def text_from(content: bytes) -> str:
    """The text of a file.

    Raises:
        TemplateError: it is not saved as UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TemplateError("It is not saved as UTF-8. Save it again with that encoding.") from None


def text_fields(kind: str) -> tuple[str, ...]:
    """The fields that the message has."""
    return tuple(string.Template(own_text(kind)).get_identifiers())


def text_faults(content: bytes, kind: str) -> tuple[str, ...]:
    """Every fault in a text template, each a sentence with the line that it stands in; empty where it can be used."""
    try:
        text = text_from(content)
    except TemplateError as error:
        return (str(error),)
    known = text_fields(kind)
    found = [
        f"{fault} It stands in line {number}: “{' '.join(line.split())[:70]}”."
        for number, line in enumerate(text.splitlines(), 1)
        for fault in _faults_of_line(line, known)
    ]
    used = {match[2] for match in _DOLLAR.finditer(text)}
    found += (
        f"${name} is missing. Every such message must say it."
        for name in _NEVER_LEFT_OUT.get(kind, ())
        if name not in used
    )
    return tuple(dict.fromkeys(found))


def _faults_of_line(line: str, known: tuple[str, ...]) -> Iterator[str]:
    for match in _DOLLAR.finditer(line):
        if match[1]:
            continue
        if match[2] is None:
            yield "A $ stands by itself. Write $$ for the sign, or the name of a field after it."
        elif match[2] not in known:
            near = difflib.get_close_matches(match[2].lower(), known, n=1, cutoff=0.5)
            meant = f"Did you mean '${near[0]}'?" if near else f"Known: {_dollars(known)}."
            yield f"Field '${match[2]}' is not known. {meant}"
    for match in _CURLY.finditer(line):
        yield f"'{match[0]}' is how Word templates name a field. In a text it is ${match[1].replace('.', '_')}."
