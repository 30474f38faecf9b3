"""What config.toml says of the area's own rules: when a case is high risk, what is a repeat, who is taken for the same."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, field_validator

from marac.settings.fields import Table

_TICKS: Mapping[Literal["dash", "dash-police", "other"], int] = {"dash": 14, "dash-police": 14, "other": 14}


class Thresholds(Table):
    """When a referral is high risk by the area's rules. Below them is never "no": a person decides."""

    ticks: Mapping[Literal["dash", "dash-police", "other"], Annotated[int, Field(ge=1, le=40)]] = _TICKS
    merit: int | None = Field(default=None, ge=1, le=1000)
    """The MeRIT total from which a case is high risk, in areas that use MeRIT; then a stated score is a MeRIT total."""
    dara: Literal["standard", "medium", "high"] | None = "high"
    """The grade on a DARA from which a case is high risk; it has no ticks, and a lower grade is for a person."""
    professional_judgement: bool = True
    escalation_events: int = Field(default=3, ge=1, le=50)
    escalation_months: int = Field(default=12, ge=1, le=60)
    minimum_age: int = Field(default=16, ge=0, le=25)

    @field_validator("ticks", mode="before")
    @classmethod
    def _the_others_stay(cls, ticks: object) -> object:
        """A checklist that the area says nothing of keeps its threshold."""
        return {**_TICKS, **ticks} if isinstance(ticks, Mapping) else ticks


class Repeat(Table):
    """What counts as a repeat."""

    months: int = Field(default=12, ge=1, le=60)
    counted_from: Literal["last referral", "last meeting"] = "last referral"
    counts: Literal["any abuse", "criminal only"] = "any abuse"
    """The older definition asks for behaviour that would be criminal; then a person is asked whether it was."""
    area: Literal["this", "any"] = "any"
    """Whether a case of another MARAC in the same store counts."""


class Matching(Table):
    """From which probability on two couples, or two people, are taken for the same, or a person is asked."""

    certain: float = Field(default=0.99, gt=0.5, lt=1)
    ask: float = Field(default=0.05, gt=0, lt=0.5)
