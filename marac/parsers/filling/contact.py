"""Answers that say where a person lives and how it is safe to reach them. Pure."""

import datetime as dt
import re

from marac.parsers.filling.answers import UNSURE, Answer, Doubt, Leaf, Read, with_text
from marac.parsers.filling.identity import name_and_birth
from marac.parsers.filling.said import HINTS, POINTER, said, text_of, yes_of
from marac.parsers.filling.values import (
    dates_in,
    emails_in,
    is_unknown,
    national,
    phones_in,
    postcode_in,
    postcodes_in,
    without_phones,
    without_postcode,
    yes_or_no,
)
from marac.parsers.layout.sides import printed_choice
from marac.parsers.layout.writing import folded

_SAFE = re.compile(r"\bsafe\b", re.IGNORECASE)
_THEIRS = re.compile(
    r"\b(?:perp(?:etrator)?|abuser|suspect|offender|alleged perpetrator|ex|partner|husband|wife|boyfriend|girlfriend)[’']?s\b(?! (?:mum|mother|sister))"
    r"(?= (?:number|phone|mobile|tel|no\b)|\W*$)|\b(?:belongs to|shared with|is) (?:the |her |his )?(?:perp|abuser|suspect|partner|ex\b)|\bhis (?:number|phone|mobile)\b",
    re.IGNORECASE,
)
"""What says that a number is another person's."""
_NOT_CALLED = re.compile(
    r"\b(?:(?:do|does) not|don[’']?t|never|not safe to|unsafe to|not to be) ?(?:be )?(?:call|ring|phone|contact)|\bnot safe\b|\bunsafe\b",
    re.IGNORECASE,
)
_WITHHELD = re.compile(
    r"\bwithheld\b|\bconfidential\b|\bundisclosed\b|\bnot (?:to )?be (?:disclosed|shared|given)\b|\b(?:do|must) not (?:be )?(?:disclosed?|shared?)\b|\bnot for disclosure\b",
    re.IGNORECASE,
)
_UNSAFE_LABEL = re.compile(r"\bunsafe\b|\bnot (?:be )?safe\b", re.IGNORECASE)


def address(answer: Answer, _latest: dt.date | None) -> Read:
    """An address in one line, and its postcode apart."""
    lines = [line.strip(" ,") for line in HINTS.sub(" ", answer.value.text).split("\n")]
    text = folded(", ".join(line for line in lines if line.strip()))
    postcode = postcode_in(text)
    if postcode:
        yield Leaf("postcode", postcode)
    if len(set(postcodes_in(text))) > 1:
        yield Doubt(
            "address", "unclear", "More than one address is given. Open the form and look which one is lived at."
        )
    if _WITHHELD.search(text):
        yield Doubt("address", "unclear", "The form says that the address is withheld or must not be disclosed.")
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
    text = answer.value.text
    yield from numbers(text)
    for email in emails_in(text)[:1]:
        yield Leaf("email", email)
        answer = with_text(answer, text.replace(email, " "))
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
    """A telephone number, and the email address beside it.

    A number that the form says is another person's is no number of this one.
    """
    text = answer.value.text
    if _THEIRS.search(text) and answer.person != "perpetrator":
        yield Leaf("contact_notes", folded(text))
        yield Doubt(
            "phone", "unclear", "The number may be the perpetrator's, so none was taken. Open the form and look."
        )
        return
    if isinstance(answer.typed, float | int) and not isinstance(answer.typed, bool):
        digits = str(int(answer.typed))
        restored = digits if digits.startswith("0") else "0" + digits
        yield Leaf("phone", restored if len(digits) <= 10 else national(digits), 0.9)
        return
    yield from numbers(text)
    yield from _warned(answer) if answer.person == "victim" else ()
    yield from _misread(text)
    for email in emails_in(text)[:1]:
        yield Leaf("email", email)


def _warned(answer: Answer) -> Read:
    """What stands beside a victim's number: whether it is safe to call, or that there is another number."""
    text = answer.value.text
    found = phones_in(text)
    rest = folded(without_phones(text)).strip(" ,;:–—-/.()")
    if found and _SAFE.search(rest) and "?" not in rest:
        yield from _told_safe(rest)
    elif found and _NOT_CALLED.search(rest):
        yield Leaf("safe_to_call", value=False, confidence=0.85)
        yield Leaf("contact_notes", rest)
    elif len(set(found)) > 1:
        yield Doubt("phone", "unclear", "More than one number is given; the first was taken.")


def _misread(text: str) -> Read:
    """A number of too many or too few digits."""
    if phones_in(text):
        return
    digits = re.sub(r"\D", "", text)
    if len(digits) == 10 and digits[0] in "127":
        yield Leaf("phone", "0" + digits, UNSURE)
    elif len(digits) >= 6:
        yield Leaf("phone", national(digits), UNSURE)
        yield Doubt("phone", "invalid", "The telephone number has too many or too few digits.")


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
    if _UNSAFE_LABEL.search(answer.label):
        yield Doubt("safe_to_call", "unclear", "The form asks whether calling is not safe. Open the form and look.")
        return
    told = not answer.value.boxed and printed_choice(answer.value.text) is None
    if answered.yes is None and told and _SAFE.search(answered.rest):
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


def contact_notes(answer: Answer, latest: dt.date | None) -> Read:
    """How it is safe to reach them; a bare yes or no here answers whether it is safe at all."""
    answered = yes_of(answer.value)
    if answer.value.boxed or printed_choice(answer.value.text) or (answered.yes is not None and not answered.rest):
        yield from safe_to_call(answer, latest) if _SAFE.search(answer.label) else _unasked(answer)
    elif words := text_of(answer.value):
        yield Leaf("contact_notes", words)


def _unasked(answer: Answer) -> Read:
    if answer.value.boxed and not answer.value.ticked:
        return
    yield Doubt(
        "contact_notes", "unclear", "Yes or no was answered, but it is not clear to what. Open the form and look."
    )


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
