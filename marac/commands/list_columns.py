"""What the columns of somebody's list of people mean, by their headings, whatever their case and spacing."""

import re
from collections.abc import Mapping, Sequence

_HEADINGS: Mapping[str, str] = {
    "id": "id, rec id, record id, row id, person id, reference, ref, unique id, urn",
    "case": "case, case id, case reference, case ref, case number, case no, couple, couple id",
    "role": "role, party, person role, case role, victim or perpetrator",
    "first": "first, first name, firstname, first names, forename, forenames, given name, given names, givenname, fname",
    "middle": "middle, middle name, middle names",
    "last": "last, last name, lastname, surname, family name, sur name, lname",
    "name": "name, full name, fullname, person, person name",
    "alias": "alias, aliases, aka, a k a, also known as, other names, other name, known as, nickname, preferred name",
    "maiden": "maiden, maiden name, former name, former names, previous name, previous names, former surname, "
    "previous surname, birth name, nee, married name",
    "born": "dob, d o b, born, date of birth, dateofbirth, birth date, birthdate, birthday, dates of birth",
    "postcode": "postcode, post code, postcodes, zip, zip code, zipcode, postal code",
    "phone": "phone, phones, phone number, telephone, telephone number, tel, tel no, mobile, mobile number, "
    "contact number, mobile phone, home phone",
    "gender": "gender, sex",
    "address": "address, home address, full address, current address",
}
_MEANINGS = {heading: meaning for meaning, headings in _HEADINGS.items() for heading in headings.split(", ")}

_NAMING = frozenset({"first", "last", "name", "alias", "maiden"})


def meanings_of(headings: Sequence[str]) -> tuple[str, ...]:
    """For each heading what stands below it; a heading that is not known is a further column, under its own name.

    A heading without a word is left out, and so is what comes a second time as an id or a case: both are empty.
    """
    found: list[str] = []
    for heading in headings:
        plain = plain_heading(heading)
        meaning = _MEANINGS.get(plain, f"+{plain}" if plain else "")
        found.append("" if meaning in {"id", "case", "role"} and meaning in found else meaning)
    return tuple(found)


def comparable(meanings: Sequence[str]) -> bool:
    """Whether anything below these headings helps to know a person again; a number or a role alone does not."""
    return any(meaning in _NAMING or meaning in {"born", "phone", "postcode", "address"} for meaning in meanings)


def plain_heading(heading: str) -> str:
    """A heading in small letters, words apart: `GivenName`, `given_name` and `Given name` are one."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    return re.sub(r"[\W_]+", " ", parted).strip().casefold()
