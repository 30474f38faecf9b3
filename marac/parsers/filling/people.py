"""Answers to people: which answers speak of one person, and what the form says of each. Pure."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from marac.parsers.filling.answers import UNSURE, Answer, Doubt, Leaf
from marac.parsers.filling.leaves import both_relationships, leaves
from marac.parsers.filling.names import Name, name_in
from marac.parsers.filling.several import parts_of_child, several_in
from marac.parsers.filling.values import is_unknown
from marac.parsers.layout.writing import typed_text
from marac.referral import Evidence

_NAMING = frozenset(("name", "surname", "name_dob", "name_dob_address"))
_MANY = frozenset(("aliases", "contact_notes", "relationship", "age"))
"""Leaves that a form may answer more than once in different words."""
_SHORT = frozenset(("relationship", "agency", "role", "gp", "housing", "occupation", "school", "nationality"))
_LABEL_INSIDE = re.compile(r"(?:^|\s)[A-Z][\w’'/-]*(?: [\w’'/()-]+){0,5}:\s*\S")
"""What a short answer holds only where the words of another label have run into it."""
_NOBODY = re.compile(
    r"(?:no(?:ne)?|nil|n/?a|no (?:other )?children\b.*|none known|not applicable|no kids)[.\s]*", re.IGNORECASE
)


@dataclass(slots=True)
class Found:
    """What the form says of one person: leaf to value, its evidence, and what is doubtful."""

    values: dict[str, object] = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    def take(self, answer: Answer, latest: dt.date | None) -> None:
        """Adds what an answer says; a second, different word on one leaf is a conflict, and the first stands."""
        for each in leaves(answer, latest):
            if isinstance(each, Doubt):
                self.doubts.append(each)
            else:
                self.keep(each, answer)

    def keep(self, leaf: Leaf, answer: Answer) -> None:
        """Adds one leaf."""
        if leaf.name in _SHORT and isinstance(leaf.value, str) and ":" in leaf.value:
            unsure = _LABEL_INSIDE.search(leaf.value) is not None
            leaf = replace(leaf, confidence=min(leaf.confidence, UNSURE)) if unsure else leaf
        if leaf.name in self.values:
            if leaf.name not in _MANY and not _same(self.values[leaf.name], leaf.value):
                self.doubts.append(_conflict(leaf.name))
            return
        self.values[leaf.name] = leaf.value
        words = answer.value.text.replace("\ue000", "☒").replace("\ue001", "☐").strip()
        self.evidence[leaf.name] = Evidence(words, answer.where, round(answer.confidence * leaf.confidence, 2))

    def complete(self) -> "Found":
        """Joins a surname and forenames that stand apart into the name."""
        parts = [self.values.pop(part, None) for part in ("forename", "middle_name", "surname")]
        words = [str(part) for part in parts if part]
        proofs = [proof for part in ("forename", "middle_name", "surname") if (proof := self.evidence.pop(part, None))]
        if words and "name" not in self.values and (name := _joined_name(parts)):
            self.values["name"] = name.full
            if name.aliases and "aliases" not in self.values:
                self.values["aliases"] = name.aliases
                self.evidence["aliases"] = proofs[0]
            whole = len([part for part in (parts[0], parts[2]) if part]) == 2
            sure = min([0.95 if whole else UNSURE, *(proof.confidence for proof in proofs)])
            self.evidence["name"] = Evidence(" ".join(words), proofs[0].where, sure)
        return self


def _joined_name(parts: Sequence[object]) -> Name | None:
    first, middle, last = (name_in(str(part)) if part else None for part in parts)
    names = [name for name in (first, middle, last) if name]
    if not names:
        return None
    aliases = tuple(alias for name in names for alias in name.aliases)
    return Name(" ".join(name.full for name in names), aliases)


def _same(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return sorted(re.findall(r"\w+", one.casefold())) == sorted(re.findall(r"\w+", other.casefold()))
    return one == other


def people(answers: Iterable[Answer], latest: dt.date | None) -> list[Found]:
    """The people that these answers (all of one kind of person) speak of, in order.

    A new heading, column or list row begins another person; so does a second name under one heading.
    """
    found = []
    for members in _grouped(list(answers)):
        each = Found()
        for answer in members:
            each.take(answer, latest)
        found.append(each.complete())
    return _merged(found)


def _merged(found: Sequence[Found]) -> list[Found]:
    """Pieces without a name, or with a name already met, belong to the person before them."""
    merged: list[Found] = []
    for each in found:
        if not each.values and not each.doubts:
            continue
        name = each.values.get("name")
        home = next((one for one in merged if name is not None and _is_one_person(one, each)), None)
        if home is None and merged and (name is None or merged[-1].values.get("name") is None):
            home = merged[-1]
        if home is None:
            merged.append(each)
        else:
            _join(home, each)
    return merged


def _is_one_person(one: Found, other: Found) -> bool:
    """Whether two pieces bear the same name, and no different dates of birth."""
    births = {birth for birth in (one.values.get("date_of_birth"), other.values.get("date_of_birth")) if birth}
    return len(births) < 2 and _same(one.values.get("name"), other.values.get("name"))


def _join(home: Found, other: Found) -> None:
    """Adds what another piece says of the same person; where the two differ, the first stands and a person looks."""
    for leaf, value in other.values.items():
        if leaf not in home.values:
            home.values[leaf] = value
            home.evidence[leaf] = other.evidence[leaf]
        elif leaf not in _MANY and not _same(home.values[leaf], value):
            home.doubts.append(_conflict(leaf))
    home.doubts.extend(doubt for doubt in other.doubts if doubt.name not in home.values)


def _conflict(leaf: str) -> Doubt:
    return Doubt(leaf, "conflict", "The form gives two different answers; the first was taken.")


def children(answers: Sequence[Answer], latest: dt.date | None) -> list[Found]:
    """The children on a form: one for each row of a list, or each date in words such as `Tom 1/2/15, Amy 3/4/17`."""
    found: list[Found] = []
    for members in _grouped(answers):
        named = next((answer for answer in members if answer.key in _NAMING and answer.value), None)
        several = several_in(named) if named is not None else []
        if len(several) > 1 or (several and len(members) == 1 and named is not None and named.key == "name_dob"):
            found.extend(_told(named, several, latest))
        elif any(answer.value or answer.typed is not None for answer in members):
            found.append(_child(members, latest))
    return [each for each in found if _is_child(each)]


def _grouped(answers: Sequence[Answer]) -> list[list[Answer]]:
    """The answers of each person, in order of first mention: those of one group, up to a second name in it."""
    groups: dict[int, list[list[Answer]]] = {}
    for answer in answers:
        home = groups.setdefault(answer.group, [[]])
        if answer.key in _NAMING and answer.value and any(each.key in _NAMING and each.value for each in home[-1]):
            home.append([])
        home[-1].append(answer)
    return [members for home in groups.values() for members in home]


def _told(answer: Answer | None, pieces: Iterable[str], latest: dt.date | None) -> Iterable[Found]:
    if answer is None:
        return
    for piece in pieces:
        each = Found()
        words, school, relation = parts_of_child(piece.removeprefix("and "))
        for key, text in (("name_dob", words), ("school", school), ("relationship_to_victim", relation)):
            if text:
                each.take(replace(answer, key=key, person="child", value=typed_text(text), typed=None), latest)
        yield each


def _child(members: Iterable[Answer], latest: dt.date | None) -> Found:
    found = Found()
    for answer in members:
        if answer.key == "relationship_to_both":
            for leaf in both_relationships(answer):
                found.keep(leaf, answer)
        elif answer.key == "relationship":
            found.take(replace(answer, key="relationship_to_victim", typed=None), latest)
        elif answer.key == "living_with":
            found.take(replace(answer, key="address", typed=None), latest)
        else:
            found.take(answer, latest)
    return found.complete()


def _is_child(found: Found) -> bool:
    name = found.values.get("name")
    if isinstance(name, str) and (_NOBODY.fullmatch(name) or is_unknown(name)):
        return False
    return name is not None or "date_of_birth" in found.values
