"""Who is shown what: one table of documents and fields, and the view of a case that a document is made from.

Agendas are for the chair, research requests and action letters go to agencies. An address that reaches the wrong person
can kill, and so can a counter-allegation: a field that is not in the table is shown to nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, get_args

from marac.case import LINKS, Action, Flag
from marac.meetings.hearing import Hearing
from marac.meetings.people_shown import ChildShown, PersonShown, children_shown, perpetrators_shown, victim_shown
from marac.referral import Criteria
from marac.triage.urgent import contact_warnings

Stage = Literal[
    "agenda", "agency-agenda", "list", "research", "returns", "minutes", "letter", "outcome", "flags", "flags-ending",
    "reminder", "idva-referral", "evidence", "transfer",
]  # fmt: skip
"""Each kind of document, which says who reads it: `agenda`, `returns` and `minutes` the chair and the coordinator,
`outcome` whoever tells the victim, `evidence` the victim's solicitor, `transfer` another MARAC, all others an agency."""
Field = Literal[
    "reference", "victim.name", "victim.aliases", "victim.date_of_birth", "victim.address", "victim.phone",
    "perpetrator.name", "perpetrator.aliases", "perpetrator.date_of_birth", "perpetrator.relationship",
    "perpetrator.address", "perpetrator.phone", "child.name", "child.date_of_birth", "child.address", "child.school",
    "with_children", "referring_agency", "presenter", "criteria", "reason", "repeat", "origin", "contact_warning",
    "contact_notes", "flags", "linked", "undecided", "own_actions", "others_actions", "returns", "minutes",
]  # fmt: skip
Shown = Literal["yes", "no", "area", "child"]
"""`area`: only where the area's settings say so. `child`: only to an agency that keeps files on children."""

_TABLE = """
                            agenda  agency-agenda  list  research  returns  minutes  letter  outcome  flags  flags-ending  reminder  idva-referral  evidence  transfer
reference                   yes     yes            yes   yes       yes      yes      yes     yes      yes    yes           yes       yes            yes       yes
victim.name                 yes     yes            yes   yes       yes      yes      yes     yes      yes    yes           yes       yes            yes       yes
victim.aliases              yes     yes            yes   yes       no       no       no      no       yes    yes           no        yes            no        yes
victim.date_of_birth        yes     yes            yes   yes       yes      yes      no      no       yes    yes           no        yes            yes       yes
victim.address              no      no             area  area      no       no       no      no       no     no            no        yes            no        yes
victim.phone                no      no             no    no        no       no       no      no       no     no            no        yes            no        yes
perpetrator.name            yes     yes            yes   yes       yes      yes      no      no       yes    yes           no        yes            yes       yes
perpetrator.aliases         yes     yes            yes   yes       no       no       no      no       yes    yes           no        yes            no        yes
perpetrator.date_of_birth   yes     yes            yes   yes       yes      yes      no      no       yes    yes           no        yes            no        yes
perpetrator.relationship    yes     yes            yes   yes       no       yes      no      no       no     no            no        yes            yes       yes
perpetrator.address         no      no             area  area      no       no       no      no       no     no            no        yes            no        yes
perpetrator.phone           no      no             no    no        no       no       no      no       no     no            no        no             no        yes
child.name                  yes     yes            yes   yes       yes      yes      child   no       yes    yes           child     yes            no        yes
child.date_of_birth         yes     yes            yes   yes       no       yes      child   no       yes    yes           child     yes            no        yes
child.address               no      no             no    no        no       no       no      no       no     no            no        no             no        yes
child.school                no      no             no    no        no       no       no      no       no     no            no        no             no        yes
with_children               yes     yes            yes   yes       yes      yes      yes     no       yes    yes           yes       yes            no        yes
referring_agency            yes     yes            yes   yes       yes      yes      no      yes      no     no            no        yes            no        yes
presenter                   yes     yes            no    no        yes      yes      no      no       no     no            no        yes            no        no
criteria                    yes     no             no    no        no       no       no      no       no     no            no        yes            no        yes
reason                      no      no             no    no        no       no       no      no       no     no            no        yes            no        yes
repeat                      yes     yes            yes   yes       yes      yes      no      no       no     no            no        yes            no        yes
origin                      yes     yes            no    no        yes      yes      no      no       no     no            no        no             no        yes
contact_warning             yes     yes            yes   yes       yes      yes      no      yes      no     no            no        yes            no        yes
contact_notes               yes     no             no    no        no       yes      no      yes      no     no            no        yes            no        yes
flags                       yes     no             no    no        no       no       no      no       no     no            no        no             no        no
linked                      yes     no             no    no        no       no       no      no       no     no            no        no             no        no
undecided                   yes     yes            yes   yes       yes      yes      no      no       no     no            no        no             no        no
own_actions                 yes     yes            no    no        no       yes      yes     yes      no     no            yes       no             no        yes
others_actions              yes     no             no    no        no       yes      no      yes      no     no            no        no             no        yes
returns                     no      no             no    no        yes      no       no      no       no     no            no        no             no        no
minutes                     no      no             no    no        no       no       no      no       no     no            no        no             no        yes
"""


@dataclass(frozen=True, slots=True)
class AudienceRules:
    """What the area chooses about its documents, and what the reader's agency is."""

    addresses: bool = False
    """Whether research requests show where the victim and the perpetrator live."""
    child_files: bool = False
    """Whether the reader's agency keeps files on children."""


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
    contact_warning: bool | None
    """Whether the victim may not be contacted, only with care, or it is not known whether she may."""
    contact_notes: tuple[str, ...] | None
    flags: tuple[Flag, ...] | None
    undecided: bool | None
    actions: tuple[Action, ...] | None = field(default=None)


def shown(stage: Stage, name: Field, rules: AudienceRules) -> bool:
    """Whether a document of this stage shows a field."""
    verdict = TABLE[name][stage]
    if verdict in {"area", "child"}:
        return rules.addresses if verdict == "area" else rules.child_files
    return verdict == "yes"


def case_view(
    hearing: Hearing, stage: Stage, rules: AudienceRules, actions: Sequence[Action] = (), agency: str | None = None
) -> CaseView:
    """The case, with those joined to it, as a document of this stage may show it.

    Args:
        hearing: The case with those joined to it.
        stage: The kind of document.
        rules: What the area chooses.
        actions: Any actions; those of other cases are left out, and in a letter those of other agencies.
        agency: The id of the agency that the document goes to.
    """
    names = frozenset(name for name in TABLE if shown(stage, name, rules))
    flags = hearing.flags
    return CaseView(
        reference=hearing.case.reference,
        shown_fields=names,
        victim=victim_shown(hearing.referrals, names),
        perpetrators=perpetrators_shown(hearing.referrals, names) if "perpetrator.name" in names else None,
        children=children_shown(hearing.referrals, names) if "child.name" in names else None,
        with_children=hearing.with_children if "with_children" in names else None,
        referring_agencies=_agencies(hearing) if "referring_agency" in names else None,
        presenters=_presenters(hearing) if "presenter" in names else None,
        criteria=tuple(each.criteria for each in hearing.referrals) if "criteria" in names else None,
        repeat=any(flag.code == "repeat" for flag in flags) if "repeat" in names else None,
        contact_warning=_unsafe(hearing) if "contact_warning" in names else None,
        contact_notes=_contact_notes(hearing) if "contact_notes" in names else None,
        flags=_flags(flags, names),
        undecided=hearing.undecided if "undecided" in names else None,
        actions=_actions(hearing, names, actions, agency),
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
    references = {case.reference for case in hearing.cases}
    of_the_case = (action for action in actions if action.case in references)
    return tuple(action for action in of_the_case if action.agency == agency or "others_actions" in names)


def _agencies(hearing: Hearing) -> tuple[str, ...]:
    named = (case.agency or case.referral.referrer.agency for case in hearing.cases)
    return tuple(dict.fromkeys(name for name in named if name))


def _presenters(hearing: Hearing) -> tuple[str, ...]:
    referrers = [(case, case.referral.referrer) for case in hearing.cases]
    who = (", ".join(part for part in (each.name, each.role) if part) for _, each in referrers)
    agencies = (case.agency or each.agency for case, each in referrers)
    pairs = zip(who, agencies, strict=True)
    return tuple(dict.fromkeys(f"{name} ({agency})" if agency else name for name, agency in pairs if name))


def _unsafe(hearing: Hearing) -> bool:
    said_safe = all(referral.victim.safe_to_call for referral in hearing.referrals)
    return not said_safe or any(contact_warnings(case) for case in hearing.cases)


def _contact_notes(hearing: Hearing) -> tuple[str, ...]:
    notes = (note for each in hearing.referrals for note in (each.victim.contact_notes, each.safety.unsafe_to_talk_to))
    return tuple(dict.fromkeys(note for note in notes if note))


def _read(table: str) -> Mapping[Field, Mapping[Stage, Shown]]:
    heading, *rows = [line.split() for line in table.split("\n") if line]
    verdicts = {row[0]: dict(zip(heading, row[1:], strict=True)) for row in rows}
    if set(verdicts) != set(get_args(Field)) or set(heading) != set(get_args(Stage)):
        raise AssertionError("the table of audiences and its fields do not agree")
    return MappingProxyType(verdicts)  # type: ignore[arg-type]


TABLE: Mapping[Field, Mapping[Stage, Shown]] = _read(_TABLE)
"""Field to document to whether it is shown."""
