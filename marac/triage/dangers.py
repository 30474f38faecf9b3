"""Dangers that a form tells of: threats to kill, honour-based abuse, forced marriage, suicide or self-harm, MAPPA.

Sources: the questions of the Dash checklist and of the police list of 2009, by their own numbers; the words are those that
practitioners write. What the form says stands in the evidence only: documents must not repeat a referrer's words.
"""

import re
from collections.abc import Iterator
from itertools import chain

from marac.case import Case, Flag, FlagCode
from marac.triage.said import Saying, asserts, evidence_of, sayings
from marac.triage.wording import listed, places

_NUMBERS = {
    "dash": {"baby": "9", "kill": "14", "others": "17", "hurt others": "18", "suicide": "22"},
    "dash-police": {
        "baby": "9",
        "hurt children": "11",
        "threatened children": "12",
        "kill": "17",
        "others": "20",
        "suicide": "25",
    },
}
"""The questions by their number on each list; on a list of an unknown kind a number says nothing."""
_SOMEBODY = r"(?!(?:the|her|his|their|a|my) (?:\w+ )?(?:dog|cat|pet|pup|kitten|rabbit|hamster|animal|horse|bird)s?\b)(?!himself|herself|themsel)"
KILL = re.compile(
    rf"\bthreat\w*\b[^.;]{{0,40}}?\bkill(?:ing)?\b(?! (?:him|her|them)sel)(?! (?:the|her|his|their) (?:dog|cat|pet)s?\b)"
    rf"|\bdeath threats?\b|\bthreat\w*\b[^.;]{{0,15}}?\b(?:her|his|their|my) li(?:fe|ves)\b"
    rf"|\b(?:tried|attempt\w*|trying|going|gonna|wants?|intend\w*|vow\w*|swor\w+) to (?:kill|murder) {_SOMEBODY}\w+"
    rf"|\b(?:will|would|\w+['\u2019]ll|\w+['\u2019]d) (?:kill|murder) {_SOMEBODY}\w+"
    r"|\bif (?:he|she|they) (?:can(?:no|['\u2019])?t|can not) have (?:her|him|them|me)\b[^.]{0,12}\b(?:nobody|no[- ]one)\b"
    r"|\bosman (?:warning|letter|notice)\b|\bend it (?:all )?for (?:both|all) of (?:them|us)\b",
    re.IGNORECASE,
)
_MARRIAGE = re.compile(
    r"\bforced[- ]marr\w+|\bforc\w+ (?:\w+ ){0,3}?(?:in)?to (?:a |an )?(?:arranged )?marr\w+|\bmarried against (?:her|his|their) will\b"
    r"|\bFMPO\b",
    re.IGNORECASE,
)
_HONOUR = re.compile(
    r"\b(?:so[- ]called )?[\"'\u2018\u201c]?honou?r[\"'\u2019\u201d]?[- ](?:based|killing|violence|crime|abuse)|\bHB[VA]\b"
    r"|\bfamily['\u2019]?s? honou?r\b|\bizzat\b|\bdishono[u]?r\w*"
    r"|\b(?:brought|bring\w*|cause\w*) (?:\w+ ){0,2}shame\b|\bsham(?:e|ed|ing) (?:on |to |upon )?(?:the|her|his|their) family\b"
    r"|\bfamil(?:y|ies) (?:would|will|has|have|is|was|were|feels?|had) (?:be |been )?(?:sham|dishon|disgrac)\w*",
    re.IGNORECASE,
)
_FAMILY_FEARED = re.compile(
    r"\b(?:in-?laws|relatives|famil(?:y|ies)|uncles?|father|brothers?|cousins?|elders|community)\b", re.IGNORECASE
)
_FAMILY_PRESSES = re.compile(
    r"\b(?:pressure|watched|controlled|monitored|threats?|threatened)\b[^.]{0,30}\b(?:relatives|in-?laws|famil(?:y|ies)|elders|community)\b",
    re.IGNORECASE,
)
SUICIDE = re.compile(
    r"\bsuicid\w*|\bself[- ]?harm\w*|\boverdos\w*|\b(?:end|ending|ended|take|taking|took) (?:her|his|their|my) (?:own )?li(?:fe|ves)\b"
    r"|\bkill\w* (?:him|her|them)sel\w*",
    re.IGNORECASE,
)
_MAPPA = re.compile(r"\bMAPPA\b|\bmulti[- ]agency public protection\b", re.IGNORECASE)


def danger_flags(case: Case) -> tuple[Flag, ...]:
    """What the form tells of dangers to life, and of what changes how the case must be handled."""
    found = chain(_threats_to_kill(case), _honour(case), _marriage(case), _suicide(case), _mappa(case))
    return tuple(found)


def words_say(case: Case, code: FlagCode) -> tuple[Saying, ...]:
    """The sentences that assert honour-based abuse, a forced marriage or suicide, as an area's own criterion needs it."""
    patterns = {"honour-based abuse": _HONOUR, "forced marriage": _MARRIAGE, "suicide or self-harm": SUICIDE}
    return tuple(sayings(case, patterns[code])) if code in patterns else ()


def answered_yes(case: Case, question: str) -> str | None:
    """The number of a question that is answered yes, on a list whose numbers are known; else None."""
    checklist = case.referral.checklist
    number = _NUMBERS.get(checklist.kind or "", {}).get(question)
    return number if number and checklist.answers.get(number) == "yes" else None


def _threats_to_kill(case: Case) -> Iterator[Flag]:
    said = tuple(sayings(case, KILL, firmly=True))
    yield from _flag(
        case, "threats to kill", "kill", said, "Threats to kill", "The police must know of it before the meeting."
    )


def _honour(case: Case) -> Iterator[Flag]:
    said, advice = words_say(case, "honour-based abuse"), (
        "Do not speak with the family or the community, and take no interpreter from there."
    )  # fmt: skip
    if said:
        yield from _flag(case, "honour-based abuse", "", said, "Honour-based abuse", advice)
    elif number := answered_yes(case, "others"):
        fears = tuple(sayings(case, _FAMILY_PRESSES)) + tuple(
            Saying("safety.afraid_of", text)
            for text in (case.referral.safety.afraid_of or "",)
            if asserts(text, _FAMILY_FEARED)
        )
        if fears:
            where = places(case.reading, f"checklist.answers.{number}")
            reason = (
                f"Perhaps honour-based abuse: question {number} of the checklist (afraid of others) is answered yes, and "
                f"the form speaks of relatives or a community. Ask the referrer. Until then: {advice[0].lower()}{advice[1:]}"
            )
            yield Flag("honour-based abuse", reason, _joined(where, evidence_of(case, fears)))


def _marriage(case: Case) -> Iterator[Flag]:
    said = words_say(case, "forced marriage")
    advice = "Do not speak with the family. The Forced Marriage Unit of the Foreign Office advises."
    yield from _flag(case, "forced marriage", "", said, "Forced marriage", advice)


def _suicide(case: Case) -> Iterator[Flag]:
    said = words_say(case, "suicide or self-harm")
    advice = "Whose it is, and how likely, a person reads on the form."
    yield from _flag(case, "suicide or self-harm", "suicide", said, "Suicide or self-harm", advice)


def _mappa(case: Case) -> Iterator[Flag]:
    said = tuple(sayings(case, _MAPPA))
    yield from _flag(case, "MAPPA", "", said, "MAPPA", "Ask the MAPPA coordinator who is in the lead.")


def _flag(
    case: Case, code: FlagCode, question: str, said: tuple[Saying, ...], what: str, advice: str
) -> Iterator[Flag]:
    """The flag by what it rests on: a question of the checklist, the words on the form, or both; none without either."""
    number = answered_yes(case, question)
    basis = [f"question {number} of the checklist is answered yes"] if number else []
    basis += ["the form says so in words"] if said else []
    if basis:
        where = places(case.reading, f"checklist.answers.{number}") if number else ""
        yield Flag(code, f"{what}: {listed(basis)}. {advice}", _joined(where, evidence_of(case, said)))


def _joined(*evidence: str) -> str:
    return "; ".join(words for words in evidence if words)
