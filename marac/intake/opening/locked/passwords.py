"""Passwords that people write into a mail for a file that they sent in another."""

import re
from collections.abc import Iterator
from itertools import islice

from marac.intake.opening.locked.password_tables import told_in_tables
from marac.intake.opening.locked.password_words import (
    ASKED,
    ENDS_A_MAIL,
    NAMED,
    NO_PASSWORD,
    PROGRAM,
    PROMISED,
    SMALL_PRINT,
    SPOKEN_OF,
)

_MOST = 12
_MOST_MENTIONS = 40
_LONGEST_TEXT = 50_000
_LONGEST = 64
_SHORTEST = 4
_MOST_WORDS = 6
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_BEFORE = r"(?:[^\n.!?:;=]|[.](?=\w)|\n(?=\S)){0,90}?"
_LABEL = re.compile(rf"(?P<between>{_BEFORE})\s*(?::|=+>?|-+>|(?<=\s)[-–—]+(?=\s))\s*(?:-+>?\s+)?")
_IS = re.compile(
    rf"(?P<between>{_BEFORE}[ \n]|\s)(?:is|was|will be|should be|has been set (?:to|as))\b\s*(?:also |now |just |simply |set (?:to|as) |"
    r"still |currently )?(?:as follows|the following|below|here)?\s*[:=,–—-]*\s*",
    re.IGNORECASE,
)
_TOLD_DIRECTLY = re.compile(r"\s+(?:of\s+)?(?=\S)")
_BELOW = re.compile(rf"{_BEFORE}(?:below|as follows|here|following)?[ ]*[.:]?[ ]*\n", re.IGNORECASE)
_QUOTES = {'"': '"', "“": "”", "”": "”", "'": "'", "‘": "’", "`": "`", "«": "»", "[": "]", "<": ">", "*": "*", "„": "“"}
_REVERSED = re.compile(r"(?P<value>\S+)\s+(?:is|was|will be)\s+(?:the|your|our|its)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_AS = re.compile(
    r"\b(?:use|enter|type|input|try)\s+(?:in\s+)?(?P<value>\S+)\s+(?:as|for|when asked for|at)\s+(?:the|its|a|your)?\s*$",
    re.IGNORECASE,
)
_OPENS_WITH = re.compile(
    r"\b(?:open(?:s|ed)?|unlock(?:s|ed)?|access(?:ed)?|decrypt(?:s|ed)?|protected|locked)\b[^.\n:]{0,40}?"
    r"\b(?:with|using|use|by (?:typing|entering)|enter|type)\b:?\s+",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(r"\+?[\d\s()-]{9,}")
_ADDRESS = re.compile(r"(?:https?:|www\.|mailto:)\S*|\S+@[\w-]+(?:\.[\w-]+)+")
_NO_PASSWORD_FIRST = re.compile(
    rf"(?:tel\w*\W{{0,3}})?\+?\(?\d[\d ()-]{{8,}}\d(?!\w)|(?:{_ADDRESS.pattern})(?=[\s.,>]|$)", re.IGNORECASE
)
_LINK = re.compile(r"<(?:https?|mailto):[^>\s]*>")
_TYPEWRITER = {0x2013: "-", 0x2014: "-", 0x2019: "'", 0x2018: "'"}
_LAST = ".,;:!?)"
_SENTENCE_ENDS = re.compile(r"[.!?;](?=\s|$)|\n")


def passwords_in(text: str) -> tuple[str, ...]:
    """The passwords that a mail may tell, the likeliest first; empty where it tells none.

    Where a mark stands behind one, it is tried with it and without. A mail that only promises a password, asks for one
    or speaks of them in its small print tells none.
    """
    text = text[:_LONGEST_TEXT]
    found = list(told_in_tables(_INVISIBLE.sub("", text), _is_strong, _is_phrase))
    found += [value for told in _told(_plain(text)) for value in _ways_to_type(told)]
    return tuple(dict.fromkeys(found))[:_MOST]


def _plain(text: str) -> str:
    """The text without its small print, without marks of quotation at the beginning of lines, in plain spaces."""
    text = _LINK.sub("", _INVISIBLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n"))
    lines = []
    for line in text.split("\n"):
        bare = re.sub(r"\s+", " ", re.sub(r"^[\s>|]+", "", line)).rstrip()
        if SMALL_PRINT.match(bare[:300]):
            break
        lines.append(bare)
    return "\n".join(lines)


def _told(text: str) -> Iterator[str]:
    """What is told as a password, as it stands there, the plainest first."""
    weak = []
    for named in islice(NAMED.finditer(text), _MOST_MENTIONS):
        after = text[named.end() : named.end() + 400]
        if SPOKEN_OF.match(after):
            continue
        sentence = _sentence_before(text, named.start())
        for pattern in (_LABEL, _IS):
            found = pattern.match(after)
            if found:
                yield from _values(after[found.end() :], sentence, found)
        weak += [*_in_other_words(sentence, text[: named.start()][-200:], after)]
    weak += [
        value for found in _OPENS_WITH.finditer(text) for value in _strong_at(text[found.end() : found.end() + 200])
    ]
    yield from weak


def _values(rest: str, sentence: str, leading: re.Match[str]) -> Iterator[str]:
    """What stands where a password is told, if it is one."""
    between, line = leading["between"], _first_line(rest)
    if PROMISED.search(between) or _NO_PASSWORD_FIRST.match(line):
        return
    doubtful = bool(ASKED.search(f"{sentence} {between}") or PROMISED.search(sentence))
    first = line.partition(" ")[0]
    plain = _quoted(line) or (first if _is_strong(first) else None)
    if plain:
        yield plain
    elif _bare(first).lower() not in NO_PASSWORD:
        yield from () if doubtful or not line else _ordinary(line)
    elif not doubtful and not PROMISED.search(f"{leading[0].strip()} {line.partition(':')[0]}"):
        yield from _after_colon(line)


def _ordinary(line: str) -> Iterator[str]:
    """A password of ordinary words, at the beginning of what may be a sentence."""
    first, _, further = line.partition(" ")
    if _is_phrase(line) or not further:
        yield line
        if further:
            yield first
    elif _could_be(first) and further[:1] in "(-–,.":
        yield first
    else:
        yield from (word for word in line.split() if _is_strong(word))
        yield from _phrase_before_mark(line)


def _in_other_words(sentence: str, before: str, after: str) -> Iterator[str]:
    """Harbour-824! is the password; use Harbour-824! as the password; the password Harbour-824! opens it."""
    for pattern in (_REVERSED, _AS):
        found = pattern.search(before.rpartition("\n")[2])
        if found:
            yield from _strong_at(found["value"])
    directly = _TOLD_DIRECTLY.match(after)
    if directly:
        yield from _strong_at(after[directly.end() :])
    below = _BELOW.match(after)
    if below and not PROMISED.search(below[0]) and not ASKED.search(f"{sentence} {below[0]}"):
        line = _first_line(after[below.end() :])
        if " " not in line or _quoted(line):
            yield from _strong_at(line)


def _strong_at(rest: str) -> Iterator[str]:
    """What stands there, where nobody would take it for an ordinary word."""
    line = _first_line(rest)
    quoted = _quoted(line)
    first = line.partition(" ")[0]
    if quoted and _bare(quoted).lower() not in NO_PASSWORD:
        yield quoted
    elif _is_strong(first):
        yield first


def _after_colon(line: str) -> Iterator[str]:
    """Three random words: purple monkey dishwasher."""
    value = re.split(r"[:=]\s+|\s[-–—]\s", line, maxsplit=1)[1:]
    if value and (_is_phrase(value[0]) or _is_strong(value[0].partition(" ")[0])):
        yield value[0]


def _phrase_before_mark(line: str) -> Iterator[str]:
    phrase = re.split(r"[.,;(]\s|\s[-–—(]", line, maxsplit=1)[0]
    if phrase != line and _is_phrase(phrase):
        yield phrase


def _first_line(rest: str) -> str:
    """The first line that says something, which nobody greets or ends with."""
    line = rest.lstrip(" \n\t|").partition("\n")[0].strip()
    skipped = rest[: len(rest) - len(rest.lstrip(" \n\t|"))]
    return "" if skipped.count("\n") > 3 or ENDS_A_MAIL.match(line) else line[:200]


def _quoted(line: str) -> str | None:
    closing = _QUOTES.get(line[:1])
    inner = line[1:].partition(closing)[0] if closing and closing in line[1:] else ""
    if closing == "'" and (found := re.match(r"'(.+?)'(?=\W|$)", line)):
        inner = found[1]
    return inner.strip() if _SHORTEST <= len(inner.strip()) <= _LONGEST and not _is_no_password(inner) else None


def _is_strong(word: str) -> bool:
    """Whether nobody would take it for an ordinary word: digits or signs among letters, or capitals within."""
    bare = _bare(word)
    if not _could_be(word):
        return False
    has_letter, has_digit = any(c.isalpha() for c in bare), any(c.isdigit() for c in bare)
    if has_digit:
        return has_letter or not _is_no_password(word)
    signs = any(c in "!£$%^&*#@~+_?" for c in bare)
    capitals = bool(re.search(r"[a-z][A-Z]", bare)) or bool(re.fullmatch(r"[A-Z][a-z]+(?:[-_.][A-Z]?[a-z]+){1,}", bare))
    joined = bool(re.fullmatch(r"[a-z]+(?:[-_.][a-z]+){2,}", bare))
    return has_letter and (signs or capitals or joined)


def _could_be(word: str) -> bool:
    return (
        _SHORTEST <= len(_bare(word)) <= _LONGEST
        and not _is_no_password(word)
        and _bare(word).lower() not in NO_PASSWORD
        and not PROGRAM.fullmatch(_bare(word))
    )


def _is_no_password(value: str) -> bool:
    return bool(_TELEPHONE.fullmatch(value.strip(" .,;")) or _ADDRESS.fullmatch(value.strip(" .,;<>")))


def _is_phrase(line: str) -> bool:
    """Whether a line could be a passphrase of ordinary words, or one of them."""
    words = line.rstrip(_LAST).split()
    if not 1 <= len(words) <= _MOST_WORDS or len(line) > _LONGEST or _is_no_password(line):
        return False
    few_common = sum(word.lower() in NO_PASSWORD for word in words) == 0
    return few_common and all(re.fullmatch(r"[\w'’-]+", word) for word in words) and len(_bare(line)) >= _SHORTEST


def _bare(word: str) -> str:
    return word.strip("\"'“”‘’`*<>[]()").rstrip(_LAST)


def _ways_to_type(told: str) -> Iterator[str]:
    """The same password with the mark behind it and without, in plain hyphens, and a phrase without its spaces."""
    told = told.strip()
    bare = told.rstrip(_LAST)
    ends_sentence = told[-1:] in ".,;:"
    shortened = told[:-1] if ends_sentence else told
    ways = [shortened, told, bare] if ends_sentence else [told, bare]
    unwrapped = told.strip("*_\"'“”‘’`").rstrip(".,;:")
    ways.append(unwrapped)
    ways += [way.translate(_TYPEWRITER) for way in ways]
    if " " in bare:
        ways += [bare.replace(" ", ""), bare.replace(" ", "-")]
    yield from (way for way in ways if len(way) >= _SHORTEST)


def _sentence_before(text: str, at: int) -> str:
    start = max(
        (found.end() for found in _SENTENCE_ENDS.finditer(text, max(0, at - 200), at)), default=max(0, at - 200)
    )
    return text[start:at]
