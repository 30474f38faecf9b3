"""Locked files and the passwords that come apart from them: tried, and never kept.

A password that a sender tells in one message opens what the same sender sent in another, whichever came first.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from marac.document import Document
from marac.intake.opening.asides import CALENDAR
from marac.intake.opening.locked.locks import passwords_in, unlocked
from marac.intake.opening.locked.password_guesses import guesses_in
from marac.intake.opening.mail import envelope_of, parts_in
from marac.intake.opening.message import Found, UnsafeMessageError
from marac.intake.opening.words import words_of
from marac.intake.originals import Originals
from marac.register.deliveries import Delivery, Part, deliveries_from, parts_of
from marac.register.store import Store

_MOST_TELLERS = 5
BETWEEN = dt.timedelta(days=14)
"""How far apart a locked file and its password may come."""


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a password opened."""

    delivery: Delivery
    part: Part
    content: bytes = field(repr=False)
    arrived_as: str | None = None
    """`locked`, where the password came in another message."""
    teller: int | None = None
    """The message at its end that the password came in earlier, and that may be closed now."""


@dataclass(frozen=True, slots=True)
class Told:
    """The passwords that a message tells, and what it opens in others of its sender."""

    passwords: tuple[str, ...] = field(default=(), repr=False)
    opened: tuple[Unlocked, ...] = ()


@dataclass(frozen=True, slots=True)
class Unlocking:
    """What looks for passwords and tries them, in the store and among the originals."""

    store: Store
    originals: Originals

    def opened_by_what_was_told(self, delivery: Delivery) -> list[Unlocked]:
        """What is still locked in a message and opens with a password that its sender told in it, or around it."""
        with self.store.reading() as connection:
            locked = still_locked(parts_of(connection, delivery.id))
        if not locked:
            return []
        if here := list(self._fitting(delivery, locked, self._tried(delivery), delivery.disposition)):
            return here
        for teller in self._tellers(delivery):
            if found := list(self._fitting(delivery, locked, self._tried(teller), "locked", teller.id)):
                return found
        return []

    def opened_by(self, delivery: Delivery, password: str) -> list[Unlocked]:
        """What is still locked in a message and opens with a password that a person offers."""
        with self.store.reading() as connection:
            locked = still_locked(parts_of(connection, delivery.id))
        return list(self._fitting(delivery, locked, (password,), delivery.disposition))

    def told_in(self, teller: Delivery) -> Told:
        """The passwords in a message without files, and what they open in others of its sender, opened before or not."""
        with self.store.reading() as connection:
            if any(part.role == "form" or part.media_type == CALENDAR for part in parts_of(connection, teller.id)):
                return Told()  # what an invitation tells is the password of a meeting
        found: list[Unlocked] = []
        for other in self._around(teller):
            with self.store.reading() as connection:
                locked = [part for part in parts_of(connection, other.id) if part.lock == "password"]
            found += self._fitting(other, locked, self._tried(teller) if locked else (), "locked")
        return Told(tuple(self._told(teller)), tuple(found))

    def _fitting(
        self,
        delivery: Delivery,
        locked: Sequence[Part],
        passwords: Sequence[str],
        arrived_as: str | None,
        teller: int | None = None,
    ) -> Iterator[Unlocked]:
        for part in locked:
            content = self._content(part.sha256) if part.lock == "password" else None
            opened = (unlocked(content, password) for password in passwords) if content else ()
            if fitting := next((each for each in opened if each is not None), None):
                yield Unlocked(delivery, part, fitting, arrived_as, teller)

    def _around(self, delivery: Delivery) -> list[Delivery]:
        """The other messages of its sender, from that many days before to that many after."""
        if not delivery.sender:
            return []
        with self.store.reading() as connection:
            found = deliveries_from(connection, delivery.sender, delivery.received - BETWEEN)
        return [other for other in found if other.id != delivery.id and other.received <= delivery.received + BETWEEN]

    def _tellers(self, delivery: Delivery) -> list[Delivery]:
        """The messages of its sender that may tell a password: the nearest of those that brought nothing else."""
        may_tell = [other for other in self._around(delivery) if other.disposition in {"password", "no_referral"}]
        return sorted(may_tell, key=lambda other: abs(other.id - delivery.id))[:_MOST_TELLERS]

    def _tried(self, delivery: Delivery) -> list[str]:
        """What is tried on a locked file: what is told as a password, then what looks like one."""
        guessed = (guess for text in self._texts(delivery) for guess in guesses_in(text))
        return list(dict.fromkeys((*self._told(delivery), *guessed)))

    def _told(self, delivery: Delivery) -> list[str]:
        """What is told as a password in the text of a message."""
        subject = self._subject(delivery)
        told = (password for text in self._texts(delivery) for password in passwords_in(f"{subject}\n\n{text}"))
        return list(dict.fromkeys(told))

    def _texts(self, delivery: Delivery) -> list[str]:
        with self.store.reading() as connection:
            bodies = [part for part in parts_of(connection, delivery.id) if part.role == "body"]
        return [words_of(content, part.media_type) for part in bodies if (content := self._content(part.sha256))]

    def _subject(self, delivery: Delivery) -> str:
        raw = None if delivery.bare_name else self._content(delivery.sha256)
        try:
            return envelope_of(raw).subject if raw else ""
        except UnsafeMessageError:
            return ""

    def _content(self, sha256: str) -> bytes | None:
        try:
            return self.originals.path(sha256).read_bytes()
        except OSError:
            return None


def still_locked(parts: Sequence[Part]) -> list[Part]:
    """The parts that nobody has opened yet."""
    opened = {part.unlocks for part in parts}
    return [part for part in parts if part.lock is not None and part.id not in opened]


def is_unlocked(connection: Connection, part: Part, delivery: int) -> bool:
    """Whether the contents of a locked part are parts of the message already."""
    return any(other.unlocks == part.id for other in parts_of(connection, delivery))


def files_in(each: Unlocked) -> Iterable[Found]:
    """The files in what was unlocked: one, or those of an archive."""
    try:
        return parts_in(each.content, each.part.source)
    except UnsafeMessageError as error:
        document = Document(each.part.source, each.part.media_type, each.content)
        return [Found(document, each.part.source, "form", refused=str(error))]
