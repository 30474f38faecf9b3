"""Children who are harmed or in danger by what the form says: this cannot wait for the meeting.

That children live there, or saw what was done, is `safeguarding.children_concerned`. Here stands what somebody would ring
children's social care for today; which words count, and which do not, decision 0018 gives with the reasons.
"""

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from marac.case import Case, Flag
from marac.matching.names import stated
from marac.referral import Child
from marac.triage.child_harm_words import CARRYING, HOLDING, HOLDS, OVER, PRESENT, SEVERE, ChildWords, words_for
from marac.triage.dangers import answered_yes
from marac.triage.days import age_on
from marac.triage.said import Saying, asserts, evidence_of, sentences, texts
from marac.triage.wording import listed, places

_ADULT = 18
_QUESTIONS = {"hurt children": "children hurt", "threatened children": "children threatened"}
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
    sons = any(_BY_HER_CHILD.search(each.relationship or "") for each in case.referral.perpetrators)
    words, named = words_for(sons=not sons), _named(case)
    for path, text in texts(case):
        told = [(each, named.sub("child", each) if named else each) for each in sentences(text)]
        alone = (each for each, read in told if _tells(read, words))
        beside = (each for (_, before), (each, read) in pairwise(told) if _present_at(before, read, words))
        yield from (Saying(path, each) for each in dict.fromkeys(chain(alone, beside)))


def _tells(sentence: str, words: ChildWords) -> bool:
    """Whether one sentence says it; that somebody denies it does not take it back, and what is over is not now."""
    firmly = "deni" in sentence.lower()
    if (words.child.search(sentence) or CARRYING.search(sentence)) and any(
        asserts(sentence, pattern, firmly=firmly) for pattern in words.harm
    ):
        return True
    return asserts(sentence, HOLDS, firmly=firmly) and not OVER.search(sentence)


def _present_at(before: str, after: str, words: ChildWords) -> bool:
    """Whether a sentence says that a child was there when what the sentence before tells was done."""
    there = (words.child.search(after) and PRESENT.search(after)) or HOLDING.search(after)
    return bool(there) and asserts(after, PRESENT) and asserts(before, SEVERE)


def _named(case: Case) -> re.Pattern[str] | None:
    """The children's first names as one pattern, so that a name is read as the word "child"; None where none is given."""
    names = sorted(_first_names(case))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b") if names else None


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
