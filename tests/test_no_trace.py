"""What an agency gets where a case is held back from it is, byte for byte, what it would get if there were no such case."""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from marac.action import Action
from marac.agency import Contact
from marac.case import Case, Flag, MeetingDate
from marac.fortnight import Interest, Presenter
from marac.meetings.items import Items
from marac.office import Office, open_office
from marac.papers import World, wanted
from marac.referral import Perpetrator, Victim
from tests.invented_cases import CHILDREN, HOUSING, POLICE, case, children, joined_pair, referral, repeat_case
from tests.working_folder import MEETING, working_folder

BEFORE, AFTER = MEETING - dt.timedelta(days=3), MEETING + dt.timedelta(days=1)
LONG_AFTER = MEETING + dt.timedelta(days=13)
SENIOR = Contact("Mair Beynon", "mair@council.example")
MANAGER = Contact("Rhodri Mills", "rhodri@council.example")
AGENCIES = {
    each.id: each
    for each in (
        dataclasses.replace(HOUSING, senior=SENIOR, manager=MANAGER, child_files=True),
        dataclasses.replace(CHILDREN, child_files=True),
        POLICE,
    )
}
THE_MEETING = MeetingDate(MEETING, MEETING - dt.timedelta(days=7))


def of_other_people(reference: str, name: str, **changes: object) -> Case:
    """A case of people who stand in no other."""
    form = referral(victim=Victim(name=name, address=f"1 {name} Road"), perpetrators=(Perpetrator(name=f"Jo {name}"),))
    return dataclasses.replace(case(reference, form=form), **changes)  # type: ignore[arg-type]


def register() -> tuple[Case, ...]:
    """Every sort of item: alone, joined, with children, heard before and come back, heard a year ago."""
    again = of_other_people("M26-0007", "Poole", flags=(Flag("repeat", "Heard as M26-0006.", other_case="M26-0006"),))
    last_year = MEETING - dt.timedelta(days=366)
    everything = (
        case(),
        repeat_case(),
        *joined_pair(),
        of_other_people("M26-0006", "Poole", state="heard", meeting=last_year, received=last_year),
        again,
        of_other_people("M25-0009", "Reed", state="heard", meeting=last_year, received=last_year),
        of_other_people("M26-0008", "Frost"),
    )
    here = [
        dataclasses.replace(each, meeting=MEETING) if each.meeting and each.meeting > last_year else each
        for each in everything
    ]
    return tuple(_with_children(each) if each.reference == "M26-0008" else each for each in here)


def _with_children(each: Case) -> Case:
    form = dataclasses.replace(each.referral, children=children(1))
    return dataclasses.replace(each, reading=dataclasses.replace(each.reading, referral=form))


def actions() -> tuple[Action, ...]:
    """An action of each agency in each case, from before the meeting or of it, some overdue."""
    places = [(each.reference, agency) for each in register() for agency in AGENCIES]
    return tuple(
        Action(
            number,
            reference,
            agency,
            MEETING + dt.timedelta(days=number - 10),
            f"Do {number}.",
            added=MEETING if number % 2 else MEETING - dt.timedelta(days=14),
        )
        for number, (reference, agency) in enumerate(places, 1)
    )


@pytest.fixture(scope="module")
def an_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = working_folder(tmp_path_factory.mktemp("no-trace"))
    with open_office(folder.path / "config.toml", BEFORE, lambda: dt.datetime.now(dt.UTC)) as office:
        research = office.settings.research.model_copy(update={"addresses": True})
        outcome = office.settings.outcome.model_copy(update={"to": "referrer and idva"})
        idva = office.settings.idva.model_copy(update={"agency": "children"})
        tables = {"agencies": AGENCIES, "research": research, "outcome": outcome, "idva": idva}
        yield dataclasses.replace(office, settings=office.settings.model_copy(update=tables))


def with_lists(office: Office) -> Office:
    """The same in an area where research stays inside the agencies."""
    research = office.settings.research.model_copy(update={"returns": False})
    return dataclasses.replace(office, settings=office.settings.model_copy(update={"research": research}))


def world(office: Office, today: dt.date, cases: tuple[Case, ...], held: set[tuple[str, str]]) -> World:
    """The meeting on a day, with these cases and what belongs to them, and these held back."""
    known = {each.reference for each in cases}
    standing = tuple(
        dataclasses.replace(each, state="heard") if today > MEETING and each.state == "listed" else each
        for each in cases
    )
    return World(
        dataclasses.replace(office, today=today),
        THE_MEETING,
        standing,
        tuple(each for each in actions() if each.case in known),
        interests=tuple(
            Interest(about, agency, "held", "J. Marsh", BEFORE, "An employee is his sister.")
            for about, agency in sorted(held)
            if about in known
        ),
        presenters=tuple(
            Presenter(about, MEETING, "Ann Poole", agency, "J. Marsh", BEFORE)
            for about, agency in (("M26-0002", "housing"), ("M26-0008", "police"))
            if about in known
        ),
    )


def gets(world: World, reader: str) -> Mapping[tuple[str, str, str], tuple[str, str, object]]:
    """All that a reader gets: which document, what it rests on, its bytes by their identity, and what it shows."""
    return {
        want.place: (want.contents, want.made().sha256, want.shows)
        for want in wanted(world)
        if want.reader == reader and not want.bare
    }


def without(cases: tuple[Case, ...], world: World, agency: str) -> tuple[Case, ...]:
    """The register as if what is held back from an agency had never been."""
    return tuple(each for each in cases if world.withholding.may_see(agency, _item(cases, each.reference)))


def _item(cases: tuple[Case, ...], reference: str) -> list[str]:
    item = Items(cases).of(reference)
    assert item is not None
    return [each.reference for each in item.cases]


A_FEW = settings(
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""Real documents take their time, and a smaller example says no more than the first."""
CONFLICTS = st.sets(
    st.tuples(st.sampled_from([each.reference for each in register()]), st.sampled_from(["housing", "police"])),
    min_size=1,
    max_size=3,
)


@settings(A_FEW, max_examples=6)
@given(held=CONFLICTS, today=st.sampled_from([BEFORE, AFTER, LONG_AFTER]), lists=st.booleans())
def test_a_held_back_case_leaves_no_trace(
    an_office: Office, held: set[tuple[str, str]], today: dt.date, *, lists: bool
) -> None:
    cases, office = register(), with_lists(an_office) if lists else an_office
    as_it_is = world(office, today, cases, held)
    for agency in {each.agency for each in as_it_is.withholding.held}:
        as_if = world(office, today, without(cases, as_it_is, agency), held)
        assert as_if.cases != as_it_is.cases
        for reader in (agency, f"{agency}.manager"):
            assert gets(as_it_is, reader) == gets(as_if, reader)


@settings(A_FEW, max_examples=4)
@given(held=CONFLICTS, today=st.sampled_from([BEFORE, AFTER]))
def test_the_senior_contact_gets_what_is_held_back_and_nothing_else(
    an_office: Office, held: set[tuple[str, str]], today: dt.date
) -> None:
    cases = register()
    as_it_is = world(an_office, today, cases, held)
    theirs = {each.case for each in as_it_is.withholding.held if each.agency == "housing"}
    only = tuple(each for each in cases if theirs & set(_item(cases, each.reference)))
    assert gets(as_it_is, "housing.senior") == gets(world(an_office, today, only, held), "housing.senior")
    shown = {about for _, _, shows in gets(as_it_is, "housing.senior").values() for about in shows}  # type: ignore[attr-defined]
    assert shown <= {each.reference for each in only}
    heard = {each.reference for each in only if each.meeting == MEETING}
    assert today > MEETING or heard <= shown


@settings(A_FEW, max_examples=3)
@given(held=CONFLICTS, today=st.sampled_from([BEFORE, AFTER, LONG_AFTER]))
def test_what_other_agencies_get_says_nothing_of_it(
    an_office: Office, held: set[tuple[str, str]], today: dt.date
) -> None:
    cases = register()
    as_it_is = world(an_office, today, cases, held)
    unconcerned = set(AGENCIES) - {each.agency for each in as_it_is.withholding.held}
    for agency in unconcerned:
        theirs, otherwise = (gets(each, agency) for each in (as_it_is, world(an_office, today, cases, set())))
        assert theirs.keys() == otherwise.keys()
        for place in theirs:
            # an outcome note does not name an agency that was not told: nobody is to ring it about the case
            assert place[0] == "outcome" or theirs[place] == otherwise[place]


def test_every_kind_of_document_for_agencies_is_among_those_compared(an_office: Office) -> None:
    made = {
        want.kind
        for today in (BEFORE, AFTER, LONG_AFTER)
        for office in (an_office, with_lists(an_office))
        for want in wanted(world(office, today, register(), set()))
        if want.agency is not None
    }
    assert made == {"agency-agenda", "list", "research", "letter", "outcome", "flags", "flags-ending", "reminder"}


def test_the_chair_sees_from_whom_a_case_is_held_back(an_office: Office) -> None:
    one, other = ({(reference, "housing")} for reference in ("M26-0001", "M26-0008"))
    agendas = [gets(world(an_office, BEFORE, register(), held), "")["agenda", "", ""] for held in (one, other, set())]
    assert len({bytes_of for _, bytes_of, _ in agendas}) == 3


def test_no_file_for_an_agency_is_named_for_a_case(an_office: Office) -> None:
    found = wanted(world(an_office, AFTER, register(), {("M26-0001", "housing")}))
    names = [want.made().name for want in found if want.agency is not None]
    assert names
    assert not [name for name in names if "M26" in name]
