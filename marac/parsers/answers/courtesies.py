"""Which words of a mail say nothing: greetings, thanks, and that something is attached. Pure.

A line is a courtesy only if every word of it is one. Whatever else stands there may be meant, and waits for a person.
"""

import re

_WORD = re.compile(r"[a-z']+|\d+")
_GREETING = re.compile(
    r"^\s*(?:hi|hiya|hello|dear|good (?:morning|afternoon|evening)|morning|afternoon)\b(?:\s+[\w.'’&-]+){0,5}\s*[,!.:-]*\s*$",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"^\s*(?:please\s+)?(?:do not hesitate to\s+|don['’]t hesitate to\s+|feel free to\s+)?(?:let (?:me|us) know|contact (?:me|us)|get in touch|come back to (?:me|us))"
    r"\s+(?:if|should) you (?:need|require|have|want) (?:anything|any)(?:\s+(?:else|further|more|other))?(?:\s+(?:information|details?|questions?|queries))?\s*[.!]*\s*$",
    re.IGNORECASE,
)
_SAYS = re.compile(r"\b(?:not|no|nothing|none|nil|known|done|all done|never|unable)\b", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:not|no|nothing|none|nil|known|never|unable)\b|\?", re.IGNORECASE)
_WORDS = frozenset(
    _WORD.findall(
        """
        a action actions afternoon agency all am an and answer answers apologies apr april are as at attached attachment
        aug august back below best by case cases cheers colleague colleagues complete completed conference copies copy
        dear dec december delay document documents email enclosed evening everyone faithfully feb february file files
        filled find for form forms fri friday from fw fwd fyi good hello helps here herewith hi hiya hope i in
        information is it its jan january jul july jun june kind kindest late lateness letter letters list madam mail
        many mar marac march may me meeting meetings mon monday morning much my nd nov november oct october of on our
        over pack packs pdf per please rd re regards replies reply report reports request requested research response
        responses return returned returning returns saturday see sending sent sep sept september sincerely sir sorry st
        sunday team th thank thanks that the these this those thu thur thurs thursday to today tomorrow's tue tues
        tuesday update updates us version very warm warmest we wed wednesday well wishes with word you your yours
        """
    )
)
"""Of which a courtesy is made; none of them says anything of a case."""
_COVER = _WORDS | frozenset(
    _WORD.findall(
        """
        been box boxes column columns completed done field fields folder format handwritten i've last made old printed saved
        scan scanned signed typed typing used using we've word zip zipped
        """
    )
)
"""Of which a sentence is made that only tells how the file beside it was made."""
_MOST_WORDS = 40


def is_courtesy(text: str) -> bool:
    """Whether a line of a mail says nothing but a greeting, thanks, or that something is sent."""
    if _OFFER.match(text) or (_GREETING.match(text) and not _SAYS.search(text)):
        return True
    if _SAYS.search(text):
        return False
    words = _WORD.findall(text.casefold().replace("’", "'"))
    return len(words) <= _MOST_WORDS and all(word in _WORDS or word.isdecimal() for word in words)


def is_cover(text: str) -> bool:
    """Whether a line only tells how the file beside it was made; nothing of a case, no number, and no "not"."""
    words = _WORD.findall(text.casefold().replace("’", "'"))
    return len(words) <= _MOST_WORDS and not _DENIES.search(text) and all(word in _COVER for word in words)
