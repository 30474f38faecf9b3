"""What a form's labels were understood as, which were not, and what a reading says otherwise by a fuller dictionary. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from marac.parsers.blocks import Block, Line
from marac.parsers.checklists.checklists import checklist_in
from marac.parsers.dictionary.additions import NOT_ASKED, Addition
from marac.parsers.dictionary.field_names import Field
from marac.parsers.dictionary.vocabulary import Vocabulary
from marac.parsers.dictionary.wordings import plain
from marac.parsers.filling.answers import Answer
from marac.parsers.layout.layout import page_of
from marac.parsers.layout.page import Page
from marac.record import to_record
from marac.referral import Reading

_LONGEST_WORDS = 24
_PERSONAL = re.compile(r"\d|@")
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Strange:
    """A label that was not understood, the words beside it, where it stands, and the part of the form it is in.

    `known` says that the dictionary has the label, and only whose it is was not clear.
    """

    label: str
    words: str = field(repr=False)
    where: str
    section: str | None
    known: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A leaf that reads otherwise: its path, what it was and what it would be; None where there is nothing."""

    path: str
    before: object = field(repr=False)
    after: object = field(repr=False)


def page_in(blocks: Sequence[Block], vocabulary: Vocabulary) -> Page:
    """What layout makes of these blocks by this dictionary."""
    return page_of(blocks, vocabulary, checklist_in(blocks).taken)


def strange_labels(page: Page) -> list[Strange]:
    """The labels with words beside them that nothing claimed, each once, in reading order."""
    found: dict[str, Strange] = {}
    for each in page.unread:
        label = " ".join(each.label.split()).strip(" :")
        words = plain(label)
        if any(letter.isalpha() for letter in words):
            known = page.vocabulary.literal(label) is not None
            cut = each.words if len(each.words) <= _LONGEST_WORDS else each.words[: _LONGEST_WORDS - 1].rstrip() + "…"
            found.setdefault(words, Strange(label, cut, each.where, each.section, known))
    return list(found.values())


def understood(page: Page) -> Iterator[tuple[str, str, str]]:
    """Each label that was understood: its words, what it asks for, and where it stands."""
    for answer in page.answers:
        if answer.label:
            yield " ".join(answer.label.split()), _asked(answer), answer.where


def _asked(answer: Answer) -> str:
    return f"{answer.person}.{answer.key}" if answer.person else answer.key


def bears(page: Page, additions: Sequence[Addition], blocks: Sequence[Block]) -> bool:
    """Whether a form has one of these wordings: as a label that was not understood, or as a text of its own."""
    wanted = {plain(each.wording) for each in additions}
    if any(plain(each.label) in wanted for each in strange_labels(page)):
        return True
    return any(plain(text) in wanted for text in _texts(blocks))


def has_text(blocks: Sequence[Block], wording: str) -> bool:
    """Whether a line, a cell or a label of the form has just these words."""
    return any(plain(text) == plain(wording) for text in _texts(blocks))


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        for text in [block.text] if isinstance(block, Line) else [cell.text for cell in block.cells]:
            for line in (text, *text.split("\n")):
                yield line
                yield line.partition(":")[0]


def addition_for(label: str, section: str | None, meant: Field | None) -> Addition:
    """The wording to add for what a person said of a label; None for nothing to read.

    Where the label stands under the heading of the person it asks about, it is added for any person, as most labels
    are: the heading says whose it is. Everywhere else it is added for that one person.
    """
    if meant is None:
        return Addition((NOT_ASKED,), "labels", label)
    if meant.group == "heading":
        return Addition(("headings",), meant.path, label)
    key = meant.path.rpartition(".")[2]
    if meant.group == section or (meant.group == "child" and key.startswith("relationship_to_")):
        return Addition(("labels", "person"), key, label)
    return Addition(("labels", "form"), meant.path, label)


def may_be_personal(label: str, reading: Reading) -> bool:
    """Whether a label may hold somebody's own data: a figure, an address, or a word of a name on the form."""
    if _PERSONAL.search(label):
        return True
    words = set(plain(label).split())
    return any(
        part in words
        for name in _names(to_record(reading)["referral"])
        for part in plain(name).split()
        if len(part) >= _SHORTEST_NAME
    )


def _names(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _names(inner, name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _names(inner, key)
    elif key in ("name", "aliases") and isinstance(value, str):
        yield value


def differences(before: Reading, after: Reading) -> list[Difference]:
    """The leaves that two readings of one form do not have alike, in the order of the record."""
    old, new = (dict(_leaves(_whole(reading))) for reading in (before, after))
    return [
        Difference(path, old.get(path), new.get(path))
        for path in dict.fromkeys((*old, *new))
        if old.get(path) != new.get(path)
    ]


def _whole(reading: Reading) -> dict[str, Any]:
    record = to_record(reading)
    return {"kind": record["kind"], **record["referral"]}


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value, 1):
            yield from _leaves(inner, f"{path}.{number}")
    elif value is not None:
        yield path, value
