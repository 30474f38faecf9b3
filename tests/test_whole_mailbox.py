"""A real IMAP server and a real SMTP server: killed, or cut off, the next runs lose nothing and send nothing twice.

`benchmarks/killed.py` tries many more moments.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cut_lines import AfterCommand, InLiteral, Scissors
from tests.dovecot import Dovecot
from tests.killed_runs import (
    WITH_KEYS,
    Outcome,
    Words,
    faults_after_a_kill,
    faults_after_kills,
    faults_after_trouble,
    several_kills,
    undisturbed,
    waiting_folder,
)
from tests.smtp_server import SmtpServer
from tests.whole_mailbox_runs import served
from tests.wire import Wire
from tests.working_folder import MEETING, WorkingFolder, some_mail

MAIL = some_mail("01-police-referral", "07-school-referral", "11-surgery-form", "12-probation-reply")
RUN: Words = ("run",)
RELEASE: Words = ("release", MEETING.isoformat())


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with Dovecot() as server:
        yield server


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> WorkingFolder:
    """A folder with keys, and without mail."""
    folder = waiting_folder(tmp_path_factory.mktemp("start"), "no mail")
    assert not folder.mail()
    return folder


@pytest.fixture(scope="module")
def passed(
    start: WorkingFolder, server: Dovecot, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[Words, int], Outcome, Outcome]:
    """How many moments a pass and a release have, and what the first comes to, and both."""
    with served(start, tmp_path_factory.mktemp("whole") / "undisturbed", server) as folder:
        folder.post(MAIL)
        moments, after_run = undisturbed(folder, *RUN)
        more_moments, after_release = undisturbed(folder, *RELEASE)
    assert len(after_release.letters) == 2 * WITH_KEYS  # a research pack and an agenda each
    return {RUN: moments, RELEASE: more_moments}, after_run, after_release


@pytest.mark.parametrize("percent", [30, 65, 90])
def test_killed_between_fetching_moving_and_committing_a_pass_is_finished_by_the_next(
    percent: int,
    start: WorkingFolder,
    server: Dovecot,
    passed: tuple[dict[Words, int], Outcome, Outcome],
    tmp_path: Path,
) -> None:
    moments, expected, _ = passed
    with served(start, tmp_path / f"killed {percent}", server) as folder:
        folder.post(MAIL)
        assert not faults_after_a_kill(folder, moments[RUN] * percent // 100, expected, *RUN)


def test_killed_several_times_in_passes_and_releases_it_still_comes_to_the_same(
    start: WorkingFolder, server: Dovecot, passed: tuple[dict[Words, int], Outcome, Outcome], tmp_path: Path
) -> None:
    moments, _, expected = passed
    kills = several_kills(4, moments)
    with served(start, tmp_path / "several", server) as folder:
        folder.post(MAIL)
        assert not faults_after_kills(folder, kills, expected, RUN, RELEASE, RUN), [str(kill) for kill in kills]


@pytest.mark.parametrize(
    "scissors",
    [lambda: InLiteral(1), lambda: AfterCommand(rb"\S+ UID MOVE", 2)],
    ids=["while a message is coming", "after a message was moved and before the server said so"],
)
def test_a_pass_whose_line_breaks_is_finished_by_the_next(
    scissors: Callable[[], InLiteral | AfterCommand],
    start: WorkingFolder,
    server: Dovecot,
    passed: tuple[dict[Words, int], Outcome, Outcome],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    cut = scissors()
    with (
        Wire(server.port, server.files, cut.to_client, cut.to_server) as wire,
        served(start, tmp_path / f"cut {request.node.callspec.id[:20]}", server, imap_port=wire.port) as folder,
    ):
        folder.post(MAIL)
        assert folder.marac(*RUN).stderr.count("Traceback") == 0
        assert cut.cut
        assert not faults_after_trouble(folder, passed[1], RUN, went_on=True)


@pytest.mark.parametrize("command", [rb"rcpt", rb"\.\r\n\Z"], ids=["before the letter", "after the letter"])
def test_a_release_whose_line_breaks_sends_each_letter_at_most_once_and_tells_what_is_in_doubt(
    command: bytes,
    start: WorkingFolder,
    server: Dovecot,
    passed: tuple[dict[Words, int], Outcome, Outcome],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    cut: Scissors = AfterCommand(command)
    with SmtpServer() as smtp, Wire(smtp.port, smtp.files, cut.to_client, cut.to_server) as wire:
        place = tmp_path / f"cut {request.node.callspec.id}"
        with served(start, place, server, smtp_port=wire.port, smtp=smtp) as folder:
            folder.post(MAIL)
            assert folder.marac(*RUN).returncode == 0
            assert folder.marac(*RELEASE).returncode != 0
            assert not faults_after_trouble(folder, passed[2], RUN, RELEASE, RUN)
            assert len(folder.letters()) == 2 * WITH_KEYS
