"""What somebody says in the free text of a form, and what is only asked there, denied, or printed on every form.

A sentence counts where it asserts. "No HBV", "MAPPA: N/A", "Is there a risk of forced marriage? Y / N" and "please consider
HBV" say nothing about the case.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from marac.case import Case

_SENTENCE = re.compile(r"(?<=[.!])[\s\u201d\"']+|\n+|;\s|[\u2022\uf0b7]")
_NEAR = 240
"""Characters around the words in which it is said whether they hold; a form can come as one sentence of many pages."""
_DENIED_BEFORE = re.compile(
    r"(?:\b(?:no|not|never|nor|nil|without|neither|isn't|wasn't|hasn't|haven't|doesn't|didn't|don't)\b|n['\u2019]t\b)"
    r"(?!\s+(?:only|just|doubt|stopped|longer)\b)(?:\W+[\w'\u2019/-]+){0,5}\W*$",
    re.IGNORECASE,
)
"""A negation no more than five words before what it speaks of; "not only" and "has not stopped" are none."""
_DENIED_CLOSE_BY = re.compile(
    r"(?:\b(?:no|not|never|nor|nil|without|neither)\b|n['\u2019]t\b)(?!\s+(?:only|just|doubt|stopped|longer)\b)"
    r"(?:\W+[\w'\u2019/-]+){0,2}\W*$",
    re.IGNORECASE,
)
_ANSWERED_NO = re.compile(r"^\W*[:?=]\s*(?i:no(?:ne)?|nil|n|n\s*/\s*a)\b(?!\W*[a-z])")
_CLAUSE = re.compile(
    r",\s(?:but|although|however|and)\b|\bbut\b|\bhowever\b"
    r"|\b(?:and|because|who|so)\s+(?=(?:he|she|they|her|his|their|the|is|was|has|had|fears?|feared|says?|said|told|threat\w*|will)\b)",
    re.IGNORECASE,
)
"""Where another statement begins, which a "no" in the one before does not reach."""
_DENIED_BY_HER = re.compile(r"\b(?:denie[sd]|denying|ruled out)\b(?:\W+[\w'\u2019/-]+){0,5}\W*$", re.IGNORECASE)
_NOTHING = r"(?:no(?:ne|t\b[\w ]*)?|nil|n|n\s*/\s*[ak]|unknown)\b"
_DENIED_AFTER = re.compile(
    rf"^[\w /()'\u2019-]{{0,40}}?\s*[:?=\u2013-]\s*{_NOTHING}"
    rf"|^[\w /-]{{0,30}}?\s(?:is|are|was|were|has|have)\s+(?:not|never|no)\b"
    rf"|^\s+(?:\w+ )?(?:not (?:disclosed|identified|indicated|reported|known|applicable)|n\s*/\s*[ak])\b",
    re.IGNORECASE,
)
"""`MAPPA: N/A`, `HBV? No`, "forced marriage is not suspected"."""
_ONLY_ASKED = re.compile(
    r"^[^.:?]{0,80}\?\s*(?:\(?\s*y(?:es)?\W{0,4}(?:/|or|\s)\W{0,4}no?\b.*)?\s*$"
    r"|^[\w '\u2019/()-]{0,60}[:?]?\s*[\u2610\u25a1(]?\s*y(?:es)?\s*[\u2610\u25a1]?\s*(?:/|or|\s)\s*[\u2610\u25a1]?\s*no?\b",
    re.IGNORECASE,
)
"""A question that nobody answered, or both of its printed answers."""
_ONLY_PRINTED = re.compile(
    r"\b(?:e\.?g\.?|i\.?e\.?|such as|consider\w*|please|whether|where there (?:is|are)|in cases? of|for cases of|guidance|"
    r"criteri\w+|refer to|leaflet|training|policy|questions? (?:on|about))\b(?:\W+[\w'\u2019/-]+){0,8}\W*$|\bif\W*$",
    re.IGNORECASE,
)
"""Words that make what follows an example or an instruction of the form."""


@dataclass(frozen=True, slots=True, repr=False)
class Saying:
    """A sentence of the form that asserts something, and the leaf that it was read into."""

    path: str
    sentence: str


def sayings(case: Case, pattern: re.Pattern[str], *, firmly: bool = False) -> Iterator[Saying]:
    """The sentences of a form that assert what the pattern describes.

    Args:
        case: The case with its form.
        pattern: What is looked for, inside one sentence.
        firmly: Whether only a plain negation beside it takes it back. So it is for a threat to life: that somebody
            denies it, or that it stands after "please", does not make it unsaid.
    """
    for path, text in texts(case):
        if not pattern.search(text):  # most texts hold no such words, and need not be taken apart
            continue
        yield from (Saying(path, words) for words in sentences(text) if asserts(words, pattern, firmly=firmly))


def asserts(sentence: str, pattern: re.Pattern[str], *, firmly: bool = False) -> bool:
    """Whether a sentence says that it is so, at least once."""
    return any(
        not _taken_back(
            sentence[max(found.start() - _NEAR, 0) : found.start()], sentence[found.end() :][:_NEAR], firmly=firmly
        )
        for found in pattern.finditer(sentence)
    )


def sentences(text: str) -> list[str]:
    """The sentences of a text, and the lines and points of a list."""
    return _SENTENCE.split(text)


def texts(case: Case) -> Iterator[tuple[str, str]]:
    """What is free text on a form: the leaf and its words."""
    referral = case.referral
    found = {
        "reason": referral.reason,
        "checklist.judgement": referral.checklist.judgement,
        "consent.reason": referral.consent.reason,
        "safety.afraid_of": referral.safety.afraid_of,
        "safety.unsafe_to_talk_to": referral.safety.unsafe_to_talk_to,
        "victim.contact_notes": referral.victim.contact_notes,
        "victim.disability": referral.victim.disability,
    }
    yield from ((path, words) for path, words in found.items() if words)


def _taken_back(before: str, after: str, *, firmly: bool) -> bool:
    clause = _CLAUSE.split(before)[-1]
    if firmly:
        return bool(_DENIED_CLOSE_BY.search(clause) or _ANSWERED_NO.search(after) or _ONLY_ASKED.search(after))
    denied = _DENIED_BEFORE.search(clause) or _DENIED_BY_HER.search(clause) or _DENIED_AFTER.search(after)
    return bool(denied or _ONLY_ASKED.search(after) or _ONLY_PRINTED.search(clause))


def evidence_of(case: Case, found: Iterable[Saying]) -> str:
    """Where the sentences stand, with their words: `table 2, row 3: "He said that he would kill her."`."""
    known = case.reading.evidence
    places = (
        f'{known[each.path].where}: "{each.sentence.strip()}"' if each.path in known else f'"{each.sentence.strip()}"'
        for each in found
    )
    return "; ".join(dict.fromkeys(places))
