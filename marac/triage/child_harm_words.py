"""The words in which practitioners write of harm and danger to a child, and what stands between them."""

import re
from dataclasses import dataclass
from functools import cache

_USUAL = (
    r"child(?:ren)?\b(?!['\u2019]s (?:social|services?|centre|school|homes?)| (?:contact|arrangements|benefit|maintenance|protection))",
    r"kids?\b", r"bab(?:y|ies)\b", r"toddlers?\b", r"infant\b(?! school)", r"step-?(?:son|daughter|child\w*)s?\b", r"boys?\b",
)  # fmt: skip
_GROWING = (r"sons?\b(?!-in)", r"daughters?\b(?!-in)")
"""Words for a child of any age; where the perpetrator is the victim's own child they may mean the perpetrator."""
_NOT_A_PARENT = r"(?!['\u2019]s (?:father|mother|dad|mum|parents?|nan|gran\w*)\b)"
_APART = r"while|when|as|after|before|because|over|about|near|with|without|in|at|that|if|so|for|from|by|once|during|not|never|no|nor|who|is|was|were|has"
_TO = rf"(?:\s+(?!(?:{_APART})\b)[\w'\u2019]+){{0,3}}?\s+"
"""Between a deed and whom it was done to: "hit her and the" may stand there, "hit her in front of the" may not."""
_NOT = r"\b(?:no|not|never|nor|nil|without|nobody|neither)\b|n['\u2019]t\b"
_NEAR = rf"(?:(?!{_NOT})[^.;])"
_HERS = rf"(?:(?!{_NOT}|\b(?:her|his|their|saw|see|sees|seen|seeing|witness\w*|heard|hear)\b)[^.;])"
"""Between a child and an injury, where nothing says that it is somebody else's."""
_DEEDS = (
    r"(?:hits?|hitting|slap(?:s|ped|ping)?|smack(?:s|ed|ing)?|punch(?:es|ed|ing)?|kick(?:s|ed|ing)?|push(?:es|ed|ing)?|shov(?:es|ed|ing)"
    r"|throw(?:s|n|ing)?|threw|hurt(?:s|ing)?|injur(?:es?|ed|ing)|harm(?:s|ed|ing)?|assault(?:s|ed|ing)?|beat(?:s|en|ing)?|batter(?:ed|ing)?"
    r"|strangl(?:es?|ed|ing)|chok(?:es?|ed|ing)|smother(?:s|ed|ing)?|suffocat(?:es?|ed|ing)|drown(?:s|ed|ing)?|grab(?:s|bed|bing)?|shak(?:es?|ing|en)"
    r"|shook|burn(?:s|ed|t|ing)?|bites|bitten|stab(?:s|bed|bing)?|attack(?:s|ed|ing)?|molest(?:s|ed|ing)?|rap(?:es?|ed|ing)|groom(?:ed|ing)"
    r"|abus(?:es|ed|ing)|kill(?:s|ed|ing)?|murder(?:s|ed|ing)?|poison(?:s|ed|ing)?|starv(?:es?|ed|ing)|lock(?:s|ed|ing)|drag(?:s|ged|ging)?"
    r"|abduct(?:s|ed|ing)?|kidnap(?:s|ped|ping)?|snatch(?:es|ed|ing)?|threaten(?:s|ed|ing)?)\b"
)
_DONE = (
    r"(?:hit|slapped|smacked|punched|kicked|pushed|shoved|thrown|hurt|injured|harmed|assaulted|beaten|battered|strangled|choked|smothered"
    r"|suffocated|grabbed|shaken|burnt?|burned|bitten|stabbed|attacked|molested|raped|groomed|abused|neglected|killed|locked|dragged|abducted"
    r"|kidnapped|snatched|threatened|left alone|left unsupervised|caught in|knocked|targeted|hospitali[sz]ed)\b"
)
_HURT = r"\b(?:bruis\w+|injur\w+|fractur\w+|black eye|broken (?:arm|leg|rib|wrist|nose|bone)\w*|(?:hand|finger|bite|burn) ?marks?|unexplained marks?)"
_HIM = r"(?:him|her|them|dad\w*|daddy|father|mum\w*|mother|step-?(?:dad|father|mum|mother)|the perpetrator|the (?:alleged )?offender|going home)\b"
_BLOWS = r"(?:hit|hits|kick(?:s|ed|ing)?|punch(?:ed|es|ing)?|push(?:ed|es|ing)?|shov\w+|assault\w*|beat(?:en|s)?|strangl\w+|chok\w+|attack\w*|stamp\w*|threw|thrown)"

SEVERE = re.compile(
    r"\b(?:strangl\w+|chok(?:es?|ed|ing)|suffocat\w+|smother\w+|drown\w*|stab(?:s|bed|bing)?|kni(?:fe|ves)|machete|sword|guns?|firearm|shotgun|hammer"
    r"|axe|baseball bat|screwdriver|scissors|crowbar|weapons?|petrol|acid|set fire|arson|hands? (?:a?round|to|on|at) (?:her|his|their) (?:neck|throat))\b",
    re.IGNORECASE,
)
"""Violence that kills: a child who is there is in danger too."""
HOLDING = re.compile(
    r"\b(?:while|when|as) (?:she|he) (?:was )?(?:hold\w*|held|feed\w*|carr\w+|breastfeed\w*|nurs\w+) (?:the |her |his |their )(?:\w+ )?(?:baby|child|son|daughter|toddler)\b"
    r"|\b(?:baby|child|toddler|son|daughter) (?:was )?in (?:her|his) arms\b",
    re.IGNORECASE,
)
PRESENT = re.compile(
    r"\b(?:present|witness\w*|saw|seen|watch\w*|heard|in the (?:same |next )?(?:room|car|house|home|property|bed|flat|kitchen|bedroom)|at home|upstairs"
    r"|downstairs|asleep|came (?:down|in)|in front of|in her arms|in his arms|hold\w*|held|nearby|there)\b",
    re.IGNORECASE,
)
CARRYING = re.compile(r"\bpregnan\w+|\bunborn\b|\bbaby bump\b", re.IGNORECASE)
HOLDS = re.compile(
    r"\b(?:section|s\.?) ?47\b|\bchild protection (?:plans?|conference|enquir\w+|inquir\w+|investigation|medical|strategy)|\bsubject to child protection\b"
    r"|\bon (?:a |an )?CPP?\b|\bemergency protection order\b|\bEPO\b|\bpolice (?:powers of )?protection\b|\binterim care order\b|\bcare proceedings\b"
    r"|\bICPC\b",
    re.IGNORECASE,
)
"""What children's services do where a child is in danger, as long as it is not over."""
OVER = re.compile(
    r"\b(?:clos(?:ed?|ing)|ended|concluded|stepped down|discharged|removed from (?:a|the)|no longer|no further action|NFA|until|previous(?:ly)?|histor\w+"
    r"|in the past|used to|were on|was on|had been on|former(?:ly)?|(?:in|since) (?:19|20)0\d)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ChildWords:
    """What a child is called, and the sentences that tell of harm or danger to one."""

    child: re.Pattern[str]
    harm: tuple[re.Pattern[str], ...]


@cache
def words_for(*, sons: bool) -> ChildWords:
    """The words, with or without "son" and "daughter"."""
    child = rf"(?:{'|'.join((*_USUAL, *(_GROWING if sons else ())))}){_NOT_A_PARENT}"
    return ChildWords(re.compile(rf"\b{child}", re.IGNORECASE), (*_harm(child), _severe_with(child)))


def _harm(child: str) -> tuple[re.Pattern[str], ...]:
    the = rf"(?:\b(?:the|her|his|their|both|all|these|our|my|younge(?:r|st)|elde(?:r|st)|older|oldest|year[- ]old|of|unborn)\s+)*\b{child}"
    patterns = (
        rf"\b{_DEEDS}{_TO}{the}",
        rf"\bthr(?:ew|ows?|own|owing)\b{_NEAR}{{0,40}}?\bat {the}",
        rf"\b{child}(?:\s+\w+){{0,2}}?\s+(?:was|were|is|are|has been|have been|had been|being|been|got|gets|get)(?:\s+(?!not|never\b)\w+){{0,2}}?\s+{_DONE}",
        rf"\b{child}{_HERS}{{0,40}}?{_HURT}",
        rf"{_HURT}{_NEAR}{{0,20}}? (?:to|on) {the}",
        rf"\bthreat\w*\b{_NEAR}{{0,60}}?\b(?:take|taking|remov\w+|abduct\w*|kidnap\w*|kill\w*|hurt\w*|harm\w*|stab\w*|hit\w*|drown\w*)\b{_NEAR}{{0,25}}?\b{child}",
        rf"\b(?:takes?|took|taken|taking)(?:\s+\w+){{0,2}}?\s+{the}{_NEAR}{{0,25}}?\b(?:abroad|away|overseas|out of the country|from (?:her|his) (?:arms|care|home)|against)\b",
        rf"\b(?:refus\w+|fail\w*) to (?:return|give back|hand (?:over|back)|bring back) {the}|\b(?:not|n['\u2019]t) (?:return(?:ed)?|bring|brought|give[n]?|hand(?:ed)?)(?: back| over)?(?:\s+\w+){{0,2}}?\s+{child}(?: back)?",
        rf"\b{child}\b{_NEAR}{{0,30}}?\bleft alone with\b|\b(?:left|leaves?|leaving|being|been) (?:the |her |his |their )?(?:\w+ )?{child} alone\b|\balone with (?:the |her |his |their )?(?:\w+ )?{child}",
        rf"\b{child}(?!['\u2019]s){_HERS}{{0,40}}?\b(?:(?:in fear of|scared of|afraid of|frightened of|terrified of|fears?|feared) {_HIM}|in fear (?:of|for) (?:(?:his|her|their) li|violence))",
        rf"\b(?:fears?|feared|worried|concern\w*|afraid)\b{_NEAR}{{0,25}}?\b(?:safety|li(?:fe|ves)) of {the}|\bfears? for (?:\w+ ){{0,3}}?{child}",
        rf"\b{child}\b{_NEAR}{{0,25}}?\bat (?:\w+ )?risk of\b|\bat (?:\w+ )?risk of (?:\w+ )?(?:abduct\w*|harm)\b{_NEAR}{{0,25}}?\b{child}|\brisk (?:to|of harm to) (?:\w+ )?{child}|\b{child}\b{_NEAR}{{0,15}}?\b(?:is|are) (?:(?!not\b|never\b)\w+ )?at risk\b",
        rf"\b{child}(?:(?!{_NOT})[^.;]){{0,40}}?\b(?:interven\w+|stepp?(?:ed|s|ing)? in\b|(?:got|get|gets|getting|went|stood|stands) (?:in )?between|tried to (?:stop|protect|pull|separate)|tries to (?:stop|protect|pull))",
        rf"\b{_BLOWS}\b{_NEAR}{{0,80}}?\b(?:pregnan\w+|baby bump|unborn)|\b(?:\w+ (?:weeks|months) )?pregnan\w+\b{_NEAR}{{0,60}}?\b{_BLOWS}\b",
    )  # fmt: skip
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def _severe_with(child: str) -> re.Pattern[str]:
    """A child and violence that kills in one statement, in either order."""
    here = rf"(?:\b{child}|{HOLDING.pattern})"
    return re.compile(
        rf"{here}(?:(?!{_NOT})[^.;]){{0,90}}?{SEVERE.pattern}|{SEVERE.pattern}(?:(?!{_NOT})[^.;]){{0,120}}?{here}",
        re.IGNORECASE,
    )
