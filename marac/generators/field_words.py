"""The fields of each kind of document in words, for whoever writes a template."""

import ast
import datetime as dt
import inspect
import itertools
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from marac.generators.fields import Field, Kind, fields_of, record_fields
from marac.meetings.safe_address import SafeAddress

_WORDS: Mapping[str, str] = {
    "marac": "the name of this MARAC",
    "agency": "the agency",
    "representative": "who comes to the meeting for the agency",
    "deputy": "who comes in the representative's place",
    "meeting": "the day of the meeting",
    "when": "the day of the meeting with its time and place",
    "chair": "who chairs the meeting",
    "cut_off": "the last day for referrals",
    "return_by": "the last day for answers",
    "coordinator": "the coordinator's name",
    "email": "the MARAC's own mailbox",
    "reference": "the case's reference, such as M26-0007",
    "case": "the reference of the case",
    "cases": "the cases",
    "number_of_cases": "how many cases there are",
    "cases_with_children": "the cases with children",
    "cases_with_adults_only": "the cases without children",
    "twelve_months": "the cases that were heard twelve months ago",
    "open_actions": "actions of earlier meetings that nobody has reported as done",
    "agencies": "the agencies that sit at the meeting",
    "actions": "the agency's actions of this meeting",
    "still_open": "the agency's actions of earlier meetings that are not done",
    "action": "what is to be done",
    "due": "by when",
    "number": "the number of the action",
    "victim": "the victim",
    "perpetrators": "the perpetrators",
    "children": "the children",
    "name": "the name",
    "also_known_as": "other names, and other spellings",
    "born": "the date of birth",
    "also_born": "other dates of birth that forms name",
    "relationship": "what the perpetrator is to the victim",
    "address": "where the person lives; only where the document may show it",
    "phone": "the telephone number; only where the document may show it",
    "age": "the age on the day of the meeting, in words",
    "referred_by": "who referred the case",
    "presented_by": "who presents the case",
    "reasons": "why the case is heard",
    "repeat": "whether, or when, it was heard before",
    "undecided": "that nobody has decided yet whether it is heard",
    "contact_warning": "how safe it is to contact the victim, in words",
    "missing": "what the form does not say",
    "heard": "the day on which it was heard",
    "show_addresses": "whether this area shows addresses here",
    "own_referral": "whether the reader's agency referred the case",
    "late": "whether it came after the cut-off",
    "version": "which version the document is",
    "changes": "what has changed since the version before",
    "address_changed": "whether an address in the version before was not right",
}


@dataclass(frozen=True, slots=True)
class FieldWords:
    """One field as a list of fields shows it."""

    depth: int
    """0 at the top; 1 in a record or list at the top; and so on."""
    path: str
    """From the top: `cases.victim.name`."""
    words: str
    shape: str
    """`text`, `date`, `list of records`, …, and whether it may be missing."""

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path.rpartition(".")[2]


def described(kind: Kind) -> tuple[FieldWords, ...]:
    """The fields of a kind, each followed by its own fields."""
    return tuple(_described(fields_of(kind), _docstrings_of(kind), "", 0))


def _described(fields: Mapping[str, Field], said: Mapping[str, str], prefix: str, depth: int) -> Iterator[FieldWords]:
    for name, field in fields.items():
        words = said.get(name) or _WORDS.get(name) or name.replace("_", " ")
        yield FieldWords(depth, f"{prefix}{name}", words, _shape(field))
        if field.is_record:
            yield from _described(
                record_fields(field.type), attribute_docstrings(field.type), f"{prefix}{name}.", depth + 1
            )


def _docstrings_of(kind: Kind) -> Mapping[str, str]:
    from marac.generators.fields import RECORDS

    return attribute_docstrings(RECORDS[kind])


@lru_cache(maxsize=64)
def attribute_docstrings(record: type) -> Mapping[str, str]:
    """What is written under each attribute of a class and of those that it rests on; nothing where no source is kept."""
    found: dict[str, str] = {}
    for each in reversed(record.__mro__[:-1]):
        try:
            tree = ast.parse(textwrap.dedent(inspect.getsource(each)))
        except (OSError, TypeError, SyntaxError):
            continue
        body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
        for statement, following in itertools.pairwise(body):
            named = isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
            if named and isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
                words = str(following.value.value)
                found[statement.target.id] = " ".join(words.split())  # type: ignore[attr-defined]
    return found


def _shape(field: Field) -> str:
    plain = {bool: "yes or no", int: "number", dt.date: "date", dt.datetime: "date", SafeAddress: "safe address"}
    one = "record" if field.is_record else plain.get(field.type, "text")
    if field.many:
        return f"list of {'records' if field.is_record else one}"
    return f"{one}, may be missing" if field.optional else one
