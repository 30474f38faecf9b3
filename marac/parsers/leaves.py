"""One answer to the leaves of the record that it fills: each kind of label is read in its own way. Pure."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from marac.parsers.answers import Answer
from marac.parsers.names import name_in
from marac.parsers.values import (
    Answered,
    age_in,
    dates_in,
    emails_in,
    gender_in,
    is_unknown,
    national,
    phones_in,
    postcode_in,
    whole_number,
    without_phones,
    without_postcode,
    yes_or_no,
)
from marac.parsers.vocabulary import plain, vocabulary
from marac.parsers.writing import OFF, ON, Writing, folded
from marac.referral import ProblemCode

UNSURE = 0.6
"""How sure the reader is of what it inferred; below 0.8 a person is asked to look."""

_HINTS = re.compile(r"\((?:please|if|e\.?g|i\.?e|state|include|note|dd|see guidance|where known|optional)\b[^)]*\)", re.IGNORECASE)
_POINTER = re.compile(r"(?:please )?(?:see|as|refer to)\b.{0,30}\b(?:above|below|narrative|overleaf|attached|notes|reason\w*|section \w+)\b.?", re.IGNORECASE)
_DOB_WORDS = re.compile(r"\b(?:d\.?o\.?b\.?|date of birth|born(?: on)?|e\.?d\.?d\.?|due(?: date)?|expected|age)\b\s*:?", re.IGNORECASE)
_PARTS = re.compile(r"\s+[–—-]\s+|\s*[/|;\n\t]\s*|\s{2,}|\s*,\s*|\s+of\s+(?=[A-Z])|\s+at\s+(?=[A-Z])")
_CASE_WORDS = re.compile(r"^(?:(?:marac\s*)?case|ref(?:erence)?)?\s*(?:no|number|ref(?:erence)?|#)?\b\s*[.:]?\s*|\bheard (?:on|at)\b", re.IGNORECASE)
_SAFE = re.compile(r"\bsafe\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value for one leaf of a person or of the form."""

    name: str
    value: object
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a leaf that a person must look at."""

    name: str
    code: ProblemCode
    message: str


Read = Iterator[Leaf | Doubt]


def leaves(answer: Answer, latest: dt.date | None) -> list[Leaf | Doubt]:
    """What an answer fills in. `latest` is the day no birth can be after."""
    reader = _READERS.get(answer.key)
    if reader is None:
        return []
    return list(reader(answer, latest))


def text_of(writing: Writing) -> str | None:
    """The words, one line; of printed choices the ticked ones; None where they say nothing."""
    if writing.boxed:
        ticked = [option.text for option in writing.options() if option.ticked and option.text]
        loose = _loose(writing)
        words = ", ".join([*ticked, *([loose] if loose else [])])
    else:
        words = folded(_HINTS.sub(" ", writing.text))
    words = words.strip(" ,;")
    return None if is_unknown(words) or _POINTER.fullmatch(words) and words.casefold().startswith("please see") else words


def _loose(writing: Writing) -> str:
    """Words after the last box of a list of choices: on a line of their own, or after the choices."""
    first, _, below = writing.text[max(writing.text.rfind(ON), writing.text.rfind(OFF)) + 1 :].partition("\n")
    return folded(below if writing.boxes_lead else f"{first} {below}").removeprefix("Specify:").strip(" :–-")


def yes_of(writing: Writing) -> Answered:
    """The yes or no of an answer, by box, by look or by word; `certain` is False for two answers at once."""
    text = writing.text
    if writing.boxed:
        return _boxed_yes(writing)
    head = plain(text[:24])
    if re.match(r"(?:yes no|y n|no yes)\b", head):
        chosen = writing.chosen(("yes", "no")) or writing.chosen(("y", "n"))
        rest = yes_or_no(text)
        if chosen is None:
            return rest
        return Answered(chosen.startswith("y"), rest.rest if rest.yes is None else "")
    if text.strip() in ("X", "x", "✓", "√"):
        return Answered(True)
    return yes_or_no(folded(_HINTS.sub(" ", text)))


def _boxed_yes(writing: Writing) -> Answered:
    options = writing.options()
    named = [(yes_or_no(f"{option.text} {option.after}"), option.ticked) for option in options if option.text]
    sides = {said.yes for said, ticked in named if ticked and said.yes is not None}
    if len(sides) > 1:
        return Answered(None, writing.words, certain=False)
    if sides:
        return Answered(sides.pop(), " ".join([*(said.rest for said, _ in named if said.yes is not None and said.rest), _loose(writing)]).strip())
    if any(said.yes is not None for said, _ in named):
        return Answered(None)
    return Answered(True) if options and any(option.ticked for option in options) else Answered(None)


# readers of one key each ------------------------------------------------------------------------------------------


def _text(leaf: str) -> Callable[[Answer, dt.date | None], Read]:
    def read(answer: Answer, _latest: dt.date | None) -> Read:
        words = text_of(answer.value)
        if words:
            yield Leaf(leaf, words)

    return read


def _yes(leaf: str) -> Callable[[Answer, dt.date | None], Read]:
    def read(answer: Answer, _latest: dt.date | None) -> Read:
        yield from _said(leaf, yes_of(answer.value), answer)

    return read


def _said(leaf: str, said: Answered, answer: Answer) -> Read:
    if said.yes is not None:
        yield Leaf(leaf, said.yes)
    elif not said.certain and answer.value:
        yield Doubt(leaf, "unclear", f"The answer to “{_short(answer.label)}” is not a clear yes or no.")


def _short(label: str) -> str:
    return label if len(label) <= 60 else label[:57] + "…"


def _name(answer: Answer, _latest: dt.date | None) -> Read:
    text = folded(_HINTS.sub(" ", answer.value.text.replace("\n", ", " if answer.person == "child" else " ")))
    if plain(answer.label).startswith(("surname", "family name", "last name")):
        text = re.sub(r"\s*/\s*", ", ", text, count=1)
    yield from _named(text)


def _named(text: str) -> Read:
    if is_unknown(text):
        return
    name = name_in(text)
    if name is None:
        return
    yield Leaf("name", name.full, 1.0 if name.certain else UNSURE)
    if name.aliases:
        yield Leaf("aliases", name.aliases)


def _part_of_name(leaf: str) -> Callable[[Answer, dt.date | None], Read]:
    def read(answer: Answer, _latest: dt.date | None) -> Read:
        words = text_of(answer.value)
        if words:
            yield Leaf(leaf, words)

    return read


def _aliases(answer: Answer, _latest: dt.date | None) -> Read:
    words = text_of(answer.value)
    if not words or yes_or_no(words).yes is False:
        return
    names = [name.full for piece in re.split(r"[,;/\n]|\band\b", words) if (name := name_in(piece))]
    if names:
        yield Leaf("aliases", tuple(dict.fromkeys(names)))


def _birth(answer: Answer, latest: dt.date | None) -> Read:
    if isinstance(answer.typed, dt.date):
        yield Leaf("date_of_birth", _day(answer.typed))
        return
    text = answer.value.words
    if not is_unknown(text):
        yield from _born(text, latest)


def _day(value: dt.date) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


def _born(text: str, latest: dt.date | None) -> Read:
    found = dates_in(text, latest)
    if re.search(r"\bE\.?D\.?D\b|\bdue\b|\bunborn\b", text, re.IGNORECASE):
        return
    dates = list(dict.fromkeys(each.date for each in found if each.date))
    if dates:
        sure = len(dates) == 1 and found[0].certain
        yield Leaf("date_of_birth", dates[0], 1.0 if sure else UNSURE)
        if len(dates) > 1:
            yield Doubt("date_of_birth", "unclear", "Two dates of birth are given; the first was taken.")
        return
    age = age_in(text)
    if age is not None:
        yield Leaf("age", age)
        yield Doubt("date_of_birth", "unclear", "An age is given in place of a date of birth.")
    elif any(letter.isdigit() for letter in text):
        yield Doubt("date_of_birth", "invalid", "The date of birth cannot be read as a date (day, month, year).")


def _age(answer: Answer, latest: dt.date | None) -> Read:
    age = int(answer.typed) if isinstance(answer.typed, float) else age_in(answer.value.words) or whole_number(answer.value.words)
    if age and age < 120:
        yield Leaf("age", age)
    elif dates_in(answer.value.words, latest):
        yield from _birth(answer, latest)


def _name_and_birth(answer: Answer, latest: dt.date | None) -> Read:
    text = _HINTS.sub(" ", answer.value.text)
    found = dates_in(text, latest)
    yield from _born(text, latest) if found or not is_unknown(folded(text)) else ()
    for each in reversed(found):
        text = text[: each.start] + " " + text[each.end :]
    text = re.sub(r"(?:^|\s)(?:or|and)\s*$", " ", folded(text))
    text = re.sub(r"\b(?:n/?k|unknown|not known|approx\S*|aged?|about)\b.*$", " ", _DOB_WORDS.sub(" ", text), flags=re.IGNORECASE | re.DOTALL)
    yield from _named(re.sub(r"[\s()–—\-/,;:]+$|^[\s()–—\-/,;:]+", "", folded(re.sub(r"\(\s*\)|\s[–—-]\s", " ", text))))


def _name_birth_address(answer: Answer, latest: dt.date | None) -> Read:
    lines = [line for line in answer.value.text.split("\n") if line.strip()]
    if not lines:
        return
    dated = next((index for index, line in enumerate(lines) if dates_in(line, latest)), 0)
    yield from _name_and_birth(_with(answer, "\n".join(lines[: dated + 1])), latest)
    if len(lines) > dated + 1:
        yield from _address(_with(answer, "\n".join(lines[dated + 1 :])), latest)


def _with(answer: Answer, text: str) -> Answer:
    writing = Writing()
    writing.text = text
    return Answer(answer.key, answer.person, answer.group, writing, answer.label, answer.where, answer.confidence)


def _gender(answer: Answer, _latest: dt.date | None) -> Read:
    writing = answer.value
    if writing.boxed:
        words = ", ".join(option.text for option in writing.options() if option.ticked)
    elif re.match(r"\W*(?:m(?:ale)?\W+f(?:emale)?|f(?:emale)?\W+m(?:ale)?)\b", writing.words, re.IGNORECASE):
        words = writing.chosen(("male", "female")) or writing.chosen(("m", "f")) or ""
    else:
        words = writing.words
    gender = gender_in(words)
    if gender:
        yield Leaf("gender", gender)
    elif words and not is_unknown(words) and "/" not in words:
        yield Doubt("gender", "unclear", "The gender given is not one that the register knows.")


def _address(answer: Answer, _latest: dt.date | None) -> Read:
    lines = [line.strip(" ,") for line in _HINTS.sub(" ", answer.value.text).split("\n")]
    text = folded(", ".join(line for line in lines if line.strip()))
    postcode = postcode_in(text)
    if postcode:
        yield Leaf("postcode", postcode)
    address = _tidy(without_postcode(without_phones(text)))
    if not is_unknown(address):
        yield Leaf("address", address)


def _tidy(text: str) -> str:
    return re.sub(r"(?:\s*,){2,}", ",", folded(re.sub(r"\b(?:tel|telephone|mob(?:ile)?|phone|contact no|postcode|post code)\b\.?\s*:?\s*(?=$|,)", " ", text, flags=re.IGNORECASE))).replace(" ,", ",").strip(" ,;.:-–/")


def _postcode(answer: Answer, _latest: dt.date | None) -> Read:
    words = answer.value.words
    postcode = postcode_in(words)
    if postcode:
        yield Leaf("postcode", postcode)
    elif not is_unknown(words):
        yield Doubt("postcode", "invalid", "The postcode given is not a postcode.")


def _address_and_phone(answer: Answer, latest: dt.date | None) -> Read:
    yield from _numbers(answer.value.text)
    yield from _address(answer, latest)


def _numbers(text: str, confidence: float = 1.0) -> Read:
    phones = phones_in(text)
    if phones:
        yield Leaf("phone", phones[0], confidence)


def _phone(answer: Answer, _latest: dt.date | None) -> Read:
    text = answer.value.text
    if isinstance(answer.typed, float | int) and not isinstance(answer.typed, bool):
        digits = str(int(answer.typed))
        restored = digits if digits.startswith("0") else "0" + digits
        yield Leaf("phone", restored if len(digits) <= 10 else national(digits), 0.9)
        return
    yield from _numbers(text)
    if not phones_in(text):
        digits = re.sub(r"\D", "", text)
        if len(digits) == 10 and digits[0] in "127":
            yield Leaf("phone", "0" + digits, UNSURE)
        elif len(digits) >= 6:
            yield Leaf("phone", national(digits), UNSURE)
            yield Doubt("phone", "invalid", "The telephone number has too many or too few digits.")
    for email in emails_in(text)[:1]:
        yield Leaf("email", email)


def _phone_and_email(answer: Answer, latest: dt.date | None) -> Read:
    yield from _phone(answer, latest)


def _email(answer: Answer, _latest: dt.date | None) -> Read:
    for email in emails_in(answer.value.text)[:1]:
        yield Leaf("email", email)


def _safe_phone(answer: Answer, latest: dt.date | None) -> Read:
    """A number with the times at which it is safe beside it."""
    yield from _numbers(answer.value.text)
    rest = folded(_HINTS.sub(" ", without_phones(answer.value.text))).strip(" ,;:–—-/.()")
    said = yes_or_no(rest)
    if said.yes is not None and not said.rest:
        yield Leaf("safe_to_call", said.yes)
    elif rest and not is_unknown(rest):
        yield Leaf("contact_notes", rest)


def _safe_to_call(answer: Answer, _latest: dt.date | None) -> Read:
    said = yes_of(answer.value)
    yield from _said("safe_to_call", said, answer) if said.yes is not None or not _SAFE.search(said.rest) else _told_safe(said.rest)
    if said.yes is not None and said.rest and not _POINTER.match(said.rest):
        yield Leaf("contact_notes", said.rest, 0.85)
    if said.yes is None and said.rest and phones_in(said.rest):
        yield from _numbers(said.rest, UNSURE)


def _told_safe(text: str) -> Read:
    """`Safe to call. Text first` and `NOT safe to call`: the answer and what is left as a note."""
    found = re.search(r"\b(?P<not>not|never|un)?\s*(?:be )?safe(?: to (?:call|ring|text|contact|phone|leave (?:a )?message|leave (?:a )?voicemail))?(?: and| or)?[.,;:\s]*", text, re.IGNORECASE)
    if found:
        yield Leaf("safe_to_call", not found["not"])
        rest = folded(text[: found.start()] + " " + text[found.end() :]).strip(" .,;:–-")
        if rest:
            yield Leaf("contact_notes", rest)


def _call_notes(answer: Answer, _latest: dt.date | None) -> Read:
    text = folded(_HINTS.sub(" ", answer.value.text))
    if is_unknown(text):
        return
    yield from _numbers(text)
    if re.match(r"\W*(?:not |un)?safe\b", text, re.IGNORECASE):
        yield from _told_safe(text)
    else:
        said = yes_of(answer.value)
        if said.yes is not None:
            yield Leaf("safe_to_call", said.yes)
        rest = said.rest if said.yes is not None else text
        if rest and not is_unknown(rest):
            yield Leaf("contact_notes", rest)


def _disability(answer: Answer, _latest: dt.date | None) -> Read:
    said = yes_of(answer.value)
    if said.yes is not None:
        yield Leaf("disabled", said.yes)
        if said.yes and said.rest and not _POINTER.match(said.rest):
            yield Leaf("disability", said.rest)
        return
    words = text_of(answer.value)
    if words and plain(words) not in ("yes no", "y n"):
        yield Leaf("disability", words)


def _language(answer: Answer, _latest: dt.date | None) -> Read:
    words = text_of(answer.value)
    if not words:
        return
    found = re.search(r"[\s,;(–-]*\b(?P<no>no |not |doesn[’']t |does not )?\w*\s?(?:(?:needs?|requires?|needing|requiring|require|with)\s+(?:an? )?)?interpreter\b(?P<after>.*)$", words, re.IGNORECASE)
    if found is None:
        yield Leaf("language", words)
        return
    language = words[: found.start()].strip(" ,;(–-.")
    if language:
        yield Leaf("language", language)
    after = yes_or_no(found["after"].strip(" :?)–-.")).yes
    refused = found["no"] or re.search(r"\b(?:no|not|without)\b", found[0], re.IGNORECASE)
    yield Leaf("interpreter", after if after is not None else not refused, 0.85)


def _relationship(answer: Answer, _latest: dt.date | None) -> Read:
    writing = answer.value
    if not writing.boxed and writing.text.count("/") >= 2:
        parts = [part.strip() for part in writing.words.split("/")]
        chosen = writing.chosen(part for part in parts if part)
        if chosen:
            yield Leaf("relationship", chosen)
            return
        if sum(vocabulary().option(part) is not None for part in parts) >= 3:
            return
    words = text_of(writing)
    if words:
        yield Leaf("relationship", words)


def _parent(answer: Answer, latest: dt.date | None) -> Read:
    """`Is the perpetrator the parent of the children?`, with the relationship's boxes printed in the same cell."""
    ticked = [option for option in answer.value.options() if option.ticked and vocabulary().option(option.text)]
    if ticked:
        yield Leaf("relationship", ticked[0].text)
        return
    for line in answer.value.lines:
        words = line.partition("Specify")[0].strip(" :")
        if vocabulary().option(words):
            yield Leaf("relationship", words)
            return
    below = answer.value.text.partition("\n")[2]
    if below.count("/") >= 2:
        start = len(answer.value.text) - len(below)
        yield from _relationship(_with_part(answer, start), latest)


def _with_part(answer: Answer, start: int) -> Answer:
    part = answer.value.part(start, len(answer.value.text))
    return Answer(answer.key, answer.person, answer.group, part, answer.label, answer.where, answer.confidence)


def _housing(answer: Answer, _latest: dt.date | None) -> Read:
    writing = answer.value
    if not writing.boxed and writing.text.count("/") >= 1:
        parts = [part.strip() for part in writing.words.split("/")]
        if len(parts) > 1 and all(vocabulary().option(part) for part in parts):
            chosen = writing.chosen(parts)
            if chosen:
                yield Leaf("housing", chosen)
            return
    words = text_of(writing)
    if words:
        yield Leaf("housing", words)


def _name_and(second: str) -> Callable[[Answer, dt.date | None], Read]:
    """A name with an agency or a job after it: `Maria Sykes – Southend Council`."""

    def read(answer: Answer, _latest: dt.date | None) -> Read:
        text = answer.value.text.strip()
        parts = [folded(part) for part in _PARTS.split(text, maxsplit=1)]
        yield from _named(parts[0])
        if len(parts) > 1 and not is_unknown(parts[1]):
            yield from _second(second, parts[1])

    return read


def _second(kind: str, text: str) -> Read:
    if kind == "role_agency":
        role, *agency = [folded(part) for part in _PARTS.split(text, maxsplit=1)]
        yield Leaf("role", role.strip(" ()"), 0.85)
        if agency:
            yield Leaf("agency", agency[0].strip(" ()"), 0.85)
        return
    yield Leaf(kind, text.strip(" ,;()") if text.count("(") != text.count(")") else text.strip(" ,;"), 0.9)


def _referrer_name(answer: Answer, _latest: dt.date | None) -> Read:
    """A referrer's name, and the job that some write after it."""
    text = folded(_HINTS.sub(" ", answer.value.text.replace("\n", ", ")))
    head, mark, tail = re.sub(r"\s+[–—-]\s+|\s*[(/;]\s*", ", ", text, count=1).partition(", ")
    if mark and any(word.strip(".()").casefold() in vocabulary().roles for word in tail.split()):
        yield from _named(head)
        yield Leaf("role", tail.strip(" ,;()"), 0.9)
    else:
        yield from _named(text)


def _contact(answer: Answer, latest: dt.date | None) -> Read:
    yield from _phone(answer, latest)


_READERS: dict[str, Callable[[Answer, dt.date | None], Read]] = {
    "name": _name, "surname": _part_of_name("surname"), "forename": _part_of_name("forename"), "middle_name": _part_of_name("middle_name"),
    "name_dob": _name_and_birth, "name_dob_address": _name_birth_address, "aliases": _aliases, "date_of_birth": _birth, "age": _age,
    "gender": _gender, "address": _address, "postcode": _postcode, "address_phone": _address_and_phone, "phone": _phone,
    "phone_email": _phone_and_email, "email": _email, "ethnicity": _text("ethnicity"), "occupation": _text("occupation"),
    "relationship": _relationship, "religion": _text("religion"), "nationality": _text("nationality"), "language": _language,
    "interpreter": _yes("interpreter"), "disability": _disability, "disabled": _yes("disabled"), "bme": _yes("bme"), "lgbt": _yes("lgbt"),
    "pregnant": _yes("pregnant"), "gp": _text("gp"), "housing": _housing, "safe_to_call": _safe_to_call, "safe_phone": _safe_phone,
    "contact_notes": _text("contact_notes"), "call_notes": _call_notes, "school": _text("school"),
    "relationship_to_victim": _text("relationship_to_victim"), "relationship_to_perpetrator": _text("relationship_to_perpetrator"),
    "role": _text("role"), "agency": _text("agency"), "name_agency": _name_and("agency"), "name_role": _name_and("role"),
    "name_role_agency": _name_and("role_agency"), "contact": _contact, "referrer_name": _referrer_name, "parent": _parent,
}  # fmt: skip


def both_relationships(answer: Answer) -> Iterable[Leaf]:
    """`Son / Step-son` in one column: to the victim, then to the perpetrator."""
    words = text_of(answer.value)
    if not words:
        return
    first, mark, second = words.partition("/")
    if first.strip() and not is_unknown(first):
        yield Leaf("relationship_to_victim", first.strip(), 1.0 if mark else UNSURE)
    if mark and not is_unknown(second):
        yield Leaf("relationship_to_perpetrator", second.strip())


def case_reference(text: str) -> str | None:
    """The case number in what is left when the date is taken out."""
    rest = _CASE_WORDS.sub("", folded(text).strip(" ,;:–-/.()"), count=1).strip(" ,;:–-/.()")
    return rest if any(letter.isdigit() for letter in rest) and len(rest) <= 40 else None
