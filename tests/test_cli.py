"""The command line as a person meets it: help, exit codes, and words instead of tracebacks."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from marac.cli import main
from marac.commands.help import HELP
from marac.commands.syntax import arguments_of
from marac.errors import MaracError
from tests.register_databases import DatabaseKind
from tests.working_folder import AFTER_CUT_OFF, MEETING, some_mail, working_folder

ROOT = Path(__file__).parent.parent


def help_of(words: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        arguments_of([*words.split(), "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("command", sorted(HELP))
def test_every_command_has_help_worth_reading_and_stands_in_the_readme(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = help_of(command, capsys)
    assert " ".join(HELP[command][1].split()) in " ".join(text.split())
    if command not in {"template", "keys", "meeting", "case", "action"}:
        assert f"marac {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_help_loads_nothing_heavy() -> None:
    script = "import sys\nfrom marac.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint(sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    for library in ("sqlalchemy", "pydantic", "lxml", "docxtpl", "pdfplumber", "openpyxl", "gnupg"):
        assert f"'{library}'" not in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], 2, "COMMAND"),
        (["rum"], 2, "invalid choice"),
        (["meeting", "show", "3.12.2026"], 2, "year-month-day"),
        (["case", "decide", "M26-0001", "hear"], 2, "--reason"),
    ],
)
def test_a_command_that_makes_no_sense_is_explained(
    words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == code
    assert said in capsys.readouterr().err


def test_outside_a_working_folder_it_says_how_to_make_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--config", str(tmp_path / "config.toml"), "run"]) == 2
    assert "marac init FOLDER" in capsys.readouterr().err


def test_settings_may_stand_before_or_after_the_command() -> None:
    before = arguments_of(["--config", "a.toml", "--today", "2026-11-20", "run"])
    after = arguments_of(["run", "--config", "a.toml", "--today", "2026-11-20"])
    assert (before.config, before.today) == (after.config, after.today) == (Path("a.toml"), AFTER_CUT_OFF)


def test_init_changes_nothing_that_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "new")]) == 0
    assert main(["init", str(tmp_path / "new")]) == 2
    assert "not empty" in capsys.readouterr().err


def test_a_fresh_folder_takes_a_pass_and_the_doctor_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["init", str(tmp_path / "new")])
    config = ["--config", str(tmp_path / "new" / "config.toml")]
    assert main([*config, "run"]) == 0
    assert main([*config, "doctor"]) == 1
    said = capsys.readouterr().out
    assert "0 in, 0 accounted for" in said
    assert "agencies.toml names none yet" in said
    assert "ok      mailbox" in said


def test_something_unforeseen_is_said_without_its_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stumble(*_: object) -> None:
        raise RuntimeError("Siân O'Connor-Blake")

    monkeypatch.setattr("marac.commands.setup.made_folder", stumble)
    assert main(["init", "anywhere"]) == 70
    said = capsys.readouterr().err
    assert "RuntimeError at test_cli.py" in said
    assert "Siân" not in said


def test_each_kind_of_error_has_its_own_words() -> None:
    kinds = MaracError.__subclasses__()
    assert all(kind.__doc__ for kind in kinds)
    assert all(kind.exit_code for kind in kinds)


def test_parse_prints_records_on_stdout_and_the_rest_on_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (message,) = some_mail("07-school-referral")
    mail, empty = tmp_path / "mail.eml", tmp_path / "empty.docx"
    mail.write_bytes(message.raw)
    empty.write_bytes(b"")
    assert main(["parse", str(mail), str(empty), str(tmp_path / "nothing.pdf"), "--json"]) == 0
    captured = capsys.readouterr()
    records = [json.loads(line) for line in captured.out.splitlines()]
    assert [record["kind"] for record in records] == ["referral", "unreadable", "unreadable"]
    assert [record["verdict"] for record in records][1:] == ["quarantine", "quarantine"]
    assert records[0]["sha256"] == message.sha256
    assert records[0]["referrals"][0]["source"] == "body"
    assert message.referral is not None
    assert records[0]["referral"]["victim"]["name"] == message.referral.victim.name
    assert "empty.docx" in captured.err
    assert "nothing.pdf" in captured.err


def test_decisions_and_actions_take_effect_and_are_kept(tmp_path: Path) -> None:
    folder = working_folder(tmp_path)
    folder.post(some_mail("01-police-referral", "08-childrens-referral", "10-housing-referral"))
    assert folder.marac("run").returncode == 0
    shown = folder.marac("meeting", "show", MEETING.isoformat()).stdout
    assert "3 cases" in shown
    assert "UNDECIDED" in shown
    reason = ("--reason", "The school asked her.", "--by", "A Person")
    joined = ("case", "decide", "M26-0002", "same-as", "M26-0001", "--although-different")
    assert folder.marac(*joined, *reason).returncode == 0
    assert folder.marac("case", "decide", "M26-0003", "not-heard", *reason).returncode == 0
    added = folder.marac("action", "add", "M26-0002", "--agency", "police", "--due", "2026-12-01", "Place a marker.")
    assert "M26-0001" in added.stdout  # what is joined carries on under the other reference
    shown = folder.marac("meeting", "show", MEETING.isoformat()).stdout
    assert "1 case, " in shown
    assert "with M26-0002" in shown
    assert "Place a marker." in shown
    assert folder.marac("case", "decide", "M26-0002", "not-same-as", "M26-0001", *reason).returncode == 0
    assert folder.marac("run").returncode == 0
    assert "2 cases" in folder.marac("meeting", "show", MEETING.isoformat()).stdout


@pytest.fixture(scope="module")
def one_case(tmp_path_factory: pytest.TempPathFactory, register_database: DatabaseKind) -> Path:  # noqa: ARG001 - made before it
    """The settings of a folder with one case."""
    folder = working_folder(tmp_path_factory.mktemp("refused"))
    folder.post(some_mail("07-school-referral"))
    passed = folder.marac("run")
    assert passed.returncode == 0, passed.stderr
    return folder.path / "config.toml"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("case", "decide", "M26-0099", "hear", "--reason", "x", "--by", "y"), 8, "no case"),
        (("case", "decide", "M26-0001", "same-as", "--reason", "x", "--by", "y"), 2, "names the other case"),
        (("case", "decide", "M26-0001", "same-as", "M26-0001", "--reason", "x", "--by", "y"), 2, "with itself"),
        (("case", "decide", "M26-0001", "hear", "--reason", " ", "--by", "y"), 2, "must not be empty"),
        (("action", "add", "M26-0001", "--agency", "polis", "--due", "2026-12-01", "x"), 8, "police"),
        (("action", "add", "M26-0001", "--agency", "police", "--due", "2026-12-01", " "), 2, "needs words"),
        (("meeting", "show", "2026-12-25"), 8, "no meeting"),
        (("release", "2026-12-25"), 8, "no meeting"),
        (("keys", "import", "polis", "key.asc"), 8, "no agency"),
        (("keys", "import", "police", "not-there.asc"), 2, "cannot be opened"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    words: tuple[str, ...], code: int, said: str, one_case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--config", str(one_case), "--today", AFTER_CUT_OFF.isoformat(), *words]) == code
    assert said in capsys.readouterr().err
