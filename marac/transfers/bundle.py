"""The machine part of a transfer: one JSON file that another marac can take in, strict about its shape.

Source: SafeLives, MARAC to MARAC transfers: the sender hands over the referral, the minutes and the action plans.
"""

import datetime as dt
import json
import re
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from marac.action import Action
from marac.case import Case
from marac.document import JSON, Document
from marac.errors import UsageError
from marac.fortnight import CaseMinutes
from marac.record import from_record, to_record
from marac.referral import Reading
from marac.transfers.plausible import is_place, is_plausible

NAME = "marac-transfer.json"
"""What the machine part is called inside the sealed zip file."""
_CALLED = re.compile(r"marac-transfer[^/\\]{0,20}\.json", re.IGNORECASE)
"""What it may be called when it was saved more than once."""
_DIGITS = 16
_ZERO = "\\u0000"
"""A zero character as JSON writes it: no text has one."""
_MOST_BYTES = 5_000_000

_MOST_ENTRIES = 300
_LONGEST_LINE = 300


def _one_line(text: str) -> str:
    """The text on one line.

    Raises:
        ValueError: it holds what hides text or turns it round.
    """
    plain = " ".join(text.split())
    if not plain.isprintable():
        raise ValueError("not printable")
    return plain


_Line = Annotated[str, Field(max_length=_LONGEST_LINE), AfterValidator(_one_line)]
_Words = Annotated[str, Field(max_length=500_000)]
_Dates = Annotated[tuple[dt.date, ...], Field(max_length=_MOST_ENTRIES)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class HandedAction(_Part):
    """An action of the sender's action plan, and what became of it."""

    agency: _Line
    text: _Words
    due: dt.date
    outcome: Literal["done", "could not be done", "not done"] | None
    note: _Words


class HandedMinutes(_Part):
    """What one meeting of the sender noted about the case."""

    meeting: dt.date
    risks: _Words
    notes: _Words


class Bundle(_Part):
    """Everything that one MARAC hands to another about one case."""

    marac_transfer: Literal[1] = 1
    sender: Annotated[_Line, Field(min_length=1)]
    """The name of the MARAC that hands it over."""
    email: _Line
    """Its mailbox, which the receipt goes to."""
    case: Annotated[_Line, Field(min_length=1, max_length=20)]
    """The sender's reference."""
    received: dt.date
    agency: _Line | None
    """The agency that referred it."""
    heard: _Dates
    """The sender's meetings that discussed it."""
    reason: _Words
    """Why it is handed over, such as that the victim has moved."""
    referrals: Annotated[tuple[dict[str, object], ...], Field(min_length=1, max_length=20)]
    """The referral records of the case and of those joined to it, its own first."""
    actions: Annotated[tuple[HandedAction, ...], Field(max_length=_MOST_ENTRIES)]
    minutes: Annotated[tuple[HandedMinutes, ...], Field(max_length=_MOST_ENTRIES)]

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The referral forms as they were read and corrected."""
        return tuple(from_record(record) for record in self.referrals)


def bundle_of(
    cases: tuple[Case, ...],
    actions: tuple[Action, ...],
    minutes: tuple[CaseMinutes, ...],
    agencies: dict[str, str],
    *,
    sender: str,
    email: str,
    reason: str,
) -> Bundle:
    """The bundle of a case with those joined to it, its own first.

    Args:
        cases: the case and those joined to it.
        actions: theirs.
        minutes: what was noted about them.
        agencies: the names of the agencies by id.
        sender: the name of this MARAC.
        email: its mailbox.
        reason: why the case is handed over.
    """
    case = cases[0]
    heard = {each.meeting for each in minutes}
    if case.state == "heard" and case.meeting is not None:
        heard.add(case.meeting)
    return Bundle(
        sender=sender,
        email=email,
        case=case.reference,
        received=case.received,
        agency=_line(case.agency) or None,
        heard=tuple(sorted(heard)),
        reason=reason,
        referrals=tuple(to_record(_handed(each.reading)) for each in cases),
        actions=tuple(
            HandedAction(
                agency=_line(agencies.get(each.agency, each.agency)),
                text=each.text,
                due=each.due,
                outcome=each.outcome,
                note=each.note,
            )
            for each in actions
        ),
        minutes=tuple(HandedMinutes(meeting=each.meeting, risks=each.risks, notes=each.notes) for each in minutes),
    )


def _handed(reading: Reading) -> Reading:
    """The reading as the other side takes it: nothing but the referral, and no place that it would not know."""
    evidence = {path: each for path, each in reading.evidence.items() if is_place(path)}
    problems = tuple(each if is_place(each.path) else replace(each, path="") for each in reading.problems)
    return replace(reading, kind="referral", evidence=evidence, problems=problems, reply=None)


def _line(text: str | None) -> str:
    """What a form says, as one line that can be printed."""
    printed = "".join(letter if letter.isprintable() else " " for letter in text or "")
    return " ".join(printed.split())[:_LONGEST_LINE]


def bundle_file(bundle: Bundle) -> Document:
    """The bundle as a file: the same bundle is always the same bytes."""
    text = json.dumps(bundle.model_dump(mode="json"), ensure_ascii=False, indent=1, sort_keys=True)
    return Document(NAME, JSON, text.encode("utf-8"))


def bundle_from(content: bytes) -> Bundle:
    """The bundle that a file holds.

    Raises:
        UsageError: it is not one, or is damaged; the message holds nothing of it.
    """
    refused = "This is not the machine part of a transfer, or it is damaged. Ask the other MARAC to send it again."
    if len(content) > _MOST_BYTES:
        raise UsageError(refused)
    try:
        bundle = Bundle.model_validate_json(content)
        if not all(map(is_plausible, bundle.readings)) or _ZERO in json.dumps(bundle.model_dump(mode="json")):
            raise UsageError(refused)
    except (ValidationError, ValueError, RecursionError, OverflowError):
        raise UsageError(refused) from None
    return bundle


def is_machine_part(source: str) -> bool:
    """Whether a file at this place in a message is called as the machine part of a transfer is: `transfer.zip/marac-transfer.json`."""
    return _CALLED.fullmatch(source.replace("\\", "/").rpartition("/")[2]) is not None


def receipt_number(sha256: str) -> str:
    """What the other MARAC quotes when it says that it has the case, from the sha256 of the machine part."""
    return sha256[:_DIGITS]


def receipt_numbers_in(text: str) -> tuple[str, ...]:
    """Everything in a text that looks like such a number, each once."""
    return tuple(dict.fromkeys(re.findall(rf"(?<![0-9a-f])[0-9a-f]{{{_DIGITS}}}(?![0-9a-f])", text.lower())))
