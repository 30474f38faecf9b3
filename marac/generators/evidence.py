"""The letter of evidence: that somebody was at risk of harm from domestic abuse by a named person, as a MARAC knows it.

Source: The Civil Legal Aid (Procedure) Regulations 2012, Schedule 1, which accepts a letter from a member of a MARAC that
confirms that the applicant is or has been at risk of harm from domestic violence by the other party.
"""

import datetime as dt
from collections.abc import Sequence

from marac.document import Document
from marac.errors import NotFoundError
from marac.generators.fields import printable
from marac.generators.fields.evidence import EvidenceFields
from marac.generators.fill import filled
from marac.meetings.audience import AudienceRules, case_view
from marac.meetings.hearing import Hearing
from marac.meetings.people_shown import PersonShown
from marac.triage.wording import in_words


def evidence(
    hearing: Hearing,
    heard: Sequence[dt.date],
    *,
    written: dt.date,
    marac: str,
    chair: str,
    email: str,
    template: bytes,
    perpetrator: str | None = None,
) -> Document:
    """The letter, for the chair to sign. It says nothing of what the form or the meeting said, and no address.

    Args:
        hearing: The case with those joined to it.
        heard: The meetings that discussed it.
        written: The day of the letter.
        marac: The name of this MARAC.
        chair: Who signs.
        email: The secure mailbox.
        template: The letter's Word template.
        perpetrator: Whom the letter is to name, of several; None where only one is on the form.

    Raises:
        NotFoundError: the form names nobody, or several and the letter does not say whom to name.
        TemplateError: the template cannot be used.
    """
    view = case_view(hearing, "evidence", AudienceRules())
    accused = [person for person in view.perpetrators or () if _is_meant(person, perpetrator)]
    if view.victim.name is None or len(accused) != 1:
        raise NotFoundError(_whom(hearing, len(accused), asked=perpetrator is not None))
    fields = EvidenceFields(
        marac=marac,
        chair=chair,
        email=email,
        written=written,
        victim=view.victim.name,
        victim_born=view.victim.date_of_birth,
        perpetrator=accused[0].name or "",
        relationship=accused[0].relationship,
        referred=min(case.received for case in hearing.cases),
        referred_by="; ".join(view.referring_agencies or ()) or None,
        heard=tuple(in_words(day) for day in sorted(heard)),
    )
    name = f"evidence {hearing.case.reference}.docx"
    return filled(template, printable(fields), name=name, title="Letter of evidence")  # it leaves without the reference


def _is_meant(person: PersonShown, asked: str | None) -> bool:
    """Whether this person is to be named: whoever it is, where nobody was asked for; else by any form's spelling."""
    spelled = [" ".join(name.casefold().split()) for name in (person.name, *person.also_known_as) if name]
    return bool(spelled) and (asked is None or " ".join(asked.casefold().split()) in spelled)


def _whom(hearing: Hearing, found: int, *, asked: bool) -> str:
    """Why the letter cannot be written, and what to do; it names nobody."""
    reference = hearing.case.reference
    if found > 1:
        what = f"The form of {reference} names {found} people as perpetrators. Say whom: --perpetrator NAME."
    elif asked and found == 0:
        what = f"Nobody of this name is a perpetrator in {reference}. The name must be as the register has it."
    else:
        what = f"{reference} does not name both. Enter first whom the form leaves out: marac case correct."
    return (
        f"A letter of evidence names the victim and one other person. {what} Who they are: marac case story {reference}"
    )
