"""What becomes of a message, decided from what was read in it. Nothing is done here.

When in doubt a person is asked, and a message that no rule speaks of is one for a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from marac.intake.opening.outlook import RTF
from marac.intake.pairing import joined, paired
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
    "another's checklist": "is a risk checklist that fits no form beside it by the victim's name, or not only one. Look whose it is.",
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
    chosen = forms or _fullest([part for part in parts if part.role == "body" and _is_referral(part)])
    checklists = [part for part in parts if part.reading is not None and part.reading.kind == "checklist"]
    beside = paired(chosen, checklists)
    return tuple(_registrable(form, beside.get(form.id)) for form in chosen)


def _registrable(form: Part, checklist: Part | None) -> Registrable:
    if checklist is None:
        return Registrable(form, _reading(form))
    return Registrable(form, joined(_reading(form), _reading(checklist)), checklist)


def _fullest(bodies: Sequence[Part]) -> list[Part]:
    """The forms in that body, plain or in HTML, from which most was read."""
    texts: dict[str, list[Part]] = {}
    for part in bodies:
        texts.setdefault(part.sha256, []).append(part)
    return max(texts.values(), key=lambda forms: sum(len(_reading(form).evidence) for form in forms), default=[])


def _is_referral(part: Part) -> bool:
    return part.reading is not None and part.reading.kind == "referral" and not part.reading.blank


def _reading(part: Part) -> Reading:
    assert part.reading is not None  # noqa: S101 - outcome() is for parts that were read
    return part.reading


def _doubts(parts: Sequence[Part], referrals: Sequence[Registrable]) -> tuple[str, ...]:
    """What in this message a person must look at, one sentence a part; a copy of what was used is no doubt."""
    used = {_bytes_of(part) for entry in referrals for part in (entry.part, entry.checklist) if part is not None}
    left = [part for part in parts if _bytes_of(part) not in used and (part.role == "form" or _hides(part, referrals))]
    return tuple(words for part in left if (words := _doubt(part, bool(referrals))))


def _bytes_of(part: Part) -> tuple[str, int]:
    return part.sha256, part.form


def _hides(part: Part, referrals: Sequence[Registrable]) -> bool:
    """Whether this is the text of a message that could not be read, and may be the referral itself."""
    return part.role == "body" and part.media_type == RTF and _reading(part).kind == "unreadable" and not referrals


def _doubt(part: Part, beside_a_form: bool) -> str:
    reading = _reading(part)
    if reading.kind == "unreadable":
        return f"{part.source}: {reading.problems[0].message if reading.problems else 'cannot be read.'}"
    if reading.blank:
        return f"{part.source} is a referral form that nobody filled in. Ask the sender for the filled-in form."
    if reading.kind == "referral":
        return ""
    kind = "another's checklist" if reading.kind == "checklist" and beside_a_form else reading.kind
    return f"{part.source} {_WHAT_ELSE[kind]}"


def _disposition_without_referral(parts: Sequence[Part]) -> Disposition:
    closed = [part for part in parts if part.role == "form" or _hides(part, ())]
    broken = [_reading(part) for part in closed if _reading(part).kind == "unreadable"]
    if any("password" in problem.message for reading in broken for problem in reading.problems):
        return "locked"
    return "unreadable" if broken else "no_referral"
