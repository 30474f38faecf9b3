"""What one referral form says, and how sure its reader is: the referral record.

No class here shows its contents in `repr`: they are people. Text keeps the writer's words with white space folded; what
the form lacks or leaves blank is None (lists: empty).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from marac.checklist import Checklist
from marac.reply import Reply

Gender = Literal["female", "male", "other"]
Kind = Literal["referral", "checklist", "research", "minutes", "other", "unreadable"]
ProblemCode = Literal["missing", "unclear", "conflict", "invalid", "unreadable"]


@dataclass(frozen=True, slots=True, repr=False)
class Referrer:
    """Who refers. `phone` is digits only, in national form."""

    name: str | None = None
    role: str | None = None
    agency: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Victim:
    """The person at risk. `address` is one line without the postcode."""

    name: str | None = None
    aliases: tuple[str, ...] = ()
    date_of_birth: dt.date | None = None
    age: int | None = None
    gender: Gender | None = None
    address: str | None = None
    postcode: str | None = None
    phone: str | None = None
    safe_to_call: bool | None = None
    contact_notes: str | None = None
    ethnicity: str | None = None
    disability: str | None = None
    language: str | None = None
    religion: str | None = None
    nationality: str | None = None
    occupation: str | None = None
    gp: str | None = None
    housing: str | None = None
    bme: bool | None = None
    disabled: bool | None = None
    lgbt: bool | None = None
    interpreter: bool | None = None
    pregnant: bool | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Perpetrator:
    """A person alleged to be causing the harm; `relationship` is to the victim."""

    name: str | None = None
    aliases: tuple[str, ...] = ()
    date_of_birth: dt.date | None = None
    gender: Gender | None = None
    address: str | None = None
    postcode: str | None = None
    phone: str | None = None
    ethnicity: str | None = None
    occupation: str | None = None
    relationship: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Child:
    """A child named on the form, in the household or elsewhere."""

    name: str | None = None
    date_of_birth: dt.date | None = None
    relationship_to_victim: str | None = None
    relationship_to_perpetrator: str | None = None
    address: str | None = None
    school: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Criteria:
    """Why the referrer says that the case is high risk; `score` is the total as stated, ticks or MeRIT."""

    professional_judgement: bool | None = None
    visible_high_risk: bool | None = None
    escalation: bool | None = None
    repeat: bool | None = None
    score: int | None = None
    previous_date: dt.date | None = None
    previous_reference: str | None = None
    other_marac: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Consent:
    """Whether the victim knows of the referral and agrees; `reason` is why not, or why it was shared all the same."""

    aware: bool | None = None
    given: bool | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Safety:
    """Whom the victim fears, and to whom it is safe or unsafe to talk."""

    afraid_of: str | None = None
    safe_to_talk_to: str | None = None
    unsafe_to_talk_to: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Police:
    """Crime or incident number, and the officer in the case."""

    reference: str | None = None
    officer: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Referral:
    """One referral form."""

    date: dt.date | None = None
    referrer: Referrer = Referrer()
    victim: Victim = Victim()
    perpetrators: tuple[Perpetrator, ...] = ()
    children: tuple[Child, ...] = ()
    criteria: Criteria = Criteria()
    checklist: Checklist = field(default_factory=Checklist)
    consent: Consent = Consent()
    safety: Safety = Safety()
    police: Police = Police()
    reason: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Evidence:
    """The words a value was read from, where they stand, and how sure the reader is (0 to 1)."""

    text: str
    where: str
    confidence: float


@dataclass(frozen=True, slots=True, repr=False)
class Problem:
    """Something a person must look at: which leaf it speaks of (`victim.phone`), in words for the coordinator."""

    code: ProblemCode
    path: str
    message: str


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """What a reader made of one file."""

    kind: Kind
    referral: Referral = Referral()
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    reply: Reply | None = None
    """What it says in reply to what agencies were asked, whatever else it is."""

    @property
    def blank(self) -> bool:
        """Whether this is a form that nobody filled in."""
        return self.kind == "referral" and self.referral == Referral()
