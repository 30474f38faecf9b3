"""Printed `Yes / No` choices: which side is marked, by a box, an X, a ring or a line; never a guess. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from marac.parsers.layout.writing import OFF, ON, Writing, joined, typed_text

Side = Literal["yes", "no", "unknown"]
_Kind = Literal["side", "on", "off", "join", "gap", "odd"]
_UNKNOWN = r"don[’']?t know|do not know|not known|not sure|not asked|unknown|unsure|n\s?/\s?k|n\s?/\s?a|d\s?/\s?k|nk|dk"
_NO = r"not safe|not aware|unsafe|unaware|not given|no|n|nage|na|false"
_YES = r"safe|aware|given|yes|ie|y|true"
_SIDES = rf"(?:(?P<unknown>{_UNKNOWN})|(?P<no>{_NO})|(?P<yes>{_YES}))(?![\w’'])"
_BEGINS = re.compile(rf"[\s:•*\-–]*{_SIDES}", re.IGNORECASE)
_BARE = re.sub(r"\?P<(\w+)>", r"?P<bare_\1>", _SIDES)
_CROSS = r"[xX✓✔√✗✘*]"
_TOKEN = re.compile(
    rf"(?P<ringed>[(\[<{{]\s*(?P<crossed>{_CROSS}\s+)?{_SIDES}\s*[)\]>}}])"
    rf"|(?P<on>{ON}|[(\[][ _.]*[xX✓✔√✗✘*•●][ _.]*[)\]]|[●◉]|[_.…]*{_CROSS}(?![^\W_])[_.…]*)"
    rf"|(?P<off>{OFF}|[(\[][ _.]*[)\]]|[○◯]|_+|…+|\.{{2,}})"
    rf"|{_BARE}"
    r"|(?P<join>\s*[/|\\]\s*|\s+or\s+|\n)|(?P<gap>\t| {2,})|(?P<space>[ \u2002\xa0,:;\-–—])|(?P<odd>[*]|[^\w\s](?!\w)|\d(?!\w))",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"\s*(?:(?:{_UNKNOWN}|yes|no|y|n|ie|na)(?![\w’'])[\s/|.,;:\-–—]*)*", re.IGNORECASE)
_STROKE = re.compile(r"\s*[/|]\s*")
_PART = re.compile(r"\s*[/|\n\t]\s*| {2,}")
_MOST_WORDS = 3  # of another language's yes or no
_ENDS = " .,;:-–—\n"
_LONE = ("x", "X", "✓", "✔", "√", ON, OFF)
_MARKED = re.compile(rf"[{ON}{OFF}()\[\]_.…•●○]|(?<!\w)[xX✓✔√*](?!\w)")
_PARTS = ("join", "gap")
_PRINTED_REST = re.compile(r"\s*(?:\([^)]{0,40}\)?)?[\s.:?]*")
"""What a form may print behind a choice: `Y/N (date)`."""
_ALL: tuple[Side, ...] = ("unknown", "no", "yes")
_KINDS: tuple[_Kind, ...] = ("on", "off", "join", "gap", "odd")


@dataclass(frozen=True, slots=True)
class Choice:
    """A printed choice of yes and no: the marked side (None where none is), and whether that is beyond doubt."""

    side: Side | None
    clear: bool
    rest: str = ""
    printed: int = 2
    """How many sides are printed."""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: _Kind
    side: Side | None = None
    ringed: bool = False
    words: str = ""


@lru_cache(maxsize=2_000)
def side_of(words: str) -> Side | None:
    """The side that the words beside a box begin with: `Na / No`, `No - not safe`, `unaware`."""
    found = _BEGINS.match(words)
    return _side_in_parts(words) if found is None else _side(found)


def _side_in_parts(words: str) -> Side | None:
    """The side of two languages' words for it (`Nac ydy / No`), where only one of them is known."""
    first, *parts = _STROKE.split(words.strip())
    found = [_BEGINS.fullmatch(part) for part in parts]
    sides = {_side(each) for each in found if each is not None}
    return sides.pop() if len(sides) == 1 and len(first.split()) <= _MOST_WORDS else None


def side_headed(text: str) -> Side | None:
    """The one side that a heading names in two languages' words for it (`Yes / Ydw`); None where it is no such heading."""
    parts = [part for part in _PART.split(text.strip()) if part]
    sides = {_side(found) for part in parts if (found := _BEGINS.fullmatch(part))}
    is_short = len(parts) == 2 and all(len(part.split()) <= _MOST_WORDS for part in parts)
    return sides.pop() if is_short and len(sides) == 1 else None


def is_in_two_tongues(text: str) -> bool:
    """Whether a text is nothing but yes and no, each beside another language's word (`Ydy / Yes / Nac ydy / No`)."""
    parts = [part for part in _PART.split(text.strip()) if part]
    sides = {_side(found) for part in parts if (found := _BEGINS.fullmatch(part))}
    return (
        sides >= {"yes", "no"}
        and len(parts) <= 2 * len(sides)
        and all(len(part.split()) <= _MOST_WORDS for part in parts)
    )


def rest_of(words: str) -> str:
    """What stands after the side in the words beside a box: `because he checks it`."""
    if _BEGINS.match(words) is None and _side_in_parts(words):
        return ""
    rest = _LEADING.sub("", words, count=1).strip(_ENDS)
    return rest if _tokens(rest)[1] else ""


@lru_cache(maxsize=2_000)
def printed_choice(text: str) -> Choice | None:
    """The choice that a text begins with, where both yes and no are printed in it; None where it is no such choice."""
    tokens, rest = _tokens(text)
    sides = [token for token in tokens if token.side is not None]
    if not {"yes", "no"} <= {token.side for token in sides}:
        return None
    side, clear = _marked(tokens, sides)
    return Choice(side, clear, rest, len(sides))


def is_untouched(writing: Writing) -> bool:
    """Whether a writing is a choice as it was printed and no more: no side is marked, and nothing is written beside it."""
    choice = printed_choice(writing.text)
    if choice is None or choice.side is not None or not choice.clear or not _PRINTED_REST.fullmatch(choice.rest):
        return False
    return writing.chosen(("yes", "no")) is None and writing.chosen(("y", "n")) is None


def choice_across(cells: Sequence[Writing]) -> Writing | None:
    """A choice whose sides and marks have cells of their own (`Yes | ☐ | No | ☒`), as one; None where it is none.

    A blank cell is an empty box only where every side has a cell for its mark.
    """
    texts = [cell.text.strip() for cell in cells]
    bare = [_MARKED.sub(" ", text).strip() for text in texts]
    sides = [side_of(words) for words in bare if words]
    if None in sides or not {"yes", "no"} <= set(sides) or any(rest_of(words) for words in bare):
        return None
    boxed = len(texts) == 2 * len(sides)
    boxes = {"": OFF if boxed else "", **dict.fromkeys(_LONE, ON), OFF: OFF}
    return joined(
        (typed_text(boxes[text]) if text in boxes else cell for text, cell in zip(texts, cells, strict=True)), "  "
    )


def _marked(tokens: list[_Token], sides: list[_Token]) -> tuple[Side | None, bool]:
    """The marked side, and whether that (or that none is marked) is beyond doubt."""
    if any(token.kind == "odd" for token in tokens):
        return None, False
    ringed = [token.side for token in sides if token.ringed]
    if len(ringed) == 1:
        return ringed[0], True
    boxes = [token for token in tokens if token.kind in ("on", "off")]
    if not boxes:
        return None, _untouched(tokens, sides)
    if not any(token.kind == "on" for token in boxes):
        return None, True
    side = _in_turn(tokens) if len(boxes) == len(sides) else _beside(tokens)
    return side, side is not None


def _tokens(text: str) -> tuple[list[_Token], str]:
    """What a choice is made of, up to the first word that is no part of it; and the words from there on."""
    tokens: list[_Token] = []
    place = 0
    while place < len(text) and (found := _TOKEN.match(text, place)):
        token = _token(found)
        if token is not None:
            _add(tokens, token)
        place = found.end()
    rest = text[place:].strip()
    if rest and tokens and tokens[-1].side is not None and re.match(r"[^\W_]", text[place:]):
        before = text[:place]
        if before[-1:] == " " and before[-2:-1] not in ("-", "–", "—", ",", ";", ":", ")", " "):
            tokens.pop()  # `Yes, no injuries`: the word goes on and is no choice
    return tokens, rest


def _add(tokens: list[_Token], token: _Token) -> None:
    """Adds a token; `Ie / Yes` and `No - not safe` are one side in two words."""
    before = next((place for place in range(len(tokens) - 1, -1, -1) if tokens[place].kind not in _PARTS), None)
    if before is None or token.side is None or tokens[before].side != token.side or tokens[before].words == token.words:
        tokens.append(token)
    else:
        del tokens[before + 1 :]


def _token(found: re.Match[str]) -> _Token | None:
    if found["ringed"]:
        return _Token("side", _side(found), ringed=True, words=found["ringed"].strip("()[] "))
    side = next((side for side in _ALL if found[f"bare_{side}"]), None)
    if side is not None:
        return _Token("side", side, words=found[f"bare_{side}"])
    kind = next((kind for kind in _KINDS if found[kind]), None)
    return None if kind is None else _Token(kind)


def _side(found: re.Match[str]) -> Side:
    return "unknown" if found["unknown"] else "no" if found["no"] else "yes"


def _in_turn(tokens: list[_Token]) -> Side | None:
    """The only marked side of boxes and words that take turns; the first of them says which stands first."""
    turns = [token for token in tokens if token.kind not in _PARTS]
    first, second = turns[::2], turns[1::2]
    boxes, sides = (second, first) if turns[0].side is not None else (first, second)
    if any(box.side is not None for box in boxes) or any(side.side is None for side in sides):
        return None
    marked = [side.side for box, side in zip(boxes, sides, strict=True) if box.kind == "on"]
    return marked[0] if len(marked) == 1 else None


def _beside(tokens: list[_Token]) -> Side | None:
    """The only side that a lone X touches, with nothing between them; at an end of the row, over a gap."""
    places = [place for place, token in enumerate(tokens) if token.kind == "on"]
    if len(places) != 1 or any(token.kind == "off" for token in tokens):
        return None
    before, after = tokens[: places[0]][::-1], tokens[places[0] + 1 :]
    if not before or not after:
        before, after = ([token for token in each if token.kind != "gap"] for each in (before, after))
    near = [token.side for token in (*before[:1], *after[:1]) if token.side]
    return near[0] if len(near) == 1 else None


def _untouched(tokens: list[_Token], sides: list[_Token]) -> bool:
    """Whether a choice without a mark stands as it was printed: `Yes / No`, but not `yes/NO` and not `Yes No`."""
    shouted = {token.words.isupper() for token in sides if token.side != "unknown"}
    parted = any(token.kind in _PARTS for token in tokens)
    return parted and len(shouted) == 1 and len(sides) == len({token.side for token in sides})
