"""Who must not receive anything about a case, held against those whom each agency's documents would reach.

The case's perpetrators and victim with all their names, whoever a person barred from it, whoever has a conflict of interest
and may sit at another agency too, whom the form calls unsafe to talk to, and a professional on the form who may be a party.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from marac.agency import Agency
from marac.case import LIVE, Case
from marac.fortnight import BarredName, Interest
from marac.matching.spelling import folded
from marac.meetings.namesake_recipients import (
    Recipient,
    beginnings_of,
    likeness,
    may_be_near,
    may_be_the_same,
    named_in,
    recipients_of,
    words_in,
    words_of_text,
)
from marac.meetings.words_about_interests import cleared, held_words, spoken_of
from marac.triage.history import carrier
from marac.triage.professionals import parties_in_question, party_in_question


@dataclass(frozen=True, slots=True)
class NameHeld:
    """A recipient at an agency who has the name of somebody who must not receive anything about a case."""

    case: str
    agency: str
    reason: str = field(repr=False)
    person: str | None = field(repr=False)
    """The recipient, as agencies.toml has them, or the professional on the form."""
    is_senior: bool = False


@dataclass(frozen=True, slots=True)
class NearName:
    """A recipient whose name is near to one that must not receive: nothing is held back, and the coordinator is asked."""

    case: str
    agency: str
    person: str = field(repr=False)
    question: str = field(repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class _Kept:
    """Somebody who must not receive: in words, and by which names; `said` is what the form says of unsafe people."""

    who: str
    names: tuple[str, ...] = ()
    said: str = ""
    settled_at: str = ""
    """The agency that a person's word keeps it from already."""


def names_held(
    cases: Sequence[Case], agencies: Sequence[Agency], interests: Sequence[Interest], barred: Sequence[BarredName]
) -> tuple[NameHeld, ...]:
    """Every recipient who has the very name of somebody who must not receive, and whom no person cleared."""
    everybody = [(agency, recipient) for agency in agencies for recipient in recipients_of(agency)]
    known, concerned = {case.reference: case for case in cases}, _concerned(interests)
    words = {(word.case, word.agency) for word in interests}
    found: list[NameHeld] = []
    for case in cases:
        found += _of_the_same_name(case, everybody, _kept_from(case, barred, concerned))
        found += _professionals(case, carrier(case, known), agencies)
    return tuple(
        each
        for each in found
        if (each.case, each.agency) not in words or not cleared(interests, each.case, each.agency, each.person)
    )


def near_names(
    cases: Sequence[Case], agencies: Sequence[Agency], interests: Sequence[Interest], barred: Sequence[BarredName]
) -> tuple[NearName, ...]:
    """What to ask the coordinator about live cases: names that are near, and about which nobody has said anything."""
    everybody = [(agency, recipient) for agency in agencies for recipient in recipients_of(agency)]
    concerned = _concerned(interests)
    return tuple(
        NearName(case.reference, agency.id, recipient.text, _question(recipient, kept))
        for case in cases
        if case.state in LIVE
        for kept in _kept_from(case, barred, concerned)
        for agency, recipient in _near(kept, everybody)
        if not spoken_of(interests, case.reference, agency.id, recipient.text)
    )


def _near(kept: _Kept, everybody: Sequence[tuple[Agency, Recipient]]) -> Iterator[tuple[Agency, Recipient]]:
    words = _words_of(kept)
    beginnings = beginnings_of(words)
    for agency, recipient in everybody:
        if agency.id == kept.settled_at:
            continue
        if may_be_near(recipient.text, beginnings, words) and _likeness(recipient, kept) == "near":
            yield agency, recipient


OFFICERS = ("chair", "coordinator")
"""Stand for an agency in a word that clears one of them: `marac case conflict M26-0001 chair --clear`."""


def officers_concerned(
    cases: Sequence[Case], interests: Sequence[Interest], chair: str, coordinator: str
) -> tuple[tuple[str, str], ...]:
    """Live cases in which the chair or the coordinator may be a party, each with a sentence.

    Nothing can be hidden from them by this program: it can only say so.
    """
    concerned = _concerned(interests)
    found = (
        (case.reference, f"The {office} {_HAS[alike]} {kept.who}.")
        for case in cases
        if case.state in LIVE
        for kept in _kept_from(case, (), concerned)
        for office, name in zip(OFFICERS, (chair, coordinator), strict=True)
        if (alike := likeness(name, kept.names)) != "different" and not cleared(interests, case.reference, office, None)
    )
    return tuple(dict.fromkeys(found))


_HAS: Mapping[str, str] = {"same": "has the name of", "near": "has a name like that of"}


def _of_the_same_name(
    case: Case, everybody: Sequence[tuple[Agency, Recipient]], kept_from: Sequence[_Kept]
) -> Iterator[NameHeld]:
    words = frozenset(word for kept in kept_from for word in _words_of(kept))
    for agency, recipient in everybody:
        if not may_be_the_same(recipient.text, words):
            continue
        for kept in kept_from:
            if agency.id != kept.settled_at and _likeness(recipient, kept) == "same":
                reason = f"{_in_words(recipient)} has the name of {kept.who}."
                yield NameHeld(case.reference, agency.id, reason, recipient.text, recipient.is_senior)


def _professionals(case: Case, carries_on: Case, agencies: Sequence[Agency]) -> Iterator[NameHeld]:
    """The agencies of professionals on the form who may be a party, as long as nobody has decided about the case."""
    if not party_in_question(case) or carries_on.to_be_heard is not None:
        return
    for words, leaf in parties_in_question(case):
        for agency in agencies:
            if _works_there(case, leaf, agency):
                yield NameHeld(case.reference, agency.id, f"On the form {words}.", case.referral.referrer.name)


def _works_there(case: Case, leaf: str, agency: Agency) -> bool:
    if leaf == "police.officer":
        return agency.kind == "police" or _referred(case, agency)
    if leaf == "victim.gp":
        return agency.kind == "health" or _referred(case, agency)
    return _referred(case, agency)


def _referred(case: Case, agency: Agency) -> bool:
    """Whether the case came from this agency, by its name or by the domain of the referrer's address."""
    referrer = case.referral.referrer
    named = {folded(name).strip() for name in (case.agency, referrer.agency) if name}
    domain = (referrer.email or "").rpartition("@")[2].lower()
    return folded(agency.name).strip() in named or agency.id in named or (bool(domain) and domain in agency.domains)


def _concerned(interests: Sequence[Interest]) -> Mapping[str, Sequence[_Kept]]:
    """Case to the persons of whom somebody said that they have a conflict of interest in it: people sit at two agencies, and move."""
    found: dict[str, list[_Kept]] = {}
    for (case, agency), words in held_words(interests).items():
        persons = dict.fromkeys(word.person for word in words if word.person and "@" not in word.person)
        who = "somebody who has a conflict of interest in it"
        found.setdefault(case, []).extend(_Kept(who, (person,), settled_at=agency) for person in persons)
    return found


def _kept_from(case: Case, barred: Sequence[BarredName], concerned: Mapping[str, Sequence[_Kept]]) -> tuple[_Kept, ...]:
    referral = case.referral
    people = [("the perpetrator", (each.name, *each.aliases)) for each in referral.perpetrators]
    people.append(("the victim", (referral.victim.name, *referral.victim.aliases)))
    people += [
        ("somebody barred from this case", (each.name,))
        for each in barred
        if each.case == case.reference and each.lifted_on is None
    ]
    kept = [_Kept(who, tuple(name for name in names if name)) for who, names in people]
    kept += concerned.get(case.reference, ())
    if referral.safety.unsafe_to_talk_to:
        kept.append(_Kept("somebody whom the form calls unsafe to talk to", said=referral.safety.unsafe_to_talk_to))
    return tuple(each for each in kept if each.names or each.said)


def _words_of(kept: _Kept) -> frozenset[str]:
    return words_in(kept.names) if kept.names else words_of_text(kept.said)


def _likeness(recipient: Recipient, kept: _Kept) -> str:
    return likeness(recipient.text, kept.names) if kept.names else named_in(recipient.text, kept.said)


def _in_words(recipient: Recipient) -> str:
    if recipient.is_address:
        return f"Its {recipient.part}" if "mailbox" in recipient.part else f"The mailbox of its {recipient.part}"
    return f"Its {recipient.part}"


def _question(recipient: Recipient, kept: _Kept) -> str:
    return f"{_in_words(recipient)} has a name like that of {kept.who}: {recipient.text}. Is it the same person?"
