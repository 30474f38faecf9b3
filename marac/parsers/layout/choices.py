"""Printed choices with boxes: which of a list's entries are ticked, and what a bare list of choices is about. Pure."""

import re
from dataclasses import dataclass

from marac.parsers.dictionary.vocabulary import Vocabulary
from marac.parsers.dictionary.wordings import Meaning
from marac.parsers.layout.sides import side_of
from marac.parsers.layout.writing import Writing, folded

_TRUTHS = frozenset(
    ("lgbt", "bme", "disabled", "criteria.professional_judgement", "criteria.visible_high_risk", "criteria.escalation", "criteria.repeat")
)  # fmt: skip
_CHUNKS = re.compile(r"\n| {2,}|\t")
_CROSS = re.compile(r"(?<!\w)[xX✓√](?!\w)")
_CROSS_BEFORE = re.compile(r"[xX✓√](?:\s+|$)(?P<words>.*)", re.DOTALL)
_CROSS_AFTER = re.compile(r"(?P<words>.+?)\s+[xX✓√]", re.DOTALL)
_SAID = re.compile(r"\b(?:yes|no|y|n)$", re.IGNORECASE)
_PARTED = re.compile(r"[/\n]")
_LONGEST_ENTRY = 30
_LONGEST = 900


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of a list that is true or not by its box."""

    meaning: Meaning
    label: str
    ticked: bool


def truths_in(writing: Writing, vocabulary: Vocabulary) -> list[Choice]:
    """The entries of a list of things that are true where ticked (criteria, diversity); empty where it is none."""
    text = writing.text
    if len(text) > _LONGEST or not (writing.boxed or _CROSS.search(text)):
        return []
    entries = [(each.text, each.ticked) for each in writing.options()] if writing.boxed else _crossed(text)
    if writing.boxed and any(side_of(words) for words, _ in entries):
        return []
    found = [Choice(meaning, words, ticked) for words, ticked in entries if (meaning := _truth(words, vocabulary))]
    enough = bool(found) if writing.boxed else len(found) >= 2 and any(choice.ticked for choice in found)
    return found if enough and len(found) * 2 >= len(entries) else []


def is_truth(meaning: Meaning) -> bool:
    """Whether this is asked by a box that is true where ticked."""
    return meaning.key in _TRUTHS


def about(writing: Writing, vocabulary: Vocabulary, *, single: bool = False) -> Meaning | None:
    """What a list of choices that stands without a label is about (`Own Occ. ☐ Private rent ☐`: housing).

    `single` allows a list of which only the chosen entry is left.
    """
    if len(writing.text) > 200:
        return None
    parted = writing.boxed or _PARTED.search(writing.text.strip())
    if not parted and (not single or len(writing.text) > _LONGEST_ENTRY or not writing.text):
        return None
    names = [each.text for each in writing.options()] if writing.boxed else re.split(r"[/\n]|\s{2,}", writing.text)
    names = [name for name in map(folded, names) if name]
    keys = [meaning for name in names if (meaning := vocabulary.option(name)) and meaning.key not in _TRUTHS]
    if len(keys) < (1 if single else 2) or len(keys) * 2 < len(names) or len({meaning.key for meaning in keys}) > 1:
        return None
    return keys[0]


def _crossed(text: str) -> list[tuple[str, bool]]:
    """Entries of which some have a lone X beside them, where the form's boxes are gaps."""
    entries = []
    for chunk in (chunk.strip() for chunk in _CHUNKS.split(text)):
        crossed = _CROSS_BEFORE.fullmatch(chunk) or _CROSS_AFTER.fullmatch(chunk)
        if crossed:
            entries.append((crossed["words"].strip(), True))
        elif chunk:
            entries.append((chunk, False))
    return _rejoined(entries)


def _rejoined(entries: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """A cross that a wide gap parted from its words belongs to the words before it."""
    joined: list[tuple[str, bool]] = []
    for words, ticked in entries:
        if not words and joined:
            joined[-1] = (joined[-1][0], True)
        elif words:
            joined.append((words, ticked))
    return joined


def _truth(words: str, vocabulary: Vocabulary) -> Meaning | None:
    meaning = vocabulary.option(words)
    if meaning is None and 12 < len(words) < 160 and "?" not in words and not _SAID.search(words):
        meaning = vocabulary.meaning(words) or vocabulary.question(words)
    return meaning if meaning is not None and meaning.key in _TRUTHS else None
