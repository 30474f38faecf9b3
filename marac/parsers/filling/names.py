"""People's names as forms write them, in natural order, with other names set apart. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache

_TITLE = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|mx|dr|prof(?:essor)?|master|rev|sir|dame|lady|lord)\b\.?\s+)+", re.IGNORECASE
)
_ALIAS = re.compile(
    r"[\s,;/(\[\-–]*(?:\ba\.?\s?/?k\.?\s?/?a\b\.?|\balso (?:known|goes|uses|called)(?: as| by)?\b|\balias(?:es)?\b|\bknown as\b|\bnick\s?name[ds]?\b|\bn[ée]e\b|\bmaiden(?: name)?\b|"
    r"\bformerly\b|\bprev(?:iously|ious(?: name)?)?\b|\bgoes by\b|\bbirth name\b|\bother names?\b)[\s:.]*(?:known as\s+)?",
    re.IGNORECASE,
)
_LOWER = frozenset(
    (
        "de",
        "da",
        "do",
        "dos",
        "das",
        "di",
        "del",
        "della",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
        "al",
        "el",
        "bin",
        "bint",
        "ibn",
        "e",
        "y",
    )
)
_NOTE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_RANK = re.compile(
    r"(?:(?:det(?:ective)?|temp(?:orary)?|acting|t/|a/)\.?\s*)?(?:w?[pd]c|pcso|[pd]s|d?ci|di|det|sgt|sergeant|insp(?:ector)?|constable)\b\.?\s+(?:\d{2,6}\s+)?(?=[^\W\d_])",
    re.IGNORECASE,
)
"""A police rank, with or without a collar number; it stays before the name, as officers are written."""
_POINTING = re.compile(
    r"(?:please )?(?:see|as per|as in|as on|refer to|attached|as above|as below|above|below|overleaf)\b"
    r"|.*\b(?:attached|enclosed|with?held|anonymous|not (?:to be )?disclosed)\b",
    re.IGNORECASE | re.DOTALL,
)
"""Words that point to where a name stands, or keep it back."""
_BESIDE = re.compile(
    r"[\s,;–-]+(?:\(?d\.?o\.?b\b|born\b|aged?\b|\d{1,3}\s?(?:yrs?|years?|y/?o)\b).*$", re.IGNORECASE | re.DOTALL
)
"""What is written after a name and is none: a date of birth, an age."""
_QUOTED = re.compile(r"[\"“‘']([^\"”’']{2,30})[\"”’'](?!\w)")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in natural order, the other names, and whether its order is beyond doubt."""

    full: str
    aliases: tuple[str, ...] = ()
    certain: bool = True


@lru_cache(maxsize=1_000)
def name_in(text: str) -> Name | None:
    """The name that a text holds; None where it holds none, or says where it stands (`see attached`)."""
    if _POINTING.match(text):
        return None
    head, *others = _ALIAS.split(text)
    aliases = [alias for other in others for alias in _aliases(other)]
    quoted = _QUOTED.search(head)
    if quoted and len(_QUOTED.sub(" ", head).split()) > 1:
        aliases.append(quoted[1])
        head = _QUOTED.sub(" ", head)
    inside = re.search(r"(?<=\w )\(([A-Z][\w'’-]+)\)(?= \w)", head)
    if inside:
        aliases.append(inside[1])
    head = _BESIDE.sub("", _NOTE.sub(" ", head))
    head = _TITLE.sub("", " ".join(head.split()).strip(" ,;:.-–/()[]*"))
    rank = _RANK.match(head)
    words = _ordered(head[rank.end() :] if rank else head)
    if not any(any(letter.isalpha() for letter in word) for word in words):
        return None
    full = " ".join([*(rank[0].split() if rank else ()), *_cased(words)])
    return Name(full, tuple(dict.fromkeys(aliases)), _is_name([*(["rank"] if rank else []), *words]))


def _aliases(text: str) -> list[str]:
    found = []
    for piece in re.split(r"[,;/]|\bor\b|\band\b|&", text.replace(")", " ").replace("]", " ")):
        words = _TITLE.sub("", piece.strip(" .:;,()[]\"“”‘’'-–")).split()
        if words and len(words) <= 4:
            found.append(" ".join(_cased(words)))
    return found


def _ordered(text: str) -> list[str]:
    """The words in natural order: `SMITH, Jane` and `SMITH Jane` both become Jane Smith."""
    if "," in text:
        last, _, first = text.partition(",")
        first = _TITLE.sub("", first.strip())
        if first and last.strip() and "," not in first:
            return [*first.split(), *last.split()]
    words = text.replace(",", " ").split()
    capitals = 0
    while capitals < len(words) and _is_capitals(words[capitals]):
        capitals += 1
    if 0 < capitals < len(words) and not any(_is_capitals(word) for word in words[capitals:]):
        return [*words[capitals:], *words[:capitals]]
    return words


def _is_capitals(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)


def _cased(words: list[str]) -> list[str]:
    """Words in capitals, or a name all in small letters, with an ordinary capital each."""
    small = all(word.islower() for word in words)
    return [
        _capital(word) if _is_capitals(word) or (small and (index == 0 or word not in _LOWER)) else word
        for index, word in enumerate(words)
    ]


def _capital(word: str) -> str:
    lowered = word.lower()
    if lowered in _LOWER:
        return lowered
    made = re.sub(r"(^|[-'’.])(\w)", lambda found: found[1] + found[2].upper(), lowered)
    return re.sub(r"(?<![^-])Mc(\w)", lambda found: "Mc" + found[1].upper(), made)


def _is_name(words: list[str]) -> bool:
    """Whether these look like a name and nothing but a name."""
    odd = any(letter.isdigit() or letter in "/:&" for word in words for letter in word)
    return 1 < len(words) <= 6 and not odd
