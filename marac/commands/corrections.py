"""`marac case correct`: one field of a case put right."""

import datetime as dt
from argparse import Namespace
from dataclasses import replace
from typing import Literal, get_origin

from marac.case import Case
from marac.commands.holders import old_address_warnings
from marac.commands.working import office_for
from marac.errors import UsageError
from marac.read_back.changes import AGENCY, value_for
from marac.read_back.leaves import kind_of, with_leaf
from marac.read_back.typed import NotReadableError
from marac.register.amendments import set_agency
from marac.register.cases import case_named, set_reading
from marac.register.flagging import flag_anew
from marac.register.trail import record
from marac.register_workbook import write_workbook


def correct(arguments: Namespace) -> int:
    """Put one field right, and work the flags out anew."""
    reason, by = arguments.reason.strip(), arguments.by.strip()
    if not reason or not by:
        raise UsageError("--reason and --by must not be empty: they are kept with the case.")
    _refuse_unknown(arguments.field)
    with office_for(arguments, changes=True) as office:
        try:
            value = value_for(arguments.field, arguments.value, office)
        except NotReadableError as error:
            raise UsageError(f"{arguments.field} was not changed: what you typed is {error}.") from None
        with office.store.changing() as connection:
            case = case_named(connection, arguments.case)
            _refuse_beyond(case, arguments.field)
            if arguments.field == AGENCY:
                set_reading(connection, case)  # counts the version up, as every change of a case does
                set_agency(connection, case.reference, value)
            else:
                words = f"{arguments.value} ({reason})"
                reading = with_leaf(case.reading, arguments.field, value, words, f"corrected by {by}")
                flag_anew(connection, set_reading(connection, replace(case, reading=reading)), office.settings.rules)
            record(connection, office.entry("case corrected", case.reference, arguments.field, actor=by))
            warnings = old_address_warnings(office, connection, case_named(connection, case.reference))
        print(f"{arguments.field} of {case.reference} is put right, and its flags were worked out anew.")
        print("\n".join(warnings), end="\n" if warnings else "")
        if message := write_workbook(office).message:
            print(f"! {message}")
    return 0


def _refuse_beyond(case: Case, field: str) -> None:
    """Raise UsageError where the field is of a person beyond the one after the last."""
    people, place, *_ = [*field.split("."), ""]
    there = {"perpetrators": case.referral.perpetrators, "children": case.referral.children}.get(people, ())
    if place.isdigit() and int(place) > len(there):
        raise UsageError(
            f"{case.reference} names {len(there)} {people}, counted from 0. The next one is {people}.{len(there)}."
        )


def _refuse_unknown(field: str) -> None:
    """Raise UsageError where there is no such field, or none that holds one value."""
    if field == AGENCY:
        return
    try:
        kind = None if field.startswith("checklist.answers") else kind_of(field)
    except (KeyError, IndexError, AttributeError, TypeError):
        kind = None
    if not (kind in {str, int, bool, dt.date, tuple[str, ...]} or get_origin(kind) is Literal):
        raise UsageError(
            f"There is no field {field!r}. Fields are called as in `marac parse --json`: victim.phone, perpetrators.0.name, "
            "criteria.score, consent.given, reason; agency is who refers."
        )
