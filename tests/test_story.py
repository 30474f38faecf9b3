"""A case's story: everything that was done to it, by whom, when and from where, on one page; and who looked."""

import datetime as dt
import html.parser
import re
from pathlib import Path

import pytest

from marac.cli import main
from marac.commands.working import now
from marac.office import open_office
from marac.register.cases import add_case, case_named
from marac.register.trail import trail
from tests.made_up_couples import couple
from tests.working_folder import FIRST_DAY, MEETING, WorkingFolder, some_mail, working_folder

WHY = ("--reason", "The referrer rang.", "--by", "Priya Raman")
DAY = FIRST_DAY + dt.timedelta(days=3)


@pytest.fixture
def folder(tmp_path: Path) -> WorkingFolder:
    found = working_folder(tmp_path)
    with open_office(found.path / "config.toml", FIRST_DAY, now) as office, office.store.changing() as connection:
        add_case(connection, couple("M26-0001", FIRST_DAY, state="listed", meeting=MEETING))
    return found


def marac(folder: WorkingFolder, *words: str) -> int:
    return main([*words, "--config", str(folder.path / "config.toml"), "--today", DAY.isoformat()])


def test_a_story_tells_who_decided_what_and_why(folder: WorkingFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert marac(folder, "case", "decide", "M26-0001", "defer", *WHY) == 0
    assert marac(folder, "case", "story", "M26-0001", "--by", "Ruth Okoro") == 0
    told = capsys.readouterr().out
    assert re.search(r"Priya Raman: defer\. Reason: The referrer rang\.", told)
    assert re.search(r"case decided \(defer\), by Priya Raman, with a command", told)


def test_whoever_looks_is_in_the_next_story(folder: WorkingFolder, capsys: pytest.CaptureFixture[str]) -> None:
    marac(folder, "case", "story", "M26-0001", "--by", "Ruth Okoro")
    capsys.readouterr()
    marac(folder, "case", "story", "M26-0001", "--by", "A. Coordinator")
    told = capsys.readouterr().out
    assert "Ruth Okoro, with a command" in told.partition("Who looked at it")[2]


def test_a_field_put_right_is_in_the_story_without_its_value(
    folder: WorkingFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert marac(folder, "case", "correct", "M26-0001", "victim.phone", "07700 900777", *WHY) == 0
    with open_office(folder.path / "config.toml", DAY, now) as office, office.store.reading() as connection:
        case = case_named(connection, "M26-0001")
        entries = [entry for entry, _ in trail(connection)]
    assert case.referral.victim.phone == "07700900777"
    assert case.reading.evidence["victim.phone"].where == "corrected by Priya Raman"
    assert [entry.detail for entry in entries if entry.event == "case corrected"] == ["victim.phone"]
    marac(folder, "case", "story", "M26-0001")
    assert "case corrected (victim.phone), by Priya Raman, with a command" in capsys.readouterr().out


@pytest.mark.parametrize("field", ["victim.phon", "victim", "perpetrators.x.name", "", "checklist.answers.1"])
def test_a_field_that_is_none_is_refused_and_nothing_is_changed(
    folder: WorkingFolder, field: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert marac(folder, "case", "correct", "M26-0001", field, "x", *WHY) == 2
    assert "There is no field" in capsys.readouterr().err


def test_a_perpetrator_is_added_after_the_last_and_not_beyond(
    folder: WorkingFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert marac(folder, "case", "correct", "M26-0001", "perpetrators.2.name", "Jan Invented", *WHY) == 2
    assert "The next one is perpetrators.1" in capsys.readouterr().err
    assert marac(folder, "case", "correct", "M26-0001", "perpetrators.1.name", "Jan Invented", *WHY) == 0
    with open_office(folder.path / "config.toml", DAY, now) as office, office.store.reading() as connection:
        people = case_named(connection, "M26-0001").referral.perpetrators
    assert [person.name for person in people][1:] == ["Jan Invented"]


def test_a_value_that_cannot_be_read_is_refused_without_repeating_it(
    folder: WorkingFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert marac(folder, "case", "correct", "M26-0001", "victim.date_of_birth", "32/13/1990", *WHY) == 2
    said = capsys.readouterr().err
    assert "victim.date_of_birth was not changed" in said
    assert "32/13" not in said


def test_the_page_is_one_file_that_shows_a_name_as_text_whatever_it_holds(
    folder: WorkingFolder, tmp_path: Path
) -> None:
    with open_office(folder.path / "config.toml", FIRST_DAY, now) as office, office.store.changing() as connection:
        case = couple("M26-0002", FIRST_DAY, victim=couple().referral.victim)
        add_case(connection, case)
    marac(folder, "case", "correct", "M26-0002", "victim.name", "<b>Ann</b> & Co", *WHY)
    page = tmp_path / "story.html"
    assert marac(folder, "case", "story", "M26-0002", "--page", str(page)) == 0
    text = page.read_text(encoding="utf-8")
    assert "&lt;b&gt;Ann&lt;/b&gt; &amp; Co" in text
    html.parser.HTMLParser().feed(text)
    assert "http" not in text
    assert page.stat().st_mode & 0o077 == 0
    assert marac(folder, "case", "story", "M26-0002", "--page", str(page)) == 2


def test_a_case_from_the_mail_tells_from_which_message_it_came(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = working_folder(tmp_path)
    folder.post(some_mail()[:1])
    assert folder.marac("run").returncode == 0
    reference = folder.status()["messages"][0]["cases"][0]
    marac(folder, "case", "story", reference)
    told = capsys.readouterr().out
    assert "Message 1 brought the referral." in told
    assert "message 1: message stored, by marac, from the mail" in told


def test_what_cannot_wait_stands_first_with_the_words_that_this_is_no_alarm(
    folder: WorkingFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    marac(folder, "case", "correct", "M26-0001", "victim.safe_to_call", "no", *WHY)
    marac(folder, "case", "story", "M26-0001")
    lines = [line for line in capsys.readouterr().out.splitlines() if line and "flags were" not in line]
    assert lines[1].startswith("What cannot wait for the meeting. This program is never the alarm")


def test_the_list_of_the_month_names_every_referral_that_was_not_heard(
    folder: WorkingFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    marac(folder, "case", "decide", "M26-0001", "not-heard", *WHY)
    capsys.readouterr()
    assert marac(folder, "not-heard", f"{DAY:%Y-%m}") == 0
    told = capsys.readouterr().out
    assert "1 referral not heard" in told
    assert "M26-0001" in told
    assert "Priya Raman" in told
    assert "The referrer rang." in told
