"""What an answer says: its words, or its yes or no, by box, by look or by word. Pure."""

import re

from marac.parsers.answers import Answer, Doubt, Leaf, Read
from marac.parsers.values import (
    Answered,
    is_unknown,
    yes_or_no,
)
from marac.parsers.wordings import plain
from marac.parsers.writing import OFF, ON, Writing, folded

_LONGEST_SHOWN = 60
HINTS = re.compile(
    r"\((?:please|if|e\.?g|i\.?e|state|include|note|dd|see guidance|where known|optional)\b[^)]*\)", re.IGNORECASE
)
POINTER = re.compile(
    r"(?:please )?(?:see|as|refer to)\b.{0,30}\b(?:above|below|narrative|overleaf|attached|notes|reason\w*|section \w+)\b.?",
    re.IGNORECASE,
)


def text_of(writing: Writing) -> str | None:
    """The words, one line; of printed choices the ticked ones; None where they say nothing."""
    if writing.boxed:
        ticked = [option.text for option in writing.options() if option.ticked and option.text]
        loose = _loose(writing)
        words = ", ".join([*ticked, *([loose] if loose else [])])
    else:
        words = folded(HINTS.sub(" ", writing.text))
    words = words.strip(" ,;")
    return (
        None if is_unknown(words) or (POINTER.fullmatch(words) and words.casefold().startswith("please see")) else words
    )


def _loose(writing: Writing) -> str:
    """Words after the last box of a list of choices: on a line of their own, or after the choices."""
    first, _, below = writing.text[max(writing.text.rfind(ON), writing.text.rfind(OFF)) + 1 :].partition("\n")
    return folded(below if writing.boxes_lead else f"{first} {below}").removeprefix("Specify:").strip(" :–-")


def yes_of(writing: Writing) -> Answered:
    """The yes or no of an answer, by box, by look or by word; `certain` is False for two answers at once."""
    text = writing.text
    if writing.boxed:
        return _boxed_yes(writing)
    head = plain(text[:24])
    if re.match(r"(?:yes no|y n|no yes)\b", head):
        chosen = writing.chosen(("yes", "no")) or writing.chosen(("y", "n"))
        rest = yes_or_no(text)
        if chosen is None:
            return rest
        return Answered(chosen.startswith("y"), rest.rest if rest.yes is None else "")
    if text.strip() in ("X", "x", "✓", "√"):
        return Answered(True)
    return yes_or_no(folded(HINTS.sub(" ", text)))


def _boxed_yes(writing: Writing) -> Answered:
    options = writing.options()
    named = [(yes_or_no(f"{option.text} {option.after}"), option.ticked) for option in options if option.text]
    sides = {said.yes for said, ticked in named if ticked and said.yes is not None}
    if len(sides) > 1:
        return Answered(None, writing.words, certain=False)
    if sides:
        return Answered(
            sides.pop(),
            " ".join(
                [*(said.rest for said, _ in named if said.yes is not None and said.rest), _loose(writing)]
            ).strip(),
        )
    if any(said.yes is not None for said, _ in named):
        return Answered(None)
    return Answered(True) if options and any(option.ticked for option in options) else Answered(None)


def said(leaf: str, answered: Answered, answer: Answer) -> Read:
    """A yes or no as a leaf; one that is neither as something to look at."""
    if answered.yes is not None:
        yield Leaf(leaf, answered.yes)
    elif not answered.certain and answer.value:
        label = answer.label if len(answer.label) <= _LONGEST_SHOWN else answer.label[: _LONGEST_SHOWN - 1] + "…"
        yield Doubt(leaf, "unclear", f"The answer to “{label}” is not a clear yes or no.")
