"""Who leaves the room while a case is heard: whoever gets no paper about it. For the chair and the coordinator alone."""

from collections.abc import Sequence

from marac.agency import Agency
from marac.meetings.hearing import Hearing
from marac.meetings.withholding import Held
from marac.triage.wording import listed


def leaves_the_room(hearing: Hearing, held: Sequence[Held], agencies: Sequence[Agency]) -> tuple[str, ...]:
    """A sentence for each agency that a case is held back from; empty where everybody may stay.

    Args:
        hearing: The case with those joined to it.
        held: What is held back, of whichever case.
        agencies: Those that sit at the meeting.
    """
    references = {case.reference for case in hearing.cases}
    of_the_case = [each for each in held if each.case in references]
    ids = dict.fromkeys(each.agency for each in of_the_case)
    known = {agency.id: agency for agency in agencies}
    return tuple(
        _sentence(each, [held for held in of_the_case if held.agency == each], known.get(each)) for each in ids
    )


def _sentence(agency_id: str, held: Sequence[Held], agency: Agency | None) -> str:
    name = agency.name if agency else agency_id
    persons = tuple(dict.fromkeys(each.person for each in held if each.person))
    who = f"{listed(persons)}, and everybody else of {name}, leave" if persons else f"{name} leaves"
    senior = agency.senior if agency and all(each.to_senior for each in held) else None
    stays = f" {senior.name} alone may stay." if senior else ""
    return f"Before this item: {who} the room.{stays}"
