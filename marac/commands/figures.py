"""`marac figures`: the SafeLives return per meeting and for the year, and what of it may be made public."""

import csv
import datetime as dt
import io
import json
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection

from marac.case import Case
from marac.commands.working import office_for
from marac.figures.data_return import Count, DataReturn, data_returns
from marac.figures.suppression import KEPT_BACK, in_public
from marac.figures.waiting import Step, steps, waited
from marac.files import write_whole
from marac.office import Office
from marac.register.cases import cases_of_every_marac, every_case
from marac.register.documents import every_paper
from marac.register.verdicts import every_verdict
from marac.triage.wording import counted

_YEAR = 12


def show(arguments: Namespace) -> int:
    """Print the figures, or write them into a file."""
    with office_for(arguments) as office:
        first, last = _days(arguments, office.today)
        with office.store.reading() as connection:
            groups = _registers(connection, office, every=arguments.all)
            letters = _first_letters(connection)
            said = every_verdict(connection)
        ours = {office.settings.marac.name, office.settings.marac.id}
        tables = {
            name: data_returns(
                cases, tuple(office.settings.agencies.values()), first, last, said if name in ours else ()
            )
            for name, cases in groups.items()
        }
        waits = steps(each for cases in groups.values() for each in waited(cases, letters, first, last))
        _give(arguments, office, tables, waits)
    return 0


def _give(
    arguments: Namespace, office: Office, tables: Mapping[str, tuple[DataReturn, ...]], waits: Sequence[Step]
) -> None:
    small = office.settings.figures.small
    if arguments.public:
        tables = {name: (in_public(returns, small),) for name, returns in tables.items()}
    if arguments.csv:
        write_whole(arguments.csv, _as_csv(tables).encode("utf-8-sig"))
        print(f"Written: {arguments.csv}")
    elif arguments.json:
        print(json.dumps(_as_json(tables, waits, public=arguments.public), indent=2))
    else:
        print("\n".join(_in_words(office, tables, () if arguments.public else waits, public=arguments.public)))


def _days(arguments: Namespace, today: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day: the months named, else the twelve months that end with this one."""
    last = _end_of(arguments.to or today)
    number = last.year * 12 + last.month - _YEAR
    first: dt.date = arguments.since or dt.date(number // 12, number % 12 + 1, 1)
    return first, last


def _end_of(day: dt.date) -> dt.date:
    following = day.replace(day=28) + dt.timedelta(days=4)
    return following.replace(day=1) - dt.timedelta(days=1)


def _registers(connection: Connection, office: Office, *, every: bool) -> Mapping[str, Sequence[Case]]:
    """The cases to count: of this MARAC, or of each MARAC in the store and of all of them together."""
    if not every:
        return {office.settings.marac.name: every_case(connection)}
    cases = cases_of_every_marac(connection)
    names = sorted({case.marac for case in cases})
    each = {name: tuple(case for case in cases if case.marac == name) for name in names}
    return {**each, "All together": cases}


def _first_letters(connection: Connection) -> Mapping[dt.date, dt.date]:
    """For each meeting the day on which its first letter left."""
    found: dict[dt.date, dt.date] = {}
    for paper in every_paper(connection):
        if paper.kind == "letter" and paper.sent_at is not None:
            day = paper.sent_at.date()
            found[paper.meeting] = min(day, found.get(paper.meeting, day))
    return found


def _in_words(
    office: Office, tables: Mapping[str, tuple[DataReturn, ...]], waits: Sequence[Step], *, public: bool
) -> Iterator[str]:
    for name, returns in tables.items():
        whole = returns[-1]
        yield f"{name}: meetings from {whole.first:%d/%m/%Y} to {whole.last:%d/%m/%Y}"
        yield ""
        yield from _one(whole, None if public else office.settings.figures.adult_women)
        for each in returns[:-1]:
            yield ""
            yield f"  Meeting of {each.name}"
            yield from _one(each, None)
        yield ""
    if public:
        yield f"Numbers below {office.settings.figures.small}, and those that would give them away, are kept back."
    yield from map(step_in_words, waits)


def step_in_words(step: Step) -> str:
    """How long a step takes, in a sentence."""
    middle = "not recorded"
    if step.middle is not None:
        unit = "day" if step.middle == 1 else "days"
        middle = f"{step.middle:g} {unit} in the middle, {step.longest} at the longest"
    unknown = f"; not recorded for {step.not_recorded}" if step.not_recorded else ""
    return f"{step.name}: {middle} ({counted(step.known, 'case')}{unknown})"


def _one(each: DataReturn, adult_women: int | None) -> Iterator[str]:
    for what, count in each.counts.items():
        if count.number or not what.startswith("Referred by: "):
            yield f"    {what:<42}{_shown(count):>12}{_gaps(count)}"
    if adult_women:
        yield f"    {'Cases for each 10,000 adult women':<42}{each.per_ten_thousand(adult_women):>12.1f}"


def _shown(count: Count) -> str:
    return "kept back" if count.number == KEPT_BACK else str(count.number)


def _gaps(count: Count) -> str:
    """How many cases do not say, and which: without them the number is a lower bound."""
    return f"   not recorded for {len(count.gaps)}: {', '.join(count.gaps)}" if count.gaps else ""


def _as_csv(tables: Mapping[str, tuple[DataReturn, ...]]) -> str:
    """A row for each meeting, a column for each count and one beside it for how many cases do not say."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    first = next(iter(tables.values()))[-1]
    titles = [title for what in first.counts for title in (what, f"{what}: not recorded")]
    rows.writerow(["MARAC", "Meeting", *titles])
    for name, returns in tables.items():
        for each in returns:
            numbers = [cell for count in each.counts.values() for cell in (_shown(count), len(count.gaps))]
            rows.writerow([name, each.name, *numbers])
    return text.getvalue()


def _as_json(tables: Mapping[str, tuple[DataReturn, ...]], waits: Sequence[Step], *, public: bool) -> dict[str, object]:
    told: dict[str, object] = {
        name: [
            {
                "meeting": each.name,
                "counts": {
                    what: {
                        "number": None if count.number == KEPT_BACK else count.number,
                        "not_recorded": list(count.gaps),
                    }
                    for what, count in each.counts.items()
                },
            }
            for each in returns
        ]
        for name, returns in tables.items()
    }
    days = {
        step.name: {
            "middle": step.middle,
            "longest": step.longest,
            "known": step.known,
            "not_recorded": step.not_recorded,
        }
        for step in waits
    }
    return {"returns": told} if public else {"returns": told, "days": days}
