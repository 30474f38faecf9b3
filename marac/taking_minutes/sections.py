"""What was noted and agreed of each case, as the minutes say."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marac.case import Case
from marac.fortnight import CaseMinutes
from marac.matching.spelling import folded
from marac.meetings.agency_named import agency_named
from marac.meetings.hearing import order_of_hearing
from marac.parsers.minutes.said import Agreed, Considered, MinutesFile, Noted, Section
from marac.taking_minutes.days import due_in
from marac.taking_minutes.known import Known
from marac.taking_minutes.understood import AgreedAction, Doubt, Ended
from marac.triage.wording import listed

Found = CaseMinutes | AgreedAction | Ended | Doubt | str


@dataclass(frozen=True, slots=True)
class _NotNoted:
    """Something to consider of which nothing is noted for a case that was heard."""

    case: str
    what: str


def cases_in(said: MinutesFile, known: Known) -> Iterator[Found]:
    """Everything that the sections say; then the cases of the meeting that have none."""
    references = {section.reference for section in said.sections}
    found = list(_sections(said, known))
    yield from (each for each in found if not isinstance(each, _NotNoted))
    for hearing in order_of_hearing(known.cases, known.meeting.date):
        if hearing.case.reference not in references:
            words = "it is on the list of this meeting, and the file has no section for it. Nothing was taken of it."
            yield Doubt(hearing.case.reference, words)
    heard = [each.case for each in found if isinstance(each, Ended) and each.ending == "heard"]
    yield from _not_noted([each for each in found if isinstance(each, _NotNoted)], heard)


def _sections(said: MinutesFile, known: Known) -> Iterator[Found | _NotNoted]:
    for section in said.sections:
        case = known.case(section.reference)
        if case is None:
            words = "the register has no such case, so nothing of this section was taken."
            yield Doubt(section.reference, words)
        elif case.joined_to:
            words = f"it was joined to {case.joined_to}, so nothing of this section was taken. Enter it there."
            yield Doubt(section.reference, words)
        else:
            yield from _section(section, case, known)


def _not_noted(missing: Sequence[_NotNoted], heard: Sequence[str]) -> Iterator[str]:
    """What nothing is noted of, in one line for all the cases that lack the same: a line for each case is not read."""
    cases: defaultdict[str, list[str]] = defaultdict(list)
    for each in missing:
        cases[each.what].append(each.case)
    things: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for what, lacking in cases.items():
        things[tuple(lacking)].append(what)
    for those, whats in things.items():
        where = f"any of the {len(heard)} cases heard" if len(those) == len(heard) > 1 else listed(those)
        yield f"Nothing is noted of {listed(whats, 'or')} in {where}."


def _section(section: Section, case: Case, known: Known) -> Iterator[Found | _NotNoted]:
    reference, noted = section.reference, section.noted
    if case.meeting != known.meeting.date and not _was_here(section):
        words = "it is not on the list of this meeting, and no box says what it came to. Nothing was taken of it."
        yield Doubt(reference, words)
        return
    if noted is None:
        words = (
            "the table of what the meeting noted is missing or doubtful, so it cannot be told what the case came to."
        )
        yield Doubt(reference, words)
    else:
        yield from _noted(reference, noted, known)
    if section.agreed is None:
        yield Doubt(reference, "the table of its actions is missing or doubtful. No action was taken.")
    yield from _agreed(section, known)


def _was_here(section: Section) -> bool:
    return section.noted is not None and section.noted.ending in {"heard", "deferred", "not heard"}


def _noted(reference: str, noted: Noted, known: Known) -> Iterator[Found | _NotNoted]:
    considered: dict[str, str] = {}
    counts = Counter(folded(each.what) for each in noted.considered)
    for each in noted.considered:
        doubt = _doubt_about(each, counts[folded(each.what)], known)
        if doubt:
            yield Doubt(f"{reference}, {each.what}", f"{doubt} Not taken.")
        elif each.answer:
            considered[each.what] = f"{each.answer}: {each.words}" if each.words else each.answer
    if noted.risks or noted.notes or considered:
        yield CaseMinutes(known.meeting.date, reference, noted.risks, noted.notes, considered)
    if noted.ending == "?":
        words = "it cannot be told what it came to: tick one of heard, deferred and not heard."
        yield Doubt(f"{reference}, the case was", words)
    elif not noted.ending:
        words = "no box is ticked: heard, deferred or not heard? The register goes by its calendar meanwhile."
        yield Doubt(f"{reference}, the case was", words)
    else:
        yield Ended(reference, noted.ending, noted.why)
    if noted.ending == "heard":
        written = {folded(each) for each in considered}
        yield from (_NotNoted(reference, what) for what in known.consider if folded(what) not in written)


def _doubt_about(each: Considered, count: int, known: Known) -> str:
    if folded(each.what) not in {folded(what) for what in known.consider}:
        return "config.toml has no such thing to consider under [minutes]."
    if count > 1:
        return "it stands there more than once."
    if each.answer == "?":
        return "it cannot be told whether yes or no is meant."
    return "words stand there, and neither yes nor no is ticked." if each.words and not each.answer else ""


def _agreed(section: Section, known: Known) -> Iterator[AgreedAction | Doubt]:
    ending = section.noted.ending if section.noted else None
    before: set[tuple[object, ...]] = set()
    for row in section.agreed or ():
        where = f"{section.reference}, action row {row.number or f'added at {row.place}'}"
        if ending is None or ending == "?":
            yield Doubt(where, f"it cannot be told whether the case was heard. The action was not taken: “{row.text}”")
        elif ending in {"deferred", "not heard"}:
            yield Doubt(where, f"the case was {ending}, and an action stands there. It was not taken: “{row.text}”")
        else:
            action = _action(row, where, section.reference, known)
            same = (action.agency, action.text, action.due) if isinstance(action, AgreedAction) else (where,)
            yield Doubt(where, "the same action stands in a row above. It is taken once.") if same in before else action
            before.add(same)


def _action(row: Agreed, where: str, reference: str, known: Known) -> AgreedAction | Doubt:
    if not row.text:
        return Doubt(where, "no action is written in this row. Not taken.")
    if not row.agency:
        return Doubt(where, f"no agency is named. The action was not taken: “{row.text}”")
    found = agency_named(row.agency, known.agencies)
    due = due_in(row.by, known)
    if found.agency is None or due.day is None:
        why = f"{found.doubt} " if found.agency is None else ""
        return Doubt(where, f"{why}{due.doubt} The action was not taken: “{row.text}”".replace("  ", " "))
    return AgreedAction(reference, row.number, where, found.agency.id, row.text, due.day, row.by, row.owner, row.risk)
