"""Answers to the referral record: every value with its evidence, and what a person must look at. Pure."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from marac.checklist import Checklist
from marac.parsers.answers import UNSURE, Answer
from marac.parsers.leaves import case_reference
from marac.parsers.said import text_of, yes_of
from marac.parsers.people import Found, children, people
from marac.parsers.values import dates_in, is_unknown, whole_number
from marac.parsers.writing import folded
from marac.referral import (
    Child,
    Consent,
    Criteria,
    Evidence,
    Perpetrator,
    Police,
    Problem,
    ProblemCode,
    Referral,
    Referrer,
    Safety,
    Victim,
)

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
_POINTERS = ("see ", "as above", "above", "below")


@dataclass(slots=True)
class Record:
    """The record as it fills: value and evidence by path, and the problems met."""

    values: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def put(self, path: str, value: object, answer: Answer, confidence: float = 1.0) -> None:
        """Adds a value; a second, different one is a conflict, and the first stands."""
        if path in self.values:
            if self.values[path] != value and path != "date":
                self.problem("conflict", path, "The form gives two different answers; the first was taken.")
            return
        self.values[path] = value
        self.evidence[path] = Evidence(_shown(answer), answer.where, round(answer.confidence * confidence, 2))

    def problem(self, code: ProblemCode, path: str, message: str) -> None:
        """Adds a problem, once."""
        each = Problem(code, path, message)
        if each not in self.problems:
            self.problems.append(each)

    def people(self, path: str, found: Found) -> None:
        """Adds what was found about one person under a path."""
        for leaf, value in found.values.items():
            self.values[f"{path}.{leaf}"] = value
            if leaf == "aliases" and isinstance(value, tuple):
                for number in range(len(value)):
                    self.evidence[f"{path}.aliases.{number}"] = found.evidence[leaf]
            else:
                self.evidence[f"{path}.{leaf}"] = found.evidence[leaf]
        for doubt in found.doubts:
            self.problem(doubt.code, f"{path}.{doubt.name}", doubt.message)


def _shown(answer: Answer) -> str:
    return answer.value.text.replace("\ue000", "☒").replace("\ue001", "☐").strip()


def referral_from(answers: Sequence[Answer], today: dt.date) -> tuple[Referral, dict[str, Evidence], list[Problem]]:
    """The record that these answers make, less its checklist. `today` bounds dates of birth where the form has no date."""
    record = Record()
    for answer in answers:
        if answer.key == "date":
            _read_date(record, answer)
    latest = record.values.get("date") or today
    for answer in answers:
        if answer.person == "" and answer.key != "date":
            _read_form(record, answer)
    _read_reason(record, [answer for answer in answers if answer.key == "reason"])
    referral = _with_people(record, answers, latest)
    return referral, record.evidence, record.problems


# what speaks of the form ------------------------------------------------------------------------------------------


def _read_date(record: Record, answer: Answer) -> None:
    if isinstance(answer.typed, dt.date):
        day = answer.typed.date() if isinstance(answer.typed, dt.datetime) else answer.typed
        record.put("date", day, answer)
        return
    found = dates_in(answer.value.words)
    if found and found[0].date and found[0].date.year >= _EARLIEST_YEAR:
        record.put("date", found[0].date, answer, 1.0 if found[0].certain else UNSURE)
    elif not is_unknown(answer.value.words) and "date" not in record.values:
        record.problem("invalid", "date", "The date of the referral cannot be read as a date (day, month, year).")


def _read_form(record: Record, answer: Answer) -> None:
    key = answer.key
    if key in _TRUTHS:
        _read_truth(record, answer)
    elif key in _TEXTS:
        _read_text(record, answer)
    elif key == "criteria.score":
        _read_score(record, answer)
    elif key == "criteria.previous":
        _read_previous(record, answer)
    elif key == "criteria.elsewhere":
        _read_elsewhere(record, answer)
    elif key == "consent.override":
        rest = yes_of(answer.value).rest.strip(" ()")
        if rest and not is_unknown(rest) and not rest.casefold().startswith(_POINTERS):
            record.put("consent.reason", rest, answer)


def _read_truth(record: Record, answer: Answer) -> None:
    said = yes_of(answer.value)
    path = answer.key
    if said.yes is None:
        told = _told(path, said.rest)
        if told is not None:
            record.put(path, told, answer, 0.85)
        elif path == "criteria.visible_high_risk" and (score := whole_number(answer.value.words)) is not None:
            record.values.setdefault("criteria.score", score)
            record.evidence.setdefault("criteria.score", Evidence(_shown(answer), answer.where, 0.85))
            limit = whole_number(re.sub(r"\D+", " ", answer.label))
            if limit is not None:
                record.put(path, score >= limit, answer, UNSURE)
        elif not said.certain and answer.value:
            record.problem("unclear", path, f"The answer to “{answer.label[:60]}” is not a clear yes or no.")
        return
    record.put(path, said.yes, answer)
    _read_rest(record, answer, said.yes, said.rest)


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
            if text.startswith(("given", "obtained", "consented", "agreed", "verbal", "written", "signed"))
            else None
        )
    if path == "consent.aware":
        if "not aware" in text or "unaware" in text or "not informed" in text:
            return False
        return True if text.startswith(("aware", "informed", "fully aware")) else None
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
        record.evidence.setdefault("criteria.score", Evidence(_shown(answer), answer.where, 0.85))
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
        record.put("criteria.score", score, answer)
    elif not is_unknown(words):
        record.problem("unclear", "criteria.score", "The score cannot be read as a number.")


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


def _read_reason(record: Record, answers: Sequence[Answer]) -> None:
    """The narrative: every box of it, in order."""
    filled = [(answer, words) for answer in answers if not is_unknown(words := _narrative(answer))]
    if filled:
        record.values["reason"] = " ".join(words for _, words in filled)
        first = filled[0][0]
        record.evidence["reason"] = Evidence(" ".join(words for _, words in filled), first.where, first.confidence)


def _narrative(answer: Answer) -> str:
    return folded(answer.value.text.replace("\ue000", "☒").replace("\ue001", "☐"))


# what speaks of people --------------------------------------------------------------------------------------------


def _with_people(record: Record, answers: Sequence[Answer], latest: dt.date) -> Referral:
    def of(person: str) -> list[Answer]:
        return [answer for answer in answers if answer.person == person]

    victims = people(of("victim"), latest)
    perpetrators = people([*of("perpetrator"), *_relations(answers)], latest)
    referrers = people([_as_referrer(answer) for answer in of("referrer")], latest)
    young = children(of("child"), latest)
    _respell([*victims, *perpetrators, *young], _spellings(record.values.get("reason") or ""))
    for path, found in [("victim", victims[:1]), ("referrer", referrers[:1])]:
        for each in found:
            record.people(path, each)
    if len(victims) > 1:
        record.problem(
            "unclear",
            "victim",
            "The form names a second victim. Only the first was taken; the other needs a case of their own.",
        )
    for name, several in (("perpetrators", perpetrators), ("children", young)):
        for number, each in enumerate(several):
            record.people(f"{name}.{number}", each)
    return Referral(
        date=record.values.get("date"),
        referrer=Referrer(**_kept(record, "referrer", Referrer)),
        victim=Victim(**_kept(record, "victim", Victim)),
        perpetrators=tuple(
            Perpetrator(**_kept(record, f"perpetrators.{n}", Perpetrator)) for n in range(len(perpetrators))
        ),
        children=tuple(Child(**_kept(record, f"children.{n}", Child)) for n in range(len(young))),
        criteria=Criteria(**_kept(record, "criteria", Criteria)),
        checklist=Checklist(),
        consent=Consent(**_kept(record, "consent", Consent)),
        safety=Safety(**_kept(record, "safety", Safety)),
        police=Police(**_kept(record, "police", Police)),
        reason=record.values.get("reason"),
    )


def _spellings(narrative: str) -> dict[str, str]:
    """How the narrative spells words, by the same word in capitals (`MCKAY`: McKay)."""
    return {
        word.upper(): word
        for word in re.findall(r"[^\W\d_][\w'’-]+", narrative)
        if not word.isupper() and word[0].isupper()
    }


def _respell(found: Sequence[Found], spellings: Mapping[str, str]) -> None:
    """Names that a form asks for in capitals, spelt as the narrative spells them."""
    for each in found:
        name, proof = each.values.get("name"), each.evidence.get("name")
        if isinstance(name, str) and proof is not None:
            capitals = set(re.findall(r"[\w'’-]+", proof.text))
            words = (spellings.get(word.upper(), word) if word.upper() in capitals else word for word in name.split())
            each.values["name"] = " ".join(words)


def _kept(record: Record, path: str, kind: type) -> dict[str, Any]:
    """The leaves under a path that the record has a place for; evidence of others goes with them."""
    names = {each.name for each in fields(kind)}
    start = path + "."
    kept = {}
    for each in [each for each in record.values if each.startswith(start) and "." not in each[len(start) :]]:
        if each[len(start) :] in names:
            kept[each[len(start) :]] = record.values[each]
        else:
            record.evidence.pop(each, None)
    return kept


def _relations(answers: Sequence[Answer]) -> list[Answer]:
    """The relationship, where it stands among the victim's answers: it says the same of the first perpetrator."""
    told = [
        answer
        for answer in answers
        if answer.person == "perpetrator" and answer.key in ("relationship", "parent") and answer.value
    ]
    if told:
        return []
    first = next((answer.group for answer in answers if answer.person == "perpetrator" and answer.value), 0)
    return [
        Answer("relationship", "perpetrator", first, answer.value, answer.label, answer.where, answer.confidence)
        for answer in answers
        if answer.person == "victim" and answer.key == "relationship" and answer.value
    ][:1]


def _as_referrer(answer: Answer) -> Answer:
    if answer.key == "name":
        return Answer("referrer_name", "referrer", 0, answer.value, answer.label, answer.where, answer.confidence)
    return Answer(answer.key, "referrer", 0, answer.value, answer.label, answer.where, answer.confidence, answer.typed)


def missing(referral: Referral) -> list[Problem]:
    """The essentials that the form lacks."""
    victim = referral.victim
    absent = [
        ("victim.name", victim.name, "No name for the victim was found."),
        ("victim.date_of_birth", victim.date_of_birth, "No date of birth for the victim was found."),
        ("victim.address", victim.address or victim.postcode, "No address for the victim was found."),
        ("victim.phone", victim.phone or victim.contact_notes, "No telephone number for the victim was found."),
        ("perpetrators", any(each.name for each in referral.perpetrators), "No name for the perpetrator was found."),
        ("referrer.name", referral.referrer.name or referral.referrer.agency, "The form does not say who refers."),
        ("date", referral.date, "No date of referral was found."),
        ("reason", referral.reason, "No reason for the referral was found."),
    ]
    return [Problem("missing", path, message) for path, value, message in absent if not value]

