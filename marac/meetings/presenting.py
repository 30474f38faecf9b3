"""Who presents a case: the substitute last named for the meeting, else those who referred it; and whose case it is."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from marac.agency import Agency
from marac.fortnight import Presenter
from marac.matching.spelling import folded
from marac.meetings.hearing import Hearing
from marac.meetings.withholding import agency_of


@dataclass(frozen=True, slots=True)
class Presenting:
    """Somebody who presents a case."""

    name: str = field(repr=False)
    """With the role, where the form gives one."""
    agency: str | None = field(default=None, repr=False)
    """The agency's name; None where it is not known."""
    substitute: bool = False
    """Whether a person named this one instead of the referrer."""

    @property
    def in_words(self) -> str:
        """`PC Alun Reese, Constable (Northbridge Police)`, and that it is a substitute where it is one."""
        who = f"{self.name} ({self.agency})" if self.agency else self.name
        return f"{who}, instead of the referrer" if self.substitute else who


def presenting(
    hearing: Hearing, presenters: Sequence[Presenter], meeting: dt.date, agencies: Sequence[Agency] = ()
) -> tuple[Presenting, ...]:
    """Who presents a case at a meeting; nobody where no substitute is named and no form gives its referrer's name.

    Args:
        hearing: The case, with those joined to it: each of their referrers presents.
        presenters: Everything that people said about who presents; the last word for this meeting counts.
        meeting: The day of the meeting.
        agencies: The agencies of the area, for their names.
    """
    substitute = _substitute(hearing, presenters, meeting)
    if substitute is not None:
        names = {agency.id: agency.name for agency in agencies}
        own = names.get(substitute.agency, substitute.agency) if substitute.agency else _referring(hearing)
        return (Presenting(substitute.name, own, substitute=True),)
    found = (
        Presenting(", ".join(part for part in (who.name, who.role) if part), case.agency or who.agency)
        for case in hearing.cases
        if (who := case.referral.referrer).name
    )
    return tuple(dict.fromkeys(found))


def presents(agency: Agency, hearing: Hearing, presenters: Sequence[Presenter], meeting: dt.date) -> bool:
    """Whether an agency presents a case itself: its substitute does, or it referred the case and nobody else was named."""
    substitute = _substitute(hearing, presenters, meeting)
    if substitute is not None and substitute.agency is not None:
        return substitute.agency == agency_of(agency.id)
    return referred_by(agency, hearing)


def referred_by(agency: Agency, hearing: Hearing) -> bool:
    """Whether an agency referred a case itself, by its name or by the domain of a referrer's address."""
    names = (name for case in hearing.cases for name in (case.agency, case.referral.referrer.agency) if name)
    domains = {(referral.referrer.email or "").rpartition("@")[2].lower() for referral in hearing.referrals}
    by_name = folded(agency.name) in {folded(name) for name in names}
    return by_name or bool(domains & {domain.lower() for domain in agency.domains})


def asked_about(
    agency: Agency, hearings: Sequence[Hearing], presenters: Sequence[Presenter], meeting: dt.date
) -> tuple[Hearing, ...]:
    """Of what an agency may see, what it is asked about: everything, or, where it is no core agency, what it brings.

    No agency alone has the whole picture, which is why there is a MARAC at all.
    """
    if agency.core:
        return tuple(hearings)
    return tuple(
        hearing
        for hearing in hearings
        if referred_by(agency, hearing) or presents(agency, hearing, presenters, meeting)
    )


def _substitute(hearing: Hearing, presenters: Sequence[Presenter], meeting: dt.date) -> Presenter | None:
    references = {case.reference for case in hearing.cases}
    named = [each for each in presenters if each.case in references and each.meeting == meeting]
    return named[-1] if named else None


def _referring(hearing: Hearing) -> str | None:
    """The agency that referred it, where there is one alone."""
    names = {name for case in hearing.cases if (name := case.agency or case.referral.referrer.agency)}
    return names.pop() if len(names) == 1 else None
