"""Reports on actions typed into a mail: "Action 17: done 3/12", "17 could not be done: she has moved". Pure."""

import re
from dataclasses import replace

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

_OUTCOME = (
    r"(?:(?:is|are|was|were|has|have|had|all|both|now|still|also|not|yet|been|could|couldn['\u2019]?t|cannot|can['\u2019]?t|be|partly|being|will|to)\s+){0,5}"
    r"(?:done|complete[d]?|actioned|carried out|finished|outstanding|ongoing|in progress|open|not possible|unable|possible)\b"
)
_NEXT = re.compile(
    r"(?:(?<!\bno)[.;,]+\s+(?:and\s+|but\s+|while\s+|whereas\s+)?|\s+(?:and|but|while|whereas|[-\u2013\u2014])\s+)"
    rf"(?=actions?\s*(?:no\.?\s*|number\s*|#\s*)?\d{{1,6}}\b|\d{{1,6}}(?:\s*(?:,|&|and)\s*\d{{1,6}})*\s*[:=)\u2013-]?\s*{_OUTCOME})",
    re.IGNORECASE,
)
"""Where what is said of one action ends, and another is named."""
_BARE_ONE = re.compile(rf"(?<![\d/.:-])\d{{1,6}}\s*[:=)\u2013-]?\s*{_OUTCOME}|\bactions?\s*#?\d", re.IGNORECASE)
"""What may be another action by its number alone."""
_NUMBERED = re.compile(
    r"^\s*[(\[]?(?:actions?\s*)?#?\d{1,6}\s*(?:[):=\]]|[.]\s|\s[-\u2013\u2014]\s|[-\u2013\u2014](?=\s?[a-z]))",
    re.IGNORECASE,
)
_AND = re.compile(r"^(?:\s*(?:are|is|was|were)?\s*(?:both|all)\b(?!\s+of))", re.IGNORECASE)
_TAIL = re.compile(r"(?:[\s,;&\u2013\u2014-]|\s(?:and|but|while|whereas))+$", re.IGNORECASE)
"""What stands between two of them."""
ANOTHER_ACTION = "It seems to speak of another action as well."
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
    """What a line says of the actions that it names, each by itself; empty where it speaks of none.

    Where one of several is not clear, none of them is: the words may belong to another number.
    """
    pieces = _pieces(words)
    found = [_of_one_piece(piece, line) for piece in pieces]
    if not any(found) or (len(pieces) == 1 and found[0] and found[0][0].outcome is None and not ACTION.search(words)):
        return []
    told = [answer for answers in found for answer in answers]
    left = {int(number) for number in ACTION.findall(words)} - {answer.action for answer in told}
    told += [_unclear(number, words, line) for number in sorted(left)]
    clear = all(found) and not left and all(answer.outcome is not None for answer in told)
    if (len(pieces) == 1 and not left) or clear:
        return [_sure(each) for each in told] if len(pieces) > 1 else told
    doubted = (replace(each, doubts=tuple(dict.fromkeys((*each.doubts, _SEVERAL_ACTIONS)))) for each in told)
    if len(pieces) == 1:
        return list(doubted)
    return [replace(each, outcome=None, note=words, words=words) for each in doubted]  # the line as a whole waits


def names_another_action(note: str) -> bool:
    """Whether what is said of one action seems to speak of another one, by its name or by its number alone."""
    return _BARE_ONE.search(note) is not None


def _sure(answer: ActionAnswer) -> ActionAnswer:
    """One of several in a line; a bare number with more words behind it ("2 completed visits") may count something else."""
    if answer.named or answer.outcome != "done" or not answer.note:
        return answer
    return replace(answer, doubts=(*answer.doubts, _SEVERAL_ACTIONS))


def begins_with_number(text: str) -> bool:
    """Whether a line begins with a number as a list of actions or cases would: it never goes on with the line before."""
    return _NUMBERED.match(text) is not None


def _pieces(words: str) -> list[str]:
    """The stretches of a line, of which each begins with the actions that it speaks of."""
    starts = [0, *(found.end() for found in _NEXT.finditer(words))]
    pieces = [words[start:end] for start, end in zip(starts, [*starts[1:], len(words)], strict=True)]
    joined = list[str]()
    for piece in pieces:
        if joined and (not joined[-1].strip() or _NAMED.fullmatch(_TAIL.sub("", joined[-1]))):
            joined[-1] += piece
        else:
            joined.append(piece)
    return [_TAIL.sub("", piece) for piece in joined]


def _of_one_piece(words: str, line: OwnLine) -> list[ActionAnswer]:
    """What a stretch that speaks of one action, or of several at once, says of them."""
    case, without = _without_case(words)
    found = _ACTION_LINE.match(without)
    said = statement(_AND.sub("", SEPARATOR.sub("", found["rest"], count=1))) if found else None
    if found is None or said is None or (found["named"] is None and said.outcome is None):
        return [_unclear(int(number), words, line) for number in dict.fromkeys(ACTION.findall(words))]
    numbers = list(dict.fromkeys(int(number) for number in re.findall(r"\d+", found["numbers"])))
    doubts = (*([said.doubt] if said.doubt else []), *([_SEVERAL_ACTIONS] if len(numbers) > 1 and said.note else []))
    if names_another_action(said.note):
        doubts = (*doubts, ANOTHER_ACTION)
    named = found["named"] is not None
    return [
        ActionAnswer(number, said.outcome, said.day, said.note, case, words, line.where, named, doubts)
        for number in numbers
    ]


def _unclear(number: int, words: str, line: OwnLine) -> ActionAnswer:
    return ActionAnswer(number, None, note=words, words=words, where=line.where, doubts=(SPEAKS_OF_ACTION,))
