"""What somebody filled in and nothing understood: told to the coordinator, so that it is not lost in silence. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marac.parsers.values import is_unknown
from marac.parsers.wordings import plain
from marac.parsers.writing import OFF, ON, Writing, folded
from marac.referral import Problem

_MOST = 10  # problems of this sort in one file; a form that is not understood at all needs no hundred of them
_LONGEST_LABEL, _LONGEST_WORDS = 80, 120
_PATHS = {"victim": "victim", "perpetrator": "perpetrators", "child": "children", "referrer": "referrer"} | {
    each: each for each in ("criteria", "consent", "safety", "police", "reason")
}
_PRINTED = re.compile(
    r"\bplease\b|\be\.?g\.|\bi\.e\.|\bif (?:known|applicable|yes|no|not)\b|\bdelete\b|\btick\b|\bclick\b|\bcontinue\b|\bmust\b|\bshould\b|\breferrer\b|\bofficial\b|©|www\.|\b(?:page|version|v)\s?\d|^\W*(?:yes|y)\s*/\s*(?:no|n)\b|\bor\b.*\?$",
    re.IGNORECASE,
)
"""Words that forms print and hardly anybody types into a short answer."""
_SIGNED = re.compile(
    r"^(?:i (?:confirm|declare|agree|certify|understand)|sign(?:ed|ature)|print name|initials?)\b", re.IGNORECASE
)
"""Labels of what is signed and not said."""
_SETTLED = frozenset(("sensitivity", "classification", "official sensitive", "restricted", "confidential"))


@dataclass(frozen=True, slots=True, repr=False)
class Unread:
    """Words beside or below a label that nothing claimed, and the part of the form they stand in."""

    label: str
    words: str
    where: str
    section: str | None = None

    @property
    def problem(self) -> Problem:
        """The problem that tells of it."""
        label = _cut(self.label.strip(" :"), _LONGEST_LABEL)
        words = _cut(self.words, _LONGEST_WORDS)
        shown = f"{label}: {words}" if label else words
        return Problem("unclear", _PATHS.get(self.section or "", ""), f"Not read: “{shown}” ({self.where}).")


def is_filled_in(label: str, value: Writing) -> bool:
    """Whether the words beside a label look like something that was filled in, and not like print."""
    words = value.words
    if value.boxed and value.text.strip(f"{ON}{OFF} \n\t") == "" and ON not in value.text:
        return False
    if value.boxed:
        return ON in value.text
    if _SIGNED.search(label.strip()):
        return False
    if is_unknown(words) or plain(label) in _SETTLED or plain(words) == plain(label):
        return False
    return value.entered or not _PRINTED.search(words)


def shown(value: Writing) -> str:
    """The words of a value with its boxes, in one line."""
    return folded(value.text.replace(ON, "☒ ").replace(OFF, "☐ "))


def problems_of(unread: Iterable[Unread]) -> list[Problem]:
    """A problem for each, up to a number; the last one says how many more there are."""
    found: Sequence[Unread] = list(dict.fromkeys(unread))
    problems = [each.problem for each in found[:_MOST]]
    more = len(found) - len(problems)
    if more > 0:
        problems.append(
            Problem("unclear", "", f"… and {more} more that could not be read. Read this form beside its file.")
        )
    return problems


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
