"""A case goes from one MARAC to another, sealed, is taken in once, and the receipt comes back."""

import dataclasses
import datetime as dt
import io
import json
import os
import zipfile
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from marac.case import Case, Decision
from marac.fortnight import BarredName, CaseMinutes, Transfer
from marac.register.cases import add_action, add_case, case_named, every_case
from marac.register.documents import papers_about
from marac.register.interests import every_barred_name
from marac.register.minutes import set_case_minutes
from marac.register.transfers import every_transfer
from tests.invented_cases import case, children, referral
from tests.prepared_meetings import opened
from tests.two_maracs import TwoMaracs, post, two_maracs
from tests.word_templates import words_of
from tests.working_folder import AFTER_CUT_OFF, CUT_OFF, WorkingFolder

CASE = "M26-0001"
HEARD = dt.date(2026, 9, 3)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> TwoMaracs:
    """Two MARACs; the first has a case that it heard, with minutes and an action."""
    made = two_maracs(tmp_path_factory.mktemp("two"))
    heard = case(CASE, form=referral(children=children()), state="heard", received=dt.date(2026, 8, 20), meeting=HEARD)
    with opened(made.carrowdale) as office, office.store.changing() as connection:
        add_case(connection, heard)
        add_action(connection, CASE, "police", HEARD, "Place a marker on the address.", HEARD, meeting=HEARD)
        set_case_minutes(connection, CaseMinutes(HEARD, CASE, "Stalking at work.", "The police visit weekly."))
    return made


@pytest.fixture
def maracs(original: TwoMaracs, tmp_path: Path) -> TwoMaracs:
    return original.copied(tmp_path)


def send(folder: WorkingFolder, *more: str) -> str:
    done = folder.marac("transfer", "send", CASE, "--to", "northtown", "--by", "H. Shah", *more)
    assert done.returncode == 0, done.stderr
    return done.stdout


def released(folder: WorkingFolder) -> bytes:
    """The letter that leaves when the transfer is let go."""
    before = folder.letters()
    done = folder.marac("release", "--case", CASE, "--by", "H. Shah")
    assert done.returncode == 0, done.stdout + done.stderr
    [letter] = [each for each in folder.letters() if each not in before]
    return letter


def run(folder: WorkingFolder, on: dt.date = AFTER_CUT_OFF) -> str:
    done = folder.marac("run", on=on)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def cases(folder: WorkingFolder) -> tuple[Case, ...]:
    with opened(folder) as office, office.store.reading() as connection:
        return every_case(connection)


def transfers(folder: WorkingFolder) -> tuple[Transfer, ...]:
    with opened(folder) as office, office.store.reading() as connection:
        return every_transfer(connection)


def parcel_of(folder: WorkingFolder) -> Path:
    [path] = (folder.path / "meetings" / "transfers").glob("*.zip")
    return path


def test_a_case_is_handed_over_sealed_taken_in_once_and_acknowledged(maracs: TwoMaracs) -> None:
    ours, theirs = maracs.carrowdale, maracs.northtown
    assert "Nothing was sent" in send(ours, "--reason", "She has moved to Northtown.")
    letter = released(ours)
    message = message_from_bytes(letter, policy=policy.default)
    attachment = next(message.iter_attachments())
    assert attachment.get_filename() == "transfer.zip.pgp"
    for word in (b"Gwynfryn", b"M26-0001", b"Larch", b"Stalking"):
        assert word not in letter

    post(letter, theirs)
    run(theirs)
    [taken] = cases(theirs)
    assert taken.referral.victim == referral().victim
    assert len(taken.referral.children) == 2
    assert taken.referral.criteria.other_marac == "Carrowdale MARAC"
    assert taken.referral.criteria.previous_reference == CASE
    assert taken.referral.criteria.previous_date == HEARD
    assert "the transfer from Carrowdale MARAC" in taken.reading.evidence["criteria.other_marac"].where
    [flag] = [each for each in taken.flags if each.code == "transferred in"]
    for words in ("Carrowdale MARAC", CASE, "3 September 2026"):
        assert words in flag.reason
    story = theirs.marac("case", "story", taken.reference, "--by", "N. Tester").stdout
    for words in ("Stalking at work.", "The police visit weekly.", "Place a marker on the address."):
        assert words in story
    assert "Actions\n" not in story, "what the other MARAC agreed is no action of this one"

    assert "acknowledgement" in theirs.marac("status").stdout
    assert not theirs.letters(), "a receipt waits for a person"
    [delivery] = theirs.status()["messages"]
    assert (delivery["state"], delivery["disposition"]) == ("done", "transfer")
    assert theirs.marac("message", "acknowledge", "1", "--by", "N. Tester").returncode == 0
    run(theirs)
    [receipt] = theirs.letters()
    [row] = transfers(theirs)
    assert row.bundle[:16].encode() in receipt
    assert b"Auto-Submitted: auto-replied" in receipt
    for word in (b"Gwynfryn", b"M26-", b"Larch"):
        assert word not in receipt

    assert "no receipt yet" in ours.marac("transfer", "list").stdout
    post(receipt, ours, name="receipt")
    run(ours)
    assert f"receipt on {AFTER_CUT_OFF:%A} {AFTER_CUT_OFF.day}" in ours.marac("transfer", "list").stdout
    [came] = ours.status()["messages"]
    assert (came["state"], came["disposition"]) == ("done", "receipt")

    post(letter, theirs, name="again")
    post(letter.replace(b"Subject: Sealed", b"Subject: Once more: sealed"), theirs, name="other")
    run(theirs)
    assert len(cases(theirs)) == 1
    assert len(transfers(theirs)) == 1
    assert all(each["state"] == "done" for each in theirs.status()["messages"])
