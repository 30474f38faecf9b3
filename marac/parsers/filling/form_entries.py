"""Answers that speak of the form and not of a person: date, criteria, consent, safety, police, narrative. Pure."""

import datetime as dt
import re
from collections.abc import Sequence

from marac.parsers.filling.answers import UNSURE, Answer
from marac.parsers.filling.entries import Record, shown
from marac.parsers.filling.leaves import case_reference
from marac.parsers.filling.said import CAPITALS, text_of, yes_of
from marac.parsers.filling.values import dates_in, is_unknown, whole_number
from marac.parsers.layout.sides import printed_choice
from marac.parsers.layout.stories import is_guidance
from marac.parsers.layout.writing import Writing, folded
from marac.referral import Evidence

_EARLIEST_YEAR = 1995  # no MARAC was held before 2003; an older date of referral is a slip of the pen
_TRUTHS = frozenset(
    (
        "criteria.professional_judgement",
        "criteria.visible_high_risk",
        "criteria.escalation",
        "criteria.repeat",
        "consent.aware",
        "consent.given",
    )
)
_TEXTS = frozenset(
    (
        "criteria.previous_reference",
        "criteria.other_marac",
        "consent.reason",
        "safety.afraid_of",
        "safety.safe_to_talk_to",
        "safety.unsafe_to_talk_to",
        "police.reference",
        "police.officer",
    )
)
_MOST_QUESTIONS = 24
_IS_AWARE = re.compile(
    r"(?:the )?(?:she|he|they|victim|client) (?:is|are|was|has been) (?:now |fully |made )*(?:aware|informed|told)\b"
)
_POINTERS = ("see ", "as above", "above", "below")


def read_date(record: Record, answer: Answer) -> None:
    """The date of the referral."""
    if isinstance(answer.typed, dt.date):
        day = answer.typed.date() if isinstance(answer.typed, dt.datetime) else answer.typed
        record.put("date", day, answer)
        return
    found = dates_in(answer.value.words)
    if found and found[0].date and found[0].date.year >= _EARLIEST_YEAR:
        record.put("date", found[0].date, answer, 1.0 if found[0].certain else UNSURE)
    elif not is_unknown(answer.value.words) and "date" not in record.values:
        record.problem("invalid", "date", "The date of the referral cannot be read as a date (day, month, year).")


def read_form(record: Record, answer: Answer) -> None:
    """An answer about criteria, consent, safety or police."""
    key = answer.key
    if key in _TRUTHS:
        _read_truth(record, answer)
    elif key in _TEXTS:
        _read_text(record, answer)
    elif key == "criteria.score":
        _read_score(record, answer)
    elif key == "criteria.group":
        _read_grounds(record, answer)
    elif key == "criteria.previous":
        _read_previous(record, answer)
    elif key == "criteria.elsewhere":
        _read_elsewhere(record, answer)
    elif key == "consent.override":
        rest = yes_of(answer.value).rest.strip(" ()")
        if rest and not is_unknown(rest) and not rest.casefold().startswith(_POINTERS):
            record.put("consent.reason", rest, answer)


def _read_grounds(record: Record, answer: Answer) -> None:
    """The ground for the referral chosen of a list, as a drop-down leaves it: `Visible high risk`."""
    if answer.value.boxed:
        return
    for part in re.split(r"[,;\n]| and | & |\+", answer.value.text):
        meaning = answer.vocabulary.option(part.strip())
        if meaning is not None and meaning.key in _TRUTHS:
            record.put(meaning.key, True, answer)


def _read_truth(record: Record, answer: Answer) -> None:
    said = yes_of(answer.value)
    path = answer.key
    if said.yes is None:
        told = None if _is_choice(answer.value) else _told(path, said.rest) or _named(answer)
        if told is not None:
            record.put(path, told, answer, 0.85)
        elif path == "criteria.visible_high_risk" and (score := whole_number(answer.value.words)) is not None:
            record.values.setdefault("criteria.score", score)
            record.evidence.setdefault("criteria.score", Evidence(shown(answer), answer.where, 0.85))
            limit = whole_number(re.sub(r"\D+", " ", answer.label))
            if limit is not None:
                record.put(path, score >= limit, answer, UNSURE)
        elif not said.certain and answer.value:
            record.problem("unclear", path, f"The answer to “{answer.label[:60]}” is not a clear yes or no.")
        return
    record.put(path, said.yes, answer, 1.0 if said.certain else UNSURE)
    if not said.certain:
        record.problem("unclear", path, CAPITALS.format(answer.label[:60]))
    _read_rest(record, answer, said.yes, said.rest)


def _is_choice(writing: Writing) -> bool:
    """Whether both sides are printed, so that the words of one of them prove nothing (`Given X Not given`)."""
    return writing.boxed or printed_choice(writing.text) is not None


def _named(answer: Answer) -> bool | None:
    """Yes where the answer repeats what was asked, as one chosen of a list does (`Repeat?` – `Repeat`)."""
    meaning = answer.vocabulary.option(answer.value.words)
    return True if meaning is not None and meaning.key == answer.key else None


def _told(path: str, words: str) -> bool | None:
    """A yes or no in other words: `declined`, `agreed`, `not aware`."""
    text = words.casefold()
    if path == "consent.given":
        if any(
            word in text
            for word in (
                "declin",
                "refus",
                "withheld",
                "not given",
                "not obtained",
                "does not",
                "did not",
                "not consent",
            )
        ):
            return False
        return (
            True
            if text.startswith(
                ("given", "obtained", "consented", "agreed", "verbal", "written", "signed", "permission given")
            )
            else None
        )
    if path == "consent.aware":
        if "not aware" in text or "unaware" in text or "not informed" in text:
            return False
        return True if text.startswith(("aware", "informed", "fully aware")) or _IS_AWARE.match(text) else None
    return None


def _read_rest(record: Record, answer: Answer, yes: bool, rest: str) -> None:
    """What stands after the yes or no: a reason, a score, a date."""
    words = folded(rest).strip(" .()")
    if not words or is_unknown(words) or words.casefold().startswith(_POINTERS):
        return
    path = answer.key
    if path in ("consent.aware", "consent.given") and not yes:
        if "consent.reason" not in record.values:
            record.put("consent.reason", words, answer, 1.0 if path == "consent.aware" else 0.85)
    elif path == "criteria.visible_high_risk" and (score := whole_number(words)) is not None:
        record.values.setdefault("criteria.score", score)
        record.evidence.setdefault("criteria.score", Evidence(shown(answer), answer.where, 0.85))
    elif path == "criteria.repeat":
        _read_previous(record, answer)


def _read_text(record: Record, answer: Answer) -> None:
    words = text_of(answer.value)
    if not words or answer.key in record.values:
        return
    if answer.key == "criteria.other_marac" and yes_of(answer.value).yes is False:
        return
    record.put(answer.key, words, answer)


def _read_score(record: Record, answer: Answer) -> None:
    score = int(answer.typed) if isinstance(answer.typed, float | int) and not isinstance(answer.typed, bool) else None
    words = answer.value.words
    if score is None:
        score = whole_number(words)
    if score is not None:
        record.put("criteria.score", score, answer, UNSURE if _has_several(words) else 1.0)
        if score > _MOST_QUESTIONS and "merit" not in answer.label.casefold():
            message = f"A score of {score} is more than the {_MOST_QUESTIONS} questions of the usual checklist."
            record.problem("invalid", "criteria.score", message)
    elif not is_unknown(words):
        record.problem("unclear", "criteria.score", "The score cannot be read as a number.")


def _has_several(words: str) -> bool:
    """Whether a text gives more than one score (`15 on 3/4/24, now 17`), dates and `of 24` aside."""
    for date in reversed(dates_in(words)):
        words = words[: date.start] + " " + words[date.end :]
    return len(set(re.findall(r"(?<![\d/.])(?<!of )\d{1,2}\b(?!\s*(?:\+|or more|\.\d))", words))) > 1


def _read_previous(record: Record, answer: Answer) -> None:
    if isinstance(answer.typed, dt.date):
        record.put(
            "criteria.previous_date",
            answer.typed.date() if isinstance(answer.typed, dt.datetime) else answer.typed,
            answer,
        )
        return
    text = answer.value.words
    if is_unknown(text):
        return
    found = dates_in(text)
    if found and found[0].date:
        record.put("criteria.previous_date", found[0].date, answer, 1.0 if found[0].certain else UNSURE)
        text = text[: found[0].start] + " " + text[found[0].end :]
    elif answer.key == "criteria.previous" and yes_of(answer.value).yes is None:
        record.problem("unclear", "criteria.previous_date", "The date of the last MARAC cannot be read as a date.")
    reference = case_reference(text) if answer.key == "criteria.previous" else None
    if reference:
        record.put("criteria.previous_reference", reference, answer)


def _read_elsewhere(record: Record, answer: Answer) -> None:
    said = yes_of(answer.value)
    words = folded(said.rest).strip(" .()–-")
    if words and not is_unknown(words) and said.yes is not False and not words.casefold().startswith(_POINTERS):
        record.put("criteria.other_marac", words, answer)


def read_reason(record: Record, answers: Sequence[Answer]) -> None:
    """The narrative: every box of it, in order."""
    told = [(answer, words) for answer in answers if not is_unknown(words := _narrative(answer))]
    filled = [(answer, words) for answer, words in told if answer.value.entered or not is_guidance(words)]
    if filled:
        record.values["reason"] = " ".join(words for _, words in filled)
        first = filled[0][0]
        record.evidence["reason"] = Evidence(" ".join(words for _, words in filled), first.where, first.confidence)


def _narrative(answer: Answer) -> str:
    return folded(answer.value.text.replace("\ue000", "☒").replace("\ue001", "☐"))
