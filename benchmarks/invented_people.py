"""Invented people, and how referral forms write them: with the slips that forms have, each named so that faults can be counted."""

import datetime as dt
import random
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from benchmarks.invented_names import (
    BRITISH_FORENAMES,
    COMMON_PART,
    FORENAMES,
    NICKNAMES,
    SHARES,
    SURNAME_PARTS,
    SURNAMES,
    VARIANTS,
    Community,
    Sex,
)
from benchmarks.slips import mistyped, one_digit_off

Role = Literal["victim", "perpetrator"]

_INWARD = "ABDEFGHJLNPQRSTUWXYZ"
_MIDDLE = {
    "female": "Jane Louise Marie Ann Elizabeth Rose Grace May",
    "male": "James John Paul Lee David William Thomas",
}


@dataclass(slots=True)
class Person:
    """One invented person, as he or she really is; only the postcode changes with time."""

    number: int
    sex: Sex
    born: dt.date
    community: Community
    first: str
    last: str
    postcode: str
    second: str | None = None
    """The second part of a compound forename, or a middle name that forms seldom give."""
    compound: bool = False
    other_last: str | None = None
    """A maiden, married or assumed surname, by which the person is known too."""
    nickname: str | None = None
    seen: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A person as one form writes him or her; `slips` names what the form got wrong, and is not shown to a matcher."""

    person: int
    sex: Sex
    first: str
    last: str
    born: dt.date | None
    postcode: str | None
    aliases: tuple[str, ...] = ()
    slips: tuple[str, ...] = field(default=(), compare=False)


class People:
    """Makes people of an area, and the mentions of them; `noise` multiplies every rate of slips."""

    def __init__(self, dice: random.Random, *, noise: float = 1, districts: int = 6) -> None:
        self._dice = dice
        self._noise = noise
        self._districts = [f"Z{letter}{number}" for letter in "ABCEFGHKLMNPRSTWXYZ" for number in range(1, 100)][
            :districts
        ]
        self._made = 0

    def community(self) -> Community:
        return self._dice.choices(tuple(SHARES), weights=tuple(SHARES.values()))[0]

    def person(self, sex: Sex, community: Community, born: dt.date) -> Person:
        """A new person, with a home and whatever other names he or she goes by."""
        self._made += 1
        first = self.forename(sex, community, born.year)
        last = self.surname(community, sex)
        person = Person(self._made, sex, born, community, first, last, self.postcode())
        self._other_names(person)
        return person

    def _other_names(self, person: Person) -> None:
        dice, community, sex = self._dice, person.community, person.sex
        if community == "South Asian" and sex == "male" and dice.random() < 0.35:
            person.first, person.second, person.compound = "Mohammed", person.first, True
        elif community == "South Asian" and sex == "female" and dice.random() < 0.25:
            person.second, person.compound = dice.choice(("Begum", "Bibi", "Kaur", "Akhtar", "Jahan")), True
        elif dice.random() < 0.5:
            person.second = dice.choice(_MIDDLE[sex].split())
        if dice.random() < (0.35 if sex == "female" else 0.06):
            person.other_last = self.surname(community, sex)
        called = _nicknames().get(str(person.second) if person.compound else person.first)
        person.nickname = dice.choice(called) if called and dice.random() < 0.3 else None

    def forename(self, sex: Sex, community: Community, year: int) -> str:
        """A forename of those common when the person was born, or among the community; the first ones are commonest."""
        if community != "white British":
            return _drawn(self._dice, FORENAMES[community, sex].split(), 0.85)
        middles = [middle for of, middle in BRITISH_FORENAMES if of == sex]
        nearest = min(middles, key=lambda middle: abs(middle - year + self._dice.uniform(-8, 8)))
        return _drawn(self._dice, BRITISH_FORENAMES[sex, nearest].split(), 0.9)

    def surname(self, community: Community, sex: Sex) -> str:
        """A surname; in the East of Europe a woman's ends otherwise than a man's."""
        if self._dice.random() < COMMON_PART[community]:
            name = _drawn(self._dice, SURNAMES[community].split(), 0.85)
        else:
            fronts, ends = (part.split() for part in SURNAME_PARTS[community])
            name = self._dice.choice(fronts) + self._dice.choice(ends)
        if community == "white British" and self._dice.random() < 0.02:
            name = f"{name}-{_drawn(self._dice, SURNAMES[community].split(), 0.75)}"
        return name[:-1] + "a" if community == "East European" and sex == "female" and name.endswith("ski") else name

    def postcode(self) -> str:
        """A postcode of the area; some districts hold more people than others. No real one begins with these letters."""
        dice = self._dice
        district = self._districts[int(len(self._districts) * dice.random() ** 1.3)]
        return f"{district} {dice.randrange(1, 10)}{dice.choice(_INWARD)}{dice.choice(_INWARD)}"

    def mention(self, person: Person, role: Role, on: dt.date) -> Mention:
        """How a form of that day writes a person."""
        self._moved(person, role, on)
        slips = list[str]()
        first, last, aliases = self._names(person, slips)
        return Mention(
            person.number,
            person.sex,
            first,
            last,
            self._date(person.born, role, slips),
            self._home(person.postcode, role, slips),
            aliases,
            tuple(slips),
        )

    def _moved(self, person: Person, role: Role, on: dt.date) -> None:
        if person.seen is not None:
            stays = (0.82 if role == "victim" else 0.70) ** (abs((on - person.seen).days) / 365)
            if self._dice.random() > stays:
                person.postcode = self.postcode()
        person.seen = on

    def _slipped(self, rate: float) -> bool:
        return self._dice.random() < min(rate * self._noise, 0.9)

    def _names(self, person: Person, slips: list[str]) -> tuple[str, str, tuple[str, ...]]:
        """Forename, surname and other names as a form writes them."""
        first = self._forename_in_use(person, slips)
        last, aliases = person.last, tuple[str, ...]()
        if person.other_last and self._slipped(0.25):
            slips.append("other surname")
            last = person.other_last
        elif person.other_last and self._dice.random() < 0.15:
            aliases = (f"{first} {person.other_last}",)
        first, last = self._spelt(first, "forename", slips), self._spelt(last, "surname", slips)
        if self._slipped(0.004 if person.community == "white British" else 0.015):
            slips.append("names swapped")
            first, last = last, first
        return first, last, aliases

    def _forename_in_use(self, person: Person, slips: list[str]) -> str:
        if person.nickname and self._slipped(0.35):
            slips.append("nickname")
            return person.nickname
        if person.compound:
            if not self._slipped(0.12):
                return f"{person.first} {person.second}"
            slips.append("part of a forename")
            return self._dice.choice((person.first, str(person.second))) if person.sex == "male" else person.first
        if person.second and self._slipped(0.06):
            slips.append("middle name given")
            return f"{person.first} {person.second}"
        return person.first

    def _spelt(self, name: str, which: str, slips: list[str]) -> str:
        words = name.split()
        at = self._dice.randrange(len(words))
        spellings = _variants().get(words[at], ())
        if spellings and self._slipped(0.07):
            slips.append(f"{which} variant")
            words[at] = self._dice.choice(spellings)
        elif self._slipped(0.045):
            slips.append(f"{which} typo")
            words[at] = mistyped(words[at], self._dice)
        return " ".join(words)

    def _date(self, born: dt.date, role: Role, slips: list[str]) -> dt.date | None:
        if self._slipped(0.05 if role == "victim" else 0.12):
            slips.append("date missing")
            return None
        if born.day <= 12 and born.day != born.month and self._slipped(0.025 * 365 / 132):
            slips.append("day and month swapped")
            return born.replace(day=born.month, month=born.day)
        if self._slipped(0.03):
            slips.append("digit of the date wrong")
            return one_digit_off(born, self._dice)
        if self._slipped(0.007):
            slips.append("1 January")
            return born.replace(day=1, month=1)
        if self._slipped(0.004):
            slips.append("date wrong")
            return born + dt.timedelta(days=self._dice.randrange(-4000, 4000))
        return born

    def _home(self, postcode: str, role: Role, slips: list[str]) -> str | None:
        if self._slipped(0.07 if role == "victim" else 0.25):
            slips.append("postcode missing")
            return None
        if self._slipped(0.015):
            slips.append("postcode typo")
            outward, inward = postcode.split()
            return f"{outward} {inward[0]}{self._dice.choice(_INWARD)}{inward[2]}"
        return postcode


def _drawn(dice: random.Random, names: list[str], steepness: float) -> str:
    """One of the names: the nth is drawn as often as 1 / (n + 2) to the power of `steepness`."""
    return dice.choices(names, weights=_weights(len(names), steepness))[0]


@cache
def _weights(count: int, steepness: float) -> tuple[float, ...]:
    return tuple((rank + 3) ** -steepness for rank in range(count))


@cache
def _variants() -> dict[str, tuple[str, ...]]:
    return {name: tuple(other for other in line.split() if other != name) for line in VARIANTS for name in line.split()}


@cache
def _nicknames() -> dict[str, tuple[str, ...]]:
    entries = (entry.split() for entry in NICKNAMES.split(";"))
    return {name: tuple(others) for name, *others in entries}
