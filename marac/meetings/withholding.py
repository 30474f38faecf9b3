"""What is held back from whom: a case with a conflict of interest goes to the agency's senior contact alone, or to nobody there.

What is held back leaves no trace in what the others get: it is left out before anything is counted or numbered.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from marac.agency import Agency
from marac.case import Case, FlagCode
from marac.fortnight import BarredName, Interest
from marac.meetings.hearing import Hearing
from marac.meetings.must_not_receive import NameHeld, names_held
from marac.meetings.namesake_recipients import likeness, recipients_of
from marac.meetings.words_about_interests import cleared, held_words

SENIOR = ".senior"
"""How the id of an agency's senior contact ends, as a reader of its own."""
MANAGER = ".manager"

_SAME_PEOPLE: frozenset[FlagCode] = frozenset(
    {
        "repeat", "possible repeat", "duplicate", "possible duplicate", "heard before", "same victim",
        "same perpetrator", "role swap", "newer version",
    }
)  # fmt: skip
"""Flags that tie two cases by their people: a conflict in the one is in question in the other."""


def agency_of(reader: str) -> str:
    """The id of the agency that a reader belongs to: `housing` for `housing.senior`."""
    return reader.removesuffix(SENIOR).removesuffix(MANAGER)


@dataclass(frozen=True, slots=True)
class Held:
    """A case that is held back from an agency."""

    case: str
    agency: str
    """The agency's id, whichever of its readers it concerns."""
    reason: str = field(repr=False)
    """For the coordinator and the chair only."""
    decided: bool = False
    """Whether a person said so; otherwise a person is asked."""
    to_senior: bool = True
    """Whether it goes to the agency's senior contact; where not, nobody there gets it until a person decides."""
    person: str | None = field(default=None, repr=False)
    """Whom at the agency it concerns, as the words about it or agencies.toml have it; None for the agency as a whole."""


@dataclass(frozen=True, slots=True)
class Withholding:
    """Everything that is held back, of one moment."""

    held: tuple[Held, ...] = ()

    def may_see(self, reader: str, references: Sequence[str]) -> bool:
        """Whether a reader may see an item made of these cases.

        Args:
            reader: the reader's id: empty for the chair, an agency's id, or one that ends in `.senior` or `.manager`.
            references: the case, and those joined to it: where one of them is held back, the item is.
        """
        if not reader:
            return True
        agency = agency_of(reader)
        found = [each for each in self.held if each.agency == agency and each.case in references]
        if reader.endswith(SENIOR):
            return bool(found) and all(each.to_senior for each in found)
        return not found

    def visible(self, hearings: Sequence[Hearing], reader: str) -> tuple[Hearing, ...]:
        """Of a meeting's items, those that a reader may see, in their order."""
        return tuple(
            hearing for hearing in hearings if self.may_see(reader, [case.reference for case in hearing.cases])
        )

    @property
    def undecided(self) -> tuple[Held, ...]:
        """What is held back until a person says whether it is to be."""
        return tuple(each for each in self.held if not each.decided)

    @property
    def to_nobody(self) -> tuple[Held, ...]:
        """What nobody at the agency gets, not even a senior contact: somebody there must be found."""
        return tuple(each for each in self.held if not each.to_senior)


def withholding(
    cases: Sequence[Case], agencies: Sequence[Agency], interests: Sequence[Interest], barred: Sequence[BarredName]
) -> Withholding:
    """What is held back, by people's words and by the names on the forms.

    Args:
        cases: Every case that the register knows.
        agencies: Those of agencies.toml, whether they have signed or not.
        interests: People's words, in the order in which they were said.
        barred: The names that people entered, the lifted ones too.
    """
    by_id = {agency.id: agency for agency in agencies}
    found: dict[tuple[str, str], Held] = {}
    for held in _by_words(interests, by_id):
        found.setdefault((held.case, held.agency), held)
    by_names = names_held(cases, agencies, interests, barred)
    for name in by_names:
        earlier = found.get((name.case, name.agency))
        found[name.case, name.agency] = _with_name(earlier, name, by_id[name.agency])
    return Withholding((*found.values(), *_of_the_same_people(cases, by_id, found, interests)))


def _by_words(interests: Sequence[Interest], agencies: Mapping[str, Agency]) -> Iterator[Held]:
    """What people said is held back; where several persons are concerned, the first is told, and all are kept from it."""
    for (case, agency), words in held_words(interests).items():
        persons = [word.person for word in words if word.person]
        senior = _senior_gets_it(agencies.get(agency), persons)
        yield Held(case, agency, words[0].reason, decided=True, to_senior=senior, person=words[0].person)


def _with_name(earlier: Held | None, name: NameHeld, agency: Agency) -> Held:
    """A case held back by a name, beside what is known of it already: one reason not to tell the senior is enough."""
    concerned = [name.person] if name.person else []
    senior = not name.is_senior and _senior_gets_it(agency, concerned)
    if earlier is None:
        return Held(name.case, name.agency, name.reason, to_senior=senior, person=name.person)
    return Held(
        earlier.case,
        earlier.agency,
        f"{earlier.reason} {name.reason}".strip(),
        earlier.decided,
        earlier.to_senior and senior,
        earlier.person,
    )


def _senior_gets_it(agency: Agency | None, persons: Sequence[str]) -> bool:
    """Whether a senior contact is named, and is none of the persons concerned, nor may be."""
    if agency is None or agency.senior is None:
        return False
    seniors = [recipient.text for recipient in recipients_of(agency) if recipient.is_senior]
    return not any(likeness(senior, (person,)) != "different" for senior in seniors for person in persons)


def _of_the_same_people(
    cases: Sequence[Case],
    agencies: Mapping[str, Agency],
    found: Mapping[tuple[str, str], Held],
    interests: Sequence[Interest],
) -> Iterator[Held]:
    """Other cases of the people of a held-back case: held back too, until a person has said whether they are to be."""
    ties = _ties(cases)
    seen, waiting = set(found), list(found.values())
    while waiting:
        held = waiting.pop()
        for other in sorted(ties.get(held.case, ())):
            if (other, held.agency) in seen or cleared(interests, other, held.agency, held.person):
                continue
            seen.add((other, held.agency))
            senior = held.to_senior and _senior_gets_it(agencies.get(held.agency), ())
            reason = f"Its people stand in {held.case} too, which is held back from this agency."
            also = Held(other, held.agency, reason, to_senior=senior, person=held.person)
            waiting.append(also)
            yield also


def _ties(cases: Sequence[Case]) -> Mapping[str, set[str]]:
    """Which cases speak of the same people, as their flags or a person's last word about the two say."""
    ties: dict[str, set[str]] = {}
    for case in cases:
        said = {each.other_case: each.kind for each in case.decisions if each.kind in {"same-as", "not-same-as"}}
        others = {flag.other_case for flag in case.flags if flag.code in _SAME_PEOPLE}
        others |= {case.joined_to, *(other for other, kind in said.items() if kind == "same-as")}
        for other in others:
            if other is not None and said.get(other) != "not-same-as":
                ties.setdefault(case.reference, set()).add(other)
                ties.setdefault(other, set()).add(case.reference)
    return ties
