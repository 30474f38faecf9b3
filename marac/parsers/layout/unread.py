"""What somebody filled in and nothing understood: told to the coordinator, so that it is not lost in silence. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from marac.parsers.dictionary.wordings import plain
from marac.parsers.filling.values import is_unknown
from marac.parsers.layout.sides import is_untouched, printed_choice
from marac.parsers.layout.writing import OFF, ON, Writing, folded
from marac.referral import Problem

_MOST = 10  # problems of this sort in one file; a form that is not understood at all needs no hundred of them
_LONGEST_LABEL, _LONGEST_WORDS = 80, 120
_PATHS = {"victim": "victim", "perpetrator": "perpetrators", "child": "children", "referrer": "referrer"} | {
    each: each for each in ("criteria", "consent", "safety", "police", "reason")
}
SECTIONS = frozenset(_PATHS)
"""The parts of a form that a problem can name."""
_PRINTED = re.compile(
    r"\bplease\b|\be\.?g\.|\bi\.e\.|\bif (?:known|applicable|yes|no|not)\b|\bdelete\b|\btick\b|\bclick\b|\bcontinue\b|\bmust\b|\bshould\b|\breferrer\b|\bofficial\b|©|www\.|\b(?:page|version|v)\s?\d|^\W*(?:yes|y)\s*/\s*(?:no|n)\b|\bor\b.*\?$",
    re.IGNORECASE,
)
"""Words that forms print and hardly anybody types into a short answer."""
_SIGNED = re.compile(
    r"^(?:i (?:confirm|declare|agree|certify|understand)|sign(?:ed|ature)|print name|initials?)\b", re.IGNORECASE
)
"""Labels of what is signed and not said."""
_OWN_LABEL = re.compile(r"\s*(?P<label>[^\W\d][^\n:.?]{1,70}\??)(?::(?!//)|\n|(?<=\?))\s*(?=\S)")
_MOST_LABEL_WORDS = 10
_SETTLED = frozenset(("sensitivity", "classification", "official sensitive", "restricted", "confidential"))


@dataclass(frozen=True, slots=True, repr=False)
class Unread:
    """Words beside or below a label that nothing claimed, and the part of the form they stand in."""

    label: str
    words: str
    where: str
    section: str | None = None
    after: int = field(default=0, compare=False)
    """How many answers stand before it."""
    also: tuple[str, ...] = ()
    """The other parts that it may belong to, where no heading decides."""

    @property
    def problems(self) -> list[Problem]:
        """The problem that tells of it, once for each part that a person should look at."""
        label = _cut(self.label.strip(" :"), _LONGEST_LABEL)
        words = _cut(self.words, _LONGEST_WORDS)
        shown = f"{label}: {words}" if label else words
        said = f"Not read: “{shown}” ({self.where})."
        return [Problem("unclear", _PATHS.get(each or "", ""), said) for each in (self.section, *self.also)]


def is_filled_in(label: str, value: Writing) -> bool:
    """Whether the words beside a label look like something that was filled in, and not like print."""
    words = value.words
    if value.boxed and value.text.strip(f"{ON}{OFF} \n\t") == "" and ON not in value.text:
        return False
    if value.boxed:
        return ON in value.text
    if _SIGNED.search(label.strip()):
        return False
    if printed_choice(value.text) is not None:
        return not is_untouched(value)
    if is_unknown(words) or plain(label) in _SETTLED or plain(words) == plain(label):
        return False
    return value.entered or not _PRINTED.search(words)


def own_label(value: Writing, *, typed: bool = False) -> tuple[str, Writing] | None:
    """The label that a cell or line of words begins with, unknown as it is, and the words after it (`Team: East`).

    Words typed into a field begin with none, unless `typed` says that the field may hold the label too.
    """
    found = _OWN_LABEL.match(value.text)
    if found is None or (value.entered and not typed) or len(found["label"].split()) > _MOST_LABEL_WORDS:
        return None
    rest = value.part(found.end(), len(value.text))
    return (found["label"].strip(), rest) if rest else None


def shown(value: Writing) -> str:
    """The words of a value with its boxes, in one line."""
    return folded(value.text.replace(ON, "☒ ").replace(OFF, "☐ "))


def problems_of(unread: Iterable[Unread]) -> list[Problem]:
    """A problem for each, up to a number; the last one says how many more there are."""
    found: Sequence[Unread] = list(dict.fromkeys(unread))
    problems = [problem for each in found[:_MOST] for problem in each.problems]
    more = len(found) - _MOST
    if more > 0:
        problems.append(
            Problem("unclear", "", f"… and {more} more that could not be read. Read this form beside its file.")
        )
    return problems


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
