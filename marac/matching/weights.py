"""How often one person's two mentions agree in this way (m), and how often two people's do (u), where nothing is counted.

Fixed, without training. They lie below those of HMPPS's Core Person Record (trained on prisons, probation and courts, 2026),
because a referral form is poorer than a prison's record.
"""

from collections.abc import Mapping
from math import log2
from typing import Literal

NameLevel = Literal["same", "form", "spelling", "sound", "part", "near", "rhymes", "initial", "unknown", "different"]
"""`form`: Bob and Robert; `part`: a middle name, or half of a double surname; `near`: alike in letters alone;
`rhymes`: but for the first one, as brothers' names are; `initial`: cut short; `unknown`: not stated on one side."""

BornLevel = Literal[
    "same",
    "swapped",
    "one digit",
    "turned digits",
    "two digits",
    "two parts",
    "year",
    "close",
    "differs",
    "unknown",
    "vague",
]
"""`two parts`: two of day, month and year; `close`: within five years; `vague`: 1 January, and the same year."""

PlaceLevel = Literal["same postcode", "same address", "one sign", "district", "differs", "unknown"]

FIRST_M: Mapping[NameLevel, float] = {
    "same": 0.76, "form": 0.07, "spelling": 0.07, "sound": 0.02, "part": 0.03, "near": 0.03, "rhymes": 0.01, "initial": 0.01,
}  # fmt: skip
FIRST_U: Mapping[NameLevel, float] = {
    "same": 0.004, "form": 0.006, "sound": 0.006, "part": 0.008, "near": 0.006, "rhymes": 0.006, "initial": 0.06,
}  # fmt: skip
SURNAME_M: Mapping[NameLevel, float] = {
    "same": 0.77, "form": 0.04, "spelling": 0.07, "sound": 0.02, "part": 0.04, "near": 0.02, "rhymes": 0.01, "initial": 0.005,
}  # fmt: skip
SURNAME_U: Mapping[NameLevel, float] = {
    "same": 0.0015, "form": 0.003, "sound": 0.003, "part": 0.0015, "near": 0.004, "rhymes": 0.004, "initial": 0.06,
}  # fmt: skip
SPELLING_U = (0.004, 0.002, 0.001)
"""A slip of the pen away: in words of up to five letters, six or seven, more."""

FIRST_DIFFERS = log2(0.06 / 0.97)
SURNAME_DIFFERS = log2(0.06 / 0.98)
SURNAME_OF_A_WOMAN_DIFFERS = log2(0.17 / 0.98)
SURNAME_OF_ANYBODY_DIFFERS = log2(0.115 / 0.98)
"""Where no gender is stated: half of those are women."""
BOTH_DIFFER = -1.5
"""Whoever changes the surname keeps the first name: both other at once is rarer than each alone makes it."""
OTHER_MIDDLE_NAME, SAME_MIDDLE_NAME = -1.5, 1.5
TURNED = -5.0
"""Surname and first name have changed places."""
BY_ANOTHER_NAME = -2.5
"""An alias or a former name agrees, rather than the name in use."""

BORN_SAME_M = 0.88
BORN_USUAL = 1 / 16_000
"""The usual share of people with one date of birth, and the least that is ever assumed."""
BORN_SAME_OF_TWINS = log2(0.88 / 0.01)
"""What one date of birth weighs where twins of one household are the other way to explain it."""
BORN_BITS: Mapping[BornLevel, float] = {
    "swapped": log2(0.03 / BORN_USUAL),
    "one digit": log2(0.045 / 0.0016),
    "turned digits": log2(0.01 / 0.0005),
    "two parts": log2(0.02 / 0.005),
    "two digits": log2(0.012 / 0.015),
    "year": log2(0.01 / 0.022),
    "close": log2(0.007 / 0.17),
    "differs": log2(0.005 / 0.80),
    "vague": 1.5,
    "unknown": 0.0,
}

POSTCODE_M, POSTCODE_USUAL, POSTCODE_LEAST = 0.60, 1 / 3_000, 1 / 20_000
ADDRESS_M, ADDRESS_U = 0.5, 1 / 3_000
ONE_SIGN_BITS = log2(0.02 / 0.002)
DISTRICT_M, DISTRICT_USUAL = 0.13, 0.15
PLACE_DIFFERS = log2(0.27 / 0.85)
OTHER_HOUSE, SAME_HOUSE = -2.0, 1.5
"""What the house number adds to one postcode."""

PHONE_M, PHONE_USUAL = 0.5, 1 / 5_000
PHONE_DIFFERS = -0.6
SAME_GENDER, OTHER_GENDER = 0.3, -4.5
"""The first name has said most of it already."""

COLUMN_SAME_M = 0.70
COLUMN_NEAR = log2(0.15 / 0.01)
COLUMN_DIFFERS = log2(0.15 / 0.95)
"""Any further column of a list: nearly the same value, another value."""


def surname_differs(genders: set[str]) -> float:
    """Bits of another surname: many women change theirs; somebody whose gender is not stated may be one."""
    if "m" in genders:
        return SURNAME_DIFFERS
    return SURNAME_OF_A_WOMAN_DIFFERS if "f" in genders else SURNAME_OF_ANYBODY_DIFFERS
