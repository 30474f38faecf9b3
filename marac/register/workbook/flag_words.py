"""The words that columns show for flags, short enough to filter by: one column for each thing that a person looks for."""

from collections.abc import Mapping

from marac.case import LINKS, FlagCode

THRESHOLD: Mapping[FlagCode, str] = {"threshold met": "met", "below threshold": "below"}
REPEAT: Mapping[FlagCode, str] = {"repeat": "repeat", "possible repeat": "possible"}
DUPLICATE: Mapping[FlagCode, str] = {
    "duplicate": "duplicate",
    "possible duplicate": "possible",
    **dict.fromkeys(LINKS, "linked"),
    "heard before": "heard before",
}
CONTACT: Mapping[FlagCode, str] = {"unsafe contact": "UNSAFE", "contact with care": "care"}
SAFETY: Mapping[FlagCode, str] = {
    "threats to kill": "threats to kill",
    "child at risk": "child at risk",
    "children concerned": "children",
    "adult at risk": "adult at risk",
    "suicide or self-harm": "suicide or self-harm",
    "honour-based abuse": "honour-based abuse",
    "forced marriage": "forced marriage",
    "MAPPA": "MAPPA",
}
TO_LOOK_AT: Mapping[FlagCode, str] = {
    "missing": "missing",
    "checklist missing": "checklist missing",
    "unclear": "unclear",
    "stale form": "old form",
    "score and ticks disagree": "score and ticks",
    "high risk without score": "no score",
    "under age": "under age",
    "outside the area": "outside the area",
    "outside scope": "outside scope",
    "self-referral": "self-referral",
    "lawful basis missing": "lawful basis",
    "professional is a party": "professional is a party",
    "agency has not signed": "agency has not signed",
    "sender not confirmed": "sender",
    "newer version": "newer version",
}
