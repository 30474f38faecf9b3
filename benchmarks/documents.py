"""All documents of a meeting: how long marac takes for them, against docxtpl's own rendering of the same contents.

Run, from the repository: python -m benchmarks.documents

Both are timed in turn in one run, in CPU seconds. marac's time holds all that it does for a document: what each reader
may see, the checks of the template, the filling, and the search for lost text in the saved file. The goal is 1.5 of
docxtpl's time for 30 cases and 20 agencies, and a cost that grows with cases times agencies and no faster.
"""

import datetime as dt
import io
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment

from marac.commands.setup import made_folder
from marac.generators import fill
from marac.meeting import meeting_on
from marac.meetings.safe_address import SafeAddress
from marac.office import open_office
from marac.papers import World, wanted, world_of
from marac.register.actions import add_action
from marac.register.cases import add_case
from tests.invented_cases import case, children, referral

SIZES = ((10, 10), (20, 20), (30, 20), (40, 30))
MEASURED = (30, 20)
ROUNDS = 5
MEETING = dt.date(2026, 12, 3)
TODAY = dt.date(2026, 11, 25)
GOAL = 1.5

Recorded = tuple[bytes, dict[str, Any]]


@contextmanager
def meeting_of(cases: int, agencies: int) -> Iterator[World]:
    """The world of a meeting with this many cases and agencies; every third case has children, each two actions."""
    with tempfile.TemporaryDirectory() as name:
        folder = made_folder(Path(name) / "marac")
        with (folder / "config.toml").open("a", encoding="utf-8") as config:
            config.write(f"\n[[meetings]]\ndate = {MEETING}\ncut_off = {TODAY - dt.timedelta(days=1)}\n")
        (folder / "agencies.toml").write_text("".join(map(_agency, range(agencies))), encoding="utf-8")
        with open_office(folder / "config.toml", TODAY, lambda: dt.datetime.now(dt.UTC)) as office:
            with office.store.changing() as connection:
                for number in range(1, cases + 1):
                    _enter(connection, number, agencies)
            with office.store.reading() as connection:
                yield world_of(office, meeting_on(office, MEETING), connection)


def _agency(number: int) -> str:
    return (
        f'["agency-{number}"]\nname = "Agency {number} of Northbridge"\nemail = "marac@agency-{number}.example"\n'
        f'representative = "Gwen Pritchard {number}"\nsigned = 2024-04-01\nchild_files = {str(number % 3 == 0).lower()}\n\n'
    )


def _enter(connection: Any, number: int, agencies: int) -> None:
    reference = f"M26-{number:04}"
    form = referral(children=children(3) if number % 3 == 0 else ())
    form = replace(form, victim=replace(form.victim, name=f"Siân Gwynfryn {number}"))
    agency = f"Agency {number % agencies} of Northbridge"
    add_case(connection, replace(case(reference, form=form), received=TODAY, agency=agency))
    for turn in range(2):
        owner = f"agency-{(number * 2 + turn) % agencies}"
        add_action(connection, reference, owner, MEETING + dt.timedelta(days=7), f"Fit lock {turn}.", MEETING)


def made_by_marac(world: World) -> int:
    """Every document made, as a command does; how many."""
    return sum(1 for want in wanted(world) if want.made().content)


def contents_of(world: World) -> list[Recorded]:
    """The template and the values of every document."""
    found: list[Recorded] = []
    saved = fill._saved  # noqa: SLF001 - where all documents come by

    def noted(template: bytes, values: Mapping[str, object], *rest: Any, **more: Any) -> Any:
        found.append((template, dict(values)))
        return saved(template, values, *rest, **more)

    fill._saved = noted  # noqa: SLF001
    try:
        made_by_marac(world)
    finally:
        fill._saved = saved  # noqa: SLF001
    return found


def made_by_docxtpl(recorded: list[Recorded]) -> None:
    """The same documents, rendered and saved by docxtpl alone."""
    for template, values in recorded:
        document = DocxTemplate(io.BytesIO(template))
        document.render(dict(values), Environment(autoescape=True, finalize=_revealed), autoescape=True)
        document.save(io.BytesIO())


def _revealed(value: object) -> object:
    return value.revealed() if isinstance(value, SafeAddress) else value


def cpu_of(work: Any, *arguments: Any) -> float:
    began = time.process_time()
    work(*arguments)
    return time.process_time() - began


def fresh(world: World) -> World:
    """The same world with nothing worked out yet."""
    return replace(world)


def main() -> None:
    with meeting_of(*MEASURED) as world:
        recorded = contents_of(world)
        rounds = [(cpu_of(made_by_marac, fresh(world)), cpu_of(made_by_docxtpl, recorded)) for _ in range(ROUNDS)]
        kinds = Counter(want.kind for want in wanted(world))
    ours, theirs = (statistics.median(times) for times in zip(*rounds, strict=True))
    ratio = statistics.median(one / other for one, other in rounds)
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    print(f"{MEASURED[0]} cases, {MEASURED[1]} agencies: {len(recorded)} documents ({told})")
    print(f"marac {ours:.2f} s, docxtpl alone {theirs:.2f} s: ratio {ratio:.2f} (goal {GOAL})")
    for cases, agencies in SIZES:
        with meeting_of(cases, agencies) as world:
            made_by_marac(fresh(world))
            spent = min(cpu_of(made_by_marac, fresh(world)) for _ in range(3))
        share = 1000 * spent / (cases * agencies)
        print(f"{cases:3} x {agencies:3}: {spent:.2f} s, {share:.2f} ms for each case and agency")


if __name__ == "__main__":
    main()
