"""The mail of Carrowdale: what arrived before an earlier meeting, and what arrives in the fortnight of `marac demo`."""

import datetime as dt
import hashlib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from marac.checklist import Checklist
from marac.demo import agencies
from marac.demo.body_form import body_form
from marac.demo.envelopes import add_picture, as_bytes, attach, envelope, forwarded, signature, zipped
from marac.demo.excel_form import excel_form
from marac.demo.pdf_form import fillable_pdf_form, flattened_pdf_form
from marac.demo.referrals import referral
from marac.demo.word_controls_form import word_controls_form
from marac.demo.word_form import word_checklist, word_form
from marac.document import EXCEL, PDF, WORD, Document
from marac.referral import Referral, Referrer

Expectation = Literal[
    "referral",
    "duplicate",
    "repeat",
    "linked",
    "below threshold",
    "score disagrees",
    "unsafe to call",
    "under age",
    "same message",
    "blank form",
    "locked",
    "no referral",
    "automatic reply",
]
"""What should come of a message: down to "under age" a case (with a flag that says so), after that none.

"duplicate" is the couple of another message of the same fortnight, "repeat" a couple heard before, "linked" another
victim of the same perpetrator, "same message" the very bytes of an earlier delivery.
"""

MAKES_A_CASE: frozenset[Expectation] = frozenset(
    {
        "referral",
        "locked",
        "duplicate",
        "repeat",
        "linked",
        "below threshold",
        "score disagrees",
        "unsafe to call",
        "under age",
    }
)

PASSWORD = "Fellside-Otter-52"  # noqa: S105 - of an invented file, and another invented message says it
MAKERS: Mapping[str, tuple[str, Callable[[Referral], bytes]]] = {
    "word": (WORD, word_form),
    "word bold": (WORD, lambda told: word_form(told, "bold")),
    "word ticks": (WORD, lambda told: word_form(told, "ticks")),
    "word without checklist": (WORD, lambda told: word_form(replace(told, checklist=Checklist()))),
    "checklist": (WORD, word_checklist),
    "blank": (WORD, lambda _told: word_form(Referral())),
    "controls": (WORD, word_controls_form),
    "flattened": (PDF, flattened_pdf_form),
    "locked": (PDF, lambda told: flattened_pdf_form(told, PASSWORD)),
    "fillable": (PDF, fillable_pdf_form),
    "excel": (EXCEL, excel_form),
}


@dataclass(frozen=True, slots=True)
class Invented:
    """A message of the demo and what should come of it; `name` is the stem of a neutral file name."""

    name: str
    received: dt.datetime
    """When the mailbox took it in, in UTC."""
    raw: bytes = field(repr=False)
    expectation: Expectation
    referral: Referral | None = field(default=None, repr=False)
    """What the form in it says, word for word, where it has one that can be read."""
    twin: str | None = None
    """The name of the message that this one repeats, doubles or is linked with."""

    @property
    def sha256(self) -> str:
        """The identity of the raw bytes, 64 hexadecimal digits."""
        return hashlib.sha256(self.raw).hexdigest()


def earlier_messages(heard_on: dt.date) -> tuple[Invented, ...]:
    """The referrals to the meeting that was held on this day, received up to thirteen days before."""
    return _messages("earlier", heard_on, heard_on)


def fortnight_messages(first_day: dt.date, heard_on: dt.date) -> tuple[Invented, ...]:
    """The mail of two working weeks from `first_day`, a Monday, to the second Thursday, in order of arrival.

    `heard_on` is the day of the earlier meeting, which one form names as the last time that the case was heard.
    """
    return _messages("fortnight", first_day, heard_on)


def _messages(period: str, first_day: dt.date, heard_on: dt.date) -> tuple[Invented, ...]:
    made: dict[str, Invented] = {}
    for row in _rows()[period]:
        received = dt.datetime.combine(first_day + dt.timedelta(days=row["day"]), row["time"], dt.UTC)
        told = _told(row, received.date(), heard_on)
        raw = made[row["again"]].raw if "again" in row else _raw(row, received, told)
        made[row["name"]] = Invented(row["name"], received, raw, row["expectation"], told, row.get("twin"))
    return tuple(made.values())


@cache
def _rows() -> Mapping[str, list[dict[str, Any]]]:
    return tomllib.loads(files("marac.demo").joinpath("messages.toml").read_text(encoding="utf-8"))


def _told(row: Mapping[str, Any], written: dt.date, heard_on: dt.date) -> Referral | None:
    name = row.get("body_of") or next((form["of"] for form in row.get("forms", ()) if "of" in form), None)
    if name is None:
        return None
    told = referral(name, written)
    if row.get("heard_before"):
        return replace(told, criteria=replace(told.criteria, previous_date=heard_on))
    return told


def _raw(row: Mapping[str, Any], received: dt.datetime, told: Referral | None) -> bytes:
    sender: Referrer = getattr(agencies, row["sender"])
    text = row["text"].replace("{signature}", signature(sender)).strip()
    if "body_of" in row and told is not None:
        text = text.replace("{form}", body_form(told))
    sent = received - dt.timedelta(minutes=95) if row.get("forwarded") else received
    message = envelope(sender, row["subject"], sent, text)
    for name, value in row.get("headers", {}).items():
        message[name] = value
    if row.get("picture"):
        add_picture(message, text)
    documents = [_document(form, told or Referral()) for form in row.get("forms", ())]
    for document in [zipped(row["zipped"], documents)] if "zipped" in row else documents:
        attach(message, document)
    if row.get("forwarded"):
        message = forwarded(message, received)
    return as_bytes(message, row["name"])


def _document(form: Mapping[str, str], told: Referral) -> Document:
    media_type, make = MAKERS[form["maker"]]
    return Document(form["file"], media_type, make(told))
