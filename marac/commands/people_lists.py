"""Lists of people and couples as CSV files: read, and made ready to be compared."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from marac.commands.list_columns import comparable, meanings_of
from marac.errors import UsageError
from marac.matching.couples import Couple
from marac.matching.lists import Listed
from marac.matching.names import name_and_others
from marac.matching.people import KnownPerson, PersonFacts, known_person

_DELIMITERS = ",;\t|"
_EIGHT_DIGITS = re.compile(r"\d{8}")
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ][\d:.]*)?")
_UK = re.compile(r"(\d\d?)[/.-](\d\d?)[/.-](\d{4})(?: [\d:.]*)?")
_SEVERAL = re.compile(r"\s*(?:[;|]|\bor\b)\s*")
_ROLES = {
    "victim": "victim", "v": "victim", "vic": "victim", "survivor": "victim", "client": "victim",
    "child": "child", "c": "child",
}  # fmt: skip
"""Anybody else in a case is taken for a perpetrator."""


@dataclass(frozen=True, slots=True, repr=False)
class PeopleList:
    """One list, ready to be compared: of people, or of couples where it has a column for the case."""

    people: tuple[Listed[KnownPerson], ...] = ()
    couples: tuple[Listed[Couple], ...] = ()


def people_list(path: Path, today: dt.date) -> PeopleList:
    """The people, or the couples, of a CSV file; `today` tells which century a year of two digits belongs to.

    Raises:
        UsageError: There is no such file, it is no list, it is empty, or no column says anything about anybody.
    """
    headings, rows = _table(_text(path))
    meanings = meanings_of(headings)
    if not comparable(meanings):
        raise UsageError(
            "The list has no column to compare people by. Its first row must hold headings such as first, last, dob or "
            "postcode."
        )
    cells = [(str(number), _cells(meanings, row)) for number, row in enumerate(rows, start=1)]
    entries = [(columns.get("id", [number])[0], columns) for number, columns in cells if columns]
    if not entries:
        raise UsageError("The list has headings, but nobody stands below them.")
    if "case" in meanings:
        return PeopleList(couples=tuple(_couples(entries, today)))
    return PeopleList(people=tuple(Listed(id_, _person(columns, today)) for id_, columns in entries))


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError:
        raise UsageError(f"The list {path.name} cannot be opened. Look whether it is there and may be read.") from None
    if not content.strip():
        raise UsageError("The list is empty.")
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace")
    if b"\0" in content[:4096] or content[:4] in {b"PK\3\4", b"%PDF"}:
        raise UsageError('The list is no CSV file. Save it from Excel as "CSV UTF-8", then run this again.')
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # what Excel saves as plain "CSV" in Britain


def _table(text: str) -> tuple[Sequence[str], Iterator[Sequence[str]]]:
    text = text.lstrip("\r\n")
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        headings = next(rows)
        return headings, iter(list(rows))
    except (csv.Error, StopIteration):
        raise UsageError('The list is no CSV file that can be read. Save it once more as "CSV UTF-8".') from None


def _cells(meanings: Sequence[str], row: Sequence[str]) -> Mapping[str, list[str]]:
    """What a row says, by what its columns mean; empty for an empty row."""
    found: dict[str, list[str]] = {}
    for meaning, cell in zip(meanings, row, strict=False):
        if meaning and (value := cell.strip()):
            found.setdefault(meaning, []).append(value)
    return found


def _couples(entries: Sequence[tuple[str, Mapping[str, list[str]]]], today: dt.date) -> Iterator[Listed[Couple]]:
    """The rows of one case as one couple; without a role the first is the victim, the others are perpetrators."""
    cases: dict[str, list[Mapping[str, list[str]]]] = {}
    for id_, columns in entries:
        cases.setdefault(columns.get("case", [id_])[0], []).append(columns)
    for case, rows in cases.items():
        by_role: dict[str, list[KnownPerson]] = {"victim": [], "perpetrator": [], "child": []}
        for place, columns in enumerate(rows):
            stated = columns.get("role", ["perpetrator" if place else "victim"])[0].casefold()
            by_role[_ROLES.get(stated, "perpetrator")].append(_person(columns, today))
        victims = by_role["victim"] or [KnownPerson()]
        perpetrators = tuple(person for person in by_role["perpetrator"] if person.named)
        yield Listed(case, Couple(victims[0], perpetrators, tuple(by_role["child"])))


def _person(columns: Mapping[str, list[str]], today: dt.date) -> KnownPerson:
    name = " ".join(columns.get("name") or _in_order(columns))
    also = [alias for cell in columns.get("alias", ()) for alias in _SEVERAL.split(cell)]
    former = [f"née {cell}" for cell in columns.get("maiden", ())]
    dates = [date for cell in columns.get("born", ()) for date in _dates(cell, today)]
    facts = PersonFacts(
        names=tuple(each for each in (f"{name} {' '.join(former)}".strip(), *also) if each),
        born=tuple(date for date in dates if isinstance(date, dt.date)),
        postcodes=tuple(columns.get("postcode", ())),
        phones=tuple(columns.get("phone", ())),
        gender=columns.get("gender", [None])[0],
        address=", ".join(columns["address"]) if "address" in columns else None,
        others={meaning[1:]: " ".join(cells) for meaning, cells in columns.items() if meaning.startswith("+")},
    )
    person = known_person(facts)
    misdated = tuple(date for date in dates if isinstance(date, str))
    return person._replace(born=person.born + misdated) if misdated else person


def _in_order(columns: Mapping[str, list[str]]) -> list[str]:
    """First names and surname as one name, the surname in front with a comma, so that its words stay together.

    What follows a surname in its cell, as in "Smith (née Jones)", comes last, where a form would write it.
    """
    given = [*columns.get("first", ()), *columns.get("middle", ())]
    surname, also = name_and_others(" ".join(columns.get("last", ())))
    if not surname:
        return [*given, also]
    return [f"{surname.replace(' ', '-')},", *given, also]


@lru_cache(maxsize=8192)
def _dates(cell: str, today: dt.date) -> tuple[dt.date | str, ...]:
    """The dates of a cell; eight digits that no calendar has stay digits, because only one of them may be wrong."""
    if _EIGHT_DIGITS.fullmatch(cell):
        year_first = "1850" < cell[:4] <= str(today.year)
        return (_date(cell[:4], cell[4:6], cell[6:]) if year_first else _date(cell[4:], cell[2:4], cell[:2]),)
    if match := _ISO.fullmatch(cell):
        return (_date(*match.groups()),)
    if match := _UK.fullmatch(cell):
        return (_date(match[3], match[2], match[1]),)
    from marac.parsers.filling.values import dates_in

    return tuple(found.date for found in dates_in(cell, today) if found.date)


def _date(year: str, month: str, day: str) -> dt.date | str:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return f"{year}{month:0>2}{day:0>2}"
