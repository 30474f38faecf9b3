"""Invented cases, agencies, actions and a meeting, for the tests of everything that is made from them."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any

from marac.action import Action
from marac.agency import Agency
from marac.case import Case, Decision, Flag, MeetingDate
from marac.referral import Child, Criteria, Perpetrator, Reading, Referral, Referrer, Safety, Victim

MARAC = "Northbridge MARAC"
MEETING = MeetingDate(date=dt.date(2026, 12, 3), cut_off=dt.date(2026, 11, 24))
LAST_MEETING = dt.date(2026, 11, 19)

SIGNED = dt.date(2024, 4, 1)
POLICE = Agency(
    id="police",
    name="Northbridge Police",
    email="marac@police.example",
    domains=("police.example",),
    representative="DS Gwen Pritchard",
    signed=SIGNED,
)
HOUSING = Agency(
    id="housing",
    name="Northbridge Homes & Tenancies",
    email="marac@homes.example",
    domains=("homes.example",),
    representative="Tomasz Wiśniewski",
    signed=SIGNED,
)
CHILDREN = Agency(
    id="children",
    name="Children's Social Care",
    email="marac@children.example",
    domains=("children.example",),
    signed=SIGNED,
)
IDVA = Agency(
    id="idva",
    name="Safe Haven IDVA Service",
    email="marac@idva.example",
    domains=("idva.example",),
    representative="Amara Okafor",
    signed=SIGNED,
)
AGENCIES = (POLICE, HOUSING, CHILDREN, IDVA)

VICTIM = Victim(
    name="Siân Gwynfryn-Hughes",
    aliases=("Siân Hughes",),
    date_of_birth=dt.date(1991, 4, 3),
    gender="female",
    address="14 Larch Rise, Northbridge",
    postcode="ZZ99 4AB",
    phone="07700900123",
    safe_to_call=True,
)
PERPETRATOR = Perpetrator(
    name="Łukasz Żółć",
    aliases=("Luke",),
    date_of_birth=dt.date(1988, 12, 24),
    address="2 Mill Row, Northbridge",
    postcode="ZZ99 4AC",
    phone="07700900456",
    relationship="ex-partner",
)
REFERRER = Referrer(
    name="Helen Farrow",
    role="Tenancy officer",
    agency="Northbridge Homes & Tenancies",
    phone="01632960111",
    email="h.farrow@homes.example",
)
THRESHOLD_MET = Flag("threshold met", "The checklist has 16 ticks; 14 or more is high risk here.", "table 3")


def referral(**changes: Any) -> Referral:
    """A complete referral of one victim, with what the caller changes."""
    complete = Referral(
        date=dt.date(2026, 11, 20),
        referrer=REFERRER,
        victim=VICTIM,
        perpetrators=(PERPETRATOR,),
        criteria=Criteria(visible_high_risk=True, score=16),
        reason="He waited outside her work twice last week and said that she would be sorry.",
    )
    return dataclasses.replace(complete, **changes)


def case(reference: str = "M26-0001", *, form: Referral | None = None, **changes: Any) -> Case:
    """A case listed for `MEETING`, with what the caller changes."""
    listed = Case(
        reference=reference,
        state="listed",
        received=dt.date(2026, 11, 20),
        reading=Reading("referral", form or referral()),
        agency="Northbridge Homes & Tenancies",
        meeting=MEETING.date,
        flags=(THRESHOLD_MET,),
    )
    return dataclasses.replace(listed, **changes)


def empty_case(reference: str = "M26-0099") -> Case:
    """A case whose form said nothing at all."""
    return Case(reference, "listed", dt.date(2026, 11, 20), Reading("referral"), meeting=MEETING.date)


def children(count: int = 2) -> tuple[Child, ...]:
    """That many children of one family, the youngest first."""
    names = ("Cerys", "Ioan", "Zofia", "Małgorzata", "Rhys", "Oluwaseun")
    return tuple(
        Child(
            name=f"{names[number % len(names)]} Gwynfryn-Hughes",
            date_of_birth=dt.date(2026 - 3 * number, 6, 15) if number else dt.date(2026, 2, 1),
            relationship_to_victim="child",
            school="Larch Rise Primary School",
        )
        for number in range(count)
    )


def undecided_case(reference: str = "M26-0003") -> Case:
    """A case below the threshold that nobody has decided about."""
    below = Flag("below threshold", "The checklist has 9 ticks; 14 is the threshold here.", "table 3", None, True)
    form = referral(
        victim=Victim(name="Bronwen <Bee> O'Neill", date_of_birth=dt.date(1979, 1, 30), safe_to_call=None),
        perpetrators=(Perpetrator(name="Desmond Oakes", relationship="brother & carer"),),
        criteria=Criteria(professional_judgement=None, score=9),
        referrer=Referrer(name="Amara Okafor", role="IDVA", email="a.okafor@idva.example"),
    )
    return case(reference, form=form, flags=(below,), agency="Safe Haven IDVA Service")


def repeat_case(reference: str = "M26-0002") -> Case:
    """A repeat with two children and a victim whom it is not safe to call."""
    repeat = Flag("repeat", "The same two people were heard as M26-0000 on 30 April 2026.", "", "M26-0000")
    unsafe = Flag("unsafe contact", "The form says that it is not safe to call.", "table 1")
    form = referral(
        victim=dataclasses.replace(
            VICTIM,
            name="Nia Ap Dafydd",
            aliases=(),
            safe_to_call=False,
            contact_notes="He checks her phone. Text the sister only.",
            phone="07700900777",
        ),
        perpetrators=(PERPETRATOR, Perpetrator(name="Jan Żółć", relationship="brother of ex-partner")),
        children=children(2),
        referrer=Referrer(name="PC Alun Reese", role="Constable", email="a.reese@police.example"),
        criteria=Criteria(repeat=True, escalation=True, score=18),
        safety=Safety(unsafe_to_talk_to="Her mother-in-law"),
    )
    return case(reference, form=form, flags=(THRESHOLD_MET, repeat, unsafe), agency="Northbridge Police")


def joined_pair() -> tuple[Case, Case]:
    """Two agencies' referrals of one couple, and a person's word that they are the same case."""
    first = case("M26-0004")
    spelled_otherwise = referral(
        victim=dataclasses.replace(VICTIM, name="Sian Gwynfrin Hughes", aliases=(), safe_to_call=False),
        referrer=Referrer(
            name="PC Alun Reese", role="Constable", agency="Northbridge Police", email="a.reese@police.example"
        ),
        children=children(1),
    )
    second = case(
        "M26-0005",
        form=spelled_otherwise,
        agency="Northbridge Police",
        state="joined",
        joined_to="M26-0004",
        decisions=(Decision("M26-0005", "same-as", "Same couple.", "J. Marsh", dt.date(2026, 11, 25), "M26-0004"),),
    )
    return first, second


def heard_a_year_ago(reference: str = "M25-0107") -> Case:
    """A case whose twelve months since it was heard end just before `MEETING`."""
    form = referral(victim=Victim(name="Eluned Price"), perpetrators=(Perpetrator(name="Carl Vance"),))
    return case(reference, form=form, state="heard", received=dt.date(2025, 11, 10), meeting=dt.date(2025, 11, 27))


def fortnight() -> tuple[Case, ...]:
    """The register of one ordinary fortnight."""
    return (case(), repeat_case(), undecided_case(), *joined_pair(), heard_a_year_ago(), empty_case())


def contact_details(cases: Iterable[Case]) -> tuple[str, ...]:
    """Every address, postcode and telephone number of the victims and perpetrators of these cases."""
    found: list[str | None] = []
    for referred in (case.referral for case in cases):
        found += (referred.victim.address, referred.victim.postcode, referred.victim.phone)
        for person in referred.perpetrators:
            found += (person.address, person.postcode, person.phone)
    return tuple(text for text in found if text)


def people_named(cases: Iterable[Case]) -> frozenset[str]:
    """The name of everybody on the forms of these cases."""
    found: list[str | None] = []
    for referred in (case.referral for case in cases):
        found += [referred.victim.name, *(person.name for person in referred.perpetrators)]
        found += [child.name for child in referred.children]
    return frozenset(name for name in found if name)


def long_list(count: int = 30) -> tuple[Case, ...]:
    """That many cases with six children each and a narrative of 400 words."""
    words = " ".join(["She told the officer that he <shouted> & broke the door again."] * 37)
    form = referral(children=children(6), reason=words, perpetrators=(PERPETRATOR,) * 3)
    return tuple(case(f"M26-{number:04}", form=form) for number in range(1, count + 1))


def actions() -> tuple[Action, ...]:
    """Actions of this meeting for two agencies, and one that is still open from the last."""
    due = dt.date(2026, 12, 10)
    return (
        Action(1, "M26-0001", "housing", text="Fit new locks & a spy hole.", due=due, added=MEETING.date),
        Action(2, "M26-0002", "children", text="Visit both children at school.", due=due, added=MEETING.date),
        Action(3, "M26-0002", "housing", text="Offer a management transfer <urgent>.", due=due, added=MEETING.date),
        Action(4, "M25-0107", "housing", dt.date(2026, 11, 26), "Repair the gate.", added=LAST_MEETING),
        Action(5, "M25-0107", "police", dt.date(2026, 11, 26), "Remove the marker.", LAST_MEETING, LAST_MEETING),
    )
