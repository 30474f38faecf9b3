"""What was found in a message that can be registered: its referrals, each with the checklist that came beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from marac.intake.opening.message import FORWARDED
from marac.intake.pairing import joined, paired
from marac.referral import Reading
from marac.register.deliveries import Part


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


def referrals_in(parts: Sequence[Part]) -> tuple[Registrable, ...]:
    """The referrals to register: from the attached forms, or else from the body, the sender's own words first."""
    forms = [part for part in parts if part.role == "form" and _is_referral(part)]
    bodies = [part for part in parts if part.role == "body" and _is_referral(part)]
    own = [part for part in bodies if part.source != FORWARDED]
    chosen = forms or _fullest(own) or _fullest(bodies)
    beside = paired(chosen, checklists_in(parts))
    return tuple(_registrable(form, beside.get(form.id)) for form in chosen)


def checklists_in(parts: Sequence[Part]) -> list[Part]:
    """The parts that are a risk checklist and no form: files, or else a text that answers its questions."""
    found = [part for part in parts if part.reading is not None and part.reading.kind == "checklist"]
    files = [part for part in found if part.role == "form"]
    return files or [part for part in found if reading_of(part).referral.checklist.answers]


def _registrable(form: Part, checklist: Part | None) -> Registrable:
    if checklist is None:
        return Registrable(form, reading_of(form))
    return Registrable(form, joined(reading_of(form), reading_of(checklist)), checklist)


def _fullest(bodies: Sequence[Part]) -> list[Part]:
    """The forms in that body, plain or in HTML, from which most was read."""
    texts: dict[str, list[Part]] = {}
    for part in bodies:
        texts.setdefault(part.sha256, []).append(part)
    return max(texts.values(), key=lambda forms: sum(len(reading_of(form).evidence) for form in forms), default=[])


def _is_referral(part: Part) -> bool:
    return part.reading is not None and part.reading.kind == "referral" and not part.reading.blank


def reading_of(part: Part) -> Reading:
    """What was read in a part."""
    assert part.reading is not None  # noqa: S101 - only asked of parts that were read
    return part.reading
