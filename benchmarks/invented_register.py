"""Synthetic MARAC registers: referrals of couples over ten years, in time order, of whom the truth is known.

Of each hundred referrals about 24 are repeats within a year, 6 or 7 the same case from a second agency within 21 days, 3
come back later; 7 name a known perpetrator with another victim, 3 a known victim with another perpetrator, 2 are
counter-allegations, 2 name somebody in the other role with a third person. About 3 are people who look like others: a
sister or a twin of a victim, a father and son of one name, a brother. Written without a look at the matcher.
"""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.invented_names import Community, Sex
from benchmarks.invented_people import Mention, People, Person
from marac.case import Case
from marac.referral import Perpetrator, Reading, Referral, Victim

_DAYS = 3652
_LINKED = {  # how often, of a hundred referrals
    "repeat": 24,
    "duplicate": 6.5,
    "back later": 3,
    "same perpetrator": 7,
    "same victim": 3,
    "roles reversed": 2,
    "victim was perpetrator": 1,
    "perpetrator was victim": 1,
    "sister": 1,
    "twin": 0.4,
    "son of the same name": 0.6,
    "brother": 0.6,
    "namesake": 0.4,
}


@dataclass(frozen=True, slots=True)
class InventedReferral:
    """One referral; `kind` says how it is tied to an earlier one, `couple` and `community` are the truth."""

    reference: str
    received: dt.date
    victim: Mention
    perpetrator: Mention
    kind: str
    community: Community

    @property
    def couple(self) -> tuple[int, int]:
        return self.victim.person, self.perpetrator.person


@dataclass(slots=True)
class _Couple:
    victim: Person
    perpetrator: Person
    last: dt.date


def invented_register(referrals: int, seed: int, *, noise: float = 1, districts: int = 6) -> list[InventedReferral]:
    """A register of so many referrals, oldest first; the same seed makes the same one."""
    return list(coming_referrals(referrals, seed, noise=noise, districts=districts))


def coming_referrals(referrals: int, seed: int, *, noise: float = 1, districts: int = 6) -> Iterator[InventedReferral]:
    """The referrals of such a register one by one, for registers that are too large to hold."""
    return _Register(random.Random(seed), noise, districts).coming(referrals)  # noqa: S311 - invented people


class _Register:
    """The couples so far, and what comes next."""

    def __init__(self, dice: random.Random, noise: float, districts: int) -> None:
        self._dice = dice
        self._people = People(dice, noise=noise, districts=districts)
        self._couples: list[_Couple] = []
        self._recent: list[_Couple] = []
        self._ways: dict[str, Callable[[_Couple], _Couple]] = {
            "repeat": lambda couple: couple,
            "duplicate": lambda couple: couple,
            "back later": lambda couple: couple,
            "same perpetrator": self._with_another_victim,
            "same victim": self._with_another_perpetrator,
            "roles reversed": lambda couple: _Couple(couple.perpetrator, couple.victim, couple.last),
            "victim was perpetrator": lambda couple: self._partnered(victim=couple.perpetrator),
            "perpetrator was victim": lambda couple: self._partnered(perpetrator=couple.victim),
            "sister": self._sister,
            "twin": self._twin,
            "son of the same name": self._son,
            "brother": self._brother,
            "namesake": self._namesake,
        }

    def coming(self, referrals: int) -> Iterator[InventedReferral]:
        for number in range(referrals):
            on = dt.date(2016, 1, 4) + dt.timedelta(days=number * _DAYS // referrals)
            kind, couple = self._next(on)
            if kind not in {"repeat", "duplicate", "back later"}:
                self._couples.append(couple)
            couple.last = on
            self._recent.append(couple)
            yield self._referral(number, on, kind, couple)

    def _next(self, on: dt.date) -> tuple[str, _Couple]:
        """What kind of referral comes, and the couple."""
        kinds = (*_LINKED, "new")
        kind = self._dice.choices(kinds, weights=(*_LINKED.values(), 100 - sum(_LINKED.values())))[0]
        if kind != "new" and (earlier := self._earlier(kind, on)) is not None:
            return kind, self._ways[kind](earlier)
        return "new", self._partnered()

    def _earlier(self, kind: str, on: dt.date) -> _Couple | None:
        """An earlier couple that such a referral can be tied to."""
        nearest, farthest = {"repeat": (22, 365), "duplicate": (0, 21), "back later": (366, 3000)}.get(kind, (30, 2000))
        many = len(self._recent)
        reach = min(many, max(3, many * farthest // max((on - dt.date(2016, 1, 4)).days, 1)))
        for _try in range(60 if many else 0):
            couple = self._recent[self._dice.randrange(many - reach, many)]
            if nearest <= (on - couple.last).days <= farthest:
                return couple
        return None

    def _partnered(self, victim: Person | None = None, perpetrator: Person | None = None) -> _Couple:
        """A couple of these people, the missing ones new."""
        dice = self._dice
        known = victim or perpetrator
        community = known.community if known and dice.random() < 0.85 else self._people.community()
        born = (
            known.born if known else dt.date(2026, 1, 1) - dt.timedelta(days=int(dice.triangular(17, 80, 31) * 365.25))
        )
        sexes: tuple[Sex, Sex] = ("female", "male") if dice.random() < 0.93 else ("male", "female")
        if victim is None:
            victim = self._people.person(sexes[0], community, self._partner_born(born) if known else born)
        if perpetrator is None:
            of_one = community if dice.random() < 0.85 else self._people.community()
            perpetrator = self._people.person(sexes[1], of_one, self._partner_born(born))
            self._one_household(victim, perpetrator)
        return _Couple(victim, perpetrator, dt.date.min)

    def _partner_born(self, born: dt.date) -> dt.date:
        other = born - dt.timedelta(days=int(self._dice.gauss(2.5, 5) * 365.25))
        return min(max(other, dt.date(1932, 3, 3)), dt.date(2009, 6, 5))

    def _one_household(self, victim: Person, perpetrator: Person) -> None:
        """Three in ten couples bear one surname, half share a home."""
        if self._dice.random() < 0.3:
            if victim.other_last:
                victim.other_last = victim.last
            victim.last = perpetrator.last
        if self._dice.random() < 0.5:
            perpetrator.postcode = victim.postcode

    def _with_another_victim(self, couple: _Couple) -> _Couple:
        return self._partnered(perpetrator=couple.perpetrator)

    def _with_another_perpetrator(self, couple: _Couple) -> _Couple:
        return self._partnered(victim=couple.victim)

    def _sister(self, couple: _Couple) -> _Couple:
        """The victim's sister, of one surname and sometimes one home, with a perpetrator of her own."""
        sister = self._relative(couple.victim, years=self._dice.choice((-5, -3, -2, 2, 3, 4, 6)))
        return self._partnered(victim=sister)

    def _twin(self, couple: _Couple) -> _Couple:
        """The victim's twin; now and then at the hands of the same perpetrator."""
        twin = self._relative(couple.victim, years=0)
        return (
            _Couple(twin, couple.perpetrator, dt.date.min)
            if self._dice.random() < 0.25
            else self._partnered(victim=twin)
        )

    def _brother(self, couple: _Couple) -> _Couple:
        """The perpetrator's brother, with the same victim or another."""
        brother = self._relative(couple.perpetrator, years=self._dice.choice((-4, -2, 2, 3)))
        return (
            _Couple(couple.victim, brother, dt.date.min)
            if self._dice.random() < 0.3
            else self._partnered(None, brother)
        )

    def _son(self, couple: _Couple) -> _Couple:
        """The perpetrator's son, or a young one's father, of the same name and sometimes at the same address."""
        father = couple.perpetrator
        son = self._relative(father, years=self._dice.randrange(19, 30))
        son.first, son.second, son.compound, son.nickname = father.first, father.second, father.compound, None
        return self._partnered(perpetrator=son)

    def _relative(self, person: Person, years: int) -> Person:
        """Somebody of the same sex and surname, born so many years later, or as many earlier, often in the same home."""
        days = int(years * 365.25) + (self._dice.randrange(-170, 170) if years else 0)
        later = person.born + dt.timedelta(days=days)
        born = later if later <= dt.date(2009, 6, 5) else person.born - dt.timedelta(days=days)
        relative = self._people.person(person.sex, person.community, born)
        while relative.first == person.first and not person.compound:
            relative.first = self._people.forename(person.sex, person.community, born.year)
        relative.last = person.last
        if self._dice.random() < 0.4:
            relative.postcode = person.postcode
        return relative

    def _namesake(self, couple: _Couple) -> _Couple:
        """A stranger who bears the victim's whole name, of nearly her age."""
        stranger = self._people.person(
            couple.victim.sex, couple.victim.community, self._partner_born(couple.victim.born)
        )
        stranger.first, stranger.last = couple.victim.first, couple.victim.last
        return self._partnered(victim=stranger)

    def _referral(self, number: int, on: dt.date, kind: str, couple: _Couple) -> InventedReferral:
        return InventedReferral(
            f"M{on:%y}-{number:07}",
            on,
            self._people.mention(couple.victim, "victim", on),
            self._people.mention(couple.perpetrator, "perpetrator", on),
            kind,
            couple.victim.community,
        )


def case_of(referral: InventedReferral, marac: str = "marac") -> Case:
    """The referral as the register holds it."""
    victim = Victim(**_said_of(referral.victim))
    perpetrator = Perpetrator(**_said_of(referral.perpetrator))
    reading = Reading("referral", Referral(victim=victim, perpetrators=(perpetrator,)))
    return Case(referral.reference, "received", referral.received, reading, marac=marac)


def _said_of(mention: Mention) -> dict[str, Any]:
    return {
        "name": f"{mention.first} {mention.last}",
        "aliases": mention.aliases,
        "date_of_birth": mention.born,
        "gender": mention.sex,
        "postcode": mention.postcode,
    }
