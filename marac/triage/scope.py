"""Whether this MARAC is the one that hears the case: where the victim lives, who the people are to each other, who refers."""

import re
from collections.abc import Collection

from marac.case import Case, Flag
from marac.triage.dangers import words_say
from marac.triage.namesakes import namesakes
from marac.triage.rules import AreaRules
from marac.triage.wording import places

_OUT_OF_SCOPE = re.compile(
    r"\b(?:flat|house|room)[- ]?mates?\b|\b(?:flat|house)[- ]?sharer?\b|\bneighbou?rs?\b|\bfriends?\b|\bcolleagues?\b|\blodgers?\b"
    r"|\bland(?:lord|lady)\b|\btenants?\b|\bacquaintances?\b|\bstrangers?\b|\b(?:business|work|gym) (?:partner|mate)s?\b|\bcustomers?\b"
    r"|\bemployers?\b|\bmanager\b|\bboss\b|\bcarer\b|\bassociates?\b",
    re.IGNORECASE,
)
_SOMEBODY_ELSES = re.compile(r"\b(?:of|to) .*$|\b\w+['\u2019]s? (?=\w)", re.IGNORECASE)
"""In "friend of her husband" and "husband's friend" the husband is not the one who is named."""
_HERSELF = re.compile(
    r".*\bself[- ]?refer(?:r\w*)?\b.*|\W*(?:self|myself|me|(?:the )?(?:victim|client)(?: (?:her|him)self)?)\W*",
    re.IGNORECASE,
)
_OUTWARD = re.compile(r"([A-Z]{1,2})([0-9]{1,2}[A-Z]?)")


def scope_flags(case: Case, rules: AreaRules) -> tuple[Flag, ...]:
    """What a person must settle about whether this MARAC hears the case: residence, relationship, self-referral."""
    return (*_residence(case, rules), *_relationship(case, rules), *_self_referral(case))


def lives_within(postcode: str, districts: Collection[str]) -> bool | None:
    """Whether a postcode is in one of the districts (`L32`), areas (`CB`) or sectors (`KT1 2`).

    None where it is no whole postcode: then nothing can be said.
    """
    squeezed = re.sub(r"[^A-Z0-9]", "", postcode.upper())
    outward, inward = squeezed[:-3], squeezed[-3:]
    found = _OUTWARD.fullmatch(outward)
    if not found or not re.fullmatch(r"[0-9][A-Z]{2}", inward):
        return None
    area = found[1]
    unlettered = outward.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")  # W1A belongs to W1
    return not {area, outward, unlettered, f"{outward} {inward[0]}"}.isdisjoint(districts)


def _residence(case: Case, rules: AreaRules) -> tuple[Flag, ...]:
    postcode, elsewhere = case.referral.victim.postcode, case.referral.criteria.other_marac
    if not rules.postcodes or not postcode or lives_within(postcode, rules.postcodes) is not False:
        return ()
    moved = " The form names another MARAC: it may be a transfer." if elsewhere else " Or is she transferred in?"
    reason = (
        "The victim's postcode is not one of this area's. The address decides which MARAC hears the case: ask the referrer "
        f"where she lives now, and pass it on or hear it; until then it stands here.{moved}"
    )
    evidence = places(case.reading, "victim.postcode", "criteria.other_marac")
    return (Flag("outside the area", reason, evidence, needs_decision=True),)


def _relationship(case: Case, rules: AreaRules) -> tuple[Flag, ...]:
    """Only where somebody is named who is surely out of scope, and nobody who is in it."""
    honour = bool(words_say(case, "honour-based abuse") or words_say(case, "forced marriage"))
    named = [
        (place, person.relationship)
        for place, person in enumerate(case.referral.perpetrators)
        if person.relationship and person.relationship.strip()
    ]
    heard = (*rules.relationships, *rules.honour_relationships) if honour else rules.relationships
    if not named or any(_is_one_of(words, heard) for _, words in named):
        return ()
    wider = [place for place, words in named if _is_one_of(words, rules.honour_relationships)]
    outside = [place for place, words in named if _OUT_OF_SCOPE.search(words)]
    if not outside and not wider:
        return ()
    ask = " Wider family counts where the abuse is honour-based: ask the referrer whether it is." if wider else ""
    reason = (
        "The perpetrator is named as somebody whom this MARAC does not hear by its rules: neither a partner, former partner "
        f"nor close family.{ask} A person decides whether it is heard, and who helps otherwise."
    )
    evidence = places(case.reading, *(f"perpetrators.{place}.relationship" for place in (*outside, *wider)))
    return (Flag("outside scope", reason, evidence, needs_decision=True),)


def _is_one_of(words: str, relationships: Collection[str]) -> bool:
    """Whether the words name one of the relationships, as the head of what they say."""
    own = _SOMEBODY_ELSES.sub(" ", words.lower().replace("é", "e"))
    whole = rf"\b(?:{'|'.join(re.escape(each) + 's?' for each in relationships if each != 'ex')})(?![\w-])"
    if "ex" in relationships and re.fullmatch(r"\W*(?:my |her |his )?ex\W*", own):
        return True
    found = re.search(whole, own)
    return bool(found) and not re.search(r"\b(?:business|work|gym) partners?\b", own)


def _self_referral(case: Case) -> tuple[Flag, ...]:
    if not refers_herself(case):
        return ()
    reason = (
        "The victim seems to refer herself. Reach her only in a way that is surely safe, and ask an agency (the IDVA service, "
        "as a rule) to complete the referral and to present it. Until you have decided, no meeting lists it."
    )
    evidence = places(case.reading, "referrer.name", "referrer.role", "referrer.agency")
    return (Flag("self-referral", reason, evidence, needs_decision=True),)


def refers_herself(case: Case) -> bool:
    """Whether the form says so, or the referrer has the victim's name and no agency."""
    referrer, victim = case.referral.referrer, case.referral.victim
    if any(_HERSELF.fullmatch(words) for words in (referrer.agency, referrer.role, referrer.name) if words):
        return True
    if referrer.agency or not (referrer.name and victim.name):
        return False
    return namesakes((referrer.name,), (victim.name, *victim.aliases))
