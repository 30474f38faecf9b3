"""A hostile world and a clumsy coordinator: nothing is lost, nothing leaves by mistake, and the words say what to do."""

import datetime as dt
import email
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest

import marac
from marac.intake.originals import Originals
from marac.intake.pipeline import Intake
from marac.intake.reading.reader import Reader
from marac.mailbox.memory import MemoryInbox
from marac.register.deliveries import every_delivery
from marac.register.store import Store
from marac.settings import settings_from
from tests.hostile_mail import hostile_messages
from tests.killed_runs import Outcome, outcome_of, undisturbed, waiting_folder
from tests.working_folder import (
    AFTER_CUT_OFF,
    CUT_OFF,
    ENVIRONMENT,
    MEETING,
    WorkingFolder,
    copied,
    some_mail,
    working_folder,
)

RELEASE = ("release", MEETING.isoformat())
SETTLED = dt.datetime(2026, 11, 12, tzinfo=dt.UTC).timestamp()
BROKEN_TEMPLATE, STORE = 7, 3
FULL = """
import errno, os, sys
left, whole = int(sys.argv[1]), os.fsync
def fsync(descriptor):
    global left
    left -= 1
    if left < 0:
        raise OSError(errno.ENOSPC, "No space left on device")
    whole(descriptor)
os.fsync = fsync
from marac.cli import main
sys.exit(main(sys.argv[2:]))
"""
"""Runs a command on a disk that is full after so many files: `benchmarks/full_disk.py` fills a real one, as root."""


@pytest.fixture(scope="module")
def sound_form() -> bytes:
    message = email.message_from_bytes(some_mail("01-police-referral")[0].raw)
    (form,) = (part for part in message.walk() if str(part.get_filename()).endswith(".docx"))
    content = form.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> WorkingFolder:
    """A folder with one case, a blank form that needs a person, and two sealed research packs that wait for release."""
    folder = waiting_folder(tmp_path_factory.mktemp("original"), "01-police-referral", "11-surgery-form")
    passed = folder.marac("run")
    assert passed.returncode == 0, passed.stderr
    return folder


@pytest.fixture
def folder(original: WorkingFolder, tmp_path: Path) -> WorkingFolder:
    return copied(original, tmp_path / "marac")


def put(folder: WorkingFolder, name: str, content: bytes) -> None:
    path = folder.path / "inbox" / name
    path.write_bytes(content)
    os.utime(path, (SETTLED, SETTLED))


def letters(folder: WorkingFolder) -> int:
    return len(list((folder.path / "sent").glob("*.eml")))


def research(folder: WorkingFolder, agency: str) -> Path:
    return next((folder.path / "meetings" / MEETING.isoformat()).glob(f"research {agency}*.docx"))


@pytest.mark.both_databases
def test_whatever_comes_by_mail_the_run_ends_well_and_every_message_is_before_a_person(
    tmp_path: Path, sound_form: bytes
) -> None:
    folder = working_folder(tmp_path)
    hostile = hostile_messages(sound_form)
    for number, raw in enumerate(hostile.values()):
        put(folder, f"{number}.eml", raw)
    for name in (b"\xff\xfe.docx", b"weird\n\xe2\x80\xaename.docx", b"=cmd.docx"):
        put(folder, os.fsdecode(name), b"junk " + name)
    folder.post(some_mail("07-school-referral"))
    passed = folder.marac("run")
    assert (passed.returncode, passed.stderr) == (0, "")
    told = folder.status()
    assert told["arrived"] == told["accounted_for"] == len(hostile) + 4
    assert [entry["disposition"] for entry in told["messages"] if entry["state"] == "done"] == ["new_referral"]
    assert not list((folder.path / "inbox").iterdir())
    shown = folder.marac("status").stdout + "".join(reason for entry in told["messages"] for reason in entry["reasons"])
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e]", shown)
    assert all(reason for entry in told["messages"] if entry["state"] != "done" for reason in [entry["reasons"]])
    assert "Zephyrine" not in passed.stdout + passed.stderr


@pytest.mark.both_databases
def test_what_a_stranger_wrote_is_text_in_the_workbook_and_in_every_document(tmp_path: Path) -> None:
    folder = working_folder(tmp_path)
    nasty = '=HYPERLINK("http://x.example","Zephyrine") <b>&amp; {{ 7*7 }} {% raw %} \x07\x00\ufffe\u202e Quill'
    raw = some_mail("07-school-referral")[0].raw.replace(
        b"Content-Transfer-Encoding: quoted-printable", b"Content-Transfer-Encoding: 8bit"
    )
    raw = raw.replace(b"Fatoumata Diallo", nasty.encode()).replace(b"Mrs Diallo works", nasty.encode() + b" works")
    put(folder, "nasty.eml", raw)
    passed = folder.marac("run")
    assert (passed.returncode, passed.stderr) == (0, "")
    shown = folder.marac("meeting", "show", MEETING.isoformat()).stdout
    assert "Quill" in shown
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e]", shown)
    book = openpyxl.load_workbook(folder.path / "register.xlsx")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    theirs = [cell for cell in cells if "Quill" in str(cell.value)]
    assert theirs
    assert not [cell for cell in theirs if cell.data_type == "f"]
    documents = [docx.Document(str(path)).element.body for path in (folder.path / "meetings").rglob("*.docx")]
    texts = ["".join(node.text or "" for node in body.iter() if node.tag.endswith("}t")) for body in documents]
    assert len(texts) > 1
    assert all("{{ 7*7 }} {% raw %}" in text and "<b>&amp;" in text for text in texts)


def test_everything_that_is_written_is_private(folder: WorkingFolder) -> None:
    assert folder.marac(*RELEASE).returncode == 0
    folder.path.chmod(0o700)
    moved = {folder.path / name for name in ("processed", "needs-a-person")}  # as private as whoever saved it made it
    written = [path for path in folder.path.rglob("*") if path.parent not in moved]
    assert not [path for path in written if stat.S_IMODE(path.stat().st_mode) & 0o077]


@pytest.fixture(scope="module")
def undisturbed_pass(tmp_path_factory: pytest.TempPathFactory) -> tuple[WorkingFolder, Outcome]:
    """A folder with mail in its inbox, and what a pass comes to there."""
    place = tmp_path_factory.mktemp("waiting")
    folder = working_folder(place)
    folder.post(some_mail("01-police-referral", "11-surgery-form"))
    return folder, undisturbed(copied(folder, place / "undisturbed"), "run")[1]


@pytest.mark.parametrize("files_left", [0, 1, 4, 9])
def test_a_full_disk_stops_the_run_in_words_and_the_next_one_recovers(
    files_left: int, undisturbed_pass: tuple[WorkingFolder, Outcome], tmp_path: Path
) -> None:
    waiting, expected = undisturbed_pass
    folder = copied(waiting, tmp_path / "marac")
    words = ["--config", str(folder.path / "config.toml"), "run", "--today", AFTER_CUT_OFF.isoformat()]
    command = [sys.executable, "-c", FULL, str(files_left), *words]
    run = subprocess.run(command, env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False)
    assert (run.returncode, run.stdout) == (STORE, ""), run.stderr
    assert re.search(r"^marac: The disk .*is full\..*[Mm]ake room", run.stderr)
    assert folder.marac("run").returncode == 0
    assert outcome_of(folder) == expected


def test_a_register_whose_database_is_gone_is_never_begun_anew_in_silence(folder: WorkingFolder) -> None:
    aside = (folder.path / "store").rename(folder.path.with_name("aside"))
    for command in (("run",), ("status",), RELEASE):
        stopped = folder.marac(*command)
        assert (stopped.returncode, stopped.stdout) == (STORE, "")
        assert "Restore the store folder from the backup" in stopped.stderr
    shutil.rmtree(folder.path / "store", ignore_errors=True)
    aside.rename(folder.path / "store")
    assert folder.marac("run").returncode == 0


def test_a_damaged_database_is_called_so(folder: WorkingFolder) -> None:
    (folder.path / "store" / "marac.db").write_bytes(b"not a database " * 1000)
    stopped = folder.marac("run")
    assert stopped.returncode == STORE
    assert "database is damaged" in stopped.stderr


def test_a_broken_template_is_named_and_keeps_no_referral_out_of_the_register(folder: WorkingFolder) -> None:
    (folder.path / "templates" / "agenda.docx").write_bytes(b"junk")
    folder.post(some_mail("07-school-referral"))
    passed = folder.marac("run")
    assert passed.returncode == BROKEN_TEMPLATE
    assert "agenda.docx" in passed.stdout
    book = openpyxl.load_workbook(folder.path / "register.xlsx")
    assert any(
        "Fatoumata Diallo" in str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
    )


def test_a_document_that_was_edited_after_sealing_does_not_leave(folder: WorkingFolder) -> None:
    edited = research(folder, "police")
    edited.write_bytes(edited.read_bytes() + b"edited")
    released = folder.marac(*RELEASE)
    assert "does not leave. It was changed or moved away" in released.stdout
    assert letters(folder) == 3  # both agendas, and the other pack
    edited.rename(folder.path / "mine.docx")
    assert "does not leave. It was changed or moved away" in folder.marac(*RELEASE).stdout
    assert folder.marac("meeting", "prepare", MEETING.isoformat()).returncode == 0
    assert folder.marac(*RELEASE).returncode == 0
    assert letters(folder) == 4


def test_a_sealed_file_that_was_tampered_with_stays_and_is_made_anew(folder: WorkingFolder) -> None:
    for sealed in (folder.path / "store" / "sealed").iterdir():
        sealed.write_bytes(sealed.read_bytes()[:-5] + b"other")
    released = folder.marac(*RELEASE)
    assert f"marac meeting prepare {MEETING}" in released.stdout
    assert letters(folder) == 0
    assert folder.marac("meeting", "prepare", MEETING.isoformat()).returncode == 0
    assert folder.marac(*RELEASE).returncode == 0
    assert letters(folder) == 4


def test_a_copy_of_the_folder_leaves_the_one_it_was_copied_from_alone(
    original: WorkingFolder, folder: WorkingFolder
) -> None:
    before = outcome_of(original)
    folder.post(some_mail("07-school-referral"))
    assert folder.marac("run").returncode == 0
    assert outcome_of(original) == before
    assert not any((original.path / "meetings").rglob("superseded"))


def test_without_gnupg_mail_is_taken_in_and_nothing_leaves(folder: WorkingFolder, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    folder.post(some_mail("07-school-referral"))
    command = [sys.executable, "-m", "marac"]
    environment = {**ENVIRONMENT, "PATH": str(tmp_path / "bin")}
    on = ("--today", AFTER_CUT_OFF.isoformat())
    said = ""
    for words in (("run",), RELEASE):
        ran = subprocess.run(
            [*command, *words, *on],
            cwd=folder.path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert ran.stderr == ""
        said = ran.stdout
    assert "GnuPG (gpg) is not on this machine" in said
    assert letters(folder) == 0
    assert folder.status()["arrived"] == folder.status()["accounted_for"] == 3


def test_a_program_that_lost_a_module_blames_no_form_for_it(tmp_path: Path) -> None:
    folder = working_folder(tmp_path)
    folder.post(some_mail("01-police-referral"))
    shutil.copytree(Path(marac.__file__).parent, tmp_path / "marac-broken" / "marac")
    (tmp_path / "marac-broken" / "marac" / "parsers" / "word" / "word.py").write_text(
        "import a_module_that_is_gone\n", encoding="utf-8"
    )
    environment = {**ENVIRONMENT, "PYTHONPATH": str(tmp_path / "marac-broken")}
    command = [sys.executable, "-m", "marac", "run", "--today", CUT_OFF.isoformat()]
    ran = subprocess.run(command, cwd=folder.path, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert "does not start" in ran.stdout
    assert len(list((folder.path / "inbox").iterdir())) == 1
    assert folder.marac("run").returncode == 0
    assert [entry["disposition"] for entry in folder.status()["messages"]] == ["new_referral"]


@pytest.mark.parametrize("request_to_end", [signal.SIGTERM, signal.SIGINT])
def test_a_watch_stops_cleanly_when_it_is_asked_to(request_to_end: signal.Signals, folder: WorkingFolder) -> None:
    command = [sys.executable, "-m", "marac", "watch", "--today", AFTER_CUT_OFF.isoformat()]
    with subprocess.Popen(
        command, cwd=folder.path, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as watch:
        assert watch.stdout is not None
        assert watch.stdout.readline().startswith("Watching the mailbox")
        watch.send_signal(request_to_end)
        said, wrong = watch.communicate(timeout=60)
    assert (watch.returncode, wrong) == (0, "")
    assert said.endswith("Stopped watching. Nothing is half done.\n")


def test_a_watch_stops_between_two_messages_and_the_next_pass_goes_on(tmp_path: Path) -> None:
    folder = working_folder(tmp_path)
    folder.post(some_mail()[:10])
    command = [sys.executable, "-m", "marac", "watch", "--today", AFTER_CUT_OFF.isoformat()]
    with subprocess.Popen(command, cwd=folder.path, env=ENVIRONMENT, stdout=subprocess.DEVNULL) as watch:
        while not any((folder.path / "processed").iterdir()):
            assert watch.poll() is None
            time.sleep(0.01)
        watch.send_signal(signal.SIGTERM)
    assert watch.returncode == 0
    assert any((folder.path / "inbox").iterdir())
    assert folder.marac("run").returncode == 0
    told = folder.status()
    assert told["arrived"] == told["accounted_for"] == 10


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[Intake]:
    settings = settings_from(working_folder(tmp_path).path / "config.toml")
    store = Store(settings.folders.store, settings.database, settings.marac.id)
    with Reader() as reader:
        noon = dt.datetime.combine(AFTER_CUT_OFF, dt.time(12), dt.UTC)
        yield Intake(
            store, Originals(settings.folders.store / "originals"), reader, settings, AFTER_CUT_OFF, lambda: noon
        )
    store.close()


def half_taken_in(intake: Intake, *, unpacked: bool) -> MemoryInbox:
    """An inbox with a message that a killed pass stored or unpacked; then somebody emptied the folder of originals."""
    inbox, raw = MemoryInbox(), some_mail("01-police-referral")[0].raw
    inbox.deliver(raw, dt.datetime.fromtimestamp(SETTLED, dt.UTC))
    (item,) = inbox.waiting()
    delivery = intake._entered(inbox, item, raw, intake.originals.keep(raw, ".eml"))
    if unpacked:
        intake._unpacked(delivery, raw)
    shutil.rmtree(intake.settings.folders.store / "originals")
    return inbox


def dispositions(intake: Intake) -> list[str | None]:
    with intake.store.reading() as connection:
        return [delivery.disposition for delivery in every_delivery(connection)]


@pytest.mark.both_databases
def test_parts_that_somebody_took_out_of_the_store_are_taken_from_the_message_again(intake: Intake) -> None:
    intake.sweep(half_taken_in(intake, unpacked=True))
    assert dispositions(intake) == ["new_referral"]


@pytest.mark.both_databases
def test_a_message_that_is_in_neither_the_inbox_nor_the_store_is_put_before_a_person(intake: Intake) -> None:
    inbox = half_taken_in(intake, unpacked=False)
    for item in list(inbox.waiting()):
        inbox.file(item, "processed")
    intake.sweep(inbox)
    assert dispositions(intake) == ["unreadable"]
