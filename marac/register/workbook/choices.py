"""The words that the workbook's drop-downs offer."""

from collections.abc import Mapping, Sequence
from typing import get_args

from marac.action import ActionOutcome
from marac.case import DecisionKind
from marac.referral import Gender
from marac.register.workbook.sheet import Choices
from marac.register.workbook.words import DECISION_WORDS

_OFFERED: tuple[DecisionKind, ...] = ("hear", "not-heard", "accept", "defer", "withdraw", "close", "reopen")
"""The decisions that need no other case and no other MARAC to be named."""

FIXED: Mapping[Choices, Sequence[str]] = {
    "yes or no": ("yes", "no"),
    "decisions": tuple(DECISION_WORDS[kind] for kind in _OFFERED),
    "genders": get_args(Gender),
    "sides": ("typed", "register"),
    "outcomes": get_args(ActionOutcome),
}
"""The same in every workbook."""

OPEN: frozenset[Choices] = frozenset({"agencies", "decisions"})
"""Lists that are no more than an offer: another word can be typed after a warning."""
