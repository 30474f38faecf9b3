"""Children who are harmed or in danger by what the form says: this cannot wait for the meeting.

That children live there, or saw what was done, is `safeguarding.children_concerned`. Here stands what somebody would ring
children's social care for today; which words count, and which do not, decision 0018 gives with the reasons.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from marac.case import Case, Flag
from marac.matching.names import stated
from marac.referral import Child
from marac.triage.child_harm_words import CARRYING, HOLDING, HOLDS, OVER, PRESENT, SEVERE, harm_words, severe_with
from marac.triage.dangers import answered_yes
from marac.triage.days import age_on
from marac.triage.said import Saying, asserts, evidence_of, sentences, texts
from marac.triage.wording import listed, places

_ADULT = 18
_QUESTIONS = {"hurt children": "children hurt", "threatened children": "children threatened"}
_USUAL = (
    r"child(?:ren)?\b(?!['\u2019]s (?:social|services?|centre|school|homes?)| (?:contact|arrangements|benefit|maintenance|protection))",
    r"kids?\b", r"bab(?:y|ies)\b", r"toddlers?\b", r"infant\b(?! school)", r"step-?(?:son|daughter|child\w*)s?\b", r"boys?\b",
)  # fmt: skip
_GROWING = (r"sons?\b(?!-in)", r"daughters?\b(?!-in)")
"""Words for a child of any age; where the perpetrator is the victim's own child they may mean the perpetrator."""
_NOT_A_PARENT = r"(?!['\u2019]s (?:father|mother|dad|mum|parents?|nan|gran\w*)\b)"
_BY_HER_CHILD = re.compile(r"\b(?:son|daughter|child|grandson|granddaughter)\b", re.IGNORECASE)


def child_at_risk(case: Case) -> tuple[Flag, ...]:
    """Whether the form tells of harm or danger to a child: by its checklist, or in words."""
    asked = [(number, words) for question, words in _QUESTIONS.items() if (number := answered_yes(case, question))]
    said = tuple(_said(case))
    basis = [f"question {number} of the checklist ({words}) is answered yes" for number, words in asked]
    basis += ["the form says so in words"] if said else []
    if not basis:
        return ()
    where = places(case.reading, *(f"checklist.answers.{number}" for number, _ in asked))
    reason = f"A child may be harmed or in danger: {listed(basis)}. Children's social care must know of it before the meeting."
    return (Flag("child at risk", reason, "; ".join(filter(None, (where, evidence_of(case, said))))),)


def somebody_else_hurt(case: Case) -> tuple[Flag, ...]:
    """Whether the Dash says that somebody else was hurt, in a family with children, and nothing says who it was.

    Which of the small boxes under the question is ticked the reader does not know.
    """
    number = answered_yes(case, "hurt others")
    if not number or not _minors(case) or child_at_risk(case):
        return ()
    reason = (
        f"Question {number} of the checklist (hurt anybody else) is answered yes. Look at the form: was it a child? If it was, "
        "tell children's social care today."
    )
    return (Flag("unclear", reason, places(case.reading, f"checklist.answers.{number}")),)


def _said(case: Case) -> Iterator[Saying]:
    """The sentences that tell of harm or danger to a child, each once."""
    child = _child(case)
    harm, severe = harm_words(child), severe_with(child)
    here = re.compile(rf"\b{child}", re.IGNORECASE)
    for path, text in texts(case):
        if not any(pattern.search(text) for pattern in (here, HOLDS, CARRYING)):  # most forms need not be taken apart
            continue
        found = sentences(text)
        alone = (each for each in found if _tells(each, harm, severe))
        beside = (after for before, after in pairwise(found) if _present_at(before, after, here))
        yield from (Saying(path, words) for words in dict.fromkeys(chain(alone, beside)))


def _tells(sentence: str, harm: Sequence[re.Pattern[str]], severe: re.Pattern[str]) -> bool:
    """Whether one sentence says it; that somebody denies it does not take it back, and what is over is not now."""
    firmly = "deni" in sentence.lower()
    if any(asserts(sentence, pattern, firmly=firmly) for pattern in (*harm, severe)):
        return True
    return asserts(sentence, HOLDS, firmly=firmly) and not OVER.search(sentence)


def _present_at(before: str, after: str, here: re.Pattern[str]) -> bool:
    """Whether a sentence says that a child was there when what the sentence before tells was done."""
    there = (here.search(after) and PRESENT.search(after)) or HOLDING.search(after)
    return bool(there) and asserts(after, PRESENT) and asserts(before, SEVERE)


def _child(case: Case) -> str:
    """What a child is called on this form, as a regular expression: the usual words, and the first names on the form."""
    sons = any(_BY_HER_CHILD.search(each.relationship or "") for each in case.referral.perpetrators)
    words = (
        *_USUAL,
        *(() if sons else _GROWING),
        *(rf"(?-i:{re.escape(each)})\b" for each in sorted(_first_names(case))),
    )
    return rf"(?:{'|'.join(words)}){_NOT_A_PARENT}"


def _first_names(case: Case) -> set[str]:
    """The first names of the children, without those that an adult on the form has as well."""
    referral = case.referral
    adults = (referral.victim.name, *referral.victim.aliases, *(each.name for each in referral.perpetrators))
    taken = {word.casefold() for name in adults for word in (name or "").split()}
    named = ((child.name or "").rpartition(",")[2].split()[:1] for child in _minors(case) if stated(child.name))
    return {word for first in named for word in first if len(word) > 2 and word.casefold() not in taken}


def _minors(case: Case) -> tuple[Child, ...]:
    """The children on the form who are not known to be grown up."""
    born = ((child, child.date_of_birth) for child in case.referral.children)
    return tuple(child for child, day in born if day is None or age_on(case.received, day) < _ADULT)
