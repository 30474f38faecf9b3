"""The area's rules as triage needs them: plain values with the names that config.toml gives them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from marac.agency import Agency

Anchor = Literal["last referral", "last meeting"]
Counted = Literal["any events", "reports to the police"]
OwnCriterion = Literal["honour-based abuse", "forced marriage", "suicide or self-harm", "medium and rising"]
"""What is high risk by itself in some areas, whatever the checklist says."""

IN_SCOPE = (
    "partner", "husband", "wife", "spouse", "fiance", "fiancee", "boyfriend", "girlfriend", "ex",
    "mother", "father", "mum", "dad", "parent", "son", "daughter", "child", "brother", "sister", "sibling",
    "grandmother", "grandfather", "grandparent", "grandson", "granddaughter", "grandchild",
    "stepfather", "stepmother", "stepson", "stepdaughter", "stepbrother", "stepsister", "in-law",
)  # fmt: skip
"""Relationships that every MARAC hears, as areas list them in their protocols; "ex" is said with each of them too."""
WIDER_FAMILY = ("aunt", "uncle", "cousin", "niece", "nephew", "relative", "family", "clan", "community")
"""Heard as well where the abuse is honour-based."""


@dataclass(frozen=True, slots=True)
class ThresholdRules:
    """When a referral is high risk by the area's rules. Below them is never "no": a person decides."""

    ticks: Mapping[str, int] = field(default_factory=lambda: {"dash": 14, "dash-police": 14, "other": 14})
    """Ticks from which a case is high risk, for each kind of checklist; `other` is for lists of an unknown kind."""
    recent_incident_months: int | None = None
    """Ticks count only together with an incident in so many months, in areas that ask for one."""
    merit: int | None = None
    """The MeRIT total from which a case is high risk, in areas that use MeRIT; then a stated score is a MeRIT total."""
    dara: Literal["standard", "medium", "high"] | None = "high"
    """The grade on a DARA from which a case is high risk; None where a person decides about every one."""
    professional_judgement: bool = True
    escalation_events: int = 3
    """So many events in the months are escalation; 0 where only crimes count."""
    escalation_crimes: int = 0
    """So many crimes in the months are escalation; 0 where crimes have no number of their own."""
    escalation_months: int = 12
    escalation_counts: Counted = "any events"
    escalation_increasing: bool = False
    """Whether the number alone is not enough, and the abuse must be increasing too: then a person says so."""
    alone_enough: tuple[OwnCriterion, ...] = ()
    minimum_age: int = 16


@dataclass(frozen=True, slots=True)
class AreaRules:
    """Whom this MARAC hears, and from when on a form is old."""

    postcodes: tuple[str, ...] = ()
    """The area's postcode districts (`L32`), areas (`CB`) or sectors (`KT1 2`); none where nobody is asked about it."""
    relationships: tuple[str, ...] = IN_SCOPE
    honour_relationships: tuple[str, ...] = WIDER_FAMILY
    stale_form_days: int = 30


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
    area: AreaRules = field(default_factory=AreaRules)
    agencies: tuple[Agency, ...] = field(default=(), repr=False)
    """Those that sit at the MARAC, with the day on which each signed."""
