"""The agencies of Carrowdale's MARAC and the workers who refer to it. All are invented."""

import datetime as dt
from collections.abc import Mapping

from marac.agency import Agency, AgencyKind
from marac.referral import Referrer

COORDINATOR = "Hilary Pemberton-Shah"
CHAIR = "DCI Rosa Whitlam"
MAILBOX = "marac@carrowdale.example"
_SIGNED = dt.date(2020, 4, 1)

AGENCIES = (
    Agency(
        id="police",
        name="Carrowdale Police",
        email="marac.desk@carrowdale-police.example",
        domains=("carrowdale-police.example",),
        representative="DS Tom Ackroyd",
        signed=_SIGNED,
    ),
    Agency(
        id="idva",
        name="Lantern IDVA Service",
        email="marac@lantern-idva.example",
        domains=("lantern-idva.example",),
        representative="Yasmin Qureshi",
        signed=_SIGNED,
    ),
    Agency(
        id="childrens",
        name="Carrowdale Children's Social Care",
        email="marac.childrens@carrowdale-children.example",
        domains=("carrowdale-children.example",),
        representative="Grace Adebayo",
        signed=_SIGNED,
    ),
    Agency(
        id="adults",
        name="Carrowdale Adult Social Care",
        email="marac.adults@carrowdale-adults.example",
        domains=("carrowdale-adults.example",),
        representative="Robert Kinsella",
        signed=_SIGNED,
    ),
    Agency(
        id="housing",
        name="Weir Bank Homes",
        email="safeguarding@weirbankhomes.example",
        domains=("weirbankhomes.example",),
        representative="Joanne Thistlethwaite",
        signed=_SIGNED,
    ),
    Agency(
        id="health",
        name="Carrowdale Hospitals NHS Trust",
        email="safeguarding.marac@carrowdale-hospitals.example",
        domains=("carrowdale-hospitals.example",),
        representative="Sister Anne-Marie Boateng",
        signed=_SIGNED,
    ),
    Agency(
        id="probation",
        name="Carrowdale Probation Service",
        email="marac.single.point@carrowdale-probation.example",
        domains=("carrowdale-probation.example",),
        representative="Declan Moriarty",
        signed=_SIGNED,
    ),
    Agency(
        id="mental-health",
        name="Fellside Mental Health Trust",
        email="marac.lead@fellside-mht.example",
        domains=("fellside-mht.example",),
        representative="Dr Ifeoma Nwosu",
        signed=_SIGNED,
    ),
)
"""The eight that sit at the meeting, each with its one mailbox."""

KINDS: Mapping[str, AgencyKind] = {
    "police": "police",
    "idva": "idva",
    "childrens": "children",
    "adults": "adults",
    "housing": "housing",
    "health": "health",
    "probation": "probation",
    "mental-health": "mental health",
}
"""What kind of agency each is, by its id; children's social care keeps files on children."""

HOUSING_SENIOR = Agency(
    id="housing.senior",
    name="Weir Bank Homes, senior contact",
    email="director.housing@weirbankhomes.example",
    domains=("weirbankhomes.example",),
    representative="Marguerite Adeyemi-Frost",
    signed=_SIGNED,
)
"""The one person at Weir Bank Homes who hears of what is held back from the rest, with a mailbox and a key of her own."""


def _worker(name: str, role: str, agency: str, phone: str, domain: str) -> Referrer:
    mailbox = name.lower().replace(" ", ".").replace("'", "")
    return Referrer(name=name, role=role, agency=agency, phone=phone, email=f"{mailbox}@{domain}")


RESPONSE_OFFICER = _worker(
    "Daniel Whitworth", "Response Officer (PC 2214)", "Carrowdale Police", "01632960114", "carrowdale-police.example"
)
SAFEGUARDING_OFFICER = _worker(
    "Rukhsana Mir", "Safeguarding Officer (PC 3187)", "Carrowdale Police", "01632960127", "carrowdale-police.example"
)
IDVA = _worker("Yasmin Qureshi", "Senior IDVA", "Lantern IDVA Service", "01632960201", "lantern-idva.example")
HOSPITAL_IDVA = _worker("Tanya Hollis", "Hospital IDVA", "Lantern IDVA Service", "01632960205", "lantern-idva.example")
SOCIAL_WORKER = _worker(
    "Femi Ogunleye",
    "Social Worker",
    "Carrowdale Children's Social Care",
    "01632960311",
    "carrowdale-children.example",
)
FAMILY_WORKER = _worker(
    "Bethan Rees",
    "Family Support Worker",
    "Carrowdale Children's Social Care",
    "01632960318",
    "carrowdale-children.example",
)
ADULTS_WORKER = _worker(
    "Robert Kinsella",
    "Safeguarding Adults Lead",
    "Carrowdale Adult Social Care",
    "01632960402",
    "carrowdale-adults.example",
)
HOUSING_OFFICER = _worker(
    "Joanne Thistlethwaite", "Neighbourhood Officer", "Weir Bank Homes", "01632960507", "weirbankhomes.example"
)
TENANCY_OFFICER = _worker(
    "Karim Benali", "Tenancy Sustainment Officer", "Weir Bank Homes", "01632960512", "weirbankhomes.example"
)
EMERGENCY_NURSE = _worker(
    "Liam Castellan",
    "Emergency Department Charge Nurse",
    "Carrowdale Hospitals NHS Trust",
    "01632960633",
    "carrowdale-hospitals.example",
)
HEALTH_VISITOR = _worker(
    "Patience Mutasa",
    "Specialist Health Visitor",
    "Carrowdale Hospitals NHS Trust",
    "01632960641",
    "carrowdale-hospitals.example",
)
PROBATION_OFFICER = _worker(
    "Declan Moriarty",
    "Probation Officer",
    "Carrowdale Probation Service",
    "01632960718",
    "carrowdale-probation.example",
)
CARE_COORDINATOR = _worker(
    "Sunita Prakash",
    "Care Coordinator",
    "Fellside Mental Health Trust",
    "01632960809",
    "fellside-mht.example",
)
SCHOOL_LEAD = _worker(
    "Miriam Feldman",
    "Designated Safeguarding Lead",
    "Hollin Beck Primary School",
    "01632960902",
    "hollinbeck-primary.example",
)
PRACTICE_MANAGER = _worker(
    "Gareth Onslow", "Practice Manager", "Market Street Surgery", "01632960915", "marketstreet-surgery.example"
)
