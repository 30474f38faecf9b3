"""What the register asks the coordinator about who sees what: holds, names, and old addresses that are held."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from marac.case import Case
from marac.meetings.address_in_words import tells_an_address
from marac.meetings.asked import Asked, asked_about, still_sent_about
from marac.meetings.items import Items
from marac.meetings.must_not_receive import near_names, officers_concerned
from marac.meetings.withholding import Withholding, agency_of, withholding
from marac.register.actions import every_action
from marac.register.documents import DocumentKind, papers_of_kinds, sent_in_words
from marac.register.holdings import MAY_HAVE_LEFT
from marac.register.interests import every_barred_name, every_interest
from marac.register.old_contact_details import OldHolding, old_contact_details
from marac.settings import Settings
from marac.triage.wording import listed

_LETTERS: tuple[DocumentKind, ...] = ("letter",)
_WORD_IT_ANEW = (
    "If they need not know it, word the action anew on the sheet Actions before the letter is released. You are asked no "
    "more once it has left."
)


def withheld_now(connection: Connection, settings: Settings, cases: Sequence[Case]) -> Withholding:
    """What is held back from whom, by the register and agencies.toml as they stand."""
    agencies = tuple(settings.agencies.values())
    return withholding(cases, agencies, every_interest(connection), every_barred_name(connection))


def who_sees_what_questions(connection: Connection, settings: Settings, cases: Sequence[Case]) -> tuple[Asked, ...]:
    """Every question about who sees what, of the cases that something may still be sent about."""
    agencies = tuple(settings.agencies.values())
    interests, barred = every_interest(connection), every_barred_name(connection)
    looked_at = {case.reference for case in still_sent_about(cases)}
    everything = withholding(cases, agencies, interests, barred)
    found = asked_about(
        Withholding(tuple(held for held in everything.held if held.case in looked_at)),
        near_names(cases, agencies, interests, barred),
        officers_concerned(cases, interests, settings.marac.chair, settings.marac.coordinator),
        agencies,
    )
    old = (_about_old(each, settings) for each in old_contact_details(connection, cases))
    return (*found, *old, *_addresses_in_actions(connection, settings, cases))


def _addresses_in_actions(connection: Connection, settings: Settings, cases: Sequence[Case]) -> Iterator[Asked]:
    """Open actions whose words would take an address into a letter that has not left yet."""
    items = Items(cases)
    letters = [each for each in papers_of_kinds(connection, _LETTERS) if each.state in MAY_HAVE_LEFT]
    for action in every_action(connection):
        item = items.of(action.case)
        told = any(
            agency_of(letter.agency) == action.agency and letter.prepared_on >= action.added for letter in letters
        )
        if action.is_open and item is not None and not told and tells_an_address(action.text, item.referrals):
            name = reader_in_words(action.agency, settings)
            why = f"The words of action {action.number} tell where the victim or a child lives, or a telephone number. They stand in the letter to {name}."
            yield Asked(action.case, why, _WORD_IT_ANEW)


def holder_in_words(old: OldHolding, settings: Settings) -> str:
    """Who holds something old, and what of it: `Housing holds an address that is not the present one (…)`."""
    reader = reader_in_words(old.paper.agency, settings)
    return (
        f"{reader[0].upper()}{reader[1:]} holds {listed(old.fields)} as it is no longer ({sent_in_words(old.paper)})."
    )


def reader_in_words(reader: str, settings: Settings) -> str:
    """A reader of documents by name: `Northbridge Homes (senior contact)`; the chair where the id is empty."""
    known = settings.readers.get(reader)
    if known is None:
        return reader or "the chair"
    part = reader.rpartition(".")[2] if reader not in settings.agencies and not reader.startswith("marac.") else ""
    return f"{known.name} ({_PARTS.get(part, part)})" if part else known.name


_PARTS = {"senior": "senior contact", "manager": "manager"}


def _about_old(old: OldHolding, settings: Settings) -> Asked:
    to_do = (
        f"Ring them, and have it put right in their files. Who else holds it: marac case holders {old.case}. "
        f"What is prepared anew shows the present one: marac meeting prepare {old.paper.meeting.isoformat()}"
    )
    return Asked(old.case, holder_in_words(old, settings), to_do)
