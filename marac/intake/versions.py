"""Whether a referral is another version of one that is in the register: the same couple, from the same sender, not heard yet."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from marac.agency import Agency
from marac.case import Case
from marac.record import from_record
from marac.register.cases import case_named
from marac.register.deliveries import Delivery, Part
from marac.register.schema import deliveries, parts, sources


def earlier_version(
    connection: Connection, delivery: Delivery, case: Case, agencies: Mapping[str, Agency]
) -> Case | None:
    """The case that this one is another version of; None where it is a referral of its own.

    Another agency's referral for the same couple is a referral of its own, and so is one that came without a sender.
    """
    for flag in case.flags:
        if flag.code == "duplicate" and flag.other_case and delivery.sender:
            earlier = case_named(connection, flag.other_case)
            if any(_same_sender(delivery, sender, agencies) for sender in _senders(connection, earlier.reference)):
                return earlier
    return None


def said_before(connection: Connection, case: str, part: Part) -> bool:
    """Whether a form of this case, its first or a later one, says the very same: other bytes, no other word."""
    query = (
        select(parts.c.reading)
        .join(sources, sources.c.part == parts.c.id)
        .where(sources.c.case == case, sources.c.role.in_(("referral", "accepted")), parts.c.reading.is_not(None))
    )
    earlier = (from_record(record) for record in connection.execute(query).scalars())
    return part.reading is not None and any(each.referral == part.reading.referral for each in earlier)


def _same_sender(delivery: Delivery, earlier: str, agencies: Mapping[str, Agency]) -> bool:
    """Whether both are one person, or two people of one listed agency."""
    if delivery.sender == earlier:
        return True
    domains = [(address or "").rpartition("@")[2] for address in (delivery.sender, earlier)]
    return any(set(domains) <= set(agency.domains) for agency in agencies.values())


def _senders(connection: Connection, case: str) -> list[str]:
    """Who sent the form or forms that a case was entered from."""
    query = (
        select(deliveries.c.sender)
        .join(sources, sources.c.delivery == deliveries.c.id)
        .where(sources.c.case == case, sources.c.role.in_(("referral", "accepted")))
    )
    return [sender for sender in connection.execute(query).scalars() if sender]
