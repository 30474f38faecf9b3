"""The referrals of five invented areas, each with a family, a couple, one below the threshold, and a couple heard before."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from marac.checklist import Checklist
from marac.referral import Child, Consent, Criteria, Perpetrator, Referral, Referrer, Victim
from tests.made_up_couples import checklist


@dataclass(frozen=True, slots=True)
class Couple:
    """Two people of a case and where they live, in words that stand nowhere else."""

    victim: str
    perpetrator: str
    address: str
    phone: str
    children: tuple[str, ...] = ()
    relationship: str = "ex-partner"
    reason: str = "He waits outside her work and says that she will be sorry."
    born: int = 1990
    """The victim's year; the perpetrator is four years older."""

    @property
    def names(self) -> tuple[str, ...]:
        """What must stand in no document of whoever may not see the case: names, address and telephone number."""
        return (self.victim, self.perpetrator, self.address.partition(",")[0], self.phone, *self.children)

    def referral(self, written: dt.date, referrer: Referrer, ticks: int = 17, **changes: object) -> Referral:
        """What a form says of them, with a Dash list of so many ticks."""
        postcode = self.address.rpartition(", ")[2]
        day = dt.date(self.born, 5, 17)
        complete = Referral(
            date=written,
            referrer=referrer,
            victim=Victim(
                name=self.victim, date_of_birth=day, gender="female", address=self.address.rpartition(", ")[0],
                postcode=postcode, phone=self.phone, safe_to_call=True, ethnicity="White British", bme=False,
            ),
            perpetrators=(
                Perpetrator(
                    name=self.perpetrator, date_of_birth=day.replace(year=self.born - 4), relationship=self.relationship
                ),
            ),
            children=tuple(
                Child(name=name, date_of_birth=dt.date(2017 + place, 3, 9), relationship_to_victim="child")
                for place, name in enumerate(self.children)
            ),
            criteria=Criteria(
                professional_judgement=False, visible_high_risk=ticks >= 14, escalation=False, repeat=False, score=ticks
            ),
            checklist=checklist(ticks),
            consent=Consent(aware=True, given=True),
            reason=self.reason,
        )  # fmt: skip
        return replace(complete, **changes)  # type: ignore[arg-type]


def merit(form: Referral, total: int, **criteria: object) -> Referral:
    """The same with a MeRIT total in the place of a Dash list."""
    said = Criteria(professional_judgement=False, escalation=False, repeat=False, score=total)
    return replace(form, checklist=Checklist(), criteria=replace(said, **criteria))  # type: ignore[arg-type]


PEOPLE: Mapping[str, Mapping[str, Couple]] = {
    "safelives": {
        "family": Couple(
            "Orla Hesketh", "Damian Prowse", "3 Quillon Way, Ambleforth, ZZ91 2AB", "07700900201", ("Finn Hesketh",)
        ),
        "couple": Couple("Meera Talwar", "Vikram Sandhu", "88 Saltpan Row, Ambleforth, ZZ91 3CD", "07700900202"),
        "below": Couple("Josie Crake", "Lee Bannon", "12 Tinder Close, Ambleforth, ZZ91 4EF", "07700900203"),
        "again": Couple("Wilhelmina Stagg", "Rory Cullimore", "5 Packhorse Hill, Ambleforth, ZZ91 5GH", "07700900204"),
    },
    "knowsley": {
        "family": Couple(
            "Bernadette Ollerton", "Craig Fazakerley-Dunn", "41 Withy Lane, Kirkby, ZZ92 2AB", "07700900211",
            ("Kayleigh Ollerton", "Alfie Ollerton"), reason="He held a knife to her in front of the children.",
        ),
        "couple": Couple("Pauline Rainford", "Terence Molyneaux", "9 Osier Court, Huyton, ZZ92 3CD", "07700900212"),
        "below": Couple("Tanisha Boyle", "Declan Rudd", "77 Cinder Street, Prescot, ZZ92 4EF", "07700900213"),
        "again": Couple("Gillian Tarbuck", "Shaun Threlfall", "2 Heron Mews, Halewood, ZZ92 5GH", "07700900214"),
    },
    "sunderland": {
        "family": Couple(
            "Corinne Wearmouth", "Gavin Lumsden", "15 Limekiln Bank, Southwick, ZZ93 2AB", "07700900221",
            ("Isla Wearmouth",), reason="He is on licence after prison for wounding, and came to the school.",
        ),
        "couple": Couple("Freya Hylton-Marsh", "Bryn Castletown", "60 Keelman Row, Roker, ZZ93 3CD", "07700900222"),
        "below": Couple("Nadia Rahmani", "Joseph Pallion", "4 Ropery Yard, Hendon, ZZ93 4EF", "07700900223"),
        "again": Couple("Doreen Fulwell", "Alec Fulwell", "23 Beacon View, Seaburn, ZZ93 5GH", "07700900224",
                        relationship="son", born=1949),
    },
    "kent": {
        "family": Couple(
            "Harriet Oxenbridge", "Piers Dunmore", "6 Hopper Lane, Faversham, ZZ94 2AB", "07700900231", ("Ned Oxenbridge",)
        ),
        "couple": Couple("Ludmila Sirota", "Andriy Havrylko", "31 Oast Gardens, Ashford, ZZ94 3CD", "07700900232"),
        "below": Couple("Chantelle Rigby", "Mason Tidy", "8 Shingle Road, Deal, ZZ94 4EF", "07700900233"),
        "again": Couple("Constance Amery", "Hugh Vinter", "19 Cobnut Drive, Maidstone, ZZ94 5GH", "07700900234"),
        "herself": Couple("Rosalind Pinkney", "Stewart Gale", "2 Weald Cottages, Cranbrook, ZZ94 6JK", "07700900235"),
    },
    "london-team": {
        "family": Couple(
            "Adaeze Nwosu", "Emeka Obi", "14 Limehouse Parade, Hornsey, ZZ95 2AB", "07700900241", ("Chidi Nwosu",)
        ),
        "couple": Couple("Soraya Farahani", "Kamran Yazdi", "Flat 3 Almond Buildings, Pimlico, ZZ95 3CD", "07700900242"),
        "below": Couple("Jessamy Lorne", "Tobias Cray", "50 Mercer Walk, Pimlico, ZZ95 4EF", "07700900243"),
        "again": Couple("Beatriz Coutinho", "Nuno Salgado", "7 Wharf Terrace, Fulham, ZZ95 5GH", "07700900244"),
    },
}  # fmt: skip
"""By profile: a family with children, a couple without, one below the threshold, and a couple who come again."""
