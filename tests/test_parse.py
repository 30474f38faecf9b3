"""`marac parse`: every kind of file and message, and all the referrals in it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.old_forms import old_form
from tests.outlook_messages import attached, file_of_streams, outlook_message
from tests.test_forms_apart import MOSS, SHAW
from tests.word_forms import word_form
from tests.working_folder import WorkingFolder

TITLE = "# Northmoor MARAC referral form"
TWO = word_form(TITLE, MOSS, TITLE, SHAW).content


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What `marac parse --json` says of some files, outside any working folder."""
    place = tmp_path_factory.mktemp("files")
    one = attached("referral.docx", word_form(TITLE, MOSS).content)
    files = {
        "old.doc": old_form("doc"),
        "two.docx": TWO,
        "sent.msg": file_of_streams(outlook_message(attachments=(one, attached("more.docx", TWO)))),
        "empty.doc": b"",
    }
    for name, content in files.items():
        (place / name).write_bytes(content)
    ran = WorkingFolder(place).marac("parse", *files, "--json")
    assert ran.returncode == 0, ran.stderr
    assert "empty.doc" in ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_each_file_has_one_line_with_its_kind(told: list[dict[str, Any]]) -> None:
    assert [(each["file"], each["kind"]) for each in told] == [
        ("old.doc", "referral"),
        ("two.docx", "referral"),
        ("sent.msg", "referral"),
        ("empty.doc", "unreadable"),
    ]


def test_of_several_forms_the_first_is_the_referral_and_all_are_listed(told: list[dict[str, Any]]) -> None:
    two = told[1]
    assert two["referral"]["victim"]["name"] == "Ann Moss"
    assert [(each["source"], each["referral"]["victim"]["name"]) for each in two["referrals"]] == [
        ("two.docx", "Ann Moss"),
        ("two.docx", "Eve Shaw"),
    ]


def test_the_forms_in_an_outlook_message_are_listed_with_their_places(told: list[dict[str, Any]]) -> None:
    assert [each["source"] for each in told[2]["referrals"]] == ["referral.docx", "more.docx", "more.docx"]


def test_the_words_for_a_person_show_every_referral(tmp_path: Path) -> None:
    (tmp_path / "two.docx").write_bytes(TWO)
    shown = WorkingFolder(tmp_path).marac("parse", "two.docx").stdout
    assert "referral 2 of 2, in two.docx:" in shown
    assert "Eve Shaw" in shown


def test_the_settings_of_the_folder_count(tmp_path: Path) -> None:
    (tmp_path / "old.rtf").write_bytes(old_form("rtf"))
    settings = '[marac]\nname = "Invented"\nemail = "marac@invented.example"\n[reading]\nlibreoffice = "none"\n'
    (tmp_path / "config.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "agencies.toml").write_text("", encoding="utf-8")
    ran = WorkingFolder(tmp_path).marac("parse", "old.rtf", "--json")
    assert json.loads(ran.stdout)["kind"] == "unreadable"
    assert "LibreOffice" in ran.stderr
