"""Each profile's fortnight: its MARAC begun, what is referred there, and what of the story is the area's own."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from marac.commands.setup import made_folder
from marac.delivery.openpgp import Keyring
from marac.demo.body_form import body_form
from marac.referral import Consent, Referrer
from tests.area_fortnights import COORDINATOR, SENIOR, AreaMarac
from tests.area_referrals import PEOPLE, Couple, merit
from tests.area_settings import name_contact
from tests.filled_minutes import Minutes
from tests.played_fortnights import BEFORE, Played, Script, play, referred_before
from tests.register_databases import begin_register
from tests.sent_papers import Keys
from tests.working_folder import WorkingFolder

_USUAL = {"police": "police", "idva": "idva", "housing": "housing", "childrens": "childrens-social-care"}
_KNOWSLEY = {**_USUAL, "idva": "idsva", "housing": "kht"}
HERSELF = "rosalind@post.example"
CONSIDERED = "significant risk to the general community"


def _safelives(place: Path, keys: Keys) -> Played:
    """The standard: 14 ticks; somebody senior at housing may see what is held back from the rest."""
    people = PEOPLE["safelives"]
    marac = begun(place, "safelives", keys, dt.date(2026, 10, 1))
    name_contact(marac.folder.path, "housing", "senior", "Edda Storr", SENIOR, keys.fingerprints["senior"])
    Keyring(marac.folder.path / "keyring").add(keys.public("senior"), keys.fingerprints["senior"])
    referred_before(marac, people["again"], "referral.docx", marac.prepared_on - BEFORE)
    return play(marac, people, Script(lambda marac, on: refer_all(marac, people, on)))


def _knowsley(place: Path, keys: Keys) -> Played:
    """MeRIT totals, one of them below 72 with escalation ticked; each referral is one to the IDSVA service."""
    people = PEOPLE["knowsley"]
    idva = ['agency = "idsva"', "referral_on_receipt = true", f'released_by = "{COORDINATOR}"']
    marac = begun(place, "knowsley", keys, dt.date(2026, 10, 6), _KNOWSLEY, idva=idva)
    before = marac.prepared_on - BEFORE
    marac.refer("police", before, merit(people["again"].referral(before, marac.worker("police")), 81), "merit.docx")
    marac.marac("first mail", "run", on=before)

    def refer(marac: AreaMarac, on: dt.date) -> None:
        for role, name, total in (("police", "family", 72), ("idva", "couple", 90), ("housing", "below", 71)):
            marac.refer(role, on, merit(people[name].referral(on, marac.worker(role)), total), "merit.docx")
        again = people["again"].referral(on, marac.worker("police"))
        marac.refer("police", on, merit(again, 60, escalation=True), "merit.docx")

    return play(marac, people, Script(refer))


def _sunderland(place: Path, keys: Keys) -> Played:
    """The minutes ask of each case what the area considers."""
    people = PEOPLE["sunderland"]
    marac = begun(place, "sunderland", keys, dt.date(2026, 9, 30))
    referred_before(marac, people["again"], "referral.docx", marac.prepared_on - BEFORE)

    def note(minutes: Minutes, cases: Mapping[str, str]) -> None:
        minutes.consider(cases["family"], "MAPPA", yes=True, words="level 2")
        minutes.consider(cases["family"], "safeguarding children procedures", yes=True, words="strategy meeting")
        minutes.consider(cases["again"], "safeguarding adults procedures", yes=True, words="enquiry")
        minutes.consider(cases["couple"], CONSIDERED, yes=True, words="former partners")

    return play(marac, people, Script(lambda marac, on: refer_all(marac, people, on), note=note))


def _kent(place: Path, keys: Keys) -> Played:
    """A victim writes herself, and a form says that consent was refused and not why it is shared."""
    people = PEOPLE["kent"]
    marac = begun(place, "kent", keys, dt.date(2026, 9, 29))
    referred_before(marac, people["again"], "referral.docx", marac.prepared_on - BEFORE)

    def refer(marac: AreaMarac, on: dt.date) -> None:
        refer_all(marac, people, on, consent=Consent(aware=True, given=False))
        herself = people["herself"].referral(
            on, Referrer(people["herself"].victim, None, "Self", "07700900235", HERSELF)
        )
        marac.post(HERSELF, on, f"Please help me.\n\n{body_form(herself)}\n")

    return play(marac, people, Script(refer))


def _london_team(place: Path, keys: Keys) -> Played:
    """A couple heard in one borough is referred in another after the victim has moved; each borough has its own mail."""
    people, team = PEOPLE["london-team"], made_folder(place / "london-team", "london-team")
    days = {"hammersmith-and-fulham": 13, "westminster": 14, "kensington-and-chelsea": 8, "haringey": 6}
    maracs = {
        name: AreaMarac(WorkingFolder(team / name), keys, _USUAL, dt.date(2026, 10, day)) for name, day in days.items()
    }
    begin_register(team)
    for marac in maracs.values():
        marac.begin({})
    heard = maracs.pop("westminster")
    before = heard.prepared_on - BEFORE
    lived = replace(people["again"], address="1 Old Ferry Steps, Fulham, ZZ96 1AA")
    referred_before(maracs["hammersmith-and-fulham"], lived, "referral.docx", before)
    for name, couple in (("kensington-and-chelsea", ELSEWHERE[0]), ("haringey", ELSEWHERE[1])):
        on = maracs[name].prepared_on - dt.timedelta(days=3)
        referred_before(maracs[name], couple, "referral.docx", on)
    played = play(heard, people, Script(lambda marac, on: refer_all(marac, people, on)))
    return replace(played, others=maracs)


ELSEWHERE = (
    Couple("Ottilie Brandt", "Lukas Brandt", "9 Mews Yard, Chelsea, ZZ97 1AA", "07700900251"),
    Couple("Comfort Asante", "Kwabena Osei", "30 Tottenham Rise, Haringey, ZZ98 1AA", "07700900252", ("Ama Asante",)),
)

AREAS: Mapping[str, Callable[[Path, Keys], Played]] = {
    "safelives": _safelives,
    "knowsley": _knowsley,
    "sunderland": _sunderland,
    "kent": _kent,
    "london-team": _london_team,
}


def begun(
    place: Path, profile: str, keys: Keys, meeting: dt.date, ids: Mapping[str, str] = _USUAL, **tables: list[str]
) -> AreaMarac:
    """The MARAC of a profile with what its coordinator fills in."""
    marac = AreaMarac(WorkingFolder(made_folder(place / profile, profile)), keys, ids, meeting)
    begin_register(marac.folder.path)
    marac.begin(tables)
    return marac


def refer_all(marac: AreaMarac, people: Mapping[str, Couple], on: dt.date, **couple: object) -> None:
    """Each agency's referral, in a format of its own; `couple` changes what the couple's form says."""
    for role, name, ticks, file in (
        ("police", "family", 17, "referral.docx"),
        ("idva", "couple", 16, "referral.pdf"),
        ("housing", "below", 9, "referral.xlsx"),
        ("police", "again", 15, "referral.docx"),
    ):
        changed = couple if name == "couple" else {}
        marac.refer(role, on, people[name].referral(on, marac.worker(role), ticks, **changed), file)
