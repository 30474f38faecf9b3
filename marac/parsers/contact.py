"""Answers that say where a person lives and how it is safe to reach them. Pure."""

import datetime as dt
import re

from marac.parsers.answers import UNSURE, Answer, Doubt, Leaf, Read, with_text
from marac.parsers.identity import name_and_birth
from marac.parsers.said import HINTS, POINTER, said, yes_of
from marac.parsers.values import (
    dates_in,
    emails_in,
    is_unknown,
    national,
    phones_in,
    postcode_in,
    without_phones,
    without_postcode,
    yes_or_no,
)
from marac.parsers.writing import folded

_SAFE = re.compile(r"\bsafe\b", re.IGNORECASE)


def address(answer: Answer, _latest: dt.date | None) -> Read:
    """An address in one line, and its postcode apart."""
    lines = [line.strip(" ,") for line in HINTS.sub(" ", answer.value.text).split("\n")]
    text = folded(", ".join(line for line in lines if line.strip()))
    postcode = postcode_in(text)
    if postcode:
        yield Leaf("postcode", postcode)
    address = _tidy(without_postcode(without_phones(text)))
    if not is_unknown(address):
        yield Leaf("address", address)


def _tidy(text: str) -> str:
    return (
        re.sub(
            r"(?:\s*,){2,}",
            ",",
            folded(
                re.sub(
                    r"\b(?:tel|telephone|mob(?:ile)?|phone|contact no|postcode|post code)\b\.?\s*:?\s*(?=$|,)",
                    " ",
                    text,
                    flags=re.IGNORECASE,
                )
            ),
        )
        .replace(" ,", ",")
        .strip(" ,;.:-–/")
    )


def postcode(answer: Answer, _latest: dt.date | None) -> Read:
    """A postcode that has a field of its own."""
    words = answer.value.words
    postcode = postcode_in(words)
    if postcode:
        yield Leaf("postcode", postcode)
    elif not is_unknown(words):
        yield Doubt("postcode", "invalid", "The postcode given is not a postcode.")


def address_and_phone(answer: Answer, latest: dt.date | None) -> Read:
    """An address with a telephone number below it."""
    yield from numbers(answer.value.text)
    yield from address(answer, latest)


def name_birth_address(answer: Answer, latest: dt.date | None) -> Read:
    """A name, a date of birth and an address in one cell."""
    lines = [line for line in answer.value.text.split("\n") if line.strip()]
    if not lines:
        return
    dated = next((index for index, line in enumerate(lines) if dates_in(line, latest)), 0)
    yield from name_and_birth(with_text(answer, "\n".join(lines[: dated + 1])), latest)
    if len(lines) > dated + 1:
        yield from address(with_text(answer, "\n".join(lines[dated + 1 :])), latest)


def numbers(text: str, confidence: float = 1.0) -> Read:
    """The first telephone number in a text."""
    phones = phones_in(text)
    if phones:
        yield Leaf("phone", phones[0], confidence)


def phone(answer: Answer, _latest: dt.date | None) -> Read:
    """A telephone number, and the email address beside it."""
    text = answer.value.text
    if isinstance(answer.typed, float | int) and not isinstance(answer.typed, bool):
        digits = str(int(answer.typed))
        restored = digits if digits.startswith("0") else "0" + digits
        yield Leaf("phone", restored if len(digits) <= 10 else national(digits), 0.9)
        return
    yield from numbers(text)
    if not phones_in(text):
        digits = re.sub(r"\D", "", text)
        if len(digits) == 10 and digits[0] in "127":
            yield Leaf("phone", "0" + digits, UNSURE)
        elif len(digits) >= 6:
            yield Leaf("phone", national(digits), UNSURE)
            yield Doubt("phone", "invalid", "The telephone number has too many or too few digits.")
    for email in emails_in(text)[:1]:
        yield Leaf("email", email)


def email(answer: Answer, _latest: dt.date | None) -> Read:
    """An email address."""
    for email in emails_in(answer.value.text)[:1]:
        yield Leaf("email", email)


def safe_phone(answer: Answer, _latest: dt.date | None) -> Read:
    """A number with the times at which it is safe beside it."""
    yield from numbers(answer.value.text)
    rest = folded(HINTS.sub(" ", without_phones(answer.value.text))).strip(" ,;:–—-/.()")
    answered = yes_or_no(rest)
    if answered.yes is not None and not answered.rest:
        yield Leaf("safe_to_call", answered.yes)
    elif rest and not is_unknown(rest):
        yield Leaf("contact_notes", rest)


def safe_to_call(answer: Answer, _latest: dt.date | None) -> Read:
    """Whether a number is safe to call, and what was added."""
    answered = yes_of(answer.value)
    if answered.yes is None and _SAFE.search(answered.rest):
        yield from _told_safe(answered.rest)
        return
    yield from said("safe_to_call", answered, answer)
    if answered.yes is not None and answered.rest and not POINTER.match(answered.rest):
        yield Leaf("contact_notes", answered.rest, 0.85)
    elif answered.yes is None:
        yield from numbers(answered.rest, UNSURE)


def _told_safe(text: str) -> Read:
    """`Safe to call. Text first` and `NOT safe to call`: the answer and what is left as a note."""
    found = re.search(
        r"\b(?P<not>not|never|un)?\s*(?:be )?safe(?: to (?:call|ring|text|contact|phone|leave (?:a )?message|leave (?:a )?voicemail))?(?: and| or)?[.,;:\s]*",
        text,
        re.IGNORECASE,
    )
    if found:
        yield Leaf("safe_to_call", not found["not"])
        rest = folded(text[: found.start()] + " " + text[found.end() :]).strip(" .,;:–-")
        if rest:
            yield Leaf("contact_notes", rest)


def call_notes(answer: Answer, _latest: dt.date | None) -> Read:
    """When and how to call, with whether it is safe at all."""
    text = folded(HINTS.sub(" ", answer.value.text))
    if is_unknown(text):
        return
    yield from numbers(text)
    if re.match(r"\W*(?:not |un)?safe\b", text, re.IGNORECASE):
        yield from _told_safe(text)
    else:
        answered = yes_of(answer.value)
        if answered.yes is not None:
            yield Leaf("safe_to_call", answered.yes)
        rest = answered.rest if answered.yes is not None else text
        if rest and not is_unknown(rest):
            yield Leaf("contact_notes", rest)
