"""What one Authentication-Results header says (RFC 8601), and Microsoft 365's form of it, which names no server."""

import re
from dataclasses import dataclass, field

_LONGEST = 20_000  # characters; a real one has a few hundred
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_PIECE = re.compile(rf'{_QUOTED}|;|[^";]+', re.DOTALL)
_WORD = re.compile(rf'(?:[^\s"]|{_QUOTED})+', re.DOTALL)
_SPACED_OUT = re.compile(r" ?(=) ?| ([./]) ?|(/) ")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a server checked, such as `dmarc`, with its result and what the result is about."""

    method: str
    result: str
    properties: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def values(self, name: str) -> tuple[str, ...]:
        """Every value of a property, such as `header.from`; more than one where somebody wrote a second one in."""
        return tuple(value for each, value in self.properties if each == name)


@dataclass(frozen=True, slots=True)
class AuthenticationResults:
    """One header, in lower case."""

    server: str | None
    """Who checked; None in Microsoft's form, which does not say."""
    checks: tuple[Check, ...]

    def of(self, method: str) -> tuple[Check, ...]:
        """The checks by one method."""
        return tuple(check for check in self.checks if check.method == method)


def authentication_results(value: str) -> AuthenticationResults | None:
    """What the header says; None where it is not built as RFC 8601 and Microsoft have it.

    Args:
        value: What follows the header's name, folded or not.
    """
    plain = _without_comments(value) if len(value) <= _LONGEST else None
    if plain is None:
        return None
    first, *others = _segments(plain)
    if first and "=" in first[0]:
        return AuthenticationResults(None, _checks([first, *others]))
    if not first or len(first) > 2 or not all(version.isdecimal() for version in first[1:]):
        return None
    return AuthenticationResults(_unquoted(first[0]), _checks(others))


def _without_comments(text: str) -> str | None:
    """The text with a space for each comment, which may hold others; None where a comment or a quotation has no end."""
    kept, depth, quoted = list[str](), 0, False
    characters = iter(text)
    for character in characters:
        if character == "\\" and (depth or quoted):
            escaped = character + next(characters, "")
            kept.append("" if depth else escaped)
        elif quoted:
            kept.append(character)
            quoted = character != '"'
        elif character in "()":
            depth += 1 if character == "(" else -1
            kept.append(" ")
            if depth < 0:
                return None
        elif not depth:
            kept.append(character)
            quoted = character == '"'
    return None if depth or quoted else "".join(kept)


def _segments(plain: str) -> list[list[str]]:
    """The words between the semicolons; `method=result` and `property=value` are one word, however they are spaced."""
    segments = [""]
    for piece in _PIECE.findall(plain):
        if piece == ";":
            segments.append("")
        elif piece.startswith('"'):
            segments[-1] += piece
        else:
            segments[-1] += _SPACED_OUT.sub(r"\1\2\3", re.sub(r"\s+", " ", piece))
    return [_WORD.findall(segment) for segment in segments]


def _checks(segments: list[list[str]]) -> tuple[Check, ...]:
    """The checks; a segment that is none is passed over: `none`, or a bare domain in older headers of Microsoft's."""
    return tuple(_check(words) for words in segments if words and "=" in words[0])


def _check(words: list[str]) -> Check:
    method, _, result = words[0].partition("=")
    named = (word.partition("=") for word in words[1:])
    return Check(
        _unquoted(method.partition("/")[0]),
        _unquoted(result),
        tuple((_unquoted(name), _unquoted(value)) for name, _, value in named),
    )


def _unquoted(word: str) -> str:
    """The word in lower case, without quotation marks."""
    return re.sub(_QUOTED, lambda found: _ESCAPED.sub(r"\1", found[0][1:-1]), word, flags=re.DOTALL).lower()
