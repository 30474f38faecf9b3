"""`marac case person`: what a person says about whether two people in two cases are one."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import get_args

from sqlalchemy import Connection

from marac.case import Case, PersonInCase, PersonRole, PersonVerdict
from marac.commands.working import office_for
from marac.errors import NotFoundError, UsageError
from marac.register.cases import case_named
from marac.register.flagging import flag_anew
from marac.register.trail import record
from marac.register.verdicts import add_verdict
from marac.register_workbook import write_workbook

_FORM = "marac case person M26-0007 perpetrator same-as M26-0003 victim"
_ROLES = get_args(PersonRole)


def person(arguments: Namespace) -> int:
    """Keep what was said about two people, and let it take effect on the flags of both cases."""
    for name, words in (("--reason", arguments.reason), ("--by", arguments.by)):
        if not words.strip():
            raise UsageError(f"{name} must not be empty: it is kept with the case.")
    with office_for(arguments, changes=True) as office:
        with office.store.changing() as connection:
            one, same, other = _two_people(connection, arguments.words)
            add_verdict(
                connection,
                PersonVerdict(one, other, same, arguments.reason.strip(), arguments.by.strip(), office.today),
            )
            for reference in (one.case, other.case):
                flag_anew(connection, case_named(connection, reference), office.settings.rules)
            detail = f"{_who(one)} {'same-as' if same else 'not-same-as'} {other.case} {_who(other)}"
            record(connection, office.entry("people compared", one.case, detail, actor=arguments.by.strip()))
        print(_said(one, other, same=same))
        if warning := write_workbook(office).message:
            print(f"! {warning}")
    return 0


def _two_people(connection: Connection, words: Sequence[str]) -> tuple[PersonInCase, bool, PersonInCase]:
    """Who is spoken of, and whether they are said to be one person."""
    verdicts = [word for word in words if word in {"same-as", "not-same-as"}]
    if len(verdicts) != 1:
        raise UsageError(f"Say same-as or not-same-as once, between the two people, such as: {_FORM}")
    here = words.index(verdicts[0])
    one, other = _somebody(connection, words[:here]), _somebody(connection, words[here + 1 :])
    if one.case == other.case:
        raise UsageError(f"Both people stand in {one.case}. Name two cases, such as: {_FORM}")
    return one, verdicts[0] == "same-as", other


def _somebody(connection: Connection, words: Sequence[str]) -> PersonInCase:
    """The person in a case whom `M26-0007 perpetrator 2` names."""
    if not 2 <= len(words) <= 3 or words[1] not in _ROLES:
        raise UsageError(
            f"Each person is a case and a role ({', '.join(_ROLES)}), with a number where there are several, such as: "
            f"{_FORM}"
        )
    case, role = case_named(connection, words[0]), words[1]
    there = len(tuple(_in_role(case, role)))
    if len(words) == 2 and there > 1:
        raise UsageError(f"{case.reference} names {there} of them: add a number, such as {case.reference} {role} 2.")
    number = _number(words[2]) if len(words) == 3 else 1
    if not 1 <= number <= there:
        named = f"{there} {_PLURALS[role]}" if there != 1 else f"one {role}"
        raise NotFoundError(f"There is no {role} {number} in {case.reference}: it names {named}.")
    return PersonInCase(case.reference, next(each for each in _ROLES if each == role), number - 1)


_PLURALS = {"victim": "victims", "perpetrator": "perpetrators", "child": "children"}


def _in_role(case: Case, role: str) -> Iterator[object]:
    referral = case.referral
    yield from {"victim": (referral.victim,), "perpetrator": referral.perpetrators, "child": referral.children}[role]


def _number(word: str) -> int:
    if not word.isdecimal():
        raise UsageError(f"{word!r} is not a number. Say it so: {_FORM}")
    return int(word)


def _who(somebody: PersonInCase) -> str:
    """`victim`, `perpetrator 2`."""
    return somebody.role if somebody.role == "victim" else f"{somebody.role} {somebody.place + 1}"


def _said(one: PersonInCase, other: PersonInCase, *, same: bool) -> str:
    both = f"{_who(one)} of {one.case} and {_who(other)} of {other.case}"
    if same:
        return f"Kept: {both} are one person. It outranks what the forms look like."
    return f"Kept: {both} are two people. What rested on their being one is no longer said."
