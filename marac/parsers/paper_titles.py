"""What papers call themselves: the words in their titles that tell referrals, minutes, research returns and others apart. Pure."""

import re
from collections.abc import Collection, Sequence

from marac.parsers.blocks import Block, Line
from marac.referral import Kind

_HEAD = 1_500  # characters in which a paper says what it is
_TITLE = 400  # characters of them in which its name stands
_TITLE_WORDS = 12
_FIRST_LINES = 3
_FEW_LABELS = 4  # labels that only a referral form asks for; fewer may stand on other papers
_FEW_SHARED = 2  # of them, on a paper for the sharing of information
_NUMBER = r"(?<!\d )(?<!\bten )(?<!\bfew )(?<!\bfive )(?<!\bfifteen )(?<!\btwenty )(?<!\bthirty )"
_MINUTES = re.compile(
    rf"{_NUMBER}(?<!receive the )(?<!of the )(?<!send the )\bminutes\b(?! (?:walk|away|ago|later|before|after|drive|to|by)\b)",
    re.IGNORECASE,
)
_AGENDA = re.compile(r"(?<!next )(?<!on the )(?<!on an )\bagenda\b", re.IGNORECASE)
_RESEARCH = re.compile(
    r"\bmarac research\b|\bagency research\b|\bresearch (?:form|return|pro ?forma|request|response)\b|\bagency (?:research|information) (?:form|return)\b",
    re.IGNORECASE,
)
_ASKS_RESEARCH = re.compile(
    r"\bknown to (?:your|this|our) (?:agency|service|organisation|team)\b|\bresearched by\b|\bwhat (?:does|do) your agency (?:know|hold)\b|\bagency returning\b|\binformation (?:held|for marac)\b|\bwill your agency attend\b|\bno trace\b",
    re.IGNORECASE,
)
"""What an agency is asked before the meeting; a referral form asks hardly one of these."""
_SHARING = re.compile(r"\binformation sharing (?:form|return)\b", re.IGNORECASE)
_OTHER_FORM = re.compile(
    r"\bmarf\b|multi[- ]agency referral form|child(?:ren)?[’']?s? (?:social care |services )?referral|\bmash (?:referral|enquiry|contact)\b|community marac|anti[- ]?social behaviour|\basb\b|"
    r"vulnerable (?:adult|victim)s? referral|\bcurriculum vitae\b|adult safeguarding (?:concern|referral)|early help (?:referral|assessment)|hate crime|prevent referral|\bchannel referral\b",
    re.IGNORECASE,
)
_PARTS_OF_OTHERS = (
    "marf", "agency referral", "child", "mash ", "community", "behaviour", "asb", "vulnerable", "vitae", "safeguarding",
    "early help", "hate crime", "prevent", "channel",
)  # fmt: skip
"""One of them is in the name of each such form. They are cheap to look for, and most titles hold none."""
_OTHER_SERVICE = re.compile(
    r"\bidv[as]\b.{0,40}\breferral|\breferral\b.{0,40}\bidv[as]\b|\bmappa\b|\bpvp\b|\brefuge referral|\b(?:domestic abuse|police|incident) notification\b|"
    r"\bvictim support referral|\boutreach (?:service )?referral",
    re.IGNORECASE,
)
"""Papers that ask what a referral asks, and go to somebody else unless they name the MARAC."""
_SAFEGUARDING = re.compile(
    r"\b(?:safeguarding (?:of )?(?:an? )?adults?|adults? at risk|safeguarding)\b.{0,20}\b(?:concern|referral|alert|enquiry)\b|"
    r"\bchild protection (?:concern|referral)",
    re.IGNORECASE,
)
"""Papers of social care, which may well say below their title when a MARAC is the right place."""
_OURS = re.compile(r"\bmarac|\bdramm\b|\bhrda\b|risk assessment conference", re.IGNORECASE)
_ABOUT_WORK = re.compile(
    r"\b(?:booking|registration|evaluation|feedback) form\b|\bdelegate\b|\bcurriculum vitae\b|\bperson specification\b|\bjob description\b|\bvacancy\b|\bclosing date\b|\bsalary\b",
    re.IGNORECASE,
)
_REFERRAL = re.compile(
    r"\bmarac\b.{0,60}\breferral\b|\breferral\b.{0,60}\bmarac\b|\bdramm\b|\bhrda\b|multi[- ]agency risk assessment conference",
    re.IGNORECASE | re.DOTALL,
)
_REFERRAL_FORM = re.compile(
    r"\b(?:marac|dramm|hrda|conference)\b.{0,60}\breferral\b|\breferral\b.{0,60}\b(?:marac|dramm|hrda|conference)\b",
    re.IGNORECASE,
)
_DOMESTIC = re.compile(r"\bdomestic|\bdramm\b|\bhrda\b|risk assessment conference", re.IGNORECASE)
_RISK_LIST = re.compile(r"\bdara\b|\bdash\b|\brisk (?:identification |indicator )?checklist\b|\bmerit\b", re.IGNORECASE)
_REFERS = re.compile(r"\brefer(?:ral|rer|red|ring)\b", re.IGNORECASE)


def head_of(blocks: Sequence[Block]) -> str:
    """The first words of a paper, a line for each of its lines and cells."""
    parts: list[str] = []
    length = 0
    for block in blocks:
        for text in (each.text for each in ((block,) if isinstance(block, Line) else block.cells)):
            parts.append(text.strip())
            length += len(text)
            if length > _HEAD:
                return "\n".join(parts)
    return "\n".join(parts)


def speaks_of_referral(head: str) -> bool:
    """Whether a referral to a MARAC is named at all."""
    return _REFERRAL.search(head) is not None


def speaks_of_abuse(head: str) -> bool:
    """Whether domestic abuse is named, and no form of another service."""
    return _DOMESTIC.search(head) is not None and not _is_other(head)


def is_called_list(head: str) -> bool:
    """Whether a short line at the top names a risk checklist."""
    return _RISK_LIST.search(_short(head[:_TITLE])) is not None


def is_list_alone(head: str) -> bool:
    """Whether one of the first lines names a risk checklist, and no short line speaks of referring."""
    first = "\n".join([line for line in head.split("\n") if line][:_FIRST_LINES])
    return _RISK_LIST.search(first) is not None and not _REFERS.search(_short(head))


def called(blocks: Sequence[Block], head: str, people: Collection[str], asked: Collection[str]) -> Kind | None:
    """What a paper that is no referral calls itself; None where it may be one.

    `people` are those whom its labels ask about, `asked` the keys of the labels that only a referral form has. The name
    that comes first counts: a referral form may speak of minutes, agendas and research below its title.
    """
    title = _short(head[:_TITLE])
    if not asked and not {"victim", "perpetrator"} & set(people) and _ABOUT_WORK.search(head):
        return "other"
    first = _names_itself(title)
    if first != "referral":
        if first == "minutes" or (first == "agenda" and not asked):
            return "minutes"
        if (first == "research" and len(asked) < _FEW_LABELS) or (first == "sharing" and len(asked) < _FEW_SHARED):
            return "research"
    if len(asked) < _FEW_SHARED and len({each.casefold() for each in _ASKS_RESEARCH.findall(head)}) >= _FEW_SHARED + 1:
        return "research"
    other = _is_other(head[:_TITLE]) and _is_other(top := _top(blocks)) and not _DOMESTIC.search(top)
    return "other" if other or _is_for_others(blocks, head, asked) else None


def _is_other(text: str) -> bool:
    """Whether the form of another service is named."""
    folded = text.casefold()
    return any(part in folded for part in _PARTS_OF_OTHERS) and _OTHER_FORM.search(text) is not None


def _names_itself(title: str) -> str:
    """The first name in these lines; empty where there is none."""
    for line in title.split("\n"):
        folded = line.casefold()
        if "information" in folded:
            folded += " research"  # a return of information is one of research, whatever it is called
        for name, pattern in (
            ("minutes", _MINUTES),
            ("research", _RESEARCH),
            ("sharing", _SHARING),
            ("referral", _REFERRAL_FORM),
            ("agenda", _AGENDA),
        ):
            if name in folded and pattern.search(line):
                return name
    return ""


def _is_for_others(blocks: Sequence[Block], head: str, asked: Collection[str]) -> bool:
    """Whether a paper is called the referral of another service, names no MARAC and asks for no criteria of one."""
    criteria = [key for key in asked if key.startswith("criteria.")]
    if len(criteria) >= _FEW_SHARED:
        return False
    top = _top(blocks)
    if _is_for_social_care(top):
        return True
    return not _OURS.search(head) and bool(_OTHER_SERVICE.search(top))


def _is_for_social_care(top: str) -> bool:
    """Whether one of the first lines names a safeguarding concern before any names a MARAC or domestic abuse."""
    for line in top.split("\n")[:_FIRST_LINES]:
        if _OURS.search(line) or _DOMESTIC.search(line):
            return False
        if _SAFEGUARDING.search(line):
            return True
    return False


def _top(blocks: Sequence[Block]) -> str:
    """The short lines and cells at the top of the first page."""
    return _short(head_of(blocks[:8]))


def _short(text: str) -> str:
    """The lines of a text that are short enough for a title and ask nothing."""
    return "\n".join(line for line in text.split("\n") if "?" not in line and 0 < len(line.split()) <= _TITLE_WORDS)
