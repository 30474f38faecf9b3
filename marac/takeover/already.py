"""What was taken over before, told by the audit trail; and rows that look like a case the register has from elsewhere."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from marac.case import Case, Flag
from marac.matching.couples import Couple, likeness
from marac.matching.frequencies import CountedPeople
from marac.matching.of_cases import couple_of
from marac.register.schema import audit, cases
from marac.register.scope import own
from marac.takeover.old_case import OldCase
from marac.takeover.plan import Known
from marac.triage.rules import MatchingRules

TAKEN = "case taken over"
"""The event in the audit trail; its detail names the row that the case was."""
_NEAR_DAYS = 31
"""Between the days of what may be one referral, in the old register and in the mail."""
_ROW = re.compile(r"contents ([0-9a-f]{32}) subject ([0-9a-f]{32})")


def row_in_words(case: OldCase, sha256: str) -> str:
    """The row that a case was, for the audit trail: identities and numbers, and nothing about anybody."""
    place = f"sheet {case.sheet} row {case.row} of {sha256[:12]}"
    return f"{place} contents {case.contents} subject {case.subject}"


def known_rows(connection: Connection) -> Known:
    """The rows that were taken over before, into this MARAC's register."""
    query = select(audit.c.detail).join(cases, cases.c.reference == audit.c.subject).where(audit.c.event == TAKEN)
    found = [_ROW.search(detail) for detail in connection.execute(own(connection, query, cases)).scalars()]
    pairs = [each.groups() for each in found if each is not None]
    return Known(frozenset(contents for contents, _ in pairs), frozenset(subject for _, subject in pairs))


def lookalikes(
    old: Sequence[OldCase], registered: Sequence[Case], rules: MatchingRules
) -> Mapping[tuple[int, int], Flag]:
    """For the sheet and row of each old case that may be one the register has: the flag that asks a person.

    Only cases of the same meeting, or referred about the same day, can be the same referral; others are repeats, which
    the register finds by itself.

    Args:
        old: the cases to be taken over.
        registered: every case in the register.
        rules: when two couples are certainly the same, and when a person is asked.
    """
    couples = {case.reference: couple_of(case) for case in registered}
    people = [known for couple in couples.values() for known in (couple.victim, *couple.perpetrators)]
    frequencies = CountedPeople(people)
    by_key = _by_key(registered, couples)
    found = {}
    for each in old:
        couple = couple_of(each.case)
        near = {
            case.reference: case for key in _keys(couple) for case in by_key.get(key, ()) if _is_near(each.case, case)
        }
        flags = [
            _flag(couple, case, couples[case.reference], frequencies, len(couples), rules) for case in near.values()
        ]
        if flag := next(filter(None, flags), None):
            found[each.sheet, each.row] = flag
    return found


def _by_key(registered: Sequence[Case], couples: Mapping[str, Couple]) -> Mapping[int, list[Case]]:
    found: defaultdict[int, list[Case]] = defaultdict(list)
    for case in registered:
        for key in _keys(couples[case.reference]):
            found[key].append(case)
    return found


def _keys(couple: Couple) -> tuple[int, ...]:
    return couple.victim.keys()


def _is_near(one: Case, other: Case) -> bool:
    if one.meeting is not None and one.meeting == other.meeting:
        return True
    return abs(one.received - other.received) <= dt.timedelta(days=_NEAR_DAYS)


def _flag(
    couple: Couple, case: Case, other: Couple, frequencies: CountedPeople, couples: int, rules: MatchingRules
) -> Flag | None:
    found = likeness(couple, other, frequencies, couples)
    if max(found.probability["same couple"], found.probability["same victim"]) < rules.ask:
        return None
    about = "; ".join(found.reasons["same couple"] or found.reasons["same victim"])
    reason = f"This row of the old register may be the same referral as {case.reference}: {about}."
    return Flag("possible duplicate", reason, other_case=case.reference, needs_decision=True)


def flagged(case: OldCase, flags: Mapping[tuple[int, int], Flag]) -> OldCase:
    """The case with the flag that its row has, if it has one."""
    flag = flags.get((case.sheet, case.row))
    return case if flag is None else replace(case, case=replace(case.case, flags=(flag,)))
