"""What agendas of every audience say: who presents a case, how it came there, outstanding actions, twelve months."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from marac.action import Action
from marac.agency import Agency
from marac.case import Case, MeetingDate
from marac.fortnight import Presenter, Transfer
from marac.generators.fields.agenda import OpenAction, PastCase
from marac.meetings.changes import digest
from marac.meetings.hearing import Hearing, came_late, put_on_by
from marac.meetings.leaves_the_room import leaves_the_room
from marac.meetings.outstanding import agreed_on, last_word, outstanding
from marac.meetings.presenting import presenting
from marac.meetings.withholding import Held
from marac.triage.wording import sentence


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of a meeting's cases beside their forms."""

    meeting: MeetingDate
    agencies: Sequence[Agency] = ()
    presenters: Sequence[Presenter] = ()
    transfers: Sequence[Transfer] = ()
    held: Sequence[Held] = field(default=())

    def presented_by(self, hearing: Hearing) -> str | None:
        """Who presents a case, in words; None where nobody does yet."""
        found = presenting(hearing, self.presenters, self.meeting.date, self.agencies)
        return "; ".join(each.in_words for each in found) or None

    def late(self, hearing: Hearing) -> str | None:
        """How a case came onto the agenda after the cut-off, for the chair; None where it came in time."""
        if not came_late(hearing, self.meeting):
            return None
        decision = put_on_by(hearing, self.meeting)
        if decision is None:
            return "It came after the cut-off"
        reason = decision.reason.strip().rstrip(".")
        return f"Put on this agenda by {decision.by}" + (f": {reason}" if reason else "")

    def leaves(self, hearing: Hearing) -> tuple[str, ...]:
        """Who leaves the room before a case is heard, for the chair."""
        return leaves_the_room(hearing, self.held, self.agencies)

    def withheld(self, hearing: Hearing) -> tuple[str, ...]:
        """To which agencies a case is not shown, and why, for the chair."""
        references = {case.reference for case in hearing.cases}
        of_the_case = [each for each in self.held if each.case in references]
        return tuple(dict.fromkeys(self._not_shown(each) for each in of_the_case))

    def _not_shown(self, held: Held) -> str:
        agency = next((each for each in self.agencies if each.id == held.agency), None)
        name = agency.name if agency else held.agency
        told = f", but to {agency.senior.name} alone" if agency and agency.senior and held.to_senior else ""
        reason = f" ({held.reason.strip().rstrip('.')})" if held.reason.strip() else ""
        asked = "" if held.decided else " A person must decide whether it stays so."
        return f"Not shown to {name}{told}: conflict of interest{reason}.{asked}"


def looked_at_again(actions: Sequence[Action], meeting: MeetingDate, previous: dt.date | None) -> tuple[Action, ...]:
    """Open actions of earlier meetings, the longest due first; then those that could not be done since the last meeting."""
    since = previous or dt.date.min
    closed = (
        each
        for each in actions
        if each.outcome == "could not be done"
        and each.done is not None
        and since <= each.done <= meeting.date
        and agreed_on(each) < meeting.date
    )
    waiting = tuple(each.action for each in outstanding(actions, meeting))
    return (*waiting, *sorted(closed, key=lambda action: (action.due, action.number)))


def open_actions(
    actions: Iterable[Action],
    cases: Sequence[Case],
    agencies: Sequence[Agency],
    overdue: Mapping[int, str] = MappingProxyType({}),
) -> tuple[OpenAction, ...]:
    """Outstanding actions as an agenda prints them, in the order given.

    Args:
        actions: The actions.
        cases: Every case that the register knows.
        agencies: The agencies that sit at the meeting.
        overdue: Number of an action that is long overdue to what the chair reads of that.
    """
    victims = {case.reference: case.referral.victim.name for case in cases}
    names = {agency.id: agency.name for agency in agencies}
    return tuple(
        OpenAction(
            case=action.case,
            victim=victims.get(action.case),
            agency=names.get(action.agency, action.agency),
            action=action.text,
            due=action.due,
            owner=action.owner,
            standing=" ".join(sentence(each) for each in (last_word(action), overdue.get(action.number, "")) if each),
        )
        for action in actions
    )


def past_case(case: Case) -> PastCase:
    """A case of the list of twelve months."""
    accused = tuple(person.name or "name not recorded" for person in case.referral.perpetrators)
    return PastCase(case.reference, case.referral.victim.name, accused, case.meeting)


def with_actions_and_past(
    shown: Mapping[str, Mapping[str, str]], actions: Sequence[OpenAction], past: Sequence[PastCase]
) -> Mapping[str, Mapping[str, str]]:
    """What an agenda shows of which case, with its outstanding actions and the list of twelve months."""
    found = {case: dict(fields) for case, fields in shown.items()}
    for reference in dict.fromkeys(action.case for action in actions):
        theirs = [action for action in actions if action.case == reference]
        found.setdefault(reference, {})["own_actions"] = digest(theirs)
    for each in past:
        found.setdefault(each.reference, {})["twelve_months"] = digest(each)
    return found
