"""From referrals that were read to the register: new cases, the same form again, newer versions, missing checklists."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from marac.agency import Agency
from marac.audit import Entry
from marac.case import CANNOT_WAIT, LIVE, Case, Flag
from marac.intake.findings import Registrable, checklists_in
from marac.intake.joining import case_lacking, conversation
from marac.intake.outcome import Disposition, Outcome
from marac.intake.pairing import joined
from marac.intake.versions import earlier_version, said_before
from marac.meetings.listing import meeting_for
from marac.referral import Reading
from marac.register.calendar import meetings
from marac.register.cases import add_case, add_source, case_named, case_of_part, next_reference, set_reading
from marac.register.deliveries import Delivery, Part
from marac.register.flagging import flag_anew, flags_of
from marac.register.near import cases_near
from marac.register.scope import marac_of
from marac.register.trail import record
from marac.settings import Settings
from marac.triage.history import arrival
from marac.triage.wording import listed

SAME = "The same form as an earlier one. No new case was made."
VERSION_WAITS = "Another version of the form of"
"""How the sentence begins that says that a newer version waits."""
_VERSION = (
    VERSION_WAITS + " {case}, from the same sender. The case keeps the earlier one until you have said which is right."
)

_LOOK_AGAIN = (
    "{case} was decided about before this checklist came, and it tells of what cannot wait ({codes}). Look at the case again, "
    "and tell those who must know today."
)


@dataclass(frozen=True, slots=True)
class Registration:
    """One message's way into the register, in one transaction."""

    connection: Connection
    delivery: Delivery
    settings: Settings
    today: dt.date
    entry: Callable[..., Entry]
    arrived_at: dt.time | None = None
    """The time of the day on which the message arrived; None where it is not known."""

    def of(self, verdict: Outcome, parts: Sequence[Part]) -> Outcome:
        """The verdict after its referrals were entered."""
        if not verdict.referrals:
            return self._without_referral(verdict, parts)
        new, versions = list[Case](), list[str]()
        for found in verdict.referrals:
            if known := self._known(found):
                add_source(self.connection, known, self.delivery.id, found.part.id, "again")
                continue
            case = self._case(found.reading)
            if earlier := earlier_version(self.connection, self.delivery, case, self.settings.agencies):
                if earlier.referral == case.referral or said_before(self.connection, earlier.reference, found.part):
                    add_source(self.connection, earlier.reference, self.delivery.id, found.part.id, "again")
                else:
                    versions.append(self._version(earlier, found))
            else:
                new.append(self.enter(found, case))
        return self._concluded(verdict, new, versions)

    def enter(self, found: Registrable, case: Case | None = None) -> Case:
        """The new case that a referral has become."""
        case = case or self._case(found.reading)
        add_case(self.connection, case)
        add_source(self.connection, case.reference, self.delivery.id, found.part.id, "referral")
        if found.checklist is not None:
            add_source(self.connection, case.reference, self.delivery.id, found.checklist.id, "checklist")
        record(self.connection, self.entry("case entered", case.reference, f"message {self.delivery.id}"))
        return replace(case, flags=(*case.flags, *self._seen_from_later_ones(case)))

    def _seen_from_later_ones(self, case: Case) -> Iterator[Flag]:
        """What cases that came later, and were entered first, have to do with this one; their flags are brought up to date."""
        for later in cases_near(self.connection, case):
            if arrival(later) > arrival(case) and later.state in LIVE and later.marac == marac_of(self.connection):
                found = flag_anew(self.connection, later, self.settings.rules).flags
                yield from (flag for flag in found if flag.other_case == case.reference)

    def _known(self, found: Registrable) -> str | None:
        """The case that this very file is already."""
        if found.part.role != "form":
            return None
        return case_of_part(self.connection, found.part.sha256, found.part.form)

    def _version(self, earlier: Case, found: Registrable) -> str:
        """Note that a newer version of a case's form waits for a person."""
        add_source(self.connection, earlier.reference, self.delivery.id, found.part.id, "version")
        flag = Flag(
            "newer version",
            "A newer version of the form has come, and waits for somebody to say which is right.",
            f"message {self.delivery.id}",
        )
        flag_anew(self.connection, earlier, self.settings.rules, (flag,))
        record(self.connection, self.entry("version waits", earlier.reference, f"message {self.delivery.id}"))
        return earlier.reference

    def _concluded(self, verdict: Outcome, new: Sequence[Case], versions: Sequence[str]) -> Outcome:
        waiting = tuple(_VERSION.format(case=case) for case in dict.fromkeys(versions))
        if waiting:
            verdict = replace(verdict, state="needs_person", reasons=(*waiting, *verdict.reasons))
        if new:
            return replace(verdict, disposition=_disposition(new, verdict.disposition))
        if waiting:
            return replace(verdict, disposition="revision")
        return replace(verdict, disposition="duplicate_referral", reasons=(SAME, *verdict.reasons))

    def _without_referral(self, verdict: Outcome, parts: Sequence[Part]) -> Outcome:
        """The verdict on a message without a form; a checklist in it may be what a case lacks."""
        if verdict.disposition == "no_referral" and (cases := list(self._joined(parts))):
            added = tuple(f"Its checklist was added to {case.reference}." for case, _ in cases)
            grave = tuple(
                _LOOK_AGAIN.format(case=case.reference, codes=listed(codes)) for case, codes in cases if codes
            )
            return replace(
                verdict, state="needs_person" if grave else "done", disposition="joined", reasons=(*added, *grave)
            )
        about = conversation(self.connection, self.delivery)
        if verdict.state == "needs_person" and about:
            return replace(verdict, reasons=(*verdict.reasons, f"It answers a message about {', '.join(about)}."))
        return verdict

    def _joined(self, parts: Sequence[Part]) -> Iterator[tuple[Case, Sequence[str]]]:
        """Add each lone checklist to the case that lacks it; nothing where one of them leaves a doubt.

        With each case comes what cannot wait and was not known when a person decided about it.
        """
        lone = checklists_in(parts)
        found = [(part, case_lacking(self.connection, self.delivery, part)) for part in lone]
        files = [part for part in parts if part.role == "form"]
        if len(files) > len(lone) or len({case.reference for _, case in found if case}) < len(found):
            return
        for part, case in found:
            if case is not None and part.reading is not None:
                fuller = replace(case, reading=joined(case.reading, part.reading))
                set_reading(self.connection, fuller)
                flagged = flag_anew(self.connection, fuller, self.settings.rules)
                add_source(self.connection, case.reference, self.delivery.id, part.id, "checklist")
                record(self.connection, self.entry("checklist joined", case.reference, f"message {self.delivery.id}"))
                yield flagged, _not_known_before(case, flagged)

    def use_version(self, found: Registrable, reference: str) -> None:
        """Put a newer version of the form in the place of the one that a case was entered from."""
        earlier = case_named(self.connection, reference)
        own = bool(found.reading.referral.checklist.answers)
        # a checklist that came apart stays with the case: what is sent anew is often the form alone
        case = replace(earlier, reading=found.reading if own else joined(found.reading, earlier.reading))
        set_reading(self.connection, case)
        flag_anew(self.connection, case, self.settings.rules, less=f"message {self.delivery.id}")
        record(self.connection, self.entry("version accepted", reference, f"message {self.delivery.id}"))

    def keep_earlier(self, reference: str) -> None:
        """Leave the case as it is: the newer version is not to be used."""
        case = case_named(self.connection, reference)
        flag_anew(self.connection, case, self.settings.rules, less=f"message {self.delivery.id}")
        record(self.connection, self.entry("version refused", reference, f"message {self.delivery.id}"))

    def _case(self, reading: Reading) -> Case:
        """The case that this reading would be."""
        sender = agency_of(self.delivery.sender, self.settings.agencies)
        calendar = meetings(self.connection, self.settings, self.today)
        ahead = [meeting for meeting in calendar if meeting.date >= self.today]
        meeting = meeting_for(self.delivery.received, ahead, self.arrived_at)
        case = Case(
            reference=next_reference(self.connection, self.delivery.received),
            state="listed" if meeting else "received",
            received=self.delivery.received,
            reading=reading,
            agency=reading.referral.referrer.agency or (sender.name if sender else None),
            meeting=meeting.date if meeting else None,
            marac=marac_of(self.connection),
            received_at=self.arrived_at,
        )
        found = flags_of(self.connection, case, self.settings.rules)
        return replace(case, flags=(*_about_sender(self.delivery), *found))


def _not_known_before(before: Case, after: Case) -> Sequence[str]:
    """What cannot wait that a case shows now, and did not show when a person decided about it."""
    known = {flag.code for flag in before.flags}
    new = {flag.code for flag in after.flags} - known
    return [code for code in CANNOT_WAIT if code in new] if before.decided else []


def agency_of(sender: str | None, agencies: Mapping[str, Agency]) -> Agency | None:
    """The agency whose people write from the sender's domain. It says who seems to write, not who does."""
    domain = (sender or "").rpartition("@")[2]
    return next((agency for agency in agencies.values() if domain and domain in agency.domains), None)


def _about_sender(delivery: Delivery) -> tuple[Flag, ...]:
    if delivery.sender_check not in {"unknown", "failed"}:
        return ()
    return (Flag("sender not confirmed", delivery.sender_reason, f"message {delivery.id}"),)


def _disposition(cases: Sequence[Case], otherwise: Disposition) -> Disposition:
    codes = {flag.code for case in cases for flag in case.flags}
    if "duplicate" in codes:
        return "duplicate_referral"
    if "possible duplicate" in codes:
        return "possible_match"
    return otherwise
