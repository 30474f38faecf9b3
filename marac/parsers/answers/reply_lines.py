"""Answers typed into a mail, a line each: "M26-0004: nothing known", "Action 17: done 3/12", "nil return". Pure.

Each line that names a case or an action is an answer, clear or in doubt; whatever else is no courtesy is left for a person.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from marac.parsers.answers.action_lines import (
    SEPARATOR,
    SPEAKS_OF_ACTION,
    about_actions,
    begins_with_number,
    is_action_line,
    names_another_action,
)
from marac.parsers.answers.courtesies import is_courtesy
from marac.parsers.answers.own_words import OwnLine
from marac.parsers.answers.references import (
    ACTION,
    REFERENCE,
    doubtful_references_in,
    names_a_case,
    references_in,
)
from marac.parsers.answers.statements import (
    doubt_about,
    says_all_done,
    says_nothing_known,
    says_nothing_of_each,
    says_nothing_on_any,
    says_nothing_on_others,
    statement,
    trimmed,
)
from marac.reply import ActionAnswer, CaseAnswer, Reply

_BEGINS = re.compile(r"^(?:(?:case|ref|reference|re|for|on|regarding)\b[\s:.#-]*)?", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:,|&|\+|/|\band\b)\s*", re.IGNORECASE)
_ABOUT = re.compile(r"\s*(?:on|about|for|regarding|re|in|of)\s+(?:cases?\s+)?$", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*\u2022\u2013\u2014>\u00b7]\s+|\(?[a-z0-9]{1,2}[.)]\s+(?=\D))", re.IGNORECASE)

_ADDED = re.compile(r"^\s*(?:p\.?\s?s\b|n\.?b\b|also\b|urgent|by the way\b|btw\b|one more)", re.IGNORECASE)
_SHORT_REFERENCE = re.compile(r"^\s*[(#]?0\d{2,4}\b")
_OTHER_THAN_THE_CASE = re.compile(
    r"\b(?:others?|rest|remaining|all|both|any|every\w*|cases?|list|pack|form|returns?|letter|previous|earlier|above|below|ignore|disregard|"
    r"instead|please|leave|apolog\w+|sorry|thank\w*|i|i['\u2019]m|my|me|you|your)\b|\?",
    re.IGNORECASE,
)
"""What a new paragraph may speak of that is not the case above it."""
_FEWEST_WORDS = 4
_NEXT_CASE = re.compile(rf"[.;,]+\s*(?:and\s+)?(?=(?:for\s+|case\s+)?{REFERENCE.pattern})", re.IGNORECASE)
_SPEAKS_OTHERWISE = "The line names the case, and it is not clear that it is an answer about it."
_SEVERAL = "The same words speak of {cases}: say to which of them they belong."
_NO_REFERENCE = "It names a case by what cannot be its reference: {found}"
_CONTRARY = "It says that nothing is known, and something else as well."
_NO_WORDS = "The case is named, and nothing is said about it."
_TWICE = "The mail speaks of it in more than one place."


@dataclass(slots=True)
class _Said:
    """What was found so far."""

    cases: list[CaseAnswer] = field(default_factory=list)
    actions: list[ActionAnswer] = field(default_factory=list)
    nothing_on_any: str = ""
    all_done: str = ""
    rest: list[str] = field(default_factory=list)
    goes_on: str = ""
    """Whether the next line may go on with the last `case` or `action`."""


def reply_lines(lines: Sequence[OwnLine]) -> Reply | None:
    """What the lines of a mail say; None where they say nothing but courtesies."""
    said = _Said()
    for line in lines:
        _take(line, said)
    if not (said.cases or said.actions or said.nothing_on_any or said.all_done or said.rest):
        return None
    return Reply(
        "mail",
        cases=tuple(map(_closed, _once_each(said.cases))),
        actions=_each_once(said.actions),
        nothing_on_any=said.nothing_on_any,
        all_done=said.all_done,
        rest=tuple(dict.fromkeys(said.rest)),
    )


def _take(line: OwnLine, said: _Said) -> None:
    """Add a line to what was found."""
    text = line.text
    words = _BULLET.sub("", text).strip()
    if line.below:
        said.goes_on = ""
        if names_a_case(text) or ACTION.search(text) or _ADDED.match(text):
            said.rest.append(text)
        return
    if not trimmed(words):
        said.goes_on = ""
    elif names_a_case(words) and not is_action_line(words):
        said.cases += _about_cases(words, line)
        said.goes_on = "case" if len(said.cases) and said.cases[-1].case else ""
    elif found := about_actions(words, line):
        said.actions += found
        said.goes_on = "action"
    elif says_all_done(words) and not line.between and not said.all_done:
        said.all_done, said.goes_on = words, ""
    elif (says_nothing_on_any(words) or says_nothing_on_others(words)) and not line.between:
        _say_nothing(words, said)
    elif is_courtesy(words):
        said.goes_on = ""
    else:
        _go_on(words, line, said)


def _say_nothing(words: str, said: _Said) -> None:
    """Take "nothing known" on a line of its own: of the case named above, where nothing was said of it yet; else of all."""
    if (
        said.goes_on == "case"
        and not said.cases[-1].factors
        and not said.cases[-1].nothing_known
        and says_nothing_known(words)
    ):
        last = said.cases[-1]
        said.cases[-1] = replace(last, nothing_known=True, words=f"{last.words} {words}", doubts=())
    elif said.nothing_on_any:
        said.rest.append(words)
    else:
        said.nothing_on_any = words
    said.goes_on = ""


def _go_on(words: str, line: OwnLine, said: _Said) -> None:
    """A line that names nothing: the rest of what the last one began, or something for a person."""
    if said.goes_on == "case" and not _SHORT_REFERENCE.match(words) and _is_of_the_case(words, line, said.cases[-1]):
        last = said.cases[-1]
        doubts = tuple(doubt for doubt in last.doubts if doubt != _NO_WORDS)
        if last.nothing_known:
            doubts = (*doubts, _CONTRARY)
        factors = f"{last.factors} {words}".strip()
        said.cases[-1] = replace(
            last,
            nothing_known=False,
            factors=factors,
            words=f"{last.words} {words}",
            doubts=tuple(dict.fromkeys(doubts)),
        )
    elif (
        said.goes_on == "action" and line.joined and not (begins_with_number(line.text) or names_another_action(words))
    ):
        last_action = said.actions[-1]
        again = statement(f"done {last_action.note} {words}") if last_action.outcome == "done" else None
        doubts = (
            *last_action.doubts,
            *([SPEAKS_OF_ACTION] if again and (again.doubt and again.outcome is not None) else []),
        )
        said.actions[-1] = replace(
            last_action, note=f"{last_action.note} {words}".strip(), words=f"{last_action.words} {words}", doubts=doubts
        )
    else:
        said.rest.append(words)
        said.goes_on = ""


def _is_of_the_case(words: str, line: OwnLine, last: CaseAnswer) -> bool:
    """Whether a line that names nothing belongs to the case named above it: it goes on there, or is its next paragraph."""
    if line.joined or not last.words.rstrip(" :").partition(last.case)[2].strip(" :.-\u2013\u2014"):
        return True
    if line.apart or line.between or last.nothing_known:
        return False
    return len(words.split()) >= _FEWEST_WORDS and not _OTHER_THAN_THE_CASE.search(words)


def _about_cases(words: str, line: OwnLine) -> list[CaseAnswer]:
    """What a line that names cases says of each of them."""
    named, loose = references_in(words), doubtful_references_in(words)
    if loose or not named:
        doubt = _NO_REFERENCE.format(found=", ".join(loose))
        return [
            CaseAnswer(case, factors=words, words=words, where=line.where, headed=False, doubts=(doubt,))
            for case in named or ("",)
        ]
    rest = _rest_after(words, named)
    if rest is None and (each := _nothing_on_each(words, line)):
        return each
    if rest is None:
        return [_otherwise(case, words, line) for case in named]
    if says_nothing_known(rest) or says_nothing_of_each(rest):
        return [CaseAnswer(case, nothing_known=True, words=words, where=line.where, headed=False) for case in named]
    if len(named) > 1:
        doubt = _SEVERAL.format(cases=" and ".join(named))
        return [
            CaseAnswer(case, factors=words, words=words, where=line.where, headed=False, doubts=(doubt,))
            for case in named
        ]
    doubts = (_NO_WORDS,) if not rest else ()
    return [CaseAnswer(named[0], factors=rest, words=words, where=line.where, headed=False, doubts=doubts)]


def _nothing_on_each(words: str, line: OwnLine) -> list[CaseAnswer]:
    """The answers of a line with several statements, if each begins with its case and says that nothing is known."""
    told = list[CaseAnswer]()
    for piece in _NEXT_CASE.sub("\n", words).split("\n"):
        named = references_in(piece)
        rest = _rest_after(piece, named)
        if rest is None or not says_nothing_known(rest):
            return []
        told += [CaseAnswer(case, nothing_known=True, words=words, where=line.where, headed=False) for case in named]
    return told


def _otherwise(case: str, words: str, line: OwnLine) -> CaseAnswer:
    return CaseAnswer(case, factors=words, words=words, where=line.where, headed=False, doubts=(_SPEAKS_OTHERWISE,))


def _rest_after(words: str, named: Sequence[str]) -> str | None:
    """What is said of the references that a line begins with, or ends with; None where they stand elsewhere."""
    opening = _BEGINS.match(words)
    place, count = opening.end() if opening else 0, 0
    while found := REFERENCE.match(words, place):
        count, end = count + 1, found.end()
        between = _LISTED.match(words, end)
        place = between.end() if between and REFERENCE.match(words, between.end()) else end
        if place == end:
            break
    if count and count == len(list(REFERENCE.finditer(words))):
        after = words[place:]
        separator = SEPARATOR.match(after)
        return trimmed(after[separator.end() :] if separator else after, brackets=False)
    first = REFERENCE.search(words)
    if first is not None and (about := _ABOUT.search(words[: first.start()])) is not None:
        tail = REFERENCE.sub("", words[first.start() :])
        statement_before = words[: about.start()]
        if not trimmed(_LISTED.sub("", tail)) and says_nothing_known(statement_before) and len(named) >= 1:
            return statement_before
    return None


def _closed(answer: CaseAnswer) -> CaseAnswer:
    """The answer with what is in doubt about its words, now that all of them are there."""
    if answer.nothing_known or answer.doubts or not answer.factors:
        return answer
    if says_nothing_of_each(answer.factors):
        return replace(answer, nothing_known=True, factors="")
    doubt = doubt_about(answer.factors)
    return replace(answer, doubts=(doubt,)) if doubt else answer


def _once_each(found: Sequence[CaseAnswer]) -> Iterable[CaseAnswer]:
    """The answers; where two speak of one case, both are in doubt."""
    for answer in found:
        again = answer.case and sum(each.case == answer.case for each in found) > 1
        yield replace(answer, doubts=tuple(dict.fromkeys((*answer.doubts, _TWICE)))) if again else answer


def _each_once(found: Sequence[ActionAnswer]) -> tuple[ActionAnswer, ...]:
    numbers = [answer.action for answer in found]
    return tuple(
        replace(each, doubts=tuple(dict.fromkeys((*each.doubts, _TWICE)))) if numbers.count(each.action) > 1 else each
        for each in found
    )
