"""What an agency tells beside an answer that may not wait: a new danger, or a way of contact that is not safe any more. Pure."""

import re
from collections.abc import Iterator

from marac.triage.child_harm_words import SEVERE, words_for
from marac.triage.dangers import KILL, SUICIDE
from marac.triage.said import asserts, sentences
from marac.triage.urgent import says_danger

LOOK_NOW = "It says something that may not wait: look now."
"""How the sentence begins that shows such words."""

_HE = r"(?:he|she|they|perp\w*|partner|husband|wife|ex|boyfriend|girlfriend|son|brother|father|family)"
_CONTACT = re.compile(
    r"\b(?:mov(?:ed|ing)|relocat\w+|re-?housed|fled)\b|\bchange of (?:address|number)|\b(?:in|into|to) (?:a )?refuge\b"
    r"|\bnew (?:\w+ )?(?:address|home|house|flat|phone|mobile|number|tenancy|accommodation)\b|\b(?:address|number) (?:has|is) (?:now |been )?(?:chang\w+|now)"
    r"|\bnow (?:liv(?:es?|ing)|stay(?:s|ing)|resid\w+)\b|\b(?:is|are) (?:staying|living) (?:with|at|in)\b"
    r"|\b(?:do(?:es)?\s?n[o'\u2019]?t|never|not (?:be )?(?:safe )?to|(?:should|must|can) ?not|unsafe to|stop|avoid)\s+(?:(?:be|to|try|her|him|them|please)\s+){0,2}"
    r"(?:ring\w*|call\w*|phon\w+|contact\w*|text\w*|e-?mail\w*|writ\w+|visit\w*|us(?:e|ing))\b|\bno longer safe|\bnot safe\b|\bunsafe\b"
    rf"|\b{_HE}(?:\s+(?:now|still|also))?(?:['\u2019]s|['\u2019]ve)?\s+(?:has|have|had|got|took|takes|taken|keeps|holds|answers|checks|reads|monitors)\s+(?:(?!\bno\b)[\w'\u2019]+\s+){{0,3}}?"
    r"(?:keys?|phones?|mobiles?|handset|sim|laptop|tablet|passwords?|e-?mails?|messages|it)\b"
    r"|\bknows? (?:where|(?:her|his|their|the) (?:new )?address)|\bfound (?:out )?(?:where|(?:her|his|their) (?:new )?address)|\btracker\b|\bair ?tag",
    re.IGNORECASE,
)
_FREE = re.compile(
    r"\breleas\w+\b(?! (?:of|the) (?:information|papers?|documents?|records?))|\bout of (?:custody|prison|jail)\b|\babscond\w*|\bescaped\b"
    r"|\b(?:unlawfully )?at large\b|\bwhereabouts (?:are |is )?(?:not |un)known",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"\b(?:reported|gone|went|is|are|still|been) missing\b|\bmissing (?:child|person|from)|\bmisper\b|\b(?:is|feels?|feeling|currently) (?:\w+ )?suicidal\b",
    re.IGNORECASE,
)
_THREAT = re.compile(
    r"\bthreat(?:s|en\w*)?\b|\b(?:immediate|grave|serious|in) danger\b|\bimmediate risk\b", re.IGNORECASE
)
_URGENT = re.compile(
    r"\burgent\w*(?! care)|\bemergency\b(?! (?:dep(?:artmen)?t|duty|service|admission|accommodation|contact|housing|centre|care))|\bimmediately\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:today|tonight|yesterday|this (?:morning|afternoon|evening|week)|last night|at (?:the|this) (?:moment|time)|just now|right now|currently)\b",
    re.IGNORECASE,
)
_LONGEST = 200


def news_that_may_not_wait(text: str, *, under_headings: bool = False) -> tuple[str, ...]:
    """The sentences of an agency's own words that speak of a danger, or of a contact or an address that changed.

    Args:
        text: the words.
        under_headings: whether they stand in a form that asks for what is known. There, past violence is the answer
            itself, and what counts is a changed contact, somebody released, and a danger that is said to be of now.
    """
    return tuple(dict.fromkeys(_short(each) for each in sentences(text) if _is_news(each, under_headings)))


def _is_news(sentence: str, under_headings: bool) -> bool:
    if any(asserts(sentence, pattern, firmly=True) for pattern in (_CONTACT, _FREE, _MISSING, _URGENT)):
        return True
    if says_danger(sentence):
        return True
    new = not under_headings or _NOW.search(sentence)
    return bool(new) and any(asserts(sentence, pattern, firmly=True) for pattern in _dangers())


def _dangers() -> Iterator[re.Pattern[str]]:
    yield from (KILL, SUICIDE, SEVERE, _THREAT)
    yield from words_for(sons=True).harm


def _short(sentence: str) -> str:
    words = " ".join(sentence.split())
    return f"{words[:_LONGEST]} ..." if len(words) > _LONGEST else words
