"""The reading process: a file that kills or stalls it is that file's problem alone."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from marac.document import WORD
from marac.errors import SettingsError
from marac.intake.opening.mime import opened
from marac.intake.reading.means import ReadingMeans
from marac.intake.reading.reader import Reader, ReaderError
from tests.working_folder import some_mail


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (message,) = some_mail("01-police-referral")
    document = next(part.document for part in opened(message.raw).parts if part.role == "form")
    path = tmp_path_factory.mktemp("forms") / "form.docx"
    path.write_bytes(document.content)
    return path


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Reader(deadline_seconds=20) as reading:
        yield reading


def test_a_form_is_read_in_another_process(reader: Reader, form: Path) -> None:
    reading = reader.read(form, "form.docx", WORD)
    assert reading.kind == "referral"
    assert reading.referral.victim.name == "Aleksandra Kowalczyk"
    assert "marac.parsers" not in os.environ
    assert reader._worker.process_id not in {None, os.getpid()}


def test_a_process_that_died_while_idle_is_replaced_and_the_file_is_read(reader: Reader, form: Path) -> None:
    reader.start()
    process = reader._worker._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert reader.read(form, "form.docx", WORD).kind == "referral"


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read(tmp_path: Path, form: Path) -> None:
    pipe = tmp_path / "endless"
    os.mkfifo(pipe)
    with Reader(deadline_seconds=1) as reader:
        reading = reader.read(pipe, "endless", WORD)
        assert reading.kind == "unreadable"
        assert "within 1 seconds" in reading.problems[0].message
    with Reader() as reader:
        assert reader.read(form, "form.docx", WORD).kind == "referral"


def test_a_file_that_kills_the_process_is_unreadable_and_the_next_is_read(
    reader: Reader, form: Path, tmp_path: Path
) -> None:
    reading = reader.read(tmp_path / "not there", "x", WORD)  # the process ends on what it does not expect
    assert reading.kind == "unreadable"
    assert "broke the program" in reading.problems[0].message
    assert reader.read(form, "form.docx", WORD).kind == "referral"


def test_the_process_has_a_limit_on_memory(form: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.docx"
    with large.open("wb") as file:
        file.truncate(3 * 1024**3)
    with Reader(memory_megabytes=1024) as reader:
        assert reader.read(large, "large.docx", WORD).kind == "unreadable"
        assert reader.read(form, "form.docx", WORD).kind == "referral"


def test_a_mistake_in_the_areas_wordings_stops_the_reading_and_blames_no_file(form: Path, tmp_path: Path) -> None:
    wordings = tmp_path / "wordings.toml"
    wordings.write_text("this is no toml", encoding="utf-8")
    with Reader(means=ReadingMeans(wordings=wordings)) as reader:
        with pytest.raises(SettingsError):
            reader.read(form, "form.docx", WORD)
        wordings.unlink()
        assert reader.read(form, "form.docx", WORD).kind == "referral"


def test_a_reader_that_was_ended_reads_nothing_more(form: Path) -> None:
    with Reader() as reader:
        reader.start()
        reader.end()
        with pytest.raises(ReaderError):
            reader.read(form, "form.docx", WORD)
