"""Cells of neighbouring rows that begin with a label and go on with its words, with no mark between (`Town Leeds`). Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from marac.parsers.dictionary.vocabulary import Vocabulary
from marac.parsers.dictionary.wordings import plain
from marac.parsers.layout.labels import Pair
from marac.parsers.layout.squares import Square

_MOST_WORDS = 4  # of such a label
_LONGEST = 120  # characters of such a cell
_FEWEST = 3  # such cells, without which a cell that begins with a label's word is words like any other
_VALUE = re.compile(r"(?:[+(]?\d[\d/]|[A-Z][\w’'-]|(?:fe)?male$)")
"""How the words begin that were filled in: with a capital or with digits, as no label goes on."""


def part_bare_labels(rows: Mapping[int, Sequence[Square]], vocabulary: Vocabulary) -> None:
    """Parts such cells into label and words, in runs of rows where most cells are of this kind."""
    run: list[tuple[Square, Pair]] = []
    for row in rows.values():
        full = [square for square in row if square.role != "blank"]
        if not run and not (full and _begun(full[0], vocabulary)):
            continue
        found = [(square, pair) for square in full if (pair := _begun(square, vocabulary)) is not None]
        beside = sum(square.role in ("pairs", "label") for square in full if square not in [each for each, _ in found])
        if not found and (not full or beside < len(full) or any(square.role == "label" for square in full)):
            _part(run)
            run = []
        elif (len(found) + beside) * 2 > len(full):
            run += found
    _part(run)


def _part(run: Iterable[tuple[Square, Pair]]) -> None:
    each = list(run)
    if len(each) < _FEWEST or len({pair.meaning.key for _, pair in each}) < _FEWEST:
        return
    for square, pair in each:
        square.found, square.role = [pair], "pairs"


@lru_cache(maxsize=4)
def _first_words(vocabulary: Vocabulary) -> frozenset[str]:
    """What the labels that anybody may be asked begin with; looking for one is cheaper than looking up a label."""
    return frozenset(words.partition(" ")[0] for words in vocabulary.labels.person)


def _begun(square: Square, vocabulary: Vocabulary) -> Pair | None:
    """The longest label that a cell begins with, and the words after it; None where it begins with none."""
    text = square.writing.text.strip()
    if (
        square.role not in ("text", "label")
        or square.writing.boxed
        or len(text) > _LONGEST
        or text != square.writing.text
    ):
        return None
    words = text.split(" ")
    if plain(words[0]) not in _first_words(vocabulary):
        return None
    for count in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        label, rest = " ".join(words[:count]), " ".join(words[count:])
        if not _VALUE.match(rest) or (square.role == "label" and not rest.isdigit()):
            continue
        meaning = vocabulary.literal(label)
        if meaning is not None and not any(map(str.isdigit, label)):
            value = square.writing.part(len(label) + 1, len(text))
            return Pair(label, meaning, value, 0, closed=True)
    return None
