"""`marac returns …`: what agencies answered, what is not back, and what a person decides about an answer."""

from argparse import Namespace
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from marac.agency import Agency
from marac.commands.working import count, day, office_for, signed_in
from marac.errors import NotFoundError, UsageError
from marac.fortnight import ResearchReturn
from marac.intake.opening.message import shown
from marac.intake.replies.asked import what_was_asked
from marac.intake.replies.deciding import decide_return, enter_return, telephoned
from marac.meeting import meeting_on
from marac.meetings.research_back import Back, what_is_back
from marac.office import Office
from marac.register.cases import case_named
from marac.register.research_returns import every_return, return_numbered, returns_for, returns_in
from marac.register.trail import record
from marac.register_workbook import write_workbook

_HEADINGS = (
    ("factors", "Factors (facts)"),
    ("assessment", "Their assessment (opinion)"),
    ("management", "How they manage it"),
    ("why_high_risk", "Why this is high risk"),
    ("not_shared", "Known and not shared"),
)
_MOST_NAMED = 4
"""How many cases are named in one row."""


def back(arguments: Namespace) -> int:
    """Show what is back for a meeting and what is not, by agency and by case."""
    with office_for(arguments) as office, office.store.reading() as connection:
        meeting = meeting_on(office, arguments.date)
        asked = what_was_asked(connection, office.settings).asked
        of_meeting = {who: sorted(cases) for (who, date), cases in asked.items() if date == meeting.date}
        found = what_is_back(of_meeting, returns_for(connection, meeting.date))
        print(f"Research for {day(meeting.date)}")
        if meeting.research_back:
            print(f"Answers were asked for by {meeting.research_back:%H:%M} on {day(meeting.research_back.date())}.")
        print("\n".join([*by_agency(found), *_by_case(found)]))
    return 0


def show(arguments: Namespace) -> int:
    """Show every answer about a case; that somebody looked is noted with it, and nothing is changed."""
    with office_for(arguments) as office:
        with office.store.reading() as connection:
            case = case_named(connection, arguments.case)
            found = [each for each in every_return(connection) if each.case == case.reference]
            print("\n".join(_lines(case.reference, found, office)))
        with office.store.changing() as connection:
            record(connection, office.entry("case looked at", case.reference, "returns", actor=signed_in()))
    return 0


def enter(arguments: Namespace) -> int:
    """Enter what an agency told, and did not send."""
    by, told = arguments.by.strip(), {name: getattr(arguments, name).strip() for name, _ in _HEADINGS}
    _refuse_empty(by, told, nothing_known=arguments.nothing_known)
    with office_for(arguments, changes=True) as office:
        reader = _reader(office, arguments.agency)
        with office.store.changing() as connection:
            asked = what_was_asked(connection, office.settings)
            case = asked.carrying(case_named(connection, arguments.case).reference)
            if case is None or case.meeting is None:
                raise UsageError(
                    f"{arguments.case} is on the list of no meeting, so nothing is to be answered about it."
                )
            if not asked.may_see(reader.id, case.reference):
                raise UsageError(f"{case.reference} is held back from {reader.name}. Nothing was entered.")
            new = telephoned(
                case.reference, reader.id, case.meeting, office.today, by, nothing_known=arguments.nothing_known, **told
            )
            added = enter_return(connection, new, by, office.entry)
        print(f"Return {added.number}: {reader.name} about {added.case}, for {day(added.meeting)}.")
        _warn(office)
    return 0


def decide(arguments: Namespace) -> int:
    """Take answers that wait, or set answers aside."""
    by, reason = arguments.by.strip(), arguments.reason.strip()
    if not by or not reason:
        raise UsageError("--reason and --by must not be empty: they are kept with the answer.")
    with office_for(arguments, changes=True) as office:
        with office.store.changing() as connection:
            chosen = _chosen(connection, arguments)
            for each in chosen:
                decide_return(connection, each, arguments.decision, reason, by, office.entry)
        what = "taken" if arguments.decision == "take" else "set aside"
        print("\n".join(f"Return {each.number} ({each.case}, {each.agency}) is {what}." for each in chosen))
        _warn(office)
    return 0


def _chosen(connection: Connection, arguments: Namespace) -> list[ResearchReturn]:
    """The answers that a decision is about.

    Raises:
        UsageError: none is named, or none waits.
    """
    if bool(arguments.numbers) == (arguments.message is not None):
        raise UsageError("Name the returns by their numbers, or all that wait in a message with --message NUMBER.")
    if arguments.message is None:
        return [return_numbered(connection, number) for number in dict.fromkeys(arguments.numbers)]
    waiting = [each for each in returns_in(connection, arguments.message) if each.state == "waiting"]
    if not waiting:
        raise UsageError(f"No return waits in message {arguments.message}. Nothing was changed.")
    return waiting


def _refuse_empty(by: str, told: dict[str, str], *, nothing_known: bool) -> None:
    if not by:
        raise UsageError("--by must not be empty: it is kept with the answer.")
    if nothing_known and any(told.values()):
        raise UsageError("Either they know nothing, or they told something: leave out --nothing-known, or the words.")
    if not nothing_known and not any(told.values()):
        raise UsageError("Say what they told, under its heading, or --nothing-known: marac returns enter --help")


def _reader(office: Office, name: str) -> Agency:
    known = {each: agency for each, agency in office.settings.readers.items() if not each.startswith("marac.")}
    if name not in known:
        raise NotFoundError(
            f"There is no agency {name!r} in agencies.toml. Its ids: {', '.join(office.settings.agencies)}."
        )
    return known[name]


def by_agency(found: Sequence[Back]) -> Iterator[str]:
    """How much is back from each reader, a row each, with what is not."""
    yield ""
    if not found:
        yield "No research pack has left for this meeting, and nothing came back."
        return
    yield f"{'agency':<24}{'asked':>7}{'answered':>10}{'nothing known':>15}{'waiting':>9}  not back"
    for each in found:
        numbers = f"{len(each.asked):>7}{len(each.answered):>10}{len(each.nothing_known):>15}{len(each.waiting):>9}"
        yield f"{shown(each.reader)[:23]:<24}{numbers}  {_not_back(each)}"
    waiting = sum(len(each.waiting) for each in found)
    if waiting:
        yield f"! {count(waiting, 'answer')} wait{'s' if waiting == 1 else ''} for you: marac returns show CASE, then marac returns decide"


def _not_back(each: Back) -> str:
    """What is not back from a reader; where it is much, the lines by case below say it."""
    if len(each.not_back) <= _MOST_NAMED:
        return ", ".join(each.not_back) or "-"
    if each.not_back == each.asked:
        return f"all {len(each.asked)}"
    return f"{len(each.not_back)} of {len(each.asked)}: see below"


def _by_case(found: Sequence[Back]) -> Iterator[str]:
    cases = sorted({case for each in found for case in each.asked})
    yield from [""] if cases else []
    for case in cases:
        asked = [each for each in found if case in each.asked]
        answered = [each for each in asked if case in each.answered]
        nothing = sum(case in each.nothing_known for each in asked)
        missing = ", ".join(each.reader for each in asked if case in each.not_back)
        rest = f"; not back: {missing}" if missing else ""
        yield f"{case}: {len(answered)} of {len(asked)} answered, {nothing} with nothing known{rest}"


def _lines(case: str, found: Sequence[ResearchReturn], office: Office) -> Iterator[str]:
    """Everything that was answered about a case."""
    if not found:
        yield f"Nobody has answered about {case} yet."
    for each in found:
        reader = office.settings.readers.get(each.agency)
        whence = f"message {each.delivery}" if each.delivery else "told"
        name = reader.name if reader else each.agency
        yield f"Return {each.number}, {name}, for {day(each.meeting)}, came on {day(each.received)} ({whence}): {each.state}."
        if each.reason:
            yield f"  ! {shown(each.reason)}"
        if each.nothing_known:
            yield "  Nothing known."
        for field, heading in _HEADINGS:
            if words := getattr(each, field):
                yield f"  {heading}:"
                yield from (f"    | {shown(line)}" for line in words.splitlines())
        if each.state == "waiting":
            yield f"  To decide: marac returns decide {each.number} take (or set-aside) --reason ... --by ..."


def _warn(office: Office) -> None:
    if warning := write_workbook(office).message:
        print(f"! {warning}")
