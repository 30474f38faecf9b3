"""The fields of each kind of document: what a template can print, and what a generator must provide.

Generators build these records and `marac template check` reads the same classes, so the two cannot drift apart.
"""

import types
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from marac.generators.fields.agenda import AgencyAgendaFields, AgendaFields
from marac.generators.fields.evidence import EvidenceFields
from marac.generators.fields.flagging import EndingFields, FlagFields
from marac.generators.fields.idva import IdvaReferralFields
from marac.generators.fields.letters import LetterFields
from marac.generators.fields.minutes import MinutesFields
from marac.generators.fields.outcomes import OutcomeFields
from marac.generators.fields.reminders import ReminderFields
from marac.generators.fields.research import ListFields, ResearchFields
from marac.generators.fields.returns import ReturnsFields
from marac.generators.fields.transfer import TransferFields
from marac.meetings.safe_address import SafeAddress

Kind = Literal[
    "agenda", "agency-agenda", "list", "research", "returns", "minutes", "letter", "outcome", "flags", "flags-ending",
    "reminder", "idva-referral", "evidence", "transfer",
]  # fmt: skip


RECORDS: Mapping[Kind, type] = {
    "agenda": AgendaFields,
    "agency-agenda": AgencyAgendaFields,
    "list": ListFields,
    "research": ResearchFields,
    "returns": ReturnsFields,
    "minutes": MinutesFields,
    "letter": LetterFields,
    "outcome": OutcomeFields,
    "flags": FlagFields,
    "flags-ending": EndingFields,
    "reminder": ReminderFields,
    "idva-referral": IdvaReferralFields,
    "evidence": EvidenceFields,
    "transfer": TransferFields,
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what it holds, whether it is a list to loop over, and whether it may be missing."""

    type: type
    many: bool
    optional: bool

    @property
    def is_record(self) -> bool:
        """Whether it has fields of its own."""
        return is_dataclass(self.type) and self.type is not SafeAddress


def fields_of(kind: Kind) -> Mapping[str, Field]:
    """The fields at the top of a template of this kind; those of a record are `record_fields(field.type)`."""
    return record_fields(RECORDS[kind])


def record_fields(record: type) -> Mapping[str, Field]:
    """The fields of one record, as its class declares them."""
    return {name: _field(hint) for name, hint in get_type_hints(record).items()}


def printable(record: object) -> dict[str, Any]:
    """The record as `filled` takes it: field to value."""
    return {entry.name: getattr(record, entry.name) for entry in fields(record)}  # type: ignore[arg-type]


def _field(hint: Any) -> Field:
    if get_origin(hint) is tuple:
        return Field(get_args(hint)[0], many=True, optional=False)
    if get_origin(hint) in {Union, types.UnionType}:
        return Field(get_args(hint)[0], many=False, optional=True)
    return Field(hint, many=False, optional=False)
