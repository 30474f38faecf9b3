"""What a person decides about a message, and what follows from it. Each decision is kept with its reason and its name."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection

from marac.errors import NotFoundError, UsageError
from marac.intake.findings import Registrable, referrals_in
from marac.intake.pipeline import Intake
from marac.intake.registration import VERSION_WAITS, Registration
from marac.intake.replies.deciding import parts_waiting
from marac.intake.unlocking import still_locked
from marac.register import deliveries
from marac.register.cases import set_source_role, versions_waiting
from marac.register.deliveries import Delivery
from marac.register.message_decisions import MessageDecision, MessageDecisionKind, add_message_decision
from marac.register.trail import record

_RELEASED = frozenset({"auto_reply", "list_mail", "own_mail", "bounce", "quarantined", "transfer_waits"})
"""What a person may say is an ordinary message after all."""

_NO_VERSION = "No version of a form waits in message {number}."


@dataclass(frozen=True, slots=True)
class MessageDecisions:
    """What carries decisions out."""

    intake: Intake

    def decide(self, number: int, kind: MessageDecisionKind, by: str, reason: str) -> Delivery:
        """The message after a decision about it.

        Raises:
            NotFoundError: there is no such message.
            UsageError: this cannot be decided about it.
        """
        delivery = self._delivery(number)
        decision = MessageDecision(number, kind, reason, by, self.intake.now())
        match kind:
            case "release":
                self._release(delivery, decision)
            case "set-aside":
                self._set_aside(delivery, decision)
            case _:
                self._settle_version(delivery, decision)
        return self._delivery(number)

    def open_with(self, number: int, password: str, by: str) -> Delivery:
        """The message after a password was tried on what is locked in it. The password is not kept.

        Raises:
            NotFoundError: there is no such message.
            UsageError: the password opens nothing in it.
        """
        delivery = self._delivery(number)
        with self.intake.store.reading() as connection:
            locked = [part for part in still_locked(deliveries.parts_of(connection, number)) if part.lock == "password"]
        if not locked:
            raise UsageError(f"Nothing in message {number} waits for a password: marac message show {number}")
        opened = self.intake.unlocking.opened_by(delivery, password)
        if not opened:
            raise UsageError(
                f"This password opens nothing in message {number}. Look at capital letters and spaces, or ask the sender."
            )
        decision = MessageDecision(number, "password", "", by, self.intake.now())
        with self.intake.store.changing() as connection:
            self._keep(connection, decision)
        for each in opened:
            self.intake.enter_unlocked(each)
        self.intake.finish(self._delivery(number))
        return self._delivery(number)

    def _release(self, delivery: Delivery, decision: MessageDecision) -> None:
        if delivery.disposition not in _RELEASED:
            raise UsageError(
                f"Message {delivery.id} was not kept from being read, so there is nothing to release. To close it: "
                f"marac message decide {delivery.id} set-aside"
            )
        with self.intake.store.changing() as connection:
            deliveries.release(connection, delivery.id)
            self._keep(connection, decision)
        self.intake.finish(self._delivery(delivery.id))

    def _set_aside(self, delivery: Delivery, decision: MessageDecision) -> None:
        if delivery.state != "needs_person":
            raise UsageError(f"Message {delivery.id} is done already. Nothing was changed.")
        with self.intake.store.changing() as connection:
            if versions_waiting(connection, delivery.id):
                raise UsageError(
                    f"Message {delivery.id} brings another version of a form. Say which is right: use-version, "
                    "keep-earlier, or own-case."
                )
            if waiting := parts_waiting(connection, delivery.id):
                raise UsageError(
                    f"Of message {delivery.id} still wait: {', '.join(waiting)}. Decide about these first: marac returns "
                    "decide, or marac action decide-report."
                )
            reasons = (*delivery.reasons, f"Set aside by {decision.by}: {decision.reason}")
            deliveries.set_state(connection, delivery.id, "done", delivery.disposition, reasons)
            self._keep(connection, decision)

    def _settle_version(self, delivery: Delivery, decision: MessageDecision) -> None:
        intake, arrived_at = self.intake, self._arrived_at(delivery)
        with intake.store.changing() as connection:
            waiting = versions_waiting(connection, delivery.id)
            if not waiting:
                raise UsageError(_NO_VERSION.format(number=delivery.id))
            forms = {found.part.id: found for found in referrals_in(deliveries.parts_of(connection, delivery.id))}
            registration = Registration(connection, delivery, intake.settings, intake.today, intake.entry, arrived_at)
            for source, case, part in waiting:
                _settled(registration, forms[part], case, decision.kind)
                role = {"use-version": "accepted", "keep-earlier": "refused", "own-case": "again"}[decision.kind]
                set_source_role(connection, source, role)
            others = (reason for reason in delivery.reasons if not reason.startswith(VERSION_WAITS))
            reasons = (*others, f"{_DECIDED[decision.kind]}, {decision.by}: {decision.reason}")
            deliveries.set_state(connection, delivery.id, "done", delivery.disposition, reasons)
            self._keep(connection, decision)

    def _arrived_at(self, delivery: Delivery) -> dt.time | None:
        try:
            return self.intake.arrived_at(delivery, self.intake.originals.path(delivery.sha256).read_bytes())
        except OSError:
            return None  # somebody took the original out of the store

    def _keep(self, connection: Connection, decision: MessageDecision) -> None:
        add_message_decision(connection, decision)
        entry = self.intake.entry("message decided", f"message {decision.delivery}", decision.kind, actor=decision.by)
        record(connection, entry)

    def _delivery(self, number: int) -> Delivery:
        with self.intake.store.reading() as connection:
            found = deliveries.delivery_or_none(connection, number)
        if found is None:
            raise NotFoundError(f"There is no message {number}. `marac status` lists those that need a person.")
        return found


_DECIDED = {
    "use-version": "This version is used",
    "keep-earlier": "The earlier version is kept",
    "own-case": "It is a case of its own",
}


def _settled(registration: Registration, found: Registrable, case: str, kind: MessageDecisionKind) -> None:
    if kind == "use-version":
        registration.use_version(found, case)
        return
    registration.keep_earlier(case)
    if kind == "own-case":
        registration.enter(found)
