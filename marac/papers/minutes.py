"""The minutes to fill in, made with the agenda."""

from collections.abc import Iterator

from marac.document import WORD, Document
from marac.errors import TemplateError
from marac.files import sha256_of
from marac.generators.minutes import minutes as minutes_to_fill_in
from marac.meetings.hearing import twelve_months_passed
from marac.meetings.items import references_of
from marac.meetings.outstanding import outstanding
from marac.papers.wanted import Wanted, template_for
from marac.papers.world import World
from marac.parsers.blocks import UnreadableDocument
from marac.parsers.minutes import is_begun, minutes_in
from marac.register.documents import papers_for


def minutes(world: World) -> Iterator[Wanted]:
    """The minutes for the coordinator; none once somebody wrote in them, they were taken, or the day has passed.

    A newer version would take the place of the file in which somebody is writing. What its list lacks, such as a late case,
    is said when it is read back.
    """
    if world.is_over or _taken(world) or _begun(world):
        return
    settings = world.office.settings
    previous = world.previous.date if world.previous else None
    past = twelve_months_passed(world.cases, world.meeting.date, previous, settings.flagging.months)
    carried = outstanding(world.actions, world.meeting)
    presenters = tuple(each for each in world.presenters if each.meeting == world.meeting.date)

    listed = {reference for hearing in world.hearings for reference in references_of(hearing)}
    held = tuple(each for each in world.withholding.held if each.case in listed)

    def made() -> Document:
        document = minutes_to_fill_in(
            world.meeting,
            world.hearings,
            world.actions,
            world.agencies,
            marac=settings.marac.name,
            marac_id=settings.marac.id,
            chair=settings.marac.chair,
            template=template_for(world.office, "minutes"),
            consider=settings.minutes.consider,
            presenters=presenters,
            twelve_months=past,
            held=held,
        )
        _refuse_unreadable(document, world, len(carried))
        return document

    rests_on = (world.hearings, carried, world.agencies, past, presenters, settings.minutes.consider, held)
    yield world.want("minutes", None, made, *rests_on)


def _refuse_unreadable(document: Document, world: World, earlier: int) -> None:
    """Refuse what could not be read back once it is filled in.

    Raises:
        TemplateError: the template lacks a table, a heading or the mark by which the parts are known again.
    """
    said = minutes_in(document)
    mark = (world.office.settings.marac.id, world.meeting.date)
    lacking = {
        "the mark of the meeting ({{ mark }})": said.marks == (mark,),
        "the table of who is here": len(said.attended) == len(world.agencies),
        "the table of earlier actions": len(said.told) == earlier,
        "a section for each case": [each.reference for each in said.sections]
        == [hearing.case.reference for hearing in world.hearings],
        "the table of what the meeting noted": all(section.noted for section in said.sections),
        "the table of actions": all(section.agreed is not None for section in said.sections),
    }
    missing = [what for what, found in lacking.items() if not found]
    if missing:
        raise TemplateError(
            f"Minutes made with it could not be read back, because marac does not find {', '.join(missing)}. The headings "
            "and labels of these tables must stay as they are in the shipped one."
        )


def _begun(world: World) -> bool:
    """Whether somebody wrote in the minutes that were made; a file that cannot be looked into is open somewhere."""
    with world.office.store.reading() as connection:
        papers = papers_for(connection, world.meeting.date)
    made = [paper for paper in papers if paper.kind == "minutes" and paper.state != "superseded"]
    if not made:
        return False
    path = world.office.settings.folders.meetings / made[-1].path
    try:
        if not path.is_file() or sha256_of(path) == made[-1].sha256:
            return False
        return is_begun(minutes_in(Document(path.name, WORD, path.read_bytes())))
    except (OSError, UnreadableDocument):
        return True


def _taken(world: World) -> bool:
    """Whether the minutes of this meeting came back: what would be made now would be filled in by nobody."""
    noted = {*(each.meeting for each in world.attendances), *(each.meeting for each in world.case_minutes)}
    return world.meeting.date in noted
