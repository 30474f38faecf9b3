"""Cases handed over to another MARAC: entered, made and sealed, and made anew while they wait and their case changes."""

from sqlalchemy import Connection

from marac.agency import Agency
from marac.case import Case, MeetingDate
from marac.delivery.openpgp import Keyring
from marac.errors import NotFoundError
from marac.fortnight import Transfer
from marac.meeting import brought_up_to_date, withdraw
from marac.meetings.transferring import other_maracs
from marac.office import Office
from marac.papers import World, world_of
from marac.papers.transfers import TransferOut, transfers_out
from marac.register.documents import TRANSFERS, Paper, papers_of_kinds
from marac.register.trail import record
from marac.register.transfer_questions import transfers_on_their_way
from marac.register.transfers import add_transfer, every_transfer, set_bundle
from marac.settings import Settings


def prepare_transfers(office: Office) -> tuple[Paper, ...]:
    """Make the transfers that were asked for and have not left; those that are new, or new versions.

    Raises:
        TemplateError: the template cannot be used.
        StoreError: one cannot be written.
    """
    with office.store.reading() as connection:
        papers = papers_of_kinds(connection, TRANSFERS)
    needed = transfers_needed(office)
    keyring, new = Keyring(office.settings.folders.keyring), list[Paper]()
    for each in needed:
        if each.bundle != each.transfer.bundle:
            with office.store.changing() as connection:
                set_bundle(connection, each.transfer.number, each.bundle)
        paper = brought_up_to_date(office, keyring, each.received, each.want, papers)
        new += [paper] if paper is not None else []
    withdraw(office, [each.want for each in needed], papers)
    return tuple(new)


def transfers_needed(office: Office) -> tuple[TransferOut, ...]:
    """The transfers that wait to leave, as the register is now."""
    with office.store.reading() as connection:
        if not every_transfer(connection):
            return ()
        return tuple(transfers_out(world_now(office, connection)))


def world_now(office: Office, connection: Connection) -> World:
    """The register as it is now, seen from no meeting."""
    return world_of(office, MeetingDate(office.today, office.today), connection)


def ask_for_transfer(connection: Connection, office: Office, case: Case, other: Agency, by: str) -> Transfer:
    """The transfer of a case to another MARAC: the one that waits already, or a new one."""
    for each in transfers_on_their_way(connection, office.settings):
        if each.waits and (each.transfer.case, each.transfer.other) == (case.reference, other.name):
            return each.transfer
    values = {
        "case": case.reference,
        "direction": "out",
        "other": other.name,
        "bundle": "",
        "on": office.today,
        "by": by,
    }
    record(connection, office.entry("transfer asked for", case.reference, other.id, by))
    return add_transfer(connection, values)


def other_marac(settings: Settings, name: str) -> Agency:
    """The other MARAC that config.toml calls so.

    Raises:
        NotFoundError: it names none so.
    """
    known = other_maracs(settings.readers)
    found = known.get(name.strip().lower()) or next(
        (each for each in known.values() if each.name == name.strip()), None
    )
    if found is None:
        others = ", ".join(known) or "none yet"
        raise NotFoundError(
            f"config.toml names no MARAC {name.strip()!r} under [other_maracs]. It names: {others}. Enter it there, with its "
            "mailbox; then take in its key: marac keys import marac.NAME FILE"
        )
    return found
