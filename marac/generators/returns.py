"""What the agencies answered, collated for the chair: case by case in the order of hearing, facts apart from opinion."""

from collections.abc import Mapping, Sequence

from marac.agency import Agency
from marac.case import MeetingDate
from marac.document import Document
from marac.fortnight import ResearchReturn
from marac.generators.contact import contact_level_in, contact_warning
from marac.generators.fields import printable
from marac.generators.fields.returns import ReturnedCase, ReturnedWords, ReturnsFields
from marac.generators.fill import filled
from marac.generators.people import named
from marac.meetings.audience import AudienceRules, CaseNotes, case_view
from marac.meetings.hearing import Hearing
from marac.meetings.research_back import NOT_HEADED, what_is_back


def returns(
    meeting: MeetingDate,
    hearings: Sequence[Hearing],
    answers: Sequence[ResearchReturn],
    asked: Mapping[str, Sequence[str]],
    readers: Mapping[str, Agency],
    *,
    marac: str,
    chair: str,
    template: bytes,
) -> Document:
    """The collation for the chair.

    Args:
        meeting: The meeting.
        hearings: What it hears, in its order.
        answers: What came back for it; only what was taken is printed.
        asked: Reader to the cases that it is asked about.
        readers: Everybody who is asked, by id.
        marac: The name of this MARAC.
        chair: Who chairs the meeting.
        template: The Word template of the collation.

    Raises:
        TemplateError: the template cannot be used.
    """
    shown = tuple(_shown(hearing, answers, asked, readers) for hearing in hearings)
    silent = [
        each.reader for each in what_is_back(asked, answers) if each.asked and not (each.answered or each.waiting)
    ]
    fields = ReturnsFields(
        marac=marac,
        chair=chair,
        meeting=meeting.date,
        number_of_cases=len(shown),
        silent=tuple(_name(reader, readers) for reader in silent),
        cases=shown,
    )
    return filled(template, printable(fields), name=f"research returned {meeting.date.isoformat()}.docx")


def _shown(
    hearing: Hearing,
    answers: Sequence[ResearchReturn],
    asked: Mapping[str, Sequence[str]],
    readers: Mapping[str, Agency],
) -> ReturnedCase:
    """A case with everything that was answered about it."""
    view = case_view(hearing, "returns", AudienceRules(), notes=CaseNotes(returns=answers))
    of_case = view.returns or ()
    taken = [each for each in of_case if each.state == "taken"]
    lines = [each for each in taken if _is_line(each)]
    reference = hearing.case.reference
    backs = [each for each in what_is_back(asked, of_case) if reference in each.asked or each.answered or each.waiting]
    return ReturnedCase(
        reference=view.reference,
        victim=named(view.victim),
        perpetrators=tuple(named(person) for person in view.perpetrators or ()),
        referred_by="; ".join(view.referring_agencies or ()) or None,
        contact_warning=contact_warning(view),
        contact_unsafe=contact_level_in(view) == "unsafe",
        contact_unknown=contact_level_in(view) == "not known",
        undecided=bool(view.undecided),
        answered=sum(bool(each.answered) for each in backs),
        asked=len(backs),
        why_high_risk=_words(taken, "why_high_risk", readers),
        facts=_words([each for each in taken if each not in lines], "factors", readers),
        opinions=_words(taken, "assessment", readers),
        unsorted=_words(lines, "factors", readers),
        management=_words(taken, "management", readers),
        not_shared=_words(taken, "not_shared", readers),
        nothing_known=tuple(_name(each.agency, readers) for each in taken if each.nothing_known),
        not_back=tuple(_name(each.reader, readers) for each in backs if not each.answered and not each.waiting),
        waiting=tuple(_name(each.reader, readers) for each in backs if each.waiting and not each.answered),
    )


def _words(taken: Sequence[ResearchReturn], heading: str, readers: Mapping[str, Agency]) -> tuple[ReturnedWords, ...]:
    """What the agencies wrote under a heading, each with its name."""
    found = ((each, str(getattr(each, heading))) for each in taken)
    return tuple(ReturnedWords(_name(each.agency, readers), words) for each, words in found if words)


def _is_line(answer: ResearchReturn) -> bool:
    """Whether it was a line in a mail, which says under one heading what belongs under several."""
    return NOT_HEADED in answer.reason


def _name(reader: str, readers: Mapping[str, Agency]) -> str:
    return readers[reader].name if reader in readers else reader
