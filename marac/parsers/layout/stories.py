"""Running print of several sentences: a narrative, in which no label is looked for. Pure."""

import re
from itertools import islice

from marac.parsers.layout.writing import Writing

_SHORTEST_STORY = 100  # characters
_SENTENCE = re.compile(r"[a-z]{2,}[.!?][\"')”]*\s+[\"'(“]?[A-Z]|[a-z]{2}[.!?][\"')”]*\s*$")

_CRITERIA_NAMED = re.compile(r"visible high risk|professional judge?ment|escalation", re.IGNORECASE)
_LIMIT = re.compile(r"\b(?:14|fourteen)\b.{0,20}\b(?:ticks?|or more|yes)\b|\b(?:3|three) or more\b", re.IGNORECASE)
_COUNTED = re.compile(r"(?<!\w)\(?1[.)].+(?<!\w)\(?2[.)]", re.DOTALL)
_INSTRUCTS = re.compile(
    r"(?:please |you should |you must )?(?:do not attach|set out|include|describe|give (?:details|the|a|as)|state|explain|tell us|outline|provide|continue on|attach|summarise|use (?:this|extra|a))\b",
    re.IGNORECASE,
)
"""How a sentence begins that tells how to fill in the box for a narrative."""


def is_story(writing: Writing) -> bool:
    """Whether this is running print of several sentences: what nobody answers a short question with."""
    text = writing.text
    if len(text) < _SHORTEST_STORY or writing.boxed:
        return False
    sentences = sum(1 for _ in islice(_SENTENCE.finditer(text), 2))
    return sentences >= 2 or (sentences == 1 and len(text) >= 2 * _SHORTEST_STORY)


def is_guidance(words: str) -> bool:
    """Whether this is print that tells how to fill the box in, or what the criteria are, and no narrative."""
    named = len({each.casefold() for each in _CRITERIA_NAMED.findall(words)})
    if _LIMIT.search(words) and named >= (2 if _COUNTED.search(words) else 3):
        return True
    return all(_INSTRUCTS.match(each) for each in re.split(r"(?<=[.!?])\s+", words.strip()))
