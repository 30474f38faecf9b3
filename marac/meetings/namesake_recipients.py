"""Whether somebody who would receive an agency's documents has the name of somebody who must not.

`same` holds a case back until a person decides; `near` is a question for the coordinator, and holds nothing.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from marac.agency import Agency
from marac.matching.names import Name, names_in, stated
from marac.matching.spelling import folded, roots, sound, word_likeness
from marac.triage.namesakes import namesakes
from marac.triage.professionals import without_rank

Likeness = Literal["same", "near", "different"]
Part = Literal["representative", "deputy", "senior contact", "manager", "mailbox", "senior contact's mailbox"]

_OF_THE_TRADE = frozenset({"sister", "nurse", "matron", "cllr", "councillor", "midwife", "idva", "isva"})
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody at an agency whom documents would reach, or the mailbox that they go to."""

    part: Part
    text: str = field(repr=False)
    """A name as agencies.toml has it, or an address."""

    @property
    def is_senior(self) -> bool:
        """Whether held-back cases would go here."""
        return self.part.startswith("senior contact")

    @property
    def is_address(self) -> bool:
        """Whether the text is a mail address."""
        return "@" in self.text


def recipients_of(agency: Agency) -> tuple[Recipient, ...]:
    """Everybody whom documents for the agency would reach."""
    senior, manager = agency.senior, agency.manager
    found: tuple[tuple[Part, str | None], ...] = (
        ("representative", agency.representative),
        ("deputy", agency.deputy),
        ("senior contact", senior.name if senior else None),
        ("manager", manager.name if manager else None),
        ("mailbox", agency.email),
        ("senior contact's mailbox", senior.email if senior else None),
        ("manager", manager.email if manager else None),
    )
    return tuple(Recipient(part, text) for part, text in found if text)


def likeness(recipient: str, names: Sequence[str]) -> Likeness:
    """How alike a recipient, a name or a mail address, is to a person who is called by these names.

    The same are: the same words in any order, with or without a title, a middle name or its initial. Near are: another
    form or spelling, a sound, an initial for the first name, the surname alone.
    """
    known = tuple(name for name in names if stated(name))
    text = _bare(recipient)
    theirs = _words_of(text)
    best: Likeness = "different"
    for name in names_in(known):
        whole = frozenset(_parts(name))
        if len(whole) > 1 and (_same_words(theirs, whole) or ("@" in recipient and _run_together(text, name))):
            return "same"
        if _near(theirs, whole, name, text):
            best = "near"
    if best == "different" and "@" not in recipient and namesakes((text,), known):
        best = "near"
    return best


def may_be_the_same(recipient: str, words: Collection[str]) -> bool:
    """Whether a recipient could be `same` as anybody whose names are made of these words: a quick look before `likeness`."""
    if "@" in recipient:
        letters = "".join(_ordered(_bare(recipient)))
        return sum(len(word) > 1 and word in letters for word in words) > 1
    return len(_words_of(_bare(recipient)) & set(words)) > 1


def may_be_near(recipient: str, beginnings: Collection[str], words: Collection[str]) -> bool:
    """Whether a recipient could be `near` anybody whose names are made of these words, which begin so (`beginnings_of`)."""
    if "@" in recipient:
        letters = "".join(_ordered(_bare(recipient)))
        if any(len(word) > 2 and word in letters for word in words):
            return True
    return not _beginnings(_bare(recipient)).isdisjoint(beginnings)


def beginnings_of(words: Collection[str]) -> frozenset[str]:
    """How names begin, in letters and in sound: Catherine is found under c and k, Bob under b and r."""
    return frozenset(start for word in words for each in (word, *roots(word)) for start in (each[:1], sound(each)[:1]))


def words_in(names: Sequence[str]) -> frozenset[str]:
    """The folded words that a person's names are made of."""
    known = tuple(name for name in names if stated(name))
    return frozenset(part for name in names_in(known) for part in _parts(name))


def words_of_text(text: str) -> frozenset[str]:
    """The folded words of free text."""
    return frozenset(_ordered(text))


def named_in(recipient: str, text: str) -> Likeness:
    """Whether free words speak of a recipient: with all of the name, or with the surname alone."""
    if "@" in recipient:
        return "different"
    said, words = _words_of(text), [word for word in _ordered(_bare(recipient)) if len(word) > 1]
    if len(words) > 1 and said >= set(words):
        return "same"
    return "near" if words and len(words[-1]) > 2 and words[-1] in said else "different"


@lru_cache(maxsize=4096)
def _bare(recipient: str) -> str:
    """The name without rank and calling, or the part of a mail address that can be a name."""
    text = recipient.partition("@")[0] if "@" in recipient else without_rank(recipient)
    return " ".join(word for word in text.split() if folded(word).strip(".") not in _OF_THE_TRADE)


def _same_words(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the full words of the shorter name are all in the longer, and no initial speaks against it."""
    full_one, full_other = ({word for word in words if len(word) > 1} for words in (one, other))
    shared = full_one & full_other
    if len(shared) < 2 or shared not in (full_one, full_other):
        return False
    left = {word[0] for word in (full_one | full_other) - shared}
    initials = [{word for word in words if len(word) == 1} for words in (one, other)]
    given = initials[0] | initials[1]
    return not given or not left or bool(given & left)


def _near(theirs: frozenset[str], whole: frozenset[str], name: Name, text: str) -> bool:
    if len({word for word in theirs & whole if len(word) > 1}) > 1:
        return True
    surname = "".join(name.surname)
    if not surname or not name.first or not name.first[0]:
        return False
    initials = {word for word in theirs if len(word) == 1}
    by_initial = name.first[0][0] in initials and any(_alike(word, surname) for word in theirs if len(word) > 1)
    only_initial = len(name.first[0]) == 1 and any(word.startswith(name.first[0]) for word in theirs)
    together = "".join(_ordered(text)) in {name.first[0][0] + surname, surname + name.first[0][0]}
    alone = {word for word in theirs if len(word) > 1} == {surname}
    return by_initial or together or alone or (only_initial and surname in theirs)


def _alike(one: str, other: str) -> bool:
    return word_likeness(one, other) in {"same", "form", "spelling", "sound"}


def _run_together(text: str, name: Name) -> bool:
    """Whether a mailbox is called by first name and surname written as one word, in either order."""
    surname, letters = "".join(name.surname), "".join(_ordered(text))
    return bool(surname) and any(letters in {first + surname, surname + first} for first in name.first[:1] if first)


def _parts(name: Name) -> Iterator[str]:
    for word in name.first:
        yield from (part for part in word.split("-") if part)
    yield from name.surname


@lru_cache(maxsize=4096)
def _beginnings(text: str) -> frozenset[str]:
    return beginnings_of(_words_of(text))


@lru_cache(maxsize=4096)
def _words_of(text: str) -> frozenset[str]:
    names = [part for name in names_in((text,)) for part in _parts(name)] if stated(text) else []
    return frozenset((*names, *_ordered(text)))


@lru_cache(maxsize=4096)
def _ordered(text: str) -> tuple[str, ...]:
    return tuple(_LETTERS.findall(folded(text)))
