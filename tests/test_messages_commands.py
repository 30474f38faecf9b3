"""`marac message …` as a coordinator types it."""

import datetime as dt
import io
from pathlib import Path

import pytest
import pyzipper

from marac.case import Flag
from marac.office import open_office
from marac.register.cases import set_flags
from tests.invented_mail import POLICE, mail, moved_house, typed
from tests.register_databases import DatabaseKind
from tests.working_folder import AFTER_CUT_OFF, WorkingFolder, copied, working_folder

pytestmark = pytest.mark.both_databases

NOON = dt.datetime.combine(AFTER_CUT_OFF, dt.time(12), dt.UTC)
FORM = (Path(__file__).parent / "forms" / "d06-redbridge.docx").read_bytes()


def locked() -> bytes:
    packed = io.BytesIO()
    with pyzipper.AESZipFile(packed, "w", encryption=pyzipper.WZ_AES) as opened:
        opened.setpassword(b"Harbour-824!")
        opened.writestr("referral.docx", FORM)
    return mail(files={"referral.zip": packed.getvalue()}, message_id="<locked@carrowdale-school.example>")


@pytest.fixture(scope="module")
def passed(tmp_path_factory: pytest.TempPathFactory, register_database: DatabaseKind) -> WorkingFolder:  # noqa: ARG001 - made for each
    """A folder after one pass."""
    made = working_folder(tmp_path_factory.mktemp("passed"))
    messages = {
        "1": mail(typed(), sender=POLICE),
        "2": mail(typed(moved_house()), sender=POLICE, message_id="<second@carrowdale-police.example>"),
        "3": locked(),
        "4": mail("Away until Monday.", {"form.docx": FORM}, Auto_Submitted="auto-replied", message_id="<4@x.example>"),
    }
    for name, content in messages.items():
        (made.path / "inbox" / f"{name}.eml").write_bytes(content)
    assert made.marac("run").returncode == 0
    return made


@pytest.fixture
def folder(passed: WorkingFolder, tmp_path: Path) -> WorkingFolder:
    return copied(passed, tmp_path / "marac")


def said(folder: WorkingFolder, *words: str) -> str:
    done = folder.marac(*words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def state(folder: WorkingFolder, number: int) -> tuple[str, str, int]:
    entry = folder.status()["messages"][number - 1]
    return entry["disposition"], entry["state"], len(entry["cases"])


def test_what_waits_says_which_command_to_type(folder: WorkingFolder) -> None:
    text = said(folder, "status")
    for command in ("message show 2", "message decide 2 use-version", "message password 3", "message decide 4 release"):
        assert f"marac {command}" in text


def test_a_message_is_shown_on_one_page(folder: WorkingFolder) -> None:
    text = said(folder, "message", "show", "3")
    assert "locked with a password" in text
    assert "siobhan.reid@carrowdale-school.example" in text
    assert str(folder.path / "store" / "originals") in text


def test_what_differs_between_two_versions_is_shown_and_one_is_chosen(folder: WorkingFolder) -> None:
    assert "victim.phone: “07700900123” -> “07700900456”" in said(folder, "message", "show", "2")
    done = said(folder, "message", "decide", "2", "use-version", "--reason", "The school rang.", "--by", "A. C.")
    assert "Message 2: done." in done
    assert "The school rang." in said(folder, "message", "show", "2")
    assert state(folder, 2) == ("revision", "done", 1)


def test_a_password_is_asked_for_and_never_an_argument(folder: WorkingFolder) -> None:
    done = folder.marac("message", "password", "3", "--by", "A. C.", typed="Harbour-824!\n")
    assert done.returncode == 0, done.stderr
    assert state(folder, 3) == ("locked", "done", 1)
    assert "Harbour" not in done.stdout + done.stderr


def test_what_is_released_is_read_like_any_other(folder: WorkingFolder) -> None:
    said(folder, "message", "decide", "4", "release", "--reason", "The portal writes so.", "--by", "A. C.")
    assert state(folder, 4)[0] in {"new_referral", "duplicate_referral"}
    assert state(folder, 4)[2] == 1


def test_what_is_set_aside_waits_no_more(folder: WorkingFolder) -> None:
    said(folder, "message", "decide", "4", "set-aside", "--reason", "Nothing in it.", "--by", "A. C.")
    assert "Message 4:" not in said(folder, "status")


def test_an_acknowledgement_waits_until_it_is_released_and_then_leaves_once(folder: WorkingFolder) -> None:
    assert "marac message acknowledge" in said(folder, "status")
    said(folder, "message", "acknowledge", "1", "--by", "A. C.")
    for _ in range(2):
        said(folder, "run")
    sent = [path.read_text(encoding="utf-8") for path in (folder.path / "sent").glob("*.eml")]
    assert len(sent) == 1
    assert f"To: {POLICE}" in sent[0]
    assert "Penrose" not in sent[0]
    again = folder.marac("message", "acknowledge", "1", "--by", "A. C.")
    assert (again.returncode, "released before" in again.stderr) == (2, True)


def test_no_acknowledgement_is_released_to_a_professional_who_may_be_a_party(folder: WorkingFolder) -> None:
    party = Flag("professional is a party", "The referrer has the name of the perpetrator.", needs_decision=True)
    opened = open_office(folder.path / "config.toml", AFTER_CUT_OFF, lambda: NOON)
    with opened as office, office.store.changing() as connection:
        set_flags(connection, "M26-0001", (party,))
    refused = folder.marac("message", "acknowledge", "1", "--by", "A. C.")
    assert refused.returncode == 2
    assert "may be a party to the case" in refused.stderr
    assert "marac case decide CASE hear" in refused.stderr
    said(folder, "case", "decide", "M26-0001", "hear", "--reason", "Another person.", "--by", "A. C.")
    assert "Released" in said(folder, "message", "acknowledge", "1", "--by", "A. C.")


@pytest.mark.parametrize(
    ("words", "code", "words_said"),
    [
        (("message", "show", "99"), 8, "no message 99"),
        (("message", "decide", "1", "release", "--reason", "x", "--by", "y"), 2, "nothing to release"),
        (("message", "decide", "1", "use-version", "--reason", "x", "--by", "y"), 2, "No version"),
        (("message", "decide", "4", "set-aside", "--reason", " ", "--by", "y"), 2, "must not be empty"),
        (("message", "acknowledge", "3", "--by", "y"), 8, "No acknowledgement"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    words: tuple[str, ...], code: int, words_said: str, folder: WorkingFolder
) -> None:
    before = folder.status()
    done = folder.marac(*words)
    assert (done.returncode, words_said in done.stderr) == (code, True), done.stderr
    assert folder.status() == before


def test_an_acknowledgement_that_waits_says_what_holds_when_it_leaves(folder: WorkingFolder) -> None:
    assert "It is listed for the MARAC meeting" in said(folder, "message", "show", "1")
    said(folder, "message", "acknowledge", "1", "--by", "A. C.")
    said(folder, "case", "decide", "M26-0001", "not-heard", "--reason", "moved away", "--by", "A. C.")
    said(folder, "run")
    (sent,) = [path.read_text(encoding="utf-8") for path in (folder.path / "sent").glob("*.eml")]
    assert "It is listed for" not in sent


def test_no_password_is_no_password(folder: WorkingFolder) -> None:
    done = folder.marac("message", "password", "3", "--by", "A. C.")
    assert (done.returncode, done.stderr) == (2, "marac: No password was given. Nothing was changed.\n")


def test_what_has_nothing_locked_needs_no_password_and_what_is_done_is_not_set_aside(folder: WorkingFolder) -> None:
    aside = folder.marac("message", "decide", "1", "set-aside", "--reason", "x", "--by", "y")
    assert (aside.returncode, "done already" in aside.stderr) == (2, True)
