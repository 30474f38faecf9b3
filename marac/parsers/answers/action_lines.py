"""Reports on actions typed into a mail: "Action 17: done 3/12", "17 could not be done: she has moved". Pure."""

import re

from marac.parsers.answers.own_words import OwnLine
from marac.parsers.answers.references import ACTION, REFERENCE, doubtful_references_in, references_in
from marac.parsers.answers.statements import statement
from marac.reply import ActionAnswer

_NUMBERS = r"\d{1,6}(?:\s*(?:,|&|\+|/|\band\b)\s*(?:actions?\s*)?\d{1,6})*"
_ACTION_LINE = re.compile(
    rf"^(?P<named>actions?\s*(?:no\.?\s*|numbers?\s*|#\s*)?)?(?P<numbers>{_NUMBERS})(?![\d/.-]*\d)(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_NAMED = re.compile(rf"(?:actions?\s*(?:no\.?\s*|numbers?\s*|#\s*)?)?{_NUMBERS}", re.IGNORECASE)
SEPARATOR = re.compile(r"^\s*(?:[:\u2010-\u2015=]|-|\.{1,3}(?=\s)|,)?\s*")
"""What stands between what is named and what is said of it."""

_SEVERAL_ACTIONS = "The same words speak of several actions: say to which of them they belong."
SPEAKS_OF_ACTION = "The line names the action, and it is not clear what was done."


def _without_case(words: str) -> tuple[str, str]:
    """The words without the one reference that stands before or behind an action's number, and that reference."""
    named = references_in(words)
    if len(named) != 1 or doubtful_references_in(words):
        return "", words
    found = REFERENCE.search(words)
    assert found is not None  # noqa: S101 - it was found above
    before, after = words[: found.start()].rstrip(" (,:-\u2013"), words[found.end() :].lstrip(" ),:-\u2013")
    beside = not before or not after.strip(" .!") or _NAMED.fullmatch(before)
    return (named[0], f"{before} {after}".strip()) if beside else ("", words)


def is_action_line(words: str) -> bool:
    """Whether a line that names a case begins with an action, or names one right after the case."""
    case, without = _without_case(words)
    found = _ACTION_LINE.match(without) if case else None
    return found is not None and found["named"] is not None


def about_actions(words: str, line: OwnLine) -> list[ActionAnswer]:
    """What a line says of the actions that it begins with; empty where it speaks of none."""
    case, without = _without_case(words)
    found = _ACTION_LINE.match(without)
    said = statement(SEPARATOR.sub("", found["rest"], count=1)) if found else None
    if found is None or said is None or (found["named"] is None and said.outcome is None):
        return [
            ActionAnswer(int(number), None, note=words, words=words, where=line.where, doubts=(SPEAKS_OF_ACTION,))
            for number in dict.fromkeys(ACTION.findall(words))
        ]
    numbers = list(dict.fromkeys(int(number) for number in re.findall(r"\d+", found["numbers"])))
    doubts = (*([said.doubt] if said.doubt else []), *([_SEVERAL_ACTIONS] if len(numbers) > 1 and said.note else []))
    named = found["named"] is not None
    return [
        ActionAnswer(number, said.outcome, said.day, said.note, case, words, line.where, named, doubts)
        for number in numbers
    ]
