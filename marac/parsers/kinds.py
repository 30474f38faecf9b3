"""What kind of paper a file is: a referral, a checklist alone, a research return, minutes, or something else. Pure."""

from collections.abc import Collection, Sequence

from marac.parsers.blocks import Block
from marac.parsers.checklists.checklists import Found
from marac.parsers.filling.answers import Answer
from marac.parsers.paper_titles import (
    called,
    head_of,
    is_called_list,
    is_list_alone,
    speaks_of_abuse,
    speaks_of_referral,
)
from marac.referral import Kind

_FEWEST_LABELS = 4  # labels that only a referral form asks for; fewer may stand on other papers
_NAMES = frozenset(("name", "surname", "name_dob", "name_dob_address"))
_WHO = _NAMES | {"date_of_birth", "age", "address", "phone", "relationship", "gender", "ethnicity"}
_ON_A_LIST = _NAMES | {"date_of_birth", "relationship", "age", "gender"}
"""What a risk checklist may ask about the perpetrator."""
_FEWEST_NAMELESS = 2  # different questions about a person
_FORM_KEYS = ("criteria.", "consent.", "safety.", "police.")


def kind_of(
    blocks: Sequence[Block], answers: Sequence[Answer], checklist: Found, nameless: Collection[str] = ()
) -> Kind:
    """The kind of paper, by its title, its labels and its questions; never by what somebody wrote into it.

    `nameless` are the keys of labels that the form gives to nobody known.
    """
    head = head_of(blocks)
    people = {answer.person for answer in answers}
    asked = _asked(answers)
    listed = bool(checklist.given) or checklist.graded is not None
    if (kind := called(blocks, head, people, asked)) is not None:
        return kind
    if listed and is_list_alone(head) and _names_no_more(answers, asked):
        return "checklist"
    if _is_referral(people, asked, has_list=listed, called=speaks_of_referral(head)):
        return "referral"
    if speaks_of_referral(head) and (_asks_for_people(answers, nameless) or len(asked) >= _FEWEST_LABELS):
        return "referral"
    return "checklist" if (listed or is_called_list(head)) and "perpetrator" not in people else "other"


def may_be_referral(kind: Kind, blocks: Sequence[Block], answers: Sequence[Answer], nameless: Collection[str]) -> bool:
    """Whether a paper of another kind has so much of a referral that a person must look at it."""
    if kind in ("research", "minutes"):
        return len(_asked(answers)) >= _FEWEST_NAMELESS
    people = {answer.person for answer in answers}
    head = head_of(blocks)
    if {"victim", "perpetrator"} <= people:
        return True
    told = speaks_of_referral(head) or speaks_of_abuse(head)
    return told and ("victim" in people or "perpetrator" in people or len(set(nameless)) >= _FEWEST_NAMELESS)


def _asked(answers: Sequence[Answer]) -> set[str]:
    """The keys of the labels that only a referral form has."""
    return {answer.key for answer in answers if answer.person == "" and answer.key.startswith(_FORM_KEYS)}


def _names_no_more(answers: Sequence[Answer], asked: Collection[str]) -> bool:
    """Whether the labels say whom a checklist is about and how high the risk is, and ask no more."""
    of_perpetrator = {answer.key for answer in answers if answer.person == "perpetrator"}
    return of_perpetrator <= _ON_A_LIST and set(asked) <= {"criteria.score", "criteria.professional_judgement"}


def _asks_for_people(answers: Sequence[Answer], nameless: Collection[str]) -> bool:
    """Whether the labels ask who people are, as those of a referral form do, though it is not clear who is who."""
    people = {answer.person for answer in answers if answer.key in _WHO}
    asked = {answer.key for answer in answers if answer.person in ("victim", "perpetrator")} | set(nameless)
    parts = len(people & {"victim", "perpetrator"}) + sum(key in _NAMES for key in nameless)
    return len(asked) >= _FEWEST_NAMELESS and parts >= 2 and bool(asked & _WHO - _NAMES)


def _is_referral(people: set[str], asked: set[str], *, has_list: bool, called: bool) -> bool:
    """Whether the labels are a referral form's: of both people, or of the victim and what only a referral asks."""
    if {"victim", "perpetrator"} <= people:
        return bool(asked) or has_list or called
    if "victim" not in people:
        return False
    if has_list:
        return len(asked - {"criteria.score"}) >= 2
    return len(asked) >= _FEWEST_LABELS - 1 or (bool(asked) and called)
