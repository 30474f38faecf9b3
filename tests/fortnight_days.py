"""The days of a fortnight as a coordinator has them: a working folder for each, and what waits in it.

Everything was made by the commands themselves, from referrals that came by mail, so that nothing stands in a register
that could not have come there.
"""

import datetime as dt
import email
import os
from dataclasses import replace
from email.message import Message
from pathlib import Path

from marac.demo.agencies import AGENCIES
from tests.answered_papers import filled_pack
from tests.area_settings import name_contact, set_in
from tests.asked_agencies import GATEWAY, answer
from tests.filled_minutes import Minutes
from tests.killed_runs import waiting_folder
from tests.working_folder import MEETING, WorkingFolder, copied

REFERRALS = ("01-police-referral", "07-school-referral", "11-surgery-form", "08-childrens-referral")
ANSWERS_COME = MEETING - dt.timedelta(days=3)
DAY_AFTER = MEETING + dt.timedelta(days=1)
FIRST, SECOND, THIRD = "M26-0001", "M26-0002", "M26-0003"
BY = ("--by", "A. Coordinator")
WHY = ("--reason", "Rang them.", *BY)
MINUTES = "minutes.docx"
"""The filled-in minutes, in the folder."""

_RELEASED = 'released_by = "A. Coordinator"'


def before_the_first_pass(place: Path) -> WorkingFolder:
    """Referrals wait; each goes to the IDVA service at once, and reminders leave by themselves."""
    folder = waiting_folder(place, *REFERRALS)
    set_in(folder.path, "idva", 'agency = "idva"', "referral_on_receipt = true", _RELEASED)
    set_in(folder.path, "research", "addresses = true", "chase_days = [2, 0]", _RELEASED)
    name_contact(folder.path, "police", "senior", "Ruth Adeyemi", "r.adeyemi@carrowdale-police.example")
    return folder


def when_answers_come(before: WorkingFolder, place: Path) -> WorkingFolder:
    """Packs and letters have left; answers and reports wait in the inbox, some in doubt, and others are to be chased."""
    folder = copied(before, place)
    given(folder, "run")
    set_in(folder.path, "senders", f'gateway = "{GATEWAY}"')
    for text in ("Place a marker.", "Visit the school."):
        given(folder, "action", "add", FIRST, text, "--agency", "police", "--due", MEETING.isoformat())
    given(folder, "meeting", "prepare", MEETING.isoformat())
    given(folder, "release", MEETING.isoformat(), *BY)
    pack = (folder.path / "meetings" / MEETING.isoformat() / f"research police {MEETING.isoformat()}.docx").read_bytes()
    told = filled_pack(pack, {FIRST: {"factors": "Arrested in May."}, SECOND: "nothing known"})
    pack_of, letter = left(folder, "research"), left(folder, "letter")
    answers = (
        answer("Attached.", {"research.docx": told}, number=1, In_Reply_To=pack_of),
        answer(f"{THIRD}: nothing known but ask the nurse", number=2, In_Reply_To=pack_of),
        answer("Action 1: done", number=3, In_Reply_To=letter),
        answer("Action 2: done but not the marker", number=4, In_Reply_To=letter),
    )
    for number, message in enumerate(answers, 1):
        path = folder.path / "inbox" / f"answer-{number}.eml"
        path.write_bytes(message)
        os.utime(path, (1_000_000_000 + number,) * 2)
    return replace(folder, today=ANSWERS_COME)


def when_answers_are_in(before: WorkingFolder, place: Path) -> WorkingFolder:
    """What came was taken in: an answer and a report wait for a person."""
    folder = copied(before, place)
    given(folder, "run")
    return folder


def after_the_meeting(before: WorkingFolder, place: Path) -> WorkingFolder:
    """The minutes are filled in, and were shown."""
    folder = replace(copied(before, place), today=DAY_AFTER)
    newest = max((folder.path / "meetings" / MEETING.isoformat()).glob("minutes*.docx"))
    made = Minutes(newest.read_bytes())
    for agency in AGENCIES[:3]:
        made.attend(agency.name, "present", "signed", name=agency.representative)
    made.came_to(2, 1, "The school is closed.")
    due = (MEETING + dt.timedelta(days=14)).strftime("%d/%m/%Y")
    for case, reader in ((FIRST, "police"), (SECOND, "housing"), (SECOND, "idva")):
        made.note(case, risks="He knows her new work.", heard="")
        made.agree(case, 2 if reader == "idva" else 1, "Homelessness", f"Ring {reader}.", reader, "T. W.", due)
    made.note(THIRD, deferred="The referrer was ill.")
    (folder.path / MINUTES).write_bytes(made.saved())
    given(folder, "minutes", "read", MINUTES, *BY)
    return folder


def given(folder: WorkingFolder, *words: str) -> None:
    """Give a command that must succeed."""
    done = folder.marac(*words)
    assert done.returncode == 0, f"{' '.join(words)}: {done.stdout}\n{done.stderr}"


def left(folder: WorkingFolder, kind: str) -> str:
    """The Message-ID of the sealed document of a kind that the police have."""
    for letter in folder.letters():
        message = email.message_from_bytes(letter)
        if "police" in str(message["To"]) and any(name.startswith(kind) for name in _names(message)):
            return str(message["Message-ID"])
    raise AssertionError(f"no {kind} left for the police")


def _names(message: Message) -> list[str]:
    return [part.get_filename() or "" for part in message.walk()]
