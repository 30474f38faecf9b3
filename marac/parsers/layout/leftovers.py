"""What was filled in and nothing understood: the part of the form it belongs to, and the one name it may be. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from marac.parsers.dictionary.wordings import plain
from marac.parsers.filling.answers import Answer
from marac.parsers.filling.names import name_in
from marac.parsers.layout.unread import SECTIONS, Unread

_PLACE = re.compile(r"(?P<stem>.*?)(?P<number>\d+)$")
_TOPICS = (
    ("consent", re.compile(r"\b(?:consent\w*|agree\w*|aware\w*|informed|permission|without telling)\b", re.IGNORECASE)),
    ("safety", re.compile(r"\b(?:afraid|scared|frightened|fears?|trusts?|(?:talk|speak) to)\b", re.IGNORECASE)),
    ("police", re.compile(r"\b(?:police|crime|oic|constabulary|incident (?:no|num|ref)\w*)\b", re.IGNORECASE)),
    (
        "criteria",
        re.compile(
            r"\b(?:marac|repeat\w*|heard|listed|escalat\w+|judge?ment|threshold|criteria|scores?|ticks?|high risk|grad(?:e|ing))\b",
            re.IGNORECASE,
        ),
    ),
    ("child", re.compile(r"\b(?:child|children|school|nursery|unborn)\b", re.IGNORECASE)),
    (
        "perpetrator",
        re.compile(r"\b(?:relationship|perp\w*|abuser|suspect|offender|respondent|person causing)\b", re.IGNORECASE),
    ),
    ("victim", re.compile(r"\b(?:victim\w*|survivor\w*|clients?|safe|contact(?:ing)?|voicemail)\b", re.IGNORECASE)),
)
"""The part of a form that a label speaks of, whatever stands around it; the first that fits counts."""
_WHO = re.compile(
    r"\b(?:by|from|who|person|officer|worker|practitioner|professional|author|requester|submitt\w+|notif\w+|contact|staff|assessor|referr?\w*)\b",
    re.IGNORECASE,
)
_CLOSE = re.compile(
    r"\b(?:mother|father|mum|dad|parents|brother|sister|cousin|uncle|aunt|family|friend|neighbour|associate|in[- ]law)s?\b",
    re.IGNORECASE,
)
"""Whom a victim is afraid of, or whom it is safe to talk to."""
_SCHOOL = re.compile(r"\b(?:schools?|nursery|academy|infants|primary|ysgol|playgroup|pre-?school)\b", re.IGNORECASE)
"""What a child goes to, whoever the part of the form is about."""
_MOST_NAME_WORDS = 6
_UNHEADED = frozenset(("criteria", "consent", "safety", "police"))
"""The parts that forms often begin without a heading."""
_DECIDED = frozenset(("victim", *_UNHEADED))
"""The parts in which anything is asked that is answered by yes or no."""
_ASKED = (
    ("consent", ("consent.aware", "consent.given")),
    ("criteria", ("criteria.repeat", "criteria.professional_judgement", "criteria.escalation")),
)
_YES_OR_NO = frozenset(("yes", "no", "y", "n", "x", "true", "false"))
_BOXES = re.compile(r"[☐☒]")
_SCORE_DIGITS = 2


def placed(unread: Unread, answers: Sequence[Answer]) -> Unread:
    """What was left, with the parts of the form it may belong to: by its label, its heading, and the answers around it.

    A heading ends unseen where a form has none for its next part, so that the answers before and after count too.
    """
    told = f"{unread.label} {unread.words.partition(':')[0] if ':' in unread.words else ''}"
    topic = next((topic for topic, words in _TOPICS if words.search(told)), None)
    here = unread.section if unread.section in SECTIONS else None
    if topic is not None:
        first: str | None = here if here is not None and topic != "police" else topic
        also = [topic] if topic in _UNHEADED else []
    else:
        first, also = here, [each for each in _around(unread, answers) if here is None or each in _UNHEADED]
    if _CLOSE.search(unread.words) and (first is None or first in _UNHEADED or also):
        also = [*also, "safety"]
    if _SCHOOL.search(unread.words):
        also = [*also, "child"]
    parts = _fitting(unread.words, [part for part in (first, *also) if part is not None], answers)
    nearest = _nearest(unread.where, answers) if not parts else None
    parts = list(dict.fromkeys(parts)) if nearest is None else [nearest]
    return replace(unread, section=parts[0], also=tuple(parts[1:])) if parts else replace(unread, section=None)


def _around(unread: Unread, answers: Sequence[Answer]) -> list[str]:
    """The parts of the form that the answers just before and after belong to."""
    beside = answers[max(unread.after - 1, 0) : unread.after + 1]
    near = [(part, each.where) for each in beside if (part := _part(each)) in SECTIONS and part != "reason"]
    own = [part for part, where in near if part in _UNHEADED or _block(where) == _block(unread.where)]
    return own or [part for part, _ in near]


def _block(where: str) -> str:
    """The table or sheet of a place, or the whole of the running print."""
    found = _PLACE.fullmatch(where)
    return where if found is None else found["stem"]


def _fitting(words: str, parts: list[str], answers: Sequence[Answer]) -> list[str]:
    """The parts that have a place for such words: a bare yes or no, or a bare number, is asked for in few of them."""
    said = plain(_BOXES.sub(" ", words))
    if said.isdigit() and len(said) <= _SCORE_DIGITS:
        return parts if _has(answers, "criteria.score") else [*parts, "criteria"]
    if not said or not set(said.split()) <= _YES_OR_NO:
        return parts
    open_parts = [part for part, keys in _ASKED if not all(_has(answers, key) for key in keys)]
    kept = [part for part in parts if part in _DECIDED]
    return [*kept, *open_parts] or parts


def _has(answers: Iterable[Answer], key: str) -> bool:
    return any(each.key == key and each.value for each in answers)


def _part(answer: Answer) -> str:
    return answer.person or answer.key.partition(".")[0]


def _nearest(where: str, answers: Iterable[Answer]) -> str | None:
    """The part of the form that the nearest answer in the same table, or among the same paragraphs, belongs to."""
    here = _PLACE.fullmatch(where)
    if here is None:
        return None
    near: list[tuple[int, str]] = []
    for each in answers:
        there, section = _PLACE.fullmatch(each.where), _part(each)
        if there is not None and there["stem"] == here["stem"] and section in SECTIONS:
            near.append((abs(int(there["number"]) - int(here["number"])), section))
    return min(near, key=lambda each: each[0])[1] if near else None


def referrers_name(unread: Iterable[Unread]) -> Unread | None:
    """The one thing left in the referrer's part that is a name and whose label asks for somebody; None where there is no one."""
    found = [each for each in unread if each.section == "referrer" and _WHO.search(each.label) and _is_name(each.words)]
    return found[0] if len(found) == 1 else None


def _is_name(words: str) -> bool:
    name = name_in(words)
    return name is not None and name.certain and len(words.split()) <= _MOST_NAME_WORDS
