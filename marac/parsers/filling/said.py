"""What an answer says: its words, or its yes or no, by box, by look or by word. Pure."""

import re
from dataclasses import replace

from marac.parsers.filling.answers import UNSURE, Answer, Doubt, Leaf, Read
from marac.parsers.filling.values import OPEN_CHOICE, Answered, is_unknown, yes_or_no
from marac.parsers.layout.options import Option
from marac.parsers.layout.sides import Choice, Side, is_in_two_tongues, printed_choice, rest_of, side_of
from marac.parsers.layout.writing import OFF, ON, Writing, folded

_LONGEST_SHOWN = 60
_BOTH_SIDES = ("yes", "no")
CAPITALS = "The answer to “{}” was told by its capitals alone. Open the form and look."
_CAPITALS = re.compile(r"(?:(?P<yes>YES\s*[/|]\s*no|no\s*[/|]\s*YES)|yes\s*[/|]\s*NO|NO\s*[/|]\s*yes)(?!\w)")
HINTS = re.compile(
    r"\((?:please|if|e\.?g|i\.?e|state|include|note|dd|see guidance|say|specify|give|where known|optional)\b[^)]*\)",
    re.IGNORECASE,
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
    choice = printed_choice(words)
    if choice is not None and not choice.rest:
        return None
    return (
        None if is_unknown(words) or (POINTER.fullmatch(words) and words.casefold().startswith("please see")) else words
    )


def _loose(writing: Writing) -> str:
    """Words after the last box of a list of choices: on a line of their own, or after the choices."""
    first, _, below = writing.text[max(writing.text.rfind(ON), writing.text.rfind(OFF)) + 1 :].partition("\n")
    return folded(below if writing.boxes_lead else f"{first} {below}").removeprefix("Specify:").strip(" :–-")


def yes_of(writing: Writing) -> Answered:
    """The yes or no of an answer, by box, by look or by word; `certain` is False where marks say no single answer."""
    text = writing.text
    if writing.boxed:
        return _boxed_yes(writing)
    words = folded(HINTS.sub(" ", text))
    choice = printed_choice(HINTS.sub(" ", text).strip())
    if choice is not None:
        found = _of_printed(writing, choice, words)
        is_open = found.yes is None and writing.sureness < 1  # on a scan a mark may have been missed
        return replace(found, certain=False) if is_open else found
    if is_in_two_tongues(text):
        chosen = writing.chosen(("yes", "no"))
        return Answered(chosen == "yes") if chosen else Answered(None, words)
    return Answered(True) if text.strip() in ("X", "x", "✓", "√") else yes_or_no(words)


def _of_printed(writing: Writing, choice: Choice, words: str) -> Answered:
    """The side chosen of a printed yes and no: by its look, by a mark beside it, or at last by its capitals."""
    chosen = writing.chosen(("yes", "no")) or writing.chosen(("y", "n"))
    if chosen is not None and choice.side is None:
        return Answered(chosen.startswith("y"), choice.rest)
    if choice.side is None and OPEN_CHOICE.match(words):
        answered = yes_or_no(words)
        if answered.yes is not None or choice.clear:
            return answered
    elif choice.clear:
        return _on(choice.side, choice.rest)
    return _by_capitals(words) or Answered(None, words, certain=False)


def _by_capitals(words: str) -> Answered | None:
    """The side in capitals beside the other in small letters (`yes/NO`): most likely the answer, but never certain."""
    found = _CAPITALS.match(words)
    return (
        None if found is None else Answered(bool(found["yes"]), words[found.end() :].strip(" .,;:-–—"), certain=False)
    )


def _on(side: Side | None, rest: str) -> Answered:
    return Answered({"yes": True, "no": False}.get(side or ""), rest.strip(" .,;:-–—\n"))


def _boxed_yes(writing: Writing) -> Answered:
    """The yes or no whose box is ticked; beside printed sides, a tick on anything else is no answer."""
    choice = printed_choice(writing.text)
    if choice is not None and len(writing.options()) < choice.printed:
        return _on(choice.side, choice.rest) if choice.side else Answered(None, writing.words, certain=False)
    writing = _from_first_box(writing)
    named = [(_option_side(option), option) for option in writing.options()]
    ticked = {side for side, option in named if option.ticked}
    sides = ticked - {None}
    if len(sides) > 1 or (ticked == {None} and any(side for side, _ in named)):
        return Answered(None, writing.words, certain=False)
    if sides:
        rests = [rest_of(f"{option.text} {option.after}") for side, option in named if side in ("yes", "no")]
        return _on(sides.pop(), " ".join(rest for rest in (*rests, _loose(writing)) if rest))
    if ticked and len(named) == len(_BOTH_SIDES) and not all(option.ticked for _, option in named):
        return Answered(None, writing.words, certain=False)  # one of two, in words that are no yes or no
    return Answered(True) if ticked else Answered(None)


def _from_first_box(writing: Writing) -> Writing:
    """The writing less words before its first box that are none of its options: `By phone: ☐ Yes ☒ No`."""
    parts = re.split(f"[{ON}{OFF}]", writing.text)
    before = parts[0].rpartition("\n")[2].strip()
    stray = before and side_of(before) is None and _side_at_end(before) is None
    return writing.part(len(parts[0]), len(writing.text)) if stray and side_of(parts[-1]) else writing


def _side_at_end(words: str) -> Side | None:
    return side_of(re.split(r"[:?]|\s(?=\S+$)", words)[-1])


def _option_side(option: Option) -> Side | None:
    words = f"{option.text} {option.after}".strip()
    question, mark, asked = words.rpartition("?") if "?" in words else words.rpartition(":")
    return side_of(asked) if question and mark and side_of(asked) else side_of(words)


def said(leaf: str, answered: Answered, answer: Answer) -> Read:
    """A yes or no as a leaf; one that is neither as something to look at."""
    if answered.yes is not None:
        yield Leaf(leaf, answered.yes, 1.0 if answered.certain else UNSURE)
        if not answered.certain:
            yield Doubt(leaf, "unclear", CAPITALS.format(answer.label[:_LONGEST_SHOWN]))
    elif not answered.certain and answer.value:
        label = answer.label if len(answer.label) <= _LONGEST_SHOWN else answer.label[: _LONGEST_SHOWN - 1] + "…"
        yield Doubt(leaf, "unclear", f"The answer to “{label}” is not a clear yes or no.")
