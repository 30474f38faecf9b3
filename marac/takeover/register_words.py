"""The words of registers, beside those of forms: what a column of one is for, and what an outcome there means. Pure."""

import re
from collections.abc import Mapping
from typing import Literal, get_args

from marac.parsers.dictionary.wordings import plain

OldState = Literal["heard", "closed", "not heard", "transferred", "withdrawn", "deferred", "open"]
"""What an outcome can mean. `deferred` and `open` are cases that somebody must look at: they become drafts."""

NOT_TAKEN = "-"
"""What is said of a column that is not taken over."""

MEETING = "register.meeting"
OUTCOME = "register.outcome"
OWN_NUMBER = "register.case_number"
COUPLE = "register.victim_and_perpetrator"
COUPLE_REVERSED = "register.perpetrator_and_victim"
CHILDREN = "register.children"
NUMBER_OF_CHILDREN = "register.number_of_children"
ACTIONS = "register.actions"
TRANSFERRED_TO = "register.transferred_to"
NOTES = "register.notes"

REGISTER_FIELDS: Mapping[str, str] = {
    MEETING: "date of the MARAC that heard it",
    OUTCOME: "outcome",
    OWN_NUMBER: "the register's own case number",
    COUPLE: "victim and perpetrator in one cell",
    COUPLE_REVERSED: "perpetrator and victim in one cell",
    CHILDREN: "children, with or without dates of birth",
    NUMBER_OF_CHILDREN: "how many children",
    ACTIONS: "actions agreed",
    TRANSFERRED_TO: "the MARAC that it was transferred to",
    NOTES: "notes, kept in words with the case",
}

_TITLES: Mapping[str, tuple[str, ...]] = {
    MEETING: (
        "marac date", "date of marac", "meeting date", "date of meeting", "marac", "marac meeting", "date heard", "heard on", "heard", "meeting",
        "date of marac meeting", "date at marac", "date discussed", "marac meeting date", "month of marac", "marac month", "panel date", "conference date",
        "date of conference", "date heard at marac", "marac heard",
    ),
    OUTCOME: (
        "outcome", "outcomes", "case status", "status", "result", "case outcome", "marac outcome", "status of case", "accepted", "accepted y n",
        "outcome of marac", "decision", "state", "open closed", "accepted or not", "heard not heard", "outcome of referral",
    ),
    OWN_NUMBER: (
        "case no", "case number", "case ref", "case reference", "marac ref", "marac reference", "marac no", "marac number", "ref", "ref no", "reference",
        "reference number", "reference no", "urn", "no", "marac case number", "marac case no", "number", "case id", "id", "unique reference", "unique ref",
        "unique reference number", "case", "marac id", "our ref", "log no", "marac urn",
    ),
    COUPLE: (
        "victim perpetrator", "victim perp", "victim offender", "victim suspect", "victim and perpetrator", "victim and perp", "v p", "names", "parties",
        "case name", "couple", "victim v perpetrator", "victim perpetrator names", "victim and perpetrator names", "names of parties", "victim alleged perpetrator",
        "vic perp", "client perpetrator",
    ),
    COUPLE_REVERSED: ("perpetrator victim", "perp victim", "perp vic", "offender victim", "suspect victim", "p v"),
    CHILDREN: (
        "children", "child", "childs name", "children names", "childrens names", "names of children", "child names", "children name and dob", "children dob",
        "kids", "childrens details", "child details", "children details", "names and dobs of children", "children names and dobs", "childrens names and dobs",
        "childrens names and dob", "dependants",
    ),
    NUMBER_OF_CHILDREN: (
        "no of children", "number of children", "no children", "children no", "how many children", "num of children", "children in household no", "of children",
        "total children", "no of kids", "no of dependants", "no children in household", "number of children in household", "ch", "cyp", "no of cyp",
    ),
    ACTIONS: (
        "actions", "action", "actions agreed", "agreed actions", "marac actions", "action plan", "actions from marac", "actions taken", "actions set", "actions raised",
    ),
    TRANSFERRED_TO: ("transferred to", "transfer to", "transferred", "transfer", "transferred to which marac", "mtm", "marac to marac", "marac to marac transfer"),
    NOTES: ("notes", "comments", "comment", "note", "other", "other information", "further information", "any other information", "remarks", "update", "updates"),
    "victim.name": (
        "vic", "vic name", "v name", "victim s", "victims", "victim initials", "vic initials", "v", "victim full name", "name of vic", "survivor name", "initials",
        "service user name", "full name",
    ),
    "victim.date_of_birth": ("vic dob", "v dob", "victim d o b", "dob v", "dob of victim", "d o b", "dob"),
    "victim.age": ("vic age", "v age", "age of vic"),
    "victim.address": ("vic address", "v address", "address of vic"),
    "victim.gender": ("vic gender", "v gender", "sex", "victim sex"),
    "victim.ethnicity": ("vic ethnicity", "v ethnicity"),
    "perpetrator.name": ("perp", "perps", "perps name", "p name", "perp initials", "perpetrator initials", "p", "perpetrator s", "alleged perp", "perp full name"),
    "perpetrator.date_of_birth": ("p dob", "dob p", "dob of perp", "perps dob", "perp d o b"),
    "perpetrator.address": ("p address", "address of perp"),
    "perpetrator.relationship": ("relationship", "rel", "relationship to victim", "relationship between parties", "relationship v p", "relationship of parties"),
    "referrer.agency": (
        "agency", "referring agency", "referral agency", "referred by", "source", "referral source", "source of referral", "ref agency", "referring org", "referrer",
        "referring organisation", "who referred", "agency referring", "referral from", "from",
    ),
    "date": (
        "date referred", "referral date", "date of referral", "date received", "received", "referral received", "date referral received", "date rec d", "date recd",
        "ref date", "referred", "date ref", "date in", "date of ref",
    ),
    "criteria.repeat": ("repeat", "repeat y n", "repeat case", "repeat referral", "is it a repeat", "new or repeat", "new repeat", "repeat yn", "rpt", "repeat victim"),
    "criteria.score": ("score", "risk score", "dash score", "dash", "dash ric score", "ric", "ric score", "no of ticks", "ticks", "risk", "dash ticks"),
    "police.reference": ("crime no", "crime ref", "crime number", "crime reference", "police ref", "niche", "niche ref", "occurrence number", "cad", "crime ref no"),
}  # fmt: skip

_BY_TITLE: Mapping[str, str] = {plain(title): field for field, titles in _TITLES.items() for title in titles}

_OUTCOMES: tuple[tuple[OldState, str], ...] = (
    ("not heard", r"not (?:accepted|heard|marac|discussed|suitable|high risk|met)|(?:did not|doesn.?t|does not) meet|declined|rejected|refused|below threshold|not to be heard|no marac"),
    ("transferred", r"(?:marac to marac )?transfer(?:red)?(?: out| to)?|moved to|mtm\b|sent to \w+ marac|out of area"),
    ("withdrawn", r"withdrawn|referral withdrawn|cancelled|removed|retracted"),
    ("deferred", r"deferred|carried (?:over|forward)|c ?/ ?f\b|adjourned|postponed|put back|next marac|relisted|re-listed"),
    ("open", r"open|pending|awaiting|listed|to be heard|tbc|tba|booked|new\b|current|in progress|for next|waiting|scheduled"),
    ("closed", r"closed?\b|case closed|nfa|no further action|archived|ended|complete"),
    ("heard", r"heard|discussed|presented|accepted|actioned|reviewed|marac.?ed|info(?:rmation)? shar|yes|y\b|done|full marac|repeat heard|marac heard"),
)  # fmt: skip
_STARTS = tuple(
    (state, re.compile(rf"\W*(?:case |was |re-?)?(?:{words})", re.IGNORECASE)) for state, words in _OUTCOMES
)

STATES: tuple[OldState, ...] = get_args(OldState)


def field_titled(title: str) -> str | None:
    """What a column with this title holds, where the title is a usual one of registers."""
    return _BY_TITLE.get(plain(title.replace("#", " no "))) or _BY_TITLE.get(plain(re.sub(r"\([^)]*\)", " ", title)))


def outcome_in(words: str) -> OldState | None:
    """What an outcome means; None where its words are not known."""
    return next((state for state, pattern in _STARTS if pattern.match(words)), None)
