"""Words in a mail that look like a password, whatever is said around them. They are only tried on files that wait for one."""

import re

_MOST = 10
_LONGEST_TEXT = 4_000
_SHORTEST = 6
_OWN_WORDS = re.compile(r"(?im)^\W*(?:from|sent|von|de)\s*:|^-{3,}\s*original|^_{10,}|^on .{5,100} wrote:")
_WORD = re.compile(r"[^\s<>\"“”]{6,40}")
_NONE = re.compile(
    r"https?:|www\.|@\w+[.-]\w|^\W*\d[\d\s/.:,()+-]*\W*$"  # links, addresses, dates, times, telephone numbers
    r"|^\W*\d{1,3}(?:st|nd|rd|th)\W*$|^[A-Z]{1,2}\d{1,2}[A-Z]?\W*\d[A-Z]{2}\W*$|\.(?:docx?|pdf|xlsx?|zip|rtf|odt)\W*$",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[!#$%&*+=?^_~£@|\\/-]")


def guesses_in(text: str) -> tuple[str, ...]:
    """Words of the sender's own that mix letters with figures or marks as passwords do, in the order of the text."""
    plain = text[:_LONGEST_TEXT]
    history = _OWN_WORDS.search(plain)
    own = plain[: history.start()] if history else plain
    found = (word.strip(".,;:()[]'‘’") for word in _WORD.findall(own) if not _NONE.search(word))
    return tuple(dict.fromkeys(word for word in found if _looks_made_up(word)))[:_MOST]


def _looks_made_up(word: str) -> bool:
    letters, figures = any(map(str.isalpha, word)), any(map(str.isdigit, word))
    marked = bool(_MARKS.search(word.strip("!?-/"))) or (word.endswith("!") and figures)
    return len(word) >= _SHORTEST and letters and (figures or (marked and word != word.lower() and "-" not in word))
