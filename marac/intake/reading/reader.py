"""Reads documents in another process, with a deadline; a file that kills or stalls it is that file's problem alone.

Old Word, rich text and OpenDocument files go through LibreOffice first, which this process starts and that one never
sees.
"""

import json
from pathlib import Path
from typing import Any, Self

from marac.document import PDF, WORD
from marac.errors import SettingsError
from marac.intake.reading.libreoffice import LibreOffice, NotConvertedError
from marac.intake.reading.means import ReadingMeans
from marac.intake.reading.word_kinds import WordKind, may_be_word_kind, suffix_of, word_kind
from marac.intake.reading.worker import NoAnswerError, ReaderError, ReadingWorker
from marac.parsers.blocks import NeedsTime
from marac.parsers.formats import has_pages
from marac.record import from_record, to_record
from marac.referral import Problem, Reading

__all__ = ["Reader", "ReaderError", "unreadable"]

_MORE_TIME = 10
"""How many times the deadline a file with scanned pages has: each takes seconds, and there may be a dozen."""
_HEAD = 4096
_LARGEST_WORD_FILE = 64 * 1024 * 1024


class Reader:
    """What reads files: a reading process, and LibreOffice for those that it must open first."""

    def __init__(
        self,
        deadline_seconds: float = 60,
        memory_megabytes: int = 2048,
        means: ReadingMeans | None = None,
        libreoffice: LibreOffice | None = None,
    ) -> None:
        """A reader that has not started yet: the first file starts it.

        Args:
            deadline_seconds: for one file; a file with scanned pages has ten times as long.
            memory_megabytes: for the reading process.
            means: what it may use.
            libreoffice: the one of another reader, to share its profile.
        """
        self._deadline = deadline_seconds
        self._memory_megabytes = memory_megabytes
        self._means = means or ReadingMeans()
        self._libreoffice = libreoffice or LibreOffice(self._means.libreoffice)
        self._owns_libreoffice = libreoffice is None
        self._ended = False
        self._worker = ReadingWorker(_options(memory_megabytes, self._means))
        self._patient_worker = ReadingWorker(_options(memory_megabytes, self._means))
        """A process of its own for scanned pages: what reads them is large, and most readers never need it."""

    def __enter__(self) -> Self:
        """The reader itself."""
        return self

    def __exit__(self, *exc_info: object) -> None:
        """End the process."""
        for worker in (self._worker, self._patient_worker):
            worker.stop()
        if self._owns_libreoffice:
            self._libreoffice.close()

    def second(self) -> "Reader":
        """Another reader with the same limits and means, and a process of its own."""
        return Reader(self._deadline, self._memory_megabytes, self._means, self._libreoffice)

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The numbers of the processes that read at present."""
        found = (self._worker.process_id, self._patient_worker.process_id)
        return tuple(number for number in found if number is not None)

    def start(self) -> None:
        """Start the process before it is needed.

        Raises:
            ReaderError: it does not start.
        """
        self._worker.start()

    def end(self) -> None:
        """Read nothing more, and give up the file at hand; to be called from another thread than the one that reads."""
        self._ended = True
        self._libreoffice.stop()
        for worker in (self._worker, self._patient_worker):
            worker.end()

    def read(self, path: Path, name: str, media_type: str) -> Reading:
        """What the file at `path` says; of several forms in it, the first. All else as `readings`."""
        return self.readings(path, name, media_type)[0]

    def readings(self, path: Path, name: str, media_type: str, *, patient: bool = True) -> tuple[Reading, ...]:
        """What the file at `path` says, one reading a form; one that cannot be read is `unreadable`.

        Raises:
            NeedsTime: the file takes seconds, and there is no patience for it.
            ReaderError: no reading process can be started at all.
            SettingsError: the area's own wordings have a mistake.
        """
        content = _bytes_for_libreoffice(path)
        kind = word_kind(content, media_type)
        if kind is None:
            return self._from_process(path, name, media_type, patient)
        return self._through_libreoffice(content, kind, name, patient)

    def pictures(self, path: Path, reading: Reading, folder: Path) -> tuple[str, ...]:
        """Puts a picture of the place of each value into `folder`, as `victim.name.png`; the values that have one.

        A file without pages of its own is printed by LibreOffice first; without LibreOffice it has no pictures.

        Args:
            path: the file.
            reading: what was read from it, or from one form in it.
            folder: where the pictures go; it must be there.

        Raises:
            ReaderError: no reading process can be started at all.
            SettingsError: the area's own wordings have a mistake.
        """
        content = path.read_bytes()
        try:
            if has_pages(content):
                return self._pictures(path, reading, folder)
            with self._libreoffice.as_pages(content, suffix_of(content)) as pages:
                return self._pictures(pages, reading, folder)
        except (NotConvertedError, NoAnswerError):
            return ()

    def _pictures(self, pages: Path, reading: Reading, folder: Path) -> tuple[str, ...]:
        request = {"path": str(pages), "name": "pages.pdf", "media_type": PDF, "patient": True}
        answer = self._patient_worker.answer(
            {**request, "record": to_record(reading), "folder": str(folder)}, self._deadline * _MORE_TIME
        )
        if "mistake" in answer:
            raise SettingsError(str(answer["mistake"]))
        return tuple(str(path) for path in answer.get("pictures", ()))

    def _through_libreoffice(self, content: bytes, kind: WordKind, name: str, patient: bool) -> tuple[Reading, ...]:
        if self._ended:
            raise ReaderError
        if not patient and self._libreoffice.program is not None:
            raise NeedsTime
        try:
            with self._libreoffice.as_word(content, kind) as converted:
                return self._from_process(converted, name, WORD, patient)
        except NotConvertedError as error:
            return (unreadable(str(error)),)

    def _from_process(self, path: Path, name: str, media_type: str, patient: bool) -> tuple[Reading, ...]:
        """The readings of a file that the process reads; one without scanned pages never has more than the deadline."""
        request: dict[str, Any] = {"path": str(path), "name": name, "media_type": media_type, "patient": False}
        try:
            found = _readings(self._worker.answer(request, self._deadline))
            if found is None and patient:
                found = _readings(
                    self._patient_worker.answer({**request, "patient": True}, self._deadline * _MORE_TIME)
                )
        except NoAnswerError as error:
            return (unreadable(str(error)),)
        if found is None:
            raise NeedsTime
        return found


def unreadable(why: str) -> Reading:
    """The reading of a file that cannot be read, with one sentence on why."""
    return Reading("unreadable", problems=(Problem("unreadable", "", why),))


def _options(memory_megabytes: int, means: ReadingMeans) -> str:
    paths = {"models": means.models, "wordings": means.wordings}
    named = {name: path and str(path) for name, path in paths.items()}
    return json.dumps({"memory": memory_megabytes * 1024 * 1024, **named})


def _readings(answer: Any) -> tuple[Reading, ...] | None:
    """The answer of the process as readings; None for one that asks for patience.

    Raises:
        NoAnswerError: it is no answer.
        SettingsError: the settings keep every file from being read.
    """
    try:
        if "mistake" in answer:
            raise SettingsError(str(answer["mistake"]))
        if answer.get("later") is True:
            return None
        found = tuple(from_record(record) for record in answer["readings"])
    except (ValueError, KeyError, TypeError, AttributeError):
        found = ()
    if not found:
        raise NoAnswerError("What was read from this file makes no sense. Open it by hand.")
    return found


def _bytes_for_libreoffice(path: Path) -> bytes:
    """The bytes of a file that may be one for LibreOffice; none of any other, for they are not opened here."""
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST_WORD_FILE:
            return b""  # the process says what is the matter with it
        with path.open("rb") as file:
            head = file.read(_HEAD)
            return head + file.read() if may_be_word_kind(head) else b""
    except OSError:
        return b""
