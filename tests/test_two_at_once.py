"""What a coordinator does while the mail is taken in: nothing is lost, nothing stands twice, and nobody waits for ever."""

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

from marac.audit import broken_link
from marac.demo.agencies import AGENCIES
from marac.register.action_reports import every_report
from marac.register.actions import every_action
from marac.register.minutes import minutes_taken
from marac.register.trail import trail
from tests.asked_agencies import CASES, answer, asked_folder, returns_in
from tests.filled_minutes import Minutes
from tests.fortnight_days import BY, DAY_AFTER, MINUTES, WHY, given
from tests.prepared_meetings import opened
from tests.watched_folder import LONGEST_SECONDS, wait_until, watching
from tests.what_a_fortnight_holds import faults_of_a_fortnight
from tests.what_must_hold import database_of
from tests.working_folder import ENVIRONMENT, MEETING, WorkingFolder

pytestmark = pytest.mark.both_databases


@pytest.fixture
def folder(tmp_path: Path) -> WorkingFolder:
    """Packs and letters are with their agencies, and four answers wait in the inbox."""
    folder = asked_folder(tmp_path)
    messages = [answer(f"{case}: nothing known", number=number) for number, case in enumerate(CASES, 1)]
    messages.append(answer("Action 1: done", to="letter", number=9))
    for number, message in enumerate(messages):
        (folder.path / "inbox" / f"answer-{number}.eml").write_bytes(message)
    return folder


def at_once(folder: WorkingFolder, *commands: tuple[str, ...]) -> list[tuple[int, str]]:
    """How commands end that begin together, and what they say where they do not end well."""
    begun = [
        subprocess.Popen(
            [sys.executable, "-m", "marac", *words, "--today", folder.today.isoformat()],
            cwd=folder.path, env=ENVIRONMENT, encoding="utf-8", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )
        for words in commands
    ]  # fmt: skip
    said = [process.communicate(timeout=LONGEST_SECONDS)[1] for process in begun]
    return [(process.returncode, words) for process, words in zip(begun, said, strict=True)]


def faults(folder: WorkingFolder) -> list[str]:
    """What is not as it must be."""
    with opened(folder) as office, office.store.reading() as connection:
        broken = [] if broken_link(trail(connection)) is None else ["the audit trail is broken"]
    with database_of(folder) as database:
        return [*broken, *faults_of_a_fortnight(folder, database)]


def test_papers_prepared_beside_a_watcher_are_made_once_and_every_answer_is_in(folder: WorkingFolder) -> None:
    with watching(folder):
        given(folder, "case", "conflict", CASES[1], "housing", *WHY)
        given(folder, "meeting", "prepare", MEETING.isoformat())
        wait_until(lambda: not list((folder.path / "inbox").glob("*.eml")))
    with opened(folder) as office:
        assert {each.case for each in returns_in(office)} == set(CASES)
    assert not faults(folder)


def test_minutes_confirmed_while_a_pass_takes_in_answers_are_taken_once(folder: WorkingFolder) -> None:
    path = folder.path / "meetings" / MEETING.isoformat() / f"minutes {MEETING.isoformat()}.docx"
    made = Minutes(path.read_bytes())
    made.attend(AGENCIES[0].name, "present", "signed", name="DS Gwen Pritchard")
    made.agree(CASES[1], 1, "Homelessness", "Fit new locks.", "housing", "T. W.", "10/12/2026")
    made.note(CASES[1], risks="He knows her new work.", heard="")
    (folder.path / MINUTES).write_bytes(made.saved())
    (folder.path / "inbox" / "answer-3.eml").unlink()  # what it says of an action would be shown with the minutes
    later = dataclasses.replace(folder, today=DAY_AFTER)
    given(later, "minutes", "read", MINUTES, *BY)
    ended = at_once(later, ("run",), ("minutes", "read", MINUTES, "--confirm", *BY))
    assert [code for code, _ in ended] == [0, 0], ended
    with opened(folder) as office:
        assert {each.case for each in returns_in(office)} == set(CASES)
        with office.store.reading() as connection:
            assert len(minutes_taken(connection)) == 1
            assert [each.text for each in every_action(connection)][4:] == ["Fit new locks."]
            assert not every_report(connection)
    assert not faults(folder)
