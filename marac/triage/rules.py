"""The area's rules as triage needs them: plain values with the names that config.toml gives them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Anchor = Literal["last referral", "last meeting"]


@dataclass(frozen=True, slots=True)
class ThresholdRules:
    """When a referral is high risk by the area's rules. Below them is never "no": a person decides."""

    ticks: Mapping[str, int] = field(default_factory=lambda: {"dash": 14, "dash-police": 14, "other": 14})
    """Ticks from which a case is high risk, for each kind of checklist; `other` is for lists of an unknown kind."""
    merit: int | None = None
    """The MeRIT total from which a case is high risk, in areas that use MeRIT; then a stated score is a MeRIT total."""
    dara: Literal["standard", "medium", "high"] | None = "high"
    """The grade on a DARA from which a case is high risk; None where a person decides about every one."""
    professional_judgement: bool = True
    escalation_events: int = 3
    escalation_months: int = 12
    minimum_age: int = 16


@dataclass(frozen=True, slots=True)
class RepeatRules:
    """What counts as a repeat: calendar months, the last day included, and the day they are counted from."""

    months: int = 12
    counted_from: Anchor = "last referral"
    counts: Literal["any abuse", "criminal only"] = "any abuse"
    area: Literal["this", "any"] = "any"


@dataclass(frozen=True, slots=True)
class MatchingRules:
    """From which probability on the same people are certain, and from which a person is asked; both say so in words."""

    certain: float = 0.99
    ask: float = 0.05


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that triage goes by."""

    thresholds: ThresholdRules = field(default_factory=ThresholdRules)
    repeat: RepeatRules = field(default_factory=RepeatRules)
    matching: MatchingRules = field(default_factory=MatchingRules)
