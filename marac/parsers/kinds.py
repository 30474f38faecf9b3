"""What kind of paper a file is: a referral, a checklist alone, a research return, minutes, or something else. Pure."""

import re
from collections.abc import Collection, Sequence

from marac.parsers.answers import Answer
from marac.parsers.blocks import Block, Line
from marac.parsers.checklists import Found
from marac.referral import Kind

_HEAD = 1_500  # characters in which a paper says what it is
_TITLE_WORDS = 12
_FEWEST_LABELS = 4  # labels that only a referral form asks for; fewer may stand on other papers
_MINUTES = re.compile(r"\bminutes\b(?! (?:walk|away|ago|later|before|after|drive))", re.IGNORECASE)
_RESEARCH = re.compile(
    r"\bmarac (?:agency )?research\b|\bresearch (?:form|return|pro ?forma|request|response)\b|\binformation sharing (?:form|return)\b|\bagency (?:research|information) (?:form|return)\b",
    re.IGNORECASE,
)
_AGENDA = re.compile(r"\bagenda\b", re.IGNORECASE)
_OTHER_FORM = re.compile(
    r"\bmarf\b|multi[- ]agency referral form|child(?:ren)?[’']?s? (?:social care |services )?referral|\bmash (?:referral|enquiry|contact)\b|community marac|anti[- ]?social behaviour|\basb\b|"
    r"vulnerable (?:adult|victim)s? referral|\bcurriculum vitae\b|adult safeguarding (?:concern|referral)|early help (?:referral|assessment)|hate crime|prevent referral|\bchannel referral\b",
    re.IGNORECASE,
)
_REFERRAL = re.compile(
    r"\bmarac\b.{0,60}\breferral\b|\breferral\b.{0,60}\bmarac\b|\bdramm\b|\bhrda\b|multi[- ]agency risk assessment conference",
    re.IGNORECASE | re.DOTALL,
)
_DOMESTIC = re.compile(r"\bdomestic|\bdramm\b|\bhrda\b|risk assessment conference", re.IGNORECASE)
_RISK_LIST = re.compile(r"\bdara\b|\bdash\b|\brisk (?:identification |indicator )?checklist\b|\bmerit\b", re.IGNORECASE)
_NAMES = frozenset(("name", "surname", "name_dob", "name_dob_address"))
_WHO = _NAMES | {"date_of_birth", "age", "address", "phone", "relationship", "gender", "ethnicity"}
_FEWEST_NAMELESS = 2  # different questions about a person
_FORM_KEYS = ("criteria.", "consent.", "safety.", "police.")


def kind_of(
    blocks: Sequence[Block], answers: Sequence[Answer], checklist: Found, nameless: Collection[str] = ()
) -> Kind:
    """The kind of paper, by its title, its labels and its questions; never by what somebody wrote into it.

    `nameless` are the keys of labels that the form gives to nobody known.
    """
    head = _head(blocks)
    title = head[:400]
    people = {answer.person for answer in answers}
    asked = {answer.key for answer in answers if answer.person == "" and answer.key.startswith(_FORM_KEYS)}
    if _MINUTES.search(title) or (_AGENDA.search(title) and not asked):
        return "minutes"
    if _RESEARCH.search(title) and len(asked) < _FEWEST_LABELS:
        return "research"
    if _OTHER_FORM.search(title) and _OTHER_FORM.search(top := _titles(blocks)) and not _DOMESTIC.search(top):
        return "other"
    if _is_referral(people, asked, has_list=bool(checklist.given), called=bool(_REFERRAL.search(head))):
        return "referral"
    if _REFERRAL.search(head) and _asks_for_people(answers, nameless):
        return "referral"
    is_list = bool(checklist.given) or bool(_RISK_LIST.search(title))
    return "checklist" if is_list and "perpetrator" not in people else "other"


def may_be_referral(blocks: Sequence[Block], answers: Sequence[Answer], nameless: Collection[str]) -> bool:
    """Whether a paper of another kind has so much of a referral that a person must look at it."""
    people = {answer.person for answer in answers}
    head = _head(blocks)
    if {"victim", "perpetrator"} <= people:
        return True
    told = bool(_REFERRAL.search(head)) or (bool(_DOMESTIC.search(head)) and not _OTHER_FORM.search(head))
    return told and ("victim" in people or "perpetrator" in people or len(set(nameless)) >= _FEWEST_NAMELESS)


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


def _titles(blocks: Sequence[Block]) -> str:
    """The short lines and cells at the top of the first page."""
    return "\n".join(line for line in _head(blocks[:8]).split("\n") if 0 < len(line.split()) <= _TITLE_WORDS)


def _head(blocks: Sequence[Block]) -> str:
    parts: list[str] = []
    length = 0
    for block in blocks:
        texts = [block.text] if isinstance(block, Line) else [cell.text for cell in block.cells]
        for text in texts:
            parts.append(text.strip())
            length += len(text)
            if length > _HEAD:
                return "\n".join(parts)
    return "\n".join(parts)
