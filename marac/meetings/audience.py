"""Who is shown what: the view of a case that a document is made from, by the table of documents and fields.

Agendas are for the chair, research requests and action letters go to agencies. An address that reaches the wrong person
can kill, and so can a counter-allegation: a field that is not in the table is shown to nobody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from marac.action import Action
from marac.case import LINKS, Flag
from marac.fortnight import CaseMinutes, ResearchReturn, Transfer
from marac.meetings.audience_table import TABLE, Field, Stage
from marac.meetings.contact import ContactLevel, contact_level
from marac.meetings.hearing import Hearing
from marac.meetings.people_shown import ChildShown, PersonShown, children_shown, perpetrators_shown, victim_shown
from marac.meetings.withholding import agency_of
from marac.referral import Criteria
from marac.triage.transfers import other_marac_named

__all__ = ["TABLE", "AudienceRules", "CaseNotes", "CaseView", "Field", "Stage", "case_view", "shown"]

Said = TypeVar("Said", Action, Transfer, ResearchReturn, CaseMinutes)


@dataclass(frozen=True, slots=True)
class AudienceRules:
    """What the area chooses about its documents, and what the reader's agency is."""

    addresses: bool = False
    """Whether research requests show where the victim and the perpetrator live."""
    child_files: bool = False
    """Whether the reader's agency keeps files on children."""


@dataclass(frozen=True, slots=True, repr=False)
class CaseNotes:
    """What people and agencies said about cases beside the forms; those of other cases are passed over."""

    transfers: Sequence[Transfer] = ()
    returns: Sequence[ResearchReturn] = ()
    minutes: Sequence[CaseMinutes] = ()


@dataclass(frozen=True, slots=True, repr=False)
class CaseView:
    """A case as one document may show it. What is not shown is None; what is shown and not known is None too.

    `shown_fields` tells the two apart: "not recorded" is printed for the second, and nothing at all for the first.
    """

    reference: str
    shown_fields: frozenset[Field]
    victim: PersonShown
    perpetrators: tuple[PersonShown, ...] | None
    children: tuple[ChildShown, ...] | None
    with_children: bool | None
    referring_agencies: tuple[str, ...] | None
    presenters: tuple[str, ...] | None
    criteria: tuple[Criteria, ...] | None
    """As each referrer ticked them."""
    repeat: bool | None
    contact_warning: ContactLevel | None
    """How safe it is to contact the victim."""
    contact_notes: tuple[str, ...] | None
    flags: tuple[Flag, ...] | None
    undecided: bool | None
    actions: tuple[Action, ...] | None = field(default=None)
    reasons: tuple[str, ...] | None = None
    """Why each agency refers, in its own words."""
    origin: tuple[str, ...] | None = None
    """The MARACs that it comes from, as a transfer or the form names them; empty where it comes from none."""
    returns: tuple[ResearchReturn, ...] | None = None
    """What agencies answered about it."""
    minutes: tuple[CaseMinutes, ...] | None = None
    """What meetings noted about it."""
    joined: tuple[str, ...] = ()
    """The references of the cases joined to it. For the ledger: no document prints them."""


def shown(stage: Stage, name: Field, rules: AudienceRules) -> bool:
    """Whether a document of this stage shows a field."""
    verdict = TABLE[name][stage]
    if verdict in {"area", "child"}:
        return rules.addresses if verdict == "area" else rules.child_files
    return verdict == "yes"


def case_view(
    hearing: Hearing,
    stage: Stage,
    rules: AudienceRules,
    actions: Sequence[Action] = (),
    agency: str | None = None,
    notes: CaseNotes = CaseNotes(),
) -> CaseView:
    """The case, with those joined to it, as a document of this stage may show it.

    Args:
        hearing: The case with those joined to it.
        stage: The kind of document.
        rules: What the area chooses.
        actions: Any actions; those of other cases are left out, and in a letter those of other agencies.
        agency: The id of the reader that the document goes to; a senior contact is shown the agency's actions.
        notes: What was said beside the forms: transfers, research returns and minutes.
    """
    names = frozenset(name for name in TABLE if shown(stage, name, rules))
    return CaseView(
        reference=hearing.case.reference,
        shown_fields=names,
        victim=victim_shown(hearing.referrals, names),
        perpetrators=perpetrators_shown(hearing, names) if "perpetrator.name" in names else None,
        children=children_shown(hearing, names) if "child.name" in names else None,
        with_children=hearing.with_children if "with_children" in names else None,
        referring_agencies=_agencies(hearing) if "referring_agency" in names else None,
        presenters=_presenters(hearing) if "presenter" in names else None,
        criteria=tuple(each.criteria for each in hearing.referrals) if "criteria" in names else None,
        repeat=any(flag.code == "repeat" for flag in hearing.flags) if "repeat" in names else None,
        contact_warning=contact_level(hearing) if "contact_warning" in names else None,
        contact_notes=_contact_notes(hearing) if "contact_notes" in names else None,
        flags=_flags(hearing.flags, names),
        undecided=hearing.undecided if "undecided" in names else None,
        actions=_actions(hearing, names, actions, agency),
        reasons=_once(each.reason for each in hearing.referrals) if "reason" in names else None,
        origin=_origin(hearing, notes.transfers) if "origin" in names else None,
        returns=_of_the_case(hearing, notes.returns) if "returns" in names else None,
        minutes=_of_the_case(hearing, notes.minutes) if "minutes" in names else None,
        joined=tuple(case.reference for case in hearing.joined),
    )


def _flags(flags: Sequence[Flag], names: frozenset[Field]) -> tuple[Flag, ...] | None:
    if "flags" not in names:
        return None
    return tuple(flag for flag in flags if flag.code not in LINKS or "linked" in names)


def _actions(
    hearing: Hearing, names: frozenset[Field], actions: Sequence[Action], agency: str | None
) -> tuple[Action, ...] | None:
    if "own_actions" not in names:
        return None
    own = agency_of(agency or "")
    of_the_case = _of_the_case(hearing, actions)
    return tuple(action for action in of_the_case if action.agency == own or "others_actions" in names)


def _agencies(hearing: Hearing) -> tuple[str, ...]:
    return _once(case.agency or case.referral.referrer.agency for case in hearing.cases)


def _presenters(hearing: Hearing) -> tuple[str, ...]:
    referrers = [(case.referral.referrer, case.agency) for case in hearing.cases]
    who = (
        (", ".join(part for part in (each.name, each.role) if part), agency or each.agency)
        for each, agency in referrers
    )
    return tuple(dict.fromkeys(f"{name} ({agency})" if agency else name for name, agency in who if name))


def _origin(hearing: Hearing, transfers: Sequence[Transfer]) -> tuple[str, ...]:
    """Where a case that was handed over comes from.

    That the register of a neighbour knows the couple is no transfer: the chair reads it among the flags, and nobody else.
    """
    handed_over = [each.other for each in _of_the_case(hearing, transfers) if each.direction == "in"]
    return _once([*handed_over, *map(other_marac_named, hearing.cases)])


def _contact_notes(hearing: Hearing) -> tuple[str, ...]:
    return _once(
        note for each in hearing.referrals for note in (each.victim.contact_notes, each.safety.unsafe_to_talk_to)
    )


def _of_the_case(hearing: Hearing, found: Sequence[Said]) -> tuple[Said, ...]:
    references = {case.reference for case in hearing.cases}
    return tuple(each for each in found if each.case in references)


def _once(words: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in words if each))
