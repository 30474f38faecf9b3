"""Which kind of agency referred a case, as the return counts them."""

import re
from collections.abc import Mapping, Sequence

from marac.agency import Agency, AgencyKind
from marac.case import Case
from marac.matching.spelling import folded

_WORDS: Mapping[AgencyKind, str] = {
    "idva": r"\bids?va\b|independent domestic|women'?s aid|domestic abuse service",
    "police": r"\bpolice\b|constabulary|\bvpu\b|\bpvp\b",
    "mental health": r"mental health|\bcamhs\b|\bcmht\b|psychiatr|talking therap",
    "substance misuse": r"substance|drugs?\b|alcohol|change grow live|\bcgl\b|turning point",
    "youth offending": r"youth (?:offending|justice)|\by[oj][ts]\b",
    "children": r"child(?:ren)?'?s?\b.*(?:social|service|care)|\bmash\b|family (?:first|support)|early help",
    "adults": r"adult.*(?:social|safeguard|care)|\basc\b",
    "education": r"school|education|college|academy|nursery",
    "probation": r"probation|\bnps\b|\bcrc\b",
    "housing": r"housing|homes?\b|tenanc|homeless",
    "fire": r"\bfire\b",
    "health": r"health|nhs|hospital|midwi|\bgps?\b|surgery|\ba ?& ?e\b|medical|ambulance|clinic",
    "voluntary": r"charity|refuge|victim support|voluntary|citizens advice|rape crisis|sexual violence|trust\b",
}
"""Tried in this order: a mental health trust is none of the hospitals, a school's nurse none of the schools' alone."""


def source(case: Case, agencies: Sequence[Agency]) -> AgencyKind | None:
    """The kind of the agency that referred a case; None where it is not recorded, `other` where nobody knows the kind.

    What agencies.toml says of an agency outranks what its name sounds like.
    """
    named = [name for name in (case.agency, case.referral.referrer.agency) if name]
    for agency in agencies:
        if agency.kind != "other" and any(folded(name) == folded(agency.name) for name in named):
            return agency.kind
    for name in named:
        for kind, words in _WORDS.items():
            if re.search(words, name, re.IGNORECASE):
                return kind
    return "other" if named else None
