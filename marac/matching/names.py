"""Names as people write them on forms, taken apart: first names, surnames in their parts, aliases and former names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from marac.matching.spelling import folded

NameKind = Literal["in use", "alias", "former"]
"""`former`: a maiden name, or one that the form calls earlier; `alias`: any other name that somebody goes by."""

_FORMER = r"n[ée]e\b|formerly|prev(?:ious(?:ly)?)?\b\.?|maiden name"
_ALSO = r"a\.?k\.?a\b\.?|also known as|known as|alias(?:es)?\b|or\b"
_SEVERAL_NAMES = re.compile(rf"([()\[\]/;|]|\b(?:{_ALSO}|{_FORMER}))", re.IGNORECASE)
_FORMER_FOLLOWS = re.compile(_FORMER, re.IGNORECASE)
_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev", "revd", "sir", "dame", "lady", "lord", "mst"}
)
_NOT_A_NAME = frozenset(
    {"unknown", "notknown", "nk", "na", "none", "nil", "tbc", "anonymous", "notrecorded", "notstated", "refused"}
    | {"withheld", "male", "female", "unidentified", "unknownmale", "unknownfemale", "perpetrator", "suspect"}
    | {
        "unknownunknown",
        "notknownnotknown",
        "namenotknown",
        "nameunknown",
        "unknownname",
        "notdisclosed",
        "notgiven",
        "unk",
    }
)
_JOINED_TO_THE_NEXT = frozenset(
    {
        "o",
        "mc",
        "mac",
        "de",
        "da",
        "do",
        "dos",
        "del",
        "della",
        "di",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "st",
        "ap",
    }
)
_LEFT_OUT = frozenset({"al", "el", "ul", "bin", "ibn", "bint"})
_NO_LETTER = re.compile(r"[\W_]+")
_NOT_IN_WORDS = re.compile(r"[^\w-]|_")
_ARTICLE = re.compile(r"^(?:al|el)-")


@dataclass(frozen=True, slots=True, repr=False)
class Name:
    """First names and surname, folded; a double-barrelled surname is in its parts.

    A single word is a first name, unless a comma follows it.
    """

    first: tuple[str, ...]
    surname: tuple[str, ...] = ()
    kind: NameKind = "in use"


def stated(text: str | None) -> bool:
    """Whether the words are a name at all, rather than "not known"."""
    letters = _NO_LETTER.sub("", folded(text or ""))
    return bool(letters) and letters not in _NOT_A_NAME


def name_and_others(text: str) -> tuple[str, str]:
    """A name, or a surname alone, and after it whatever else the person is called: `Smith` and `(née Jones)`."""
    found = _SEVERAL_NAMES.search(text)
    return (text[: found.start()].strip(" ,"), text[found.start() :]) if found else (text.strip(), "")


@lru_cache(maxsize=4096)
def names_in(texts: tuple[str, ...]) -> tuple[Name, ...]:
    """A person's names, the one in use first, from the name on the form and the aliases beside it.

    "Sarah Jones (née Patel)" is two names. An alias of one word may stand for the first name or for the surname, so it
    is tried as both; a former name of one word is a surname.
    """
    pieces = (_pieces(text, "alias" if place else "in use") for place, text in enumerate(texts) if stated(text))
    names = [name for found in pieces for name in found]
    return tuple(dict.fromkeys(_with_single_words_filled(names)))


def _pieces(text: str, kind: NameKind) -> Iterator[Name]:
    for piece in _SEVERAL_NAMES.split(text):
        if _SEVERAL_NAMES.fullmatch(piece):
            kind = "former" if _FORMER_FOLLOWS.match(piece) or kind == "former" else "alias"
        elif stated(piece) and (name := _taken_apart(piece, kind)) != Name((), (), kind):
            yield name


def _with_single_words_filled(names: list[Name]) -> Iterator[Name]:
    main = names[0] if names else Name(())
    for position, name in enumerate(names):
        if not position:
            yield Name(name.first, name.surname)
        elif not name.surname and main.surname:
            if name.kind == "alias":
                yield Name(name.first, main.surname, name.kind)
            yield Name(main.first, name.first, name.kind)
        else:
            yield name


def _taken_apart(text: str, kind: NameKind) -> Name:
    text = folded(text)
    before, comma, after = text.partition(",")
    if comma and "," not in after and stated(before) and (stated(after) or not after.strip()):
        surname, first = list(_words(before)), list(_words(after))
    else:
        *first, last = list(_words(text)) or [""]
        first, surname = (first, [last]) if first else ([last], [])
    parts = tuple(part for word in surname for part in word.split("-") if part)
    return Name(tuple(word for word in first if word), parts, kind)


def _words(text: str) -> Iterator[str]:
    """The words of a name, without titles, with particles joined to what they belong to (`o connor`, `de souza`)."""
    held = ""
    words = [word.strip("-") for word in _NOT_IN_WORDS.sub(" ", text.replace("\u2010", "-")).split()]
    words = [_ARTICLE.sub("", word) for word in words if word]
    while len(words) > 1 and words[0] in _TITLES:
        words.pop(0)
    for position, word in enumerate(words):
        last = position == len(words) - 1
        if word in _LEFT_OUT and not last:
            continue
        if word in _JOINED_TO_THE_NEXT and not last and (position or len(words) > 2):
            held += word
            continue
        yield held + word
        held = ""
