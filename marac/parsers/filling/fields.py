"""Answers to the referral record: every value with its evidence, and what a person must look at. Pure."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import fields, replace
from functools import cache
from typing import Any

from marac.checklist import Checklist
from marac.parsers.filling.answers import Answer
from marac.parsers.filling.entries import Record
from marac.parsers.filling.form_entries import read_date, read_form, read_reason
from marac.parsers.filling.people import Found, children, people
from marac.parsers.filling.several import apart, name_two
from marac.referral import (
    Child,
    Consent,
    Criteria,
    Evidence,
    Perpetrator,
    Police,
    Problem,
    Referral,
    Referrer,
    Safety,
    Victim,
)


def referral_from(answers: Sequence[Answer], today: dt.date) -> tuple[Referral, dict[str, Evidence], list[Problem]]:
    """The record that these answers make, less its checklist. `today` bounds dates of birth where the form has no date."""
    record = Record()
    for answer in answers:
        if answer.key == "date":
            read_date(record, answer)
    latest = record.values.get("date") or today
    for answer in answers:
        if answer.person == "" and answer.key != "date":
            read_form(record, answer)
    read_reason(record, [answer for answer in answers if answer.key == "reason"])
    referral = _with_people(record, answers, latest)
    return referral, record.evidence, record.problems


def _with_people(record: Record, answers: Sequence[Answer], latest: dt.date) -> Referral:
    def of(person: str) -> list[Answer]:
        return [answer for answer in answers if answer.person == person]

    victims = people(of("victim"), latest)
    perpetrators = people(apart([*of("perpetrator"), *_relations(answers)]), latest)
    referrers = people([_as_referrer(answer) for answer in of("referrer")], latest)
    young = children(of("child"), latest)
    _respell([*victims, *perpetrators, *young], record.values.get("reason") or "")
    for path, found in [("victim", victims[:1]), ("referrer", referrers[:1])]:
        for each in found:
            record.people(path, each)
    for path, person in (("perpetrators", "perpetrator"), ("victim", "victim")):
        if name_two(apart(of(person))):
            record.problem("unclear", path, "One box seems to name two people. Only one of them may have been taken.")
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


def _respell(found: Sequence[Found], narrative: str) -> None:
    """Names that a form asks for in capitals, spelt as the narrative spells them."""
    spellings: dict[str, str] | None = None
    for each in found:
        name, proof = each.values.get("name"), each.evidence.get("name")
        if not isinstance(name, str) or proof is None:
            continue
        capitals = {word for word in re.findall(r"[\w'’-]+", proof.text) if word.isupper()}
        if capitals:
            spellings = _spellings(narrative) if spellings is None else spellings
            words = (spellings.get(word.upper(), word) if word.upper() in capitals else word for word in name.split())
            each.values["name"] = " ".join(words)


def _kept(record: Record, path: str, kind: type) -> dict[str, Any]:
    """The leaves under a path that the record has a place for; evidence of others goes with them."""
    names, start = _names_of(kind), path + "."
    kept = {}
    for each, value in record.values.items():
        if each.startswith(start) and "." not in (leaf := each[len(start) :]):
            if leaf in names:
                kept[leaf] = value
            else:
                record.evidence.pop(each, None)
    return kept


@cache
def _names_of(kind: type) -> frozenset[str]:
    return frozenset(each.name for each in fields(kind))


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
        replace(answer, person="perpetrator", group=first, typed=None)
        for answer in answers
        if answer.person == "victim" and answer.key == "relationship" and answer.value
    ][:1]


_REFERRERS_KEYS = {"occupation": "role", "employer": "agency"}
"""What a referrer is asked in other words than the record has."""


def _as_referrer(answer: Answer) -> Answer:
    if answer.key == "name":
        return replace(answer, key="referrer_name", group=0, typed=None)
    key = _REFERRERS_KEYS.get(answer.key, answer.key)
    return replace(answer, key=key, group=0)


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
