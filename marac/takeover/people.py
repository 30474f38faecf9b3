"""The people of a row: the victim, the perpetrators, the children, and all else that its columns say of the case. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from marac.parsers.filling.values import postcode_in, without_postcode
from marac.takeover.cells import NOTHING, UNSURE, Found, Named, born_in, named_in, plain_value
from marac.takeover.gathering import Gathering
from marac.takeover.register_words import CHILDREN, COUPLE, COUPLE_REVERSED, NUMBER_OF_CHILDREN
from marac.takeover.several import children_in, couple_in, number_in, people_in
from marac.takeover.sheets import Value, words_of

_TWO_VICTIMS = "Two people seem to be named as the victim; the first was taken. Look at the row."
_NOT_TWO = "The cell should name a victim and a perpetrator, and it is not clear who is who. Look at the row."
_NOT_NAMES = "It is not clear who is named here. Look at the row."
_NOT_MATCHED = "There are not as many dates as people, so it is not clear whose they are. Look at the row."
_APART = ("name", "surname", "forename", "date_of_birth")
_READ_ELSEWHERE = frozenset(("date",))


def gather_people(gathering: Gathering, latest: dt.date) -> None:
    """Takes the people of a row into the record, and what the rest of its columns say.

    Args:
        gathering: of the row.
        latest: the day of the referral, before which everybody on it was born.
    """
    couple = _couple(gathering)
    victim = couple[0] if couple else _whole_name(gathering, "victim")
    perpetrators = couple[1] if couple else _whole_name(gathering, "perpetrator")
    _gather_victim(gathering, victim, latest)
    count = _gather_perpetrators(gathering, perpetrators, latest)
    _gather_children(gathering, latest)
    for path in gathering.columns:
        person, _, leaf = path.partition(".")
        value = gathering.value(path)
        if value is None or leaf in _APART or person in {"register", "child"} or path in _READ_ELSEWHERE:
            continue
        if person == "perpetrator":
            _gather_of_perpetrators(gathering, path, count, latest)
        else:
            _gather_leaf(gathering, _record_path(path), path, value, latest)


def _couple(gathering: Gathering) -> tuple[str, str] | None:
    """The words for the victim and for the perpetrator, where one cell holds both."""
    for path in (COUPLE, COUPLE_REVERSED):
        value = gathering.value(path)
        if value is None:
            continue
        found = couple_in(words_of(value))
        if found is None:
            gathering.doubt("unclear", "perpetrators", _NOT_TWO)
            return words_of(value), ""
        return found if path == COUPLE else (found[1], found[0])
    return None


def _whole_name(gathering: Gathering, person: str) -> str:
    """The words of a name, from one column or from two."""
    value = gathering.value(f"{person}.name")
    if value is not None:
        return words_of(value)
    return " ".join(filter(None, (gathering.text(f"{person}.{leaf}") for leaf in ("forename", "surname"))))


def _gather_victim(gathering: Gathering, text: str, latest: dt.date) -> None:
    if couple := couple_in(text):
        gathering.doubt("unclear", "victim.name", _TWO_VICTIMS)
        gathering.keep("Named as the victim", text)
    named = named_in(couple[0] if couple else text, latest) if text else None
    if named is None:
        return
    _put_name(gathering, "victim", named, text)
    value = gathering.value("victim.date_of_birth")
    births = born_in(value, latest) if value is not None else []
    if len(births) > 1:
        births = [replace(births[0], confidence=UNSURE, doubt="Two dates of birth are given; the first was taken.")]
    born, words = (births[0], words_of(value)) if births and value is not None else (named.born, text)
    _put_birth(gathering, "victim", born, words)


def _put_name(gathering: Gathering, path: str, named: Named, text: str) -> None:
    gathering.put(f"{path}.name", Found(named.name, named.confidence, named.doubt), text)
    if named.aliases:
        gathering.put(f"{path}.aliases", Found(named.aliases, named.confidence), text)


def _put_birth(gathering: Gathering, path: str, born: Found, text: str) -> None:
    """Takes a date of birth, or the age in its place, which only a victim's record has room for."""
    if isinstance(born.value, int):
        if path == "victim":
            gathering.put("victim.age", replace(born, doubt=""), text)
        else:
            gathering.keep("Age given for a " + ("child" if path.startswith("children") else "perpetrator"), text)
        gathering.doubt("unclear", f"{path}.date_of_birth", born.doubt)
    else:
        gathering.put(f"{path}.date_of_birth", born, text)


def _gather_perpetrators(gathering: Gathering, text: str, latest: dt.date) -> int:
    """Takes the perpetrators; how many there are."""
    people = people_in(text, latest) if text else []
    if people is None:
        single = named_in(text, latest)
        gathering.doubt("unclear", "perpetrators.0.name", _NOT_NAMES)
        gathering.keep("Named as the perpetrator", text)
        people = [] if single is None else [replace(single, confidence=UNSURE)]
    for place, named in enumerate(people):
        _put_name(gathering, f"perpetrators.{place}", named, text)
    _put_births(gathering, people, latest)
    return len(people)


def _put_births(gathering: Gathering, people: Sequence[Named], latest: dt.date) -> None:
    """Takes the perpetrators' dates of birth, each to its own; those that cannot be told apart are kept in words."""
    value = gathering.value("perpetrator.date_of_birth")
    births = born_in(value, latest) if value is not None else []
    if births and value is not None and len(births) != max(len(people), 1):
        gathering.doubt("unclear", "perpetrators.0.date_of_birth", _NOT_MATCHED)
        gathering.keep("Perpetrators' dates of birth", value)
        return
    for place, named in enumerate(people):
        born = births[place] if births else named.born
        if born != NOTHING:
            _put_birth(gathering, f"perpetrators.{place}", born, words_of(value) if births and value else named.name)


def _gather_of_perpetrators(gathering: Gathering, path: str, count: int, latest: dt.date) -> None:
    """Takes what a column says of the perpetrator; of several it is not clear of whom, so that is kept in words."""
    value, leaf = gathering.value(path), path.partition(".")[2]
    if value is None:
        return
    if count > 1 and leaf != "relationship":
        gathering.keep(f"Perpetrators' {leaf}", value)
        gathering.doubt(
            "unclear", f"perpetrators.0.{leaf}", "Several perpetrators are named, so it is not clear whose this is."
        )
        return
    for place in range(max(count, 1)):
        _gather_leaf(gathering, f"perpetrators.{place}.{leaf}", path, value, latest)


def _gather_children(gathering: Gathering, latest: dt.date) -> None:
    value = gathering.value(CHILDREN)
    if value is None:
        return
    text = words_of(value)
    if number_in(text) is not None:
        if gathering.value(NUMBER_OF_CHILDREN) is None:
            gathering.words.append(f"Number of children: {number_in(text)}.")
        return
    people = children_in(text, latest)
    if people is None:
        gathering.doubt("unclear", "children", "The children named could not be told apart. Look at the row.")
        gathering.keep("Children", value)
        return
    for place, named in enumerate(people):
        first_name_alone = replace(named, aliases=(), doubt="")  # as children are named
        _put_name(gathering, f"children.{place}", first_name_alone, text)
        if named.born != NOTHING:
            _put_birth(gathering, f"children.{place}", named.born, text)


def _gather_leaf(gathering: Gathering, path: str, column: str, value: Value, latest: dt.date) -> None:
    """Takes any other value; an address gives up the postcode in it, which has a leaf of its own."""
    text = words_of(value)
    if column.endswith(".address") and (postcode := postcode_in(text)):
        gathering.put(path.replace(".address", ".postcode"), Found(postcode), text)
        gathering.put(path, Found(" ".join(without_postcode(text).split()).strip(" ,") or None), text)
    elif path.endswith(".aliases"):
        gathering.put(
            path, Found(tuple(each.strip() for each in text.replace("\n", ",").split(",") if each.strip())), text
        )
    elif path == "criteria.previous_date":
        before = born_in(value, latest)
        gathering.put(path, before[0] if before and isinstance(before[0].value, dt.date) else NOTHING, text)
    else:
        found = plain_value(column, value)
        gathering.put(path, found, text)
        if found.value is None and found.doubt:
            gathering.keep(column, value)


def _record_path(path: str) -> str:
    return "criteria.previous_date" if path == "criteria.previous" else path
