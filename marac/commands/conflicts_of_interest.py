"""`marac case conflict`, `bar`, `unbar` and `barred`: what is held back from whom, by a person's word."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from sqlalchemy import Connection

from marac.case import Case
from marac.commands.working import office_for
from marac.errors import NotFoundError, UsageError
from marac.fortnight import BarredName, Interest
from marac.meetings.asked import who_gets_it
from marac.meetings.must_not_receive import OFFICERS, names_held, near_names
from marac.office import Office
from marac.register.cases import case_named, every_case
from marac.register.interests import add_interest, bar_name, every_barred_name, every_interest, lift_barred_name
from marac.register.trail import record
from marac.register.went_before import went_before
from marac.register.who_sees_what import reader_in_words, withheld_now
from marac.register_workbook import write_workbook


def conflict(arguments: Namespace) -> int:
    """Keep a word on whether a case is held back from an agency, and say what that does and what went there before."""
    reason, by = _said(arguments)
    with office_for(arguments, changes=True) as office:
        _refuse_unknown(office, arguments)
        with office.store.changing() as connection:
            case = case_named(connection, arguments.case)
            kind: Literal["held", "cleared"] = "cleared" if arguments.clear else "held"
            person = (arguments.person or "").strip() or None
            word = Interest(case.reference, arguments.agency, kind, by, office.today, reason, person)
            if _is_new(connection, word):
                add_interest(connection, word)
                event = "case cleared" if arguments.clear else "case held back"
                record(connection, office.entry(event, case.reference, arguments.agency, actor=by))
            told = list(_standing(connection, office, case, arguments.agency))
            for other in _elsewhere(connection, office, word):
                told += _standing(connection, office, case, other)
        print("\n".join(told))
        _warn(office)
    return 0


def bar(arguments: Namespace) -> int:
    """Enter somebody who must not receive anything about a case; where they would, it is held back there."""
    reason, by = _said(arguments)
    if not arguments.name.strip():
        raise UsageError("Say who must not receive anything about the case: marac case bar CASE NAME")
    with office_for(arguments, changes=True) as office:
        with office.store.changing() as connection:
            case = case_named(connection, arguments.case)
            word = BarredName(0, case.reference, arguments.name.strip(), by, office.today, reason)
            entered = _barred_already(connection, word)
            if entered is None:
                entered = bar_name(connection, case.reference, word.name, reason, by, office.today)
                record(connection, office.entry("name barred", case.reference, f"number {entered.number}", actor=by))
            told = list(_held_for(connection, office, case, entered))
        print(f"Number {entered.number}: barred from {case.reference}.")
        print(
            "\n".join(told or ["Nobody whom agencies.toml names is called so. New recipients are held against it too."])
        )
        _warn(office)
    return 0


def unbar(arguments: Namespace) -> int:
    """Note that a name is barred no more."""
    if not arguments.by.strip():
        raise UsageError("--by must not be empty: it is kept with the case.")
    with office_for(arguments, changes=True) as office:
        with office.store.changing() as connection:
            entered = next((each for each in every_barred_name(connection) if each.number == arguments.number), None)
            if entered is None:
                raise NotFoundError(f"There is no barred name {arguments.number}: marac case barred CASE lists them.")
            lift_barred_name(connection, arguments.number, office.today)
            by = arguments.by.strip()
            record(connection, office.entry("name barred no more", entered.case, f"number {entered.number}", actor=by))
            case = case_named(connection, entered.case)
            held = [
                each.agency
                for each in withheld_now(connection, office.settings, every_case(connection)).held
                if each.case == case.reference
            ]
        print(f"Number {entered.number} is barred from {entered.case} no more.")
        for agency in held:
            print(f"Still held back from {agency}. To clear it: marac case conflict {entered.case} {agency} --clear")
        _warn(office)
    return 0


def barred(arguments: Namespace) -> int:
    """List who is barred from a case, and from whom it is held back; nothing is changed."""
    with office_for(arguments) as office, office.store.reading() as connection:
        case = case_named(connection, arguments.case)
        print("\n".join((*_names_barred(connection, case), *_places_held(connection, office, case))))
    return 0


def _is_new(connection: Connection, word: Interest) -> bool:
    """Whether this is not what was said last: a command that is given again, after it was broken off, says it once."""
    said = [each for each in every_interest(connection) if (each.case, each.agency) == (word.case, word.agency)]
    return not said or said[-1] != word


def _barred_already(connection: Connection, word: BarredName) -> BarredName | None:
    """The very same word, where it was entered before and not lifted."""
    return next((each for each in every_barred_name(connection) if replace(each, number=0) == word), None)


def _names_barred(connection: Connection, case: Case) -> Iterator[str]:
    names = [each for each in every_barred_name(connection) if each.case == case.reference]
    if not names:
        yield f"Nobody is barred from {case.reference} beside those on its forms."
    for each in names:
        lifted = f", lifted on {each.lifted_on.isoformat()}" if each.lifted_on else ""
        yield f"{each.number}  {each.name}  ({each.reason}; {each.by}, {each.on.isoformat()}{lifted})"


def _places_held(connection: Connection, office: Office, case: Case) -> Iterator[str]:
    withheld = withheld_now(connection, office.settings, every_case(connection))
    held = [each for each in withheld.held if each.case == case.reference]
    if not held:
        yield "It is held back from no agency."
    for each in held:
        name = reader_in_words(each.agency, office.settings)
        asks = "" if each.decided else " Nobody has decided yet."
        yield f"Held back from {name}. {each.reason} {who_gets_it(each)}{asks}"


def _held_for(connection: Connection, office: Office, case: Case, entered: BarredName) -> Iterator[str]:
    """Hold the case back wherever the barred person would read of it, and ask about names that are near."""
    agencies = tuple(office.settings.agencies.values())
    known, by_form = every_interest(connection), set(names_held((case,), agencies, (), ()))
    found = [each for each in names_held((case,), agencies, (), (entered,)) if each not in by_form]
    for each in found:
        words = f"Barred as number {entered.number}."
        word = Interest(case.reference, each.agency, "held", entered.by, entered.on, words, each.person)
        if word not in known:
            add_interest(connection, word)
    for agency in dict.fromkeys(each.agency for each in found):
        yield from _standing(connection, office, case, agency)
    for near in near_names((case,), agencies, known, (entered,)):
        yield f"? {reader_in_words(near.agency, office.settings)}: {near.question} Nothing is held back."


def _standing(connection: Connection, office: Office, case: Case, agency: str) -> Iterator[str]:
    """How the case stands towards an agency now, what went there before, and what to do."""
    if agency in OFFICERS:
        yield f"Kept: the {agency} is no party to {case.reference}."
        return
    name = reader_in_words(agency, office.settings)
    withheld = withheld_now(connection, office.settings, every_case(connection))
    theirs = [each for each in withheld.held if each.agency == agency]
    held = next((each for each in theirs if each.case == case.reference), None)
    if held is None:
        yield f"{case.reference} is held back from {name} no more. It is in what is prepared anew."
    else:
        yield f"{case.reference} is held back from {name}. {held.reason} {who_gets_it(held)}"
        also = [each.case for each in theirs if each.case != case.reference and case.reference in each.reason]
        if also:
            yield f"So are, until you decide, cases of the same people: {', '.join(also)}."
        before = went_before(connection, case, agency)
        yield from (f"! This went there before: {words}" for words in before)
        if before:
            yield "! Ring somebody there who is no party: what is out cannot be called back by this program."
        yield "Tell nobody at that agency. What others get says nothing of it."
    if case.meeting is not None and case.meeting >= office.today:
        yield f"Next: marac meeting prepare {case.meeting.isoformat()}. What was prepared before is not released as it was."


def _elsewhere(connection: Connection, office: Office, word: Interest) -> tuple[str, ...]:
    """The other agencies that the person of a word sits at: the case is held back there too until somebody decides."""
    if word.kind != "held" or word.person is None:
        return ()
    agencies = tuple(each for each in office.settings.agencies.values() if each.id != word.agency)
    case = case_named(connection, word.case)
    said = every_interest(connection)
    before = set(names_held((case,), agencies, [each for each in said if each != word], every_barred_name(connection)))
    found = names_held((case,), agencies, said, every_barred_name(connection))
    return tuple(dict.fromkeys(each.agency for each in found if each not in before))


def _said(arguments: Namespace) -> tuple[str, str]:
    reason, by = arguments.reason.strip(), arguments.by.strip()
    if not reason or not by:
        raise UsageError("--reason and --by must not be empty: they are kept with the case.")
    return reason, by


def _refuse_unknown(office: Office, arguments: Namespace) -> None:
    """Raise NotFoundError or UsageError where nobody can be meant."""
    if arguments.agency in office.settings.agencies or (arguments.agency in OFFICERS and arguments.clear):
        return
    with office.store.reading() as connection:
        spoken_of = {word.agency for word in every_interest(connection)}
    if arguments.clear and arguments.agency in spoken_of:  # it left agencies.toml, or has another id now
        return
    if arguments.agency in OFFICERS:
        raise UsageError(
            f"Nothing can be held back from the {arguments.agency} by this program. Somebody else must take the case over."
        )
    known = ", ".join(office.settings.agencies) or "none yet"
    raise NotFoundError(f"There is no agency {arguments.agency!r} in agencies.toml. Its ids: {known}.")


def _warn(office: Office) -> None:
    if message := write_workbook(office).message:
        print(f"! {message}")
