"""`marac case holders`: who holds which document that shows a case, and who holds an old address."""

from argparse import Namespace
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from marac.case import Case
from marac.commands.working import office_for
from marac.office import Office
from marac.register.cases import case_named, every_case
from marac.register.documents import sent_in_words
from marac.register.holdings import Holder, holders_of
from marac.register.old_contact_details import OldHolding, old_holdings, present_digests
from marac.register.verdicts import every_verdict
from marac.register.who_sees_what import holder_in_words, reader_in_words


def holders(arguments: Namespace) -> int:
    """Say who holds what of a case, those with an old address first; nothing is changed."""
    with office_for(arguments) as office, office.store.reading() as connection:
        case = case_named(connection, arguments.case)
        print("\n".join(_told(office, connection, case)))
    return 0


def old_address_warnings(office: Office, connection: Connection, case: Case) -> tuple[str, ...]:
    """Who holds contact details of a case that are not the present ones: said when the case is corrected."""
    old = _old(connection, case)
    if not old:
        return ()
    told = tuple(f"! {holder_in_words(each, office.settings)}" for each in old)
    return (
        *told,
        "! Ring each of them, and have it put right in their files. Sending a newer version alone is not enough.",
    )


def _told(office: Office, connection: Connection, case: Case) -> Iterator[str]:
    found = holders_of(connection, {case.reference})
    if not found:
        yield f"Nobody was sent a document that shows {case.reference}."
        return
    yield from old_address_warnings(office, connection, case)
    present = present_digests(case, every_case(connection), every_verdict(connection))
    yield f"{case.reference} stands in:"
    for holder in found:
        words = f"{reader_in_words(holder.paper.agency, office.settings)}: {sent_in_words(holder.paper)}"
        yield f"  {words}{_difference(holder, present)}"


def _difference(holder: Holder, present: Mapping[str, str]) -> str:
    """What in it of the people is not as the register has it now; other fields are printed in words of the document's own."""
    old = [name for name, digest in holder.shown.items() if "." in name and present.get(name) != digest]
    return f" (since changed: {', '.join(old)})" if old else " (as it is now)"


def _old(connection: Connection, case: Case) -> tuple[OldHolding, ...]:
    return tuple(
        old_holdings(case, every_case(connection), holders_of(connection, {case.reference}), every_verdict(connection))
    )
