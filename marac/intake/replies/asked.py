"""What agencies were asked, and what they undertook: what a reply can be an answer to."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from marac.action import Action
from marac.case import Case
from marac.fortnight import ResearchReturn, VictimTold
from marac.intake.replies.people import names_in, surnames_in, words_as_names
from marac.meetings.chasing import listed_in
from marac.meetings.withholding import Withholding, withholding
from marac.register.actions import every_action
from marac.register.cases import every_case
from marac.register.documents import DocumentKind, Paper, every_paper
from marac.register.interests import every_barred_name, every_interest
from marac.register.research_returns import every_return
from marac.register.schema import document_cases
from marac.register.victims_told import every_told
from marac.settings import Settings

RESEARCH: frozenset[DocumentKind] = frozenset({"research", "list"})
"""What asks about cases."""
ACTIONS: frozenset[DocumentKind] = frozenset({"letter", "reminder"})
"""What tells of actions."""
OUTCOMES: frozenset[DocumentKind] = frozenset({"outcome"})
"""What asks to tell victims what a meeting came to."""
_LEFT = frozenset({"sent", "sending", "unknown"})


@dataclass(frozen=True, slots=True)
class Asked:
    """The register of one moment, as far as replies are matched to it."""

    cases: Mapping[str, Case] = field(repr=False)
    asked: Mapping[tuple[str, dt.date], frozenset[str]]
    """Reader and meeting to the cases that were asked about, in papers that left."""
    withholding: Withholding = field(repr=False)
    actions: Mapping[int, Action] = field(repr=False)
    returns: Sequence[ResearchReturn] = field(default=(), repr=False)
    to_tell: Mapping[tuple[str, dt.date], frozenset[str]] = field(default_factory=dict)
    """Reader and meeting to the cases whose victims were to be told, in outcome notes that left."""
    told: Sequence[VictimTold] = field(default=(), repr=False)

    def carrying(self, reference: str) -> Case | None:
        """The case with this reference, or the one that carries on for it; None where this MARAC has none."""
        found, seen = self.cases.get(reference), set[str]()
        while found is not None and found.joined_to is not None and found.reference not in seen:
            seen.add(found.reference)
            found = self.cases.get(found.joined_to)
        return found

    def meetings_of(self, reader: str, case: str) -> tuple[dt.date, ...]:
        """For which meetings a reader was asked about a case, the earliest first."""
        return tuple(sorted(day for (who, day), cases in self.asked.items() if who == reader and case in cases))

    def may_see(self, reader: str, case: str) -> bool:
        """Whether a reader may see a case, with those joined to it."""
        known = (each.reference for each in self.cases.values() if case in {each.reference, each.joined_to})
        return self.withholding.may_see(reader, tuple(known))

    def names_another(self, case: str, words: str, *, alone: bool = False) -> bool:
        """Whether words about a case name a person of another case of its meeting, and nobody of this one has that name.

        Args:
            case: the reference of the case.
            words: what is said about it.
            alone: whether another's name counts only where none of this case's own people is named beside it.
        """
        mine = self.cases.get(case)
        if mine is None:
            return False
        together = [each for each in self.cases.values() if case in {each.reference, each.joined_to}]
        own = frozenset(word for each in together for word in names_in(each))
        others = (each for each in self.cases.values() if each not in together and each.meeting == mine.meeting)
        foreign = frozenset(word for each in others for word in surnames_in(each)) - own
        said = words_as_names(words)
        return bool(said & foreign) and not (alone and said & own)

    def taken(self, reader: str, meeting: dt.date, case: str) -> ResearchReturn | None:
        """The answer of this reader about this case that counts now."""
        found = (
            each
            for each in self.returns
            if (each.agency, each.meeting, each.case, each.state) == (reader, meeting, case, "taken")
        )
        return next(found, None)


def what_was_asked(connection: Connection, settings: Settings) -> Asked:
    """What was asked until now."""
    cases = every_case(connection)
    held_back = withholding(
        cases, tuple(settings.agencies.values()), every_interest(connection), every_barred_name(connection)
    )
    return Asked(
        cases={case.reference: case for case in cases},
        asked=_named_in(connection, RESEARCH),
        withholding=held_back,
        actions={action.number: action for action in every_action(connection)},
        returns=every_return(connection),
        to_tell=_named_in(connection, OUTCOMES),
        told=every_told(connection),
    )


def has_left(paper: Paper) -> bool:
    """Whether a paper may be with its reader."""
    return paper.state in _LEFT or paper.sent_at is not None


def _named_in(connection: Connection, kinds: Collection[DocumentKind]) -> Mapping[tuple[str, dt.date], frozenset[str]]:
    """Reader and meeting to the cases that the papers of these kinds ask about which left."""
    columns = document_cases.c
    shown: defaultdict[int, dict[str, Mapping[str, str]]] = defaultdict(dict)
    for row in connection.execute(select(columns.document, columns.case, columns.shown)):
        shown[row.document][row.case] = row.shown
    found: defaultdict[tuple[str, dt.date], set[str]] = defaultdict(set)
    for paper in every_paper(connection):
        if paper.kind in kinds and has_left(paper):
            found[paper.agency, paper.meeting] |= listed_in(shown[paper.id])
    return {place: frozenset(references) for place, references in found.items()}
