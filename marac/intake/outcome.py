"""What becomes of a message, decided from what was read in it. Nothing is done here.

When in doubt a person is asked, and a message that no rule speaks of is one for a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from marac.referral import Reading
from marac.register.deliveries import Part

Disposition = Literal[
    "new_referral",
    "new_referrals",
    "duplicate_referral",
    "possible_match",
    "duplicate_message",
    "locked",
    "no_referral",
    "auto_reply",
    "bounce",
    "unreadable",
    "quarantined",
]

_WHAT_ELSE = {
    "checklist": "is a risk checklist without a referral form. Ask the sender for the form.",
    "research": "looks like a research return. Returns are read by hand for now.",
    "minutes": "looks like minutes of a meeting. It was not registered.",
    "other": "is not a referral form that this program knows. Look whether it is one.",
}


@dataclass(frozen=True, slots=True)
class Registrable:
    """A referral to enter, with the checklist that came beside it."""

    part: Part
    reading: Reading = field(repr=False)
    checklist: Part | None = None

    @property
    def source(self) -> str | list[str]:
        """Where it was found: the part's place in the message, or both places."""
        return self.part.source if self.checklist is None else [self.part.source, self.checklist.source]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to enter in the books, and which referrals to register."""

    state: Literal["done", "needs_person"]
    disposition: Disposition
    reasons: tuple[str, ...] = field(default=(), repr=False)
    referrals: tuple[Registrable, ...] = field(default=(), repr=False)


def outcome(parts: Sequence[Part], *, automatic: bool, bounce: bool, damage: Sequence[str]) -> Outcome:
    """What becomes of a message with these parts, all of which were read."""
    if bounce:
        return Outcome(
            "needs_person", "bounce", ("A message that you sent could not be delivered. Nothing in it was registered.",)
        )
    referrals = referrals_in(parts)
    doubts = _doubts(parts, referrals)
    if damage:
        doubts = (
            "The message seems not to have arrived whole. Compare it with the mailbox, or ask the sender.",
            *doubts,
        )
    if referrals:
        disposition: Disposition = "new_referral" if len(referrals) == 1 else "new_referrals"
        return Outcome("needs_person" if doubts else "done", disposition, doubts, referrals)
    if automatic and not any(part.role == "form" for part in parts):
        return Outcome("done", "auto_reply", ("An automatic reply.",))
    if doubts:
        return Outcome("needs_person", _disposition_without_referral(parts), doubts)
    return Outcome(
        "needs_person", "no_referral", ("No referral was found in this message. Read it, in case it tells of one.",)
    )


def referrals_in(parts: Sequence[Part]) -> tuple[Registrable, ...]:
    """The referrals to register: from the attached forms, or else from the body of the message."""
    forms = [part for part in parts if part.role == "form" and _is_referral(part)]
    bodies = [part for part in parts if part.role == "body" and _is_referral(part)]
    chosen = forms or sorted(bodies, key=_leaves)[-1:]
    if len(chosen) == 1 and (checklist := _checklist_for(chosen[0], parts)):
        return (Registrable(chosen[0], _joined(_reading(chosen[0]), _reading(checklist)), checklist),)
    return tuple(Registrable(part, _reading(part)) for part in chosen)


def _is_referral(part: Part) -> bool:
    return part.reading is not None and part.reading.kind == "referral" and not part.reading.blank


def _leaves(part: Part) -> int:
    return len(_reading(part).evidence)


def _reading(part: Part) -> Reading:
    assert part.reading is not None  # noqa: S101 - outcome() is for parts that were read
    return part.reading


def _checklist_for(form: Part, parts: Sequence[Part]) -> Part | None:
    """The one checklist that came beside a form without answers, if it speaks of the same person or of none."""
    checklists = [part for part in parts if part.reading is not None and part.reading.kind == "checklist"]
    if len(checklists) != 1 or _reading(form).referral.checklist.answers:
        return None
    theirs, ours = (_name_words(_reading(part)) for part in (checklists[0], form))
    return checklists[0] if not theirs or not ours or theirs & ours else None


def _name_words(reading: Reading) -> set[str]:
    return set((reading.referral.victim.name or "").casefold().split())


def _joined(form: Reading, checklist: Reading) -> Reading:
    """The form's reading with the answers of the checklist beside it."""
    criteria = form.referral.criteria
    if criteria.score is None:
        criteria = replace(criteria, score=checklist.referral.criteria.score)
    referral = replace(form.referral, checklist=checklist.referral.checklist, criteria=criteria)
    theirs = ("checklist.", *(("criteria.score",) if form.referral.criteria.score is None else ()))
    evidence = {path: words for path, words in checklist.evidence.items() if path.startswith(theirs)}
    problems = tuple(problem for problem in checklist.problems if problem.path.startswith(theirs))
    kept = tuple(problem for problem in form.problems if not problem.path.startswith("checklist"))
    return replace(form, referral=referral, evidence={**form.evidence, **evidence}, problems=(*kept, *problems))


def _doubts(parts: Sequence[Part], referrals: Sequence[Registrable]) -> tuple[str, ...]:
    """What in this message a person must look at, one sentence a part."""
    used = {part.id for entry in referrals for part in (entry.part, entry.checklist) if part is not None}
    return tuple(words for part in parts if part.id not in used and part.role == "form" and (words := _doubt(part)))


def _doubt(part: Part) -> str:
    reading = _reading(part)
    if reading.kind == "unreadable":
        return f"{part.source}: {reading.problems[0].message if reading.problems else 'cannot be read.'}"
    if reading.blank:
        return f"{part.source} is a referral form that nobody filled in. Ask the sender for the filled-in form."
    if reading.kind == "referral":
        return ""
    return f"{part.source} {_WHAT_ELSE[reading.kind]}"


def _disposition_without_referral(parts: Sequence[Part]) -> Disposition:
    broken = [_reading(part) for part in parts if part.role == "form" and _reading(part).kind == "unreadable"]
    if any("password" in problem.message for reading in broken for problem in reading.problems):
        return "locked"
    return "unreadable" if broken else "no_referral"
