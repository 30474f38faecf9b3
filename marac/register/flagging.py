"""A case's flags, worked out anew whenever what they rest on has changed."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from marac.case import Case, Flag, FlagCode
from marac.matching.of_cases import couple_of
from marac.register.cases import set_flags
from marac.register.near import cases_near
from marac.register.people_index import register_frequencies, terms_of
from marac.register.verdicts import verdicts_about
from marac.triage import Rules, flags

_FROM_THE_MAIL: frozenset[FlagCode] = frozenset({"sender not confirmed", "newer version"})
"""What no rule over cases finds again: it was seen in the mail."""
_FROM_A_MESSAGE = "message "
"""How the evidence of flags begins that rest on a message."""


def flags_of(connection: Connection, case: Case, rules: Rules) -> tuple[Flag, ...]:
    """What the area's rules say of a case, beside the cases that may have to do with it."""
    near = cases_near(connection, case)
    frequencies = register_frequencies(connection, terms_of(couple_of(case)))
    verdicts = verdicts_about(connection, {case.reference, *(other.reference for other in near)})
    return flags(case, near, rules, frequencies, verdicts)


def flag_anew(connection: Connection, case: Case, rules: Rules, more: Iterable[Flag] = (), *, less: str = "") -> Case:
    """The case with its flags as they are now.

    Args:
        connection: a transaction that changes the register.
        case: as it stands, with the flags that it had.
        rules: the area's.
        more: flags that were seen in the mail.
        less: the evidence of flags from the mail that have been dealt with, such as `message 14`.
    """
    kept = [flag for flag in case.flags if _seen_in_the_mail(flag) and not (less and flag.evidence == less)]
    found = tuple(dict.fromkeys((*more, *kept, *flags_of(connection, case, rules))))
    set_flags(connection, case.reference, found)
    return replace(case, flags=found)


def _seen_in_the_mail(flag: Flag) -> bool:
    """Whether a flag rests on a message: so does that a case was handed over, where no form and no other case says it."""
    return flag.code in _FROM_THE_MAIL or (
        flag.code == "transferred in" and flag.other_case is None and flag.evidence.startswith(_FROM_A_MESSAGE)
    )
