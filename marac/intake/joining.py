"""A risk checklist that comes after its form joins the case that lacks it, where nothing leaves a doubt whose it is."""

import datetime as dt
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from marac.case import LIVE, Case
from marac.intake.one_victim import Agreement, agreement
from marac.register.cases import case_named, cases_of_delivery
from marac.register.deliveries import Delivery, Part, deliveries_called, deliveries_from
from marac.register.outgoing import outgoing_called

_WITHIN = dt.timedelta(days=60)
"""How long after the form its checklist may come."""


def conversation(connection: Connection, delivery: Delivery) -> tuple[str, ...]:
    """The references of the cases that a message answers something about."""
    told = [earlier.id for earlier in deliveries_called(connection, delivery.refers_to)]
    answers = (outgoing_called(connection, message_id) for message_id in delivery.refers_to)
    told += [answer.delivery for answer in answers if answer is not None and answer.delivery is not None]
    return tuple(dict.fromkeys(case for each in told for case in cases_of_delivery(connection, each)))


def case_lacking(connection: Connection, delivery: Delivery, checklist: Part) -> Case | None:
    """The one case that a lone checklist surely belongs to; None where there is none, or more than one may be."""
    answered = conversation(connection, delivery)
    fitting = [case for case in _without_checklist(connection, answered) if _may_be(case, checklist)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        return None
    same = [
        case for case in _without_checklist(connection, _cases_of_sender(connection, delivery)) if _is(case, checklist)
    ]
    return same[0] if len(same) == 1 else None


def _without_checklist(connection: Connection, references: Sequence[str]) -> Iterator[Case]:
    for reference in references:
        case = case_named(connection, reference)
        if case.state in LIVE and not case.referral.checklist.answers:
            yield case


def _cases_of_sender(connection: Connection, delivery: Delivery) -> tuple[str, ...]:
    if not delivery.sender:
        return ()
    earlier = deliveries_from(connection, delivery.sender, delivery.received - _WITHIN)
    found = (case for each in earlier if each.id != delivery.id for case in cases_of_delivery(connection, each.id))
    return tuple(dict.fromkeys(found))


def _is(case: Case, checklist: Part) -> bool:
    """Whether the names, and dates of birth where both are stated, say that it is the same victim."""
    return _victims(case, checklist) == "agree"


def _may_be(case: Case, checklist: Part) -> bool:
    """Whether nothing speaks against it: the sender answered a message about this very case."""
    return _victims(case, checklist) != "differ"


def _victims(case: Case, checklist: Part) -> Agreement:
    assert checklist.reading is not None  # noqa: S101 - only parts that were read are joined
    return agreement(case.referral.victim, checklist.reading.referral.victim)
