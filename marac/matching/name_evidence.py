"""Two people's names side by side: the pairing of all their names that says most, and what it weighs."""

from functools import lru_cache
from itertools import product
from math import log2
from typing import NamedTuple

from marac.matching import weights
from marac.matching.frequencies import PEOPLE_IN_MIND, Frequencies
from marac.matching.keys import in_use, joint_term, term
from marac.matching.people import KnownName, KnownPerson
from marac.matching.spelling import may_be_brother_and_sister, nearly, roots, sound, word_likeness
from marac.matching.weights import NameLevel


class PartEvidence(NamedTuple):
    """First names, or surnames, side by side: how far they agree, and by what that is weighed."""

    level: NameLevel
    m: float
    usual: float
    """How often two people's names agree like this, where nothing was counted."""
    term: int = 0
    """What is to be counted instead; 0 where nothing can be."""
    word: str = ""
    """The word that agrees."""
    extra: float = 0.0
    """Bits that the middle names add or take away."""


class NameEvidence(NamedTuple):
    """The names of two people in the pairing that says most."""

    first: NameLevel = "unknown"
    surname: NameLevel = "unknown"
    first_bits: float = 0.0
    surname_bits: float = 0.0
    turned: bool = False
    kind: str = ""
    """`a` where an alias agrees, `f` where a former name does, rather than the name in use."""
    shared_surname: str = ""
    rarity: float = 1.0
    """The share of people who bear this surname, where it is the same."""

    @property
    def bits(self) -> float:
        """What the names weigh."""
        return self.first_bits + self.surname_bits


NO_NAME = NameEvidence()
_UNKNOWN = PartEvidence("unknown", 1.0, 1.0)
_FIRST_DIFFERS = PartEvidence("different", 1.0, 2**-weights.FIRST_DIFFERS)
_SURNAME_DIFFERS = PartEvidence("different", 1.0, 2**-weights.SURNAME_DIFFERS)
_SAYS_NOTHING = -99.0
_AGREES_IN_FULL = 8.0
"""Bits from which on nobody asks whether surname and first name have changed places."""


def name_evidence(one: KnownPerson, other: KnownPerson, frequencies: Frequencies) -> NameEvidence:
    """What the names of two people say, in the pairing that says most; the same whichever comes first."""
    if not one.names or not other.names:
        return NO_NAME
    otherwise = weights.surname_differs({one.gender, other.gender})
    best = _pairing(one.names[0], other.names[0], frequencies, otherwise)
    if best.bits >= _AGREES_IN_FULL and best.first != "different" and best.surname != "different":
        return best
    straight, pairs = best, tuple(product(one.names, other.names))
    if len(pairs) > 1:
        best = max((_pairing(mine, theirs, frequencies, otherwise) for mine, theirs in pairs), key=_how_far)
    shared = len(one.sounds & other.sounds)
    if shared > 1 or (shared and straight.first == "different" == straight.surname):
        turned = (_pairing_turned(mine, theirs, frequencies, otherwise) for mine, theirs in pairs)
        best = max((best, *turned), key=_how_far)
    return best


def _how_far(found: NameEvidence) -> tuple[float, float, bool, str, str]:
    bits = found.first_bits + found.surname_bits
    return bits, found.first_bits, not found.turned, found.kind, found.shared_surname


def _pairing_turned(mine: KnownName, theirs: KnownName, frequencies: Frequencies, otherwise: float) -> NameEvidence:
    """Two names of which one was written with the surname first, whichever of the two that is."""
    if not mine.surname or not theirs.surname:
        return NO_NAME._replace(surname_bits=_SAYS_NOTHING)
    ones = _pairing(mine, _turned(theirs), frequencies, otherwise, turned=True)
    others = _pairing(_turned(mine), theirs, frequencies, otherwise, turned=True)
    return max(ones, others, key=_how_far)


@lru_cache(maxsize=4096)
def _turned(name: KnownName) -> KnownName:
    """The name as it is if it was written with the surname first."""
    first, _, rest = name.first.partition(" ")
    surname = name.surname.replace(" ", "-")
    return KnownName(f"{rest} {surname}".strip(), first.replace("-", " "), name.kind)


def _pairing(
    one: KnownName, other: KnownName, frequencies: Frequencies, otherwise: float, *, turned: bool = False
) -> NameEvidence:
    first = first_evidence(one.first, other.first)
    surname = surname_evidence(one.surname, other.surname)
    if surname.level == "different" and (" " in one.first or " " in other.first):
        surname = _given_as_middle_name(one, other) or surname
    everybody = frequencies.people + PEOPLE_IN_MIND
    first_share, share = first.usual, surname.usual
    if first.term:
        first_share = (frequencies.count(first.term) + PEOPLE_IN_MIND * first_share) / everybody
    if surname.term:
        share = (frequencies.count(surname.term) + PEOPLE_IN_MIND * share) / everybody
    first_bits = log2(first.m / first_share) + first.extra
    bits = log2(surname.m / share)
    shared, rarity = "", 1.0
    if surname.level == "same":
        shared, rarity = surname.word, share
        if first.level == "same":
            bits -= _joint_discount(one, first_share * share, frequencies, everybody)
    elif surname.level == "part":
        shared = surname.word
    elif surname.level == "different":
        bits = otherwise + (weights.BOTH_DIFFER if first.level == "different" else 0.0)
    kind = one.kind if one.kind == other.kind else max(one.kind, other.kind)
    bits += (weights.TURNED if turned else 0.0) + (weights.BY_ANOTHER_NAME if kind else 0.0)
    return NameEvidence(first.level, surname.level, first_bits, bits, turned, kind, shared, rarity)


@lru_cache(maxsize=4096)
def _given_as_middle_name(one: KnownName, other: KnownName) -> PartEvidence | None:
    """Harpreet Kaur Gill, who is Harpreet Kaur to somebody else."""
    shared = {*one.first.split()[1:]} & {*other.surname.split()} | {*other.first.split()[1:]} & {*one.surname.split()}
    if not shared:
        return None
    word = min(shared)
    return PartEvidence("part", weights.SURNAME_M["part"], weights.SURNAME_U["part"], term(f"s={word}"), word)


def _joint_discount(name: KnownName, by_halves: float, frequencies: Frequencies, everybody: int) -> float:
    """Bits that the whole name is worth less than its two halves: Mohammed goes with Khan more often than chance has it.

    Two bearers are taken off the count: those compared, who may be one person with two dates of birth.
    """
    counted = frequencies.count(term(joint_term(name.first, name.surname))) - 2
    if counted <= 0:
        return 0.0
    together = (counted + PEOPLE_IN_MIND * by_halves) / everybody
    return log2(together / by_halves) if together > by_halves else 0.0


@lru_cache(maxsize=4096)
def first_evidence(one: str, other: str) -> PartEvidence:
    """What two people's first names say, in the words they are called by, and in middle names."""
    if not one or not other:
        return _UNKNOWN
    mine, theirs = in_use(one), in_use(other)
    if one == other or one.replace(" ", "").replace("-", "") == other.replace(" ", "").replace("-", ""):
        extra = weights.SAME_MIDDLE_NAME if " " in one and " " in other else 0.0
        return _weighed("same", min(mine, theirs), extra=extra)
    found = _first_words(mine, theirs)
    if found.level in {"different", "initial", "near", "rhymes"} and (" " not in one or " " not in other):
        for a in one.split():
            for b in other.split():
                level = word_likeness(a, b)
                if level in {"same", "form"}:
                    return _weighed("part", min(a, b))
    if found.level == "same" and " " in one and " " in other:
        return found._replace(extra=_middle_names(one, other, mine, theirs))
    return found


def _middle_names(one: str, other: str, mine: str, theirs: str) -> float:
    ones, others = set(one.split()) - {mine}, set(other.split()) - {theirs}
    initials = {word[0] for word in ones} & {word[0] for word in others}
    return weights.SAME_MIDDLE_NAME if ones & others else 0.0 if initials else weights.OTHER_MIDDLE_NAME


def _first_words(one: str, other: str) -> PartEvidence:
    one, other = sorted((one.partition("-")[0], other.partition("-")[0]))
    level: NameLevel = word_likeness(one, other)
    if level in {"spelling", "sound"} and may_be_brother_and_sister(one, other):
        level = "different"
    elif level == "different":
        level = _alike_in_letters(one, other)
    return _weighed(level, one, other)


def _weighed(level: NameLevel, word: str, other: str = "", *, extra: float = 0.0) -> PartEvidence:
    if level == "different":
        return _FIRST_DIFFERS
    usual = weights.FIRST_U.get(level) or _spelling_u(word)
    return PartEvidence(level, weights.FIRST_M[level], usual, _term("f", level, word, other), word, extra)


@lru_cache(maxsize=4096)
def surname_evidence(one: str, other: str) -> PartEvidence:
    """What two people's surnames say, each in its parts."""
    if not one or not other:
        return _UNKNOWN
    if one == other or one.replace(" ", "") == other.replace(" ", "") or set(one.split()) == set(other.split()):
        word = min(one.split())
        return PartEvidence("same", weights.SURNAME_M["same"], weights.SURNAME_U["same"], term(f"s={word}"), word)
    found = [_surname_words(a, b) for a in one.split() for b in other.split()]
    best = min(found, key=_by_weight)
    if best.level in {"same", "form", "spelling", "sound"} and (" " in one or " " in other):
        return best._replace(level="part", m=weights.SURNAME_M["part"])
    return best


def _by_weight(part: PartEvidence) -> tuple[float, str]:
    return part.usual / part.m, part.word


def _surname_words(one: str, other: str) -> PartEvidence:
    one, other = sorted((one, other))
    level: NameLevel = word_likeness(one, other)
    if level == "different":
        level = _alike_in_letters(one, other)
    if level == "different":
        return _SURNAME_DIFFERS
    usual = weights.SURNAME_U.get(level) or _spelling_u(one)
    return PartEvidence(level, weights.SURNAME_M[level], usual, _term("s", level, one, other), one)


def _alike_in_letters(one: str, other: str) -> NameLevel:
    if (roots(one) and roots(other)) or min(len(one), len(other)) < 3 or not nearly(one, other):
        return "different"
    return "rhymes" if one[1:] == other[1:] else "near"


def _spelling_u(word: str) -> float:
    return weights.SPELLING_U[0 if len(word) < 6 else 1 if len(word) < 8 else 2]


def _term(kind: str, level: NameLevel, one: str, other: str) -> int:
    """What is counted for names that agree like this: the name, what both are forms of, or the sound of both."""
    match level:
        case "same" | "part":
            return term(f"{kind}={one.partition('-')[0]}")
        case "form":
            return term(f"{kind}:{min(roots(one) & roots(other))}")
        case "sound":
            return term(f"{kind}~{sound(one)}")
        case _:
            return 0
