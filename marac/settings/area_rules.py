"""What config.toml says of the area's own rules: when a case is high risk, what is a repeat, who is taken for the same."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, field_validator

from marac.settings.fields import Table
from marac.triage.rules import IN_SCOPE, WIDER_FAMILY, Counted, OwnCriterion

_TICKS: Mapping[Literal["dash", "dash-police", "other"], int] = {"dash": 14, "dash-police": 14, "other": 14}


class Thresholds(Table):
    """When a referral is high risk by the area's rules. Below them is never "no": a person decides."""

    ticks: Mapping[Literal["dash", "dash-police", "other"], Annotated[int, Field(ge=1, le=40)]] = _TICKS
    recent_incident_months: int | None = Field(default=None, ge=1, le=60)
    """Where ticks count only together with an incident in so many months; None where they count alone."""
    merit: int | None = Field(default=None, ge=1, le=1000)
    """The MeRIT total from which a case is high risk, in areas that use MeRIT; then a stated score is a MeRIT total."""
    dara: Literal["standard", "medium", "high"] | None = "high"
    """The grade on a DARA from which a case is high risk; it has no ticks, and a lower grade is for a person."""
    professional_judgement: bool = True
    escalation_events: int = Field(default=3, ge=0, le=50)
    """So many events are escalation; 0 where only crimes count."""
    escalation_crimes: int = Field(default=0, ge=0, le=50)
    """So many crimes are escalation; 0 where crimes have no number of their own."""
    escalation_months: int = Field(default=12, ge=1, le=60)
    escalation_counts: Counted = "any events"
    escalation_increasing: bool = False
    """Whether the abuse must be increasing too; then the register's numbers are for a person."""
    alone_enough: tuple[OwnCriterion, ...] = ()
    """What is high risk by itself here, where the words on the form say it."""
    minimum_age: int = Field(default=16, ge=0, le=25)

    @field_validator("ticks", mode="before")
    @classmethod
    def _the_others_stay(cls, ticks: object) -> object:
        """A checklist that the area says nothing of keeps its threshold."""
        return {**_TICKS, **ticks} if isinstance(ticks, Mapping) else ticks


_DISTRICT = re.compile(r"[A-Z]{1,2}(?:[0-9]{1,2}[A-Z]?(?: [0-9])?)?")


class Area(Table):
    """Whom this MARAC hears, and from when on a form is old."""

    postcodes: tuple[str, ...] = ()
    """Postcode districts (L32), areas (CB) or sectors (KT1 2); with none, nobody is asked where the victim lives."""
    relationships: tuple[str, ...] = IN_SCOPE
    honour_relationships: tuple[str, ...] = WIDER_FAMILY
    """Heard as well where the form speaks of honour-based abuse or a forced marriage."""
    stale_form_days: int = Field(default=30, ge=0, le=365)
    """An older form is asked about; 0 where none is too old."""

    @field_validator("postcodes")
    @classmethod
    def _plain_districts(cls, postcodes: tuple[str, ...]) -> tuple[str, ...]:
        if any(not _DISTRICT.fullmatch(each) for each in postcodes):
            raise ValueError(
                'must be districts such as "L32", areas such as "CB" or sectors such as "KT1 2", in capitals'
            )
        return postcodes

    @field_validator("relationships", "honour_relationships")
    @classmethod
    def _plain_words(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(word.strip().lower() for word in words if word.strip())


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

    certain: float = Field(default=0.99, ge=0.985, lt=1)
    """Where twins, a parent and child, or namesakes may be meant, a probability is held at 0.98: a lower bound than 0.985
    would call that certain, and nobody would be asked."""
    ask: float = Field(default=0.05, gt=0, lt=0.5)
