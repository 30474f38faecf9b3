"""A whole fortnight with conflicts of interest: everything that left is opened by its reader and searched, every part of it."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest

from marac.case import Case, Decision, Flag
from marac.delivery.openpgp import Keyring
from marac.dispatch import release
from marac.fortnight import CalledMeeting, Interest
from marac.idva_referrals import prepare_idva_referrals
from marac.mailbox.memory import MemoryOutbox
from marac.meeting import prepare
from marac.office import Office
from marac.one_pass import move_cases_on
from marac.referral import Child, Perpetrator, Reading, Referral, Referrer, Victim
from marac.register.actions import add_action
from marac.register.called_meetings import add_called_meeting
from marac.register.cases import add_case, case_named, set_reading
from marac.register.interests import add_interest
from marac.settings import settings_from
from marac.settings.agencies import with_fingerprint
from tests.area_settings import name_contact, set_in
from tests.heard_meetings import opened_on
from tests.openpgp_keys import KeyOwner, owners_folder
from tests.searched_papers import Got, got, homes_in, names_in, telephones_in
from tests.working_folder import AFTER_CUT_OFF, CUT_OFF, MEETING, WorkingFolder, working_folder

READERS = ("police", "idva", "childrens", "adults", "housing", "housing.senior", "housing.manager", "police.manager")
CONTACTS = {
    "housing.senior": ("Mair Beynon", "mair@weirbank-board.example"),
    "housing.manager": ("Rhodri Mills", "rhodri@weirbank-office.example"),
    "police.manager": ("Insp Kit Marlow", "kit@police-office.example"),
}
URGENT = MEETING - dt.timedelta(days=2)
DAY = dt.timedelta(days=1)
LAST_MEETING = MEETING - dt.timedelta(days=14)
SURNAMES = {
    "M25-0001": "Quarmby", "M25-0002": "Ollerenshaw", "M26-0001": "Tregaskis", "M26-0002": "Fothergill",
    "M26-0003": "Penhaligon", "M26-0004": "Micklethwait", "M26-0005": "Gathercole", "M26-0006": "Heptonstall",
    "M26-0007": "Jellicoe", "M26-0008": "Postlethwaite",
}  # fmt: skip
OPEN = ("M25-0001", "M26-0001", "M26-0002", "M26-0003")
HELD = frozenset(SURNAMES) - {*OPEN}
"""What is held back from housing: by a word, by a name, as joined to one, as the same people's, and of an urgent meeting."""
FROM_ADULTS = frozenset({"M26-0004", "M26-0005", "M26-0006"})
"""Their deputy is the person whom the word at housing is about: held back too, with those of the same people."""
FOR_THE_CHAIR = "Nobody but the chair reads this quillinan."
FLAGS = {
    "M26-0005": Flag("duplicate", FOR_THE_CHAIR, other_case="M26-0004"),
    "M26-0006": Flag("same victim", FOR_THE_CHAIR, other_case="M26-0004"),
    "M26-0003": Flag("same address", FOR_THE_CHAIR, other_case="M26-0001"),
}


@dataclass(frozen=True, slots=True)
class Fortnight:
    """What left, and the forms of all cases."""

    mail: tuple[Got, ...]
    forms: Mapping[str, Referral] = field(repr=False)
    keys: Mapping[str, tuple[str, ...]]
    """Reader to the ids of the keys that are theirs."""

    def of(self, *readers: str) -> list[Got]:
        """What these readers have."""
        return [each for each in self.mail if each.reader in readers]

    def signs_of(self, references: frozenset[str]) -> list[str]:
        """All by which cases can be known: references, people, homes, telephones and the words of actions."""
        found = [word for each in references for form in (self.forms[each],) for word in _signs(each, form)]
        return [*found, *(act(each, reader) for each in references for reader in READERS)]


def _signs(reference: str, form: Referral) -> tuple[str, ...]:
    return (reference, SURNAMES[reference], *names_in(form), *homes_in(form), *telephones_in(form))


def act(reference: str, agency: str) -> str:
    """The words of an agency's action in a case, which stand nowhere else."""
    return f"Do the {agency} {SURNAMES[reference]} errand."


def form_of(place: int, surname: str) -> Referral:
    """A form in which each word stands for its case alone; one perpetrator has the name of housing's representative."""
    born = dt.date(1970 + place, 1 + place, 11)
    accused = "Joanne Thistlethwaite" if surname == "Heptonstall" else f"Ulric {surname}worth"
    return Referral(
        date=CUT_OFF,
        referrer=Referrer(name=f"Helen {'Farrow' if place % 2 else 'Stead'}", email="h@carrowdale-police.example"),
        victim=Victim(
            name=f"Adela {surname}", aliases=(f"Della {surname}",), date_of_birth=born, safe_to_call=True,
            address=f"{100 + place} {surname} Rise, Carrowdale", postcode=f"ZZ9{place} 4AB", phone=f"0770090010{place}",
        ),
        perpetrators=(
            Perpetrator(
                name=accused, aliases=(f"Uli {surname}",), date_of_birth=born.replace(year=born.year - 3),
                address=f"{200 + place} {surname} Row, Carrowdale", postcode=f"ZZ8{place} 4AC", phone=f"0770090020{place}",
            ),
        ),
        children=(Child(name=f"Pip {surname}", date_of_birth=dt.date(2016, 3, 1 + place)),),
        reason=f"He waits for her at the {surname} fair.",
    )  # fmt: skip


def registered(forms: Mapping[str, Referral]) -> Iterator[Case]:
    """Two heard a year ago, seven for the meeting, of which one is joined to another, and one for an urgent meeting."""
    for reference, form in forms.items():
        last_year = reference.startswith("M25")
        day = MEETING - 366 * DAY if last_year else MEETING
        yield Case(
            reference=reference,
            state="heard" if last_year else "joined" if reference == "M26-0005" else "listed",
            received=day - 9 * DAY if last_year else CUT_OFF,
            reading=Reading("referral", form),
            agency="Weir Bank Homes" if reference in {"M26-0002", "M26-0004"} else "Carrowdale Police",
            meeting=URGENT if reference == "M26-0008" else day,
            joined_to="M26-0004" if reference == "M26-0005" else None,
            flags=(FLAGS[reference],) if reference in FLAGS else (),
            decisions=(_put_on(reference),) if reference == "M26-0008" else (),
        )


def _put_on(reference: str) -> Decision:
    return Decision(reference, "list", "Danger.", "J. Marsh", AFTER_CUT_OFF, meeting=URGENT)


@pytest.fixture(scope="module")
def owners() -> Iterator[Mapping[str, KeyOwner]]:
    with owners_folder() as place:
        yield {reader: KeyOwner(place / str(number)) for number, reader in enumerate(READERS)}


@pytest.fixture(scope="module")
def fortnight(tmp_path_factory: pytest.TempPathFactory, owners: Mapping[str, KeyOwner]) -> Fortnight:
    folder, outbox = working_folder(tmp_path_factory.mktemp("leaks")), MemoryOutbox()
    _sign(
        folder, {reader: owner.new_key(f"{reader} <{reader}@keys.example>") for reader, owner in owners.items()}, owners
    )
    forms = {reference: form_of(place, surname) for place, (reference, surname) in enumerate(SURNAMES.items())}
    with opened_on(folder, CUT_OFF) as office:
        _enter(office, forms)
    for day in (AFTER_CUT_OFF, AFTER_CUT_OFF + DAY, URGENT + DAY, MEETING + DAY, MEETING + 8 * DAY, MEETING + 13 * DAY):
        with opened_on(folder, day) as office:
            if day == AFTER_CUT_OFF + DAY:
                forms = {reference: _moves(office, reference) for reference in SURNAMES}
            _passes(office, outbox)
    readers = {each.email: reader for reader, each in settings_from(folder.path / "config.toml").readers.items()}
    keys = {reader: _key_ids(owner) for reader, owner in owners.items()}
    return Fortnight(tuple(got(letter, readers, owners) for letter in outbox.letters), forms, keys)


def _key_ids(owner: KeyOwner) -> tuple[str, ...]:
    lines = owner.gpg("--with-colons", "--list-keys").stdout.decode().splitlines()
    return tuple(line.split(":")[4] for line in lines if line.startswith("sub:"))


def _sign(folder: WorkingFolder, fingerprints: Mapping[str, str], owners: Mapping[str, KeyOwner]) -> None:
    """Everybody has a key; adults' deputy is also somebody at housing."""
    for reader, (name, email) in CONTACTS.items():
        agency, _, who = reader.partition(".")
        name_contact(folder.path, agency, who, name, email)
    agencies, keyring = folder.path / "agencies.toml", Keyring(folder.path / "keyring")
    text = agencies.read_text(encoding="utf-8")
    for reader, fingerprint in fingerprints.items():
        keyring.add(owners[reader].public_key(fingerprint), fingerprint)
        text = with_fingerprint(text, reader, fingerprint)
    text = text.replace("\n[adults]\n", '\n[adults]\ndeputy = "Ann Poole"\n', 1)
    agencies.write_text(text.replace("\n[childrens]\n", "\n[childrens]\nchild_files = true\n", 1), encoding="utf-8")
    set_in(folder.path, "research", "addresses = true")
    set_in(folder.path, "outcome", 'to = "referrer and idva"')
    set_in(folder.path, "idva", 'agency = "idva"', "referral_on_receipt = true")


def _enter(office: Office, forms: Mapping[str, Referral]) -> None:
    with office.store.changing() as connection:
        add_called_meeting(connection, CalledMeeting(URGENT, "called", "J. Marsh", CUT_OFF, urgent=True))
        for case in registered(forms):
            add_case(connection, case)
            for agency in ("police", "idva", "childrens", "adults", "housing"):
                met = LAST_MEETING if case.state == "heard" else case.meeting or MEETING
                add_action(
                    connection, case.reference, agency, met + 5 * DAY, act(case.reference, agency), met, meeting=met
                )
        for reference, person in (
            ("M26-0004", "Ann Poole"),
            ("M26-0007", None),
            ("M26-0008", None),
            ("M25-0002", None),
        ):
            word = Interest(reference, "housing", "held", "J. Marsh", CUT_OFF, "A cousin works there.", person)
            add_interest(connection, word)


def _moves(office: Office, reference: str) -> Referral:
    """The victim has moved: the form with the address that is right now, once the packs have left."""
    with office.store.changing() as connection:
        case = case_named(connection, reference)
        victim = dataclasses.replace(case.referral.victim, address=f"9 New {SURNAMES[reference]} Lane, Carrowdale")
        form = dataclasses.replace(case.referral, victim=victim)
        set_reading(connection, dataclasses.replace(case, reading=dataclasses.replace(case.reading, referral=form)))
    return form


def _passes(office: Office, outbox: MemoryOutbox) -> None:
    """What a day brings: everything that is due is made, and a person lets all of it go."""
    move_cases_on(office)
    prepare_idva_referrals(office)
    for day in (LAST_MEETING, URGENT, MEETING):
        if day in {each.date for each in office.meetings}:
            prepare(office, day)
            release(office, day, outbox, "A Person")
    for reference in SURNAMES:
        release(office, reference, outbox, "A Person")


def test_what_is_held_back_reaches_nobody_there_in_any_part_of_anything(fortnight: Fortnight) -> None:
    for readers, held in (
        (("housing", "housing.manager"), HELD),
        (("adults",), FROM_ADULTS),
        (("housing.senior",), frozenset(OPEN)),
    ):
        words = [word for word in fortnight.signs_of(held) if word != "Joanne Thistlethwaite"]  # she is the reader
        assert fortnight.of(*readers)
        assert not [(each.kind, found) for each in fortnight.of(*readers) if (found := each.tells(words))]


def test_an_urgent_meeting_of_a_case_that_is_held_back_is_told_to_nobody_there(fortnight: Fortnight) -> None:
    told = f"{URGENT.day} {URGENT:%B} {URGENT.year}"
    knows = {each.reader for each in fortnight.mail if each.tells([told, URGENT.isoformat()])}
    assert knows == {"police", "idva", "childrens", "adults", "housing.senior"}


def test_addresses_and_telephone_numbers_stand_only_where_the_table_has_them(fortnight: Fortnight) -> None:
    homes = [home for form in fortnight.forms.values() for home in homes_in(form)]
    numbers = [number for form in fortnight.forms.values() for number in telephones_in(form)]
    assert {each.kind for each in fortnight.mail if each.tells(homes)} == {"research", "idva-referral"}
    assert {each.kind for each in fortnight.mail if each.tells(numbers)} == {"idva-referral"}


def test_nobody_reads_the_actions_of_others_but_who_tells_the_victim(fortnight: Fortnight) -> None:
    for each in fortnight.mail:
        own = each.reader.partition(".")[0]
        others = [act(reference, agency) for reference in SURNAMES for agency in READERS if agency != own]
        assert each.kind == "outcome" or not each.tells(others), each.kind


def test_what_is_for_the_chair_alone_leaves_in_nothing(fortnight: Fortnight) -> None:
    assert not [
        each.kind for each in fortnight.mail if each.tells([FOR_THE_CHAIR, "A cousin works there", "quillinan"])
    ]


def test_everything_is_sealed_for_its_reader_alone_and_says_nothing_around(fortnight: Fortnight) -> None:
    names = [surname.casefold() for surname in SURNAMES.values()]
    for each in fortnight.mail:
        assert len(each.openers) == 1
        assert each.openers[0] in fortnight.keys[each.reader]
        assert not [name for name in (*names, "m26-", "m25-") if name in each.subject.casefold()]


def test_the_search_finds_what_may_be_seen(fortnight: Fortnight) -> None:
    for reference in (*OPEN, *HELD):
        names = names_in(fortnight.forms[reference])
        assert any(each.tells(names[:1]) for each in fortnight.of("police"))
    assert any(each.tells([act("M26-0004", "housing")]) for each in fortnight.of("housing.senior"))
    assert any(each.tells([act("M25-0001", "housing")]) for each in fortnight.of("housing.manager"))


def test_every_kind_of_paper_that_leaves_in_a_fortnight_was_searched(fortnight: Fortnight) -> None:
    kinds = Counter(each.kind for each in fortnight.mail)
    assert set(kinds) == {
        "agency-agenda", "research", "letter", "outcome", "flags", "flags-ending", "reminder", "idva-referral",
    }  # fmt: skip
