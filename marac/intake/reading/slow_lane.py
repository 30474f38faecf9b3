"""Files that take seconds (scanned pages, old Word files), read beside the rest of the mail and never in front of it.

One thread with a reading process of its own. It touches no database: what was read is entered by whoever sweeps.
"""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from marac.intake.reading.reader import Reader
from marac.mailbox.protocol import Item
from marac.referral import Reading
from marac.register.deliveries import Delivery, Part


@dataclass(frozen=True, slots=True)
class PutAside:
    """A message that waits for its slow files, in the books and in the inbox."""

    item: Item
    delivery: Delivery
    parts: tuple[int, ...] = field(default=())
    """Its parts in the lane; none where it is the same bytes as one before it, which decides what becomes of it."""


class SlowLane:
    """The lane of one sweep. Leaving it gives up what has not been read: the next sweep begins with it anew."""

    def __init__(self, reader: Reader) -> None:
        """A lane whose reader is like this one; nothing is started before there is something to read."""
        self._reader = reader.second()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="slow-lane")
        self._begun: dict[int, Future[tuple[Reading, ...]]] = {}
        self._aside: list[PutAside] = []
        self._entered: set[int] = set()

    def __enter__(self) -> Self:
        """The lane itself."""
        return self

    def __exit__(self, *exc_info: object) -> None:
        """End its reading process and its thread."""
        self._reader.end()
        self._worker.shutdown(wait=True, cancel_futures=True)
        self._reader.__exit__()

    @property
    def aside(self) -> Sequence[PutAside]:
        """The messages that wait, in the order in which they came."""
        return tuple(self._aside)

    @property
    def unread(self) -> tuple[int, ...]:
        """The parts whose reading was begun or waits, and has not been taken from here."""
        return tuple(part for part in self._begun if part not in self._entered)

    def begin(self, part: Part, path: Path) -> None:
        """Read this part as soon as those before it have been read."""
        self._begun[part.id] = self._worker.submit(self._reader.readings, path, part.source, part.media_type)

    def put_aside(self, item: Item, delivery: Delivery, parts: Sequence[Part]) -> None:
        """Let a message wait for those of its parts that are in the lane."""
        self._aside.append(PutAside(item, delivery, tuple(part.id for part in parts if part.id in self._begun)))

    def holds(self, sha256: str) -> bool:
        """Whether a message of these very bytes waits."""
        return any(put.delivery.sha256 == sha256 for put in self._aside)

    def finished(self, put: PutAside, within_seconds: float) -> bool:
        """Whether the message's parts have been read, or are before this time is over."""
        return not wait([self._begun[part] for part in put.parts], within_seconds).not_done

    def readings(self, part: Part) -> tuple[Reading, ...] | None:
        """What was read from a part; None where it is not in the lane.

        Raises:
            ReaderError: no file can be read at present.
        """
        if part.id not in self._begun:
            return None
        found = self._begun[part.id].result()
        self._entered.add(part.id)
        return found
