"""Several referral forms in one file, told apart where the same printed title begins again. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from marac.parsers.blocks import Block, Line
from marac.parsers.dictionary.wordings import plain
from marac.referral import Reading

_FIRST_BLOCKS = 6  # in which a form's title stands; a covering note may come before it
_FEWEST_LETTERS = 6
_MOST_FORMS = 20
_SAME_PRINT = 0.5  # of the short texts of a form; a section that bears the form's title once more has far fewer
_LONGEST_PRINT = 80
_FIGURES = re.compile(r"\d+")


def forms_in(blocks: Sequence[Block], is_form: Callable[[Sequence[Block]], bool]) -> list[list[Block]]:
    """The blocks of each form in a file; one list with everything where there is one form, or none.

    A form is the stretch from one place with a title to the next with the same title. It counts as a form of its own
    only if its printed labels come again too and `is_form` says that it reads as one: a part wrongly cut off would be
    a referral that nobody saw. What a format could not read is told with each form.
    """
    told = [block for block in blocks if _is_note(block)]
    content = [block for block in blocks if not _is_note(block)]
    for starts in _candidates(content):
        stretches = [content[start:end] for start, end in zip(starts, [*starts[1:], len(content)], strict=True)]
        if _print_comes_again(stretches) and all(is_form(stretch) for stretch in stretches):
            stretches[0] = content[: starts[0]] + stretches[0]
            return [[*stretch, *told] for stretch in stretches]
    return [list(blocks)]


def _candidates(content: Sequence[Block]) -> Iterator[list[int]]:
    """Where forms may begin: the places of each title that stands near the top and comes again."""
    openings = [_opening(block) for block in content]
    for title in dict.fromkeys(openings[:_FIRST_BLOCKS]):
        starts = [place for place, opening in enumerate(openings) if opening == title]
        if len(title) >= _FEWEST_LETTERS and 2 <= len(starts) <= _MOST_FORMS:
            yield starts


def _opening(block: Block) -> str:
    """The first words of a block, without the numbers that tell one form from the next."""
    texts = [block.text] if isinstance(block, Line) else [cell.text for cell in block.cells[:4]]
    first = next((text for text in texts if text.strip()), "")
    return _unnumbered(first[:_LONGEST_PRINT])


@lru_cache(maxsize=2_000)
def _unnumbered(text: str) -> str:
    return plain(_FIGURES.sub(" ", text)).strip()


def _print_comes_again(stretches: Sequence[Sequence[Block]]) -> bool:
    """Whether each stretch has most of the short texts that the first one has."""
    printed = [_short_texts(stretch) for stretch in stretches]
    smallest = min(len(texts) for texts in printed)
    common = set.intersection(*printed)
    return smallest > 0 and len(common) >= _SAME_PRINT * max(len(texts) for texts in printed)


def _short_texts(stretch: Sequence[Block]) -> set[str]:
    texts = [
        text
        for block in stretch
        for text in ([block.text] if isinstance(block, Line) else [cell.text for cell in block.cells])
    ]
    return {plain(text.partition(":")[0]) for text in texts if 0 < len(text.strip()) <= _LONGEST_PRINT}


def _is_note(block: Block) -> bool:
    return isinstance(block, Line) and bool(block.unread)


def filled_in(readings: Sequence[Reading]) -> list[Reading]:
    """The readings of forms that somebody filled in; the first one where nobody filled in any."""
    return [reading for reading in readings if not reading.blank] or list(readings[:1])
