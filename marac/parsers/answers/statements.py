"""What short statements mean: "nothing known", "done 3/12", "could not be done: she has moved". Pure.

Only what stands there from its first word to its last is understood; a word too many makes it a text like any other.
"""

import re
from dataclasses import dataclass

from marac.reply import ReportedOutcome

_KNOWN = r"(?:known|held|recorded|found|on record|on file|on (?:our|the) systems?)"
_OURS = (
    r"(?:us|(?:our|this) (?:[a-z]+ )?(?:service|agency|team|organisation|trust|department|force)|(?:the )?(?:[a-z]+ )?(?:service|team|trust|council|department|force|agency)"
    r"|probation|police|housing|children['\u2019]?s (?:services?|social care)|adult (?:services?|social care)|social care|mental health)"
)
_TO_US = rf"(?:\s+(?:to|by|with|for)\s+{_OURS})?"
_SYSTEM = r"(?:\s+(?:on|in)\s+(?:(?:our|the|any of our|any|either|both)\s+(?:[a-z]+\s+)?(?:systems?|records?|databases?|files?)|oasys|n?delius|pn[cd]|rio|systm ?one|emis|niche|athena|mosaic|liquidlogic))?"
_OF_WHOM = r"(?:\s+(?:on|about|of|for)\s+(?:him|her|them|either|either of them|anyone|anybody|any of them|anyone named|any party|any parties|this case|this one))?"
NOTHING = (
    rf"(?:(?:we|our (?:agency|service))\s+(?:have|hold|know|know of|can find|found)\s+(?:nothing|no (?:records?|information|trace))(?:\s+{_KNOWN})?"
    rf"|nothing\s+(?:is\s+)?{_KNOWN}|no (?:trace|records?|information|info)(?:\s+(?:is\s+)?{_KNOWN})?|nil(?:\s+return)?|none known"
    rf"|(?:he is |she is |they are |both are |both |all )?(?:not|un)\s?known{_TO_US})"
)
_NOTHING = re.compile(rf"{NOTHING}{_TO_US}{_SYSTEM}{_OF_WHOM}{_SYSTEM}|n\s?/?\s?k", re.IGNORECASE)
_VICTIM = r"(?:the\s+)?(?:victim|survivor|vic)"
_PERPETRATOR = r"(?:the\s+)?(?:alleged\s+)?(?:perpetrator|perp|suspect)s?"
_PERSON = rf"(?:{_VICTIM}|{_PERPETRATOR}|(?:the\s+)?child(?:ren)?|(?-i:[A-Z]{{2,3}}))"
_EACH = re.compile(
    rf"(?:{_PERSON}\s*[:=,\u2010-\u2015-]?\s*(?:{NOTHING}{_TO_US}{_SYSTEM}|n\s?/?\s?k)\s*(?:[,;./&]|\band\b)*\s*)+",
    re.IGNORECASE,
)
_ON_ANY = re.compile(
    rf"(?:{NOTHING}{_TO_US})(?:\s*[,:-]?\s*(?:on|about|for|of|in respect of|re)?\s*(?:any|all|each|every one|everyone)(?:\s+of)?(?:\s+(?:the|these|them|those))?"
    r"(?:\s+(?:please|thanks|thank you|above|below|attached|named|listed|cases?|people|persons?|names|individuals|families|parties|on the list|in the pack|for this meeting))*)",
    re.IGNORECASE,
)
_NONE_KNOWN = re.compile(
    rf"(?:none|no ?one|nobody)(?:\s+of\s+(?:these|them|those|the))(?:\s+(?:people|cases?|persons?|names|individuals|families|above|listed|named|attached))*"
    rf"\s+(?:is|are|were|was)?\s*known{_TO_US}",
    re.IGNORECASE,
)
_ON_OTHERS = re.compile(
    rf"(?:{NOTHING}{_TO_US})\s*[,:-]?\s*(?:on|about|for|of)?\s*(?:any of\s+|all\s+)?(?:the\s+)?(?:others?|rest|remaining)(?:\s+(?:cases?|people|names|ones))?",
    re.IGNORECASE,
)
_ODD_DENIAL = re.compile(r"\b(?:nothing|nil|none|no|not|unknown|n/?k|n/?a|nfa)\b", re.IGNORECASE)
_NOT_OPEN = re.compile(
    rf"not (?:currently |now )?open (?:to|with|on) {_OURS}\b(?! (?:not|nothing|unknown))", re.IGNORECASE
)
"""Tells how it stands now, and not that nothing is known: it is an answer as it is."""
_SHORT_DENIAL = 7  # words; a longer text with a "no" in it tells something
_NO_ANSWER = re.compile(
    r"\?|\bto follow\b|\bwill (?:send|reply|respond|come back|get back|let you know|update|check|return)\b|\bwe'?ll (?:send|reply|check|come back)\b"
    r"|\bawaiting\b|\bnot yet\b|\bstill (?:checking|looking|waiting)\b|\bplease\b|\basap\b|\bas above\b|\bsee (?:above|below|attached)\b|\bsame as\b|\bditto\b",
    re.IGNORECASE,
)

_DONE = r"(?:done|completed?|actioned|carried out|finished)"
_WAS = r"(?:(?:has|have)(?: now)? been\s+|is now\s+|is\s+|was\s+|were\s+|are\s+|now\s+|all\s+)?"
_COULD_NOT = re.compile(
    rf"(?:could\s?n['’o]t|could not|cannot|can\s?not|can['’]?t)\s+be\s+{_DONE}|(?:we (?:were|are) )?unable to (?:do|complete|carry out)(?: (?:this|it))?|not possible|no longer possible",
    re.IGNORECASE,
)
_NOT = re.compile(
    rf"{_WAS}(?:not|has not|have not|hasn['’]t|haven['’]t|isn['’]t)\s+(?:yet\s+|been\s+|yet been\s+|been\s+yet\s+)?{_DONE}(?:\s+yet)?|(?:still\s+)?(?:outstanding|ongoing|in progress|open)",
    re.IGNORECASE,
)
_IS_DONE = re.compile(rf"{_WAS}{_DONE}", re.IGNORECASE)
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
DAY = re.compile(
    rf"\d{{1,2}}[/.-]\d{{1,2}}(?:[/.-](?:\d{{4}}|\d{{2}}))?(?![\d/.-]*\d)|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b(?:,?\s+\d{{4}})?|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?",
    re.IGNORECASE,
)
_ON = re.compile(
    r"\s*[,(:-]?\s*(?:on\s+)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\s+)?", re.IGNORECASE
)
_TAKES_BACK = re.compile(
    r"\b(?:but|except|though|although|apart from|however|not|never|unable|outstanding|awaiting|still|partly|partially|part|half|almost|nearly|will|"
    r"tomorrow|next|to be|could ?n['’o]t|cannot|can['’]?t|only|until|unless|if)\b|\?",
    re.IGNORECASE,
)
_TRIMMED = ' \t\n.,;:!-\u2010\u2011\u2012\u2013\u2014\u2015*\u2022"'


@dataclass(frozen=True, slots=True, repr=False)
class Statement:
    """What is said of an action."""

    outcome: ReportedOutcome | None
    day: str = ""
    note: str = ""
    doubt: str = ""


def says_nothing_known(text: str) -> bool:
    """Whether the words say that nothing is known, and no more."""
    return _NOTHING.fullmatch(trimmed(text)) is not None


def says_nothing_of_each(text: str) -> bool:
    """Whether the words say so of the victim and of the perpetrator, one after the other, and no more."""
    words = trimmed(text)
    if _EACH.fullmatch(words) is None:
        return False
    both = all(re.search(rf"\b{who}\b", words, re.IGNORECASE) for who in (_VICTIM, _PERPETRATOR))
    return both or len({found for found in re.findall(r"\b[A-Z]{2,3}\b", words) if found != "NK"}) > 1


def says_nothing_on_any(text: str) -> bool:
    """Whether the words say so of everything that was asked."""
    words = trimmed(text)
    return says_nothing_known(words) or any(each.fullmatch(words) for each in (_ON_ANY, _NONE_KNOWN))


def says_nothing_on_others(text: str) -> bool:
    """Whether the words say so of all that is not named beside them."""
    return _ON_OTHERS.fullmatch(trimmed(text)) is not None


def speaks_of_all(text: str) -> bool:
    """Whether words that say so name everything, or all others; "nothing known" alone may be about one case of several."""
    return (
        re.search(
            r"\b(?:any|all|each|every\w*|others?|rest|remaining|return|none of|nobody|no one)\b", text, re.IGNORECASE
        )
        is not None
    )


def doubt_about(text: str) -> str:
    """Why the words about a case may be no answer; empty where they are one."""
    if _NO_ANSWER.search(text):
        return "It may be a question or a promise, and no answer."
    if _NOT_OPEN.match(trimmed(text)):
        return ""
    if _ODD_DENIAL.search(text) and len(text.split()) <= _SHORT_DENIAL:
        return "It is not clear whether this means that nothing is known."
    return ""


def says_all_done(text: str) -> bool:
    """Whether the words say of every action that it is done, and no more."""
    words = trimmed(text)
    every = r"(?:all|everything|both|each)(?:\s+of)?(?:\s+(?:our|the|these|them|those))*(?:\s+actions?)?(?:\s+(?:above|below|on the letter))?"
    return re.fullmatch(rf"{every}\s+{_WAS}{_DONE}", words, re.IGNORECASE) is not None


def statement(text: str) -> Statement:
    """What the words say of an action, which is named before them."""
    words = trimmed(text)
    for outcome, pattern in (("could not be done", _COULD_NOT), ("not done", _NOT), ("done", _IS_DONE)):
        if found := pattern.match(words):
            return _with_day(outcome, words[found.end() :])  # type: ignore[arg-type]
    return Statement(None, note=words, doubt="It is not clear whether this was done.")


def _with_day(outcome: ReportedOutcome, after: str) -> Statement:
    """The statement with the day and the words that follow."""
    if after[:1].isalnum():
        return Statement(None, note=after, doubt="It is not clear whether this was done.")
    opening = _ON.match(after)
    start = opening.end() if opening else 0
    found = DAY.match(after, start)
    note = trimmed(after[found.end() :] if found else after, brackets=True)
    doubt = (
        "It says that it was done, and something else as well."
        if outcome == "done" and _TAKES_BACK.search(note)
        else ""
    )
    return Statement(outcome, found[0] if found else "", note, doubt)


def trimmed(text: str, *, brackets: bool = False) -> str:
    """The words without the dashes, stops and bullets around them, on one line."""
    return " ".join(text.split()).strip(_TRIMMED + ("()" if brackets else ""))
