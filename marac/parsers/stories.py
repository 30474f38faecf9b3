"""Running print of several sentences: a narrative, in which no label is looked for. Pure."""

import re
from itertools import islice

from marac.parsers.writing import Writing

_SHORTEST_STORY = 100  # characters
_SENTENCE = re.compile(r"[a-z]{2,}[.!?][\"')”]*\s+[\"'(“]?[A-Z]|[a-z]{2}[.!?][\"')”]*\s*$")


def is_story(writing: Writing) -> bool:
    """Whether this is running print of several sentences: what nobody answers a short question with."""
    text = writing.text
    if len(text) < _SHORTEST_STORY or writing.boxed:
        return False
    sentences = sum(1 for _ in islice(_SENTENCE.finditer(text), 2))
    return sentences >= 2 or (sentences == 1 and len(text) >= 2 * _SHORTEST_STORY)
