"""Who holds what of a case, and what a person's word about a conflict of interest does in a folder in use."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from marac.cli import main
from marac.register.face import register_contents
from marac.register.interests import every_interest
from marac.register.workbook.attention import Matter, matters
from tests.openpgp_keys import KeyOwner, owners_folder
from tests.prepared_meetings import opened, prepared_folder, sealed
from tests.word_templates import words_of
from tests.working_folder import AFTER_CUT_OFF, MEETING, WorkingFolder, copied

CASE = "M26-0001"
Does = Callable[..., str]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> WorkingFolder:
    """A folder in which the police and the IDVA service were sent their papers, with addresses."""
    folder = prepared_folder(tmp_path_factory.mktemp("sent"))
    config = folder.path / "config.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("\n[research]\n", "\n[research]\naddresses = true\n", 1), encoding="utf-8")
    done(folder, "meeting", "prepare", MEETING.isoformat())
    done(folder, "release", MEETING.isoformat(), "--by", "A Person")
    return folder


@pytest.fixture
def folder(sent: WorkingFolder, tmp_path: Path) -> WorkingFolder:
    return copied(sent, tmp_path / "marac")


@pytest.fixture
def does(folder: WorkingFolder, capsys: pytest.CaptureFixture[str]) -> Does:
    """Runs a command in the folder, and gives what it said."""

    def told(*words: str, code: int = 0) -> str:
        capsys.readouterr()
        assert done(folder, *words) == code
        said = capsys.readouterr()
        return said.out + said.err

    return told


def done(folder: WorkingFolder, *words: str) -> int:
    return main(["--config", str(folder.path / "config.toml"), *words, "--today", AFTER_CUT_OFF.isoformat()])


def asked(folder: WorkingFolder) -> list[Matter]:
    """What the first sheet of the register asks about who sees what."""
    with opened(folder) as office, office.store.reading() as connection:
        contents = register_contents(connection, office.settings, office.settings.folders.store, office.moment)
    known = {each.why for each in contents.asked}
    return [matter for matter in matters(contents, office.today) if matter.why in known]


def said_by(*words: str) -> tuple[str, ...]:
    return (*words, "--reason", "Her brother works there.", "--by", "J. Marsh")


def test_the_holders_of_a_case_are_listed_with_what_they_have(does: Does) -> None:
    told = does("case", "holders", CASE)
    assert re.search(r"Carrowdale Police: research pack, meeting of 26 November 2026, version \d, sent ", told)
    assert "as it is now" in told
    assert "Carrowdale Adult Social Care: research pack" not in told
    assert "14 Larch Rise" not in told


def test_whoever_holds_an_old_address_is_named_at_once_first_on_the_list_and_on_the_first_sheet(
    does: Does, folder: WorkingFolder
) -> None:
    assert not asked(folder)
    told = does("case", "correct", CASE, "victim.address", "9 Quarry Street", *said_by())
    assert "! Carrowdale Police holds the victim's address as it is no longer (research pack, " in told
    assert "! Ring each of them" in told
    listed = does("case", "holders", CASE).splitlines()
    assert listed[0].startswith("! Carrowdale Police holds the victim's address")
    assert any("since changed: victim.address" in line for line in listed)
    questions = asked(folder)
    assert {matter.subject for matter in questions} == {f"Case {CASE}"}
    assert all("Ring them" in matter.to_do for matter in questions)
    assert "holds the victim's address as it is no longer" in does("status")
    for place in ("Larch", "Quarry"):
        assert place not in " ".join((told, *listed, *(matter.why for matter in questions)))


def test_who_was_sent_the_present_address_since_is_asked_about_no_more(does: Does, folder: WorkingFolder) -> None:
    does("case", "correct", CASE, "victim.address", "9 Quarry Street", *said_by())
    does("meeting", "prepare", MEETING.isoformat())
    does("release", MEETING.isoformat(), "--by", "A Person")
    assert not asked(folder)
    assert "since changed: victim.address" in does("case", "holders", CASE)


def test_a_correction_of_nothing_dangerous_warns_of_nobody(does: Does) -> None:
    assert "holds" not in does("case", "correct", CASE, "victim.occupation", "Baker", *said_by())


def test_a_conflict_tells_what_went_there_before_and_takes_the_case_out(does: Does, folder: WorkingFolder) -> None:
    told = does(*said_by("case", "conflict", CASE, "police"))
    assert f"{CASE} is held back from Carrowdale Police. Her brother works there. Nobody there gets it" in told
    assert "! This went there before: research pack, meeting of 26 November 2026" in told
    assert f"marac meeting prepare {MEETING.isoformat()}" in told
    assert "NOBODY" not in does("meeting", "show", MEETING.isoformat())
    shown = does("meeting", "show", MEETING.isoformat())
    assert f"{CASE} from Carrowdale Police. Her brother works there." in shown
    assert f"nobody gets it: {CASE} at police" in does("doctor", code=1)
    assert [matter.kind for matter in asked(folder)] == ["decision"]
    assert "held back from Carrowdale Police" in asked(folder)[0].why
    cleared = does(*said_by("case", "conflict", CASE, "police", "--clear"))
    assert f"{CASE} is held back from Carrowdale Police no more." in cleared
    assert not asked(folder)


def test_what_was_prepared_before_a_word_is_not_released_after_it(does: Does) -> None:
    does("case", "correct", CASE, "victim.address", "9 Quarry Street", *said_by())
    does("meeting", "prepare", MEETING.isoformat())
    does(*said_by("case", "conflict", CASE, "police"))
    told = does("release", MEETING.isoformat(), "--by", "A Person", code=6)
    assert "for Carrowdale Police does not leave" in told
    assert "went to Carrowdale Police" not in told


def test_somebody_new_at_an_agency_is_held_against_the_cases_at_release(does: Does, folder: WorkingFolder) -> None:
    does("case", "correct", CASE, "victim.address", "9 Quarry Street", *said_by())
    does("meeting", "prepare", MEETING.isoformat())
    path = folder.path / "agencies.toml"
    text = path.read_text(encoding="utf-8").replace("DS Tom Ackroyd", "DS Lukasz Zolc")
    path.write_text(text, encoding="utf-8")
    assert "went to Carrowdale Police" not in does("release", MEETING.isoformat(), "--by", "A Person", code=6)
    [question] = [each for each in asked(folder) if "held back" in each.why]
    assert "Its representative has the name of the perpetrator." in question.why
    assert f'marac case conflict {CASE} police --person "DS Lukasz Zolc"' in question.to_do
    name_a_senior_contact(folder, "DS Lukasz Zolc")
    looked_at = does("doctor", code=1)
    assert f"held back until you decide: {CASE} from police" in looked_at
    assert "key of Carrowdale Police (senior contact): none is pinned" in looked_at
    told = does(*said_by("case", "conflict", CASE, "police", "--clear", "--person", "DS Lukasz Zolc"))
    assert "held back from Carrowdale Police no more" in told


def test_a_barred_name_is_held_against_recipients_and_against_what_was_sent(does: Does, folder: WorkingFolder) -> None:
    assert "? Carrowdale Police" in does(*said_by("case", "bar", CASE, "Thomas Akroyd"))
    told = does(*said_by("case", "bar", CASE, "Tom Ackroyd"))
    assert f"Number 2: barred from {CASE}." in told
    assert f"{CASE} is held back from Carrowdale Police." in told
    assert "! This went there before: research pack" in told
    with opened(folder) as office, office.store.reading() as connection:
        assert [(each.agency, each.kind, each.person) for each in every_interest(connection)] == [
            ("police", "held", "DS Tom Ackroyd")
        ]
    assert "Tom Ackroyd" in does("case", "barred", CASE)
    lifted = does("case", "unbar", "2", "--by", "J. Marsh")
    assert "barred from M26-0001 no more" in lifted
    assert f"Still held back from police. To clear it: marac case conflict {CASE} police --clear" in lifted
    assert "Nobody whom agencies.toml names" in does(*said_by("case", "bar", CASE, "Peter Rhys Vaughan"))
    assert "no barred name 7" in does("case", "unbar", "7", "--by", "J. Marsh", code=8)


def test_an_address_in_the_words_of_an_action_is_asked_about_before_its_letter_leaves(
    does: Does, folder: WorkingFolder
) -> None:
    for text in ("Fit new locks.", "Fit new locks at 14, Larch rise."):
        does("action", "add", CASE, text, "--agency", "housing", "--due", "2026-12-10")
    [question] = asked(folder)
    assert "The words of action 2 tell where the victim or a child lives" in question.why
    assert "They stand in the letter to Weir Bank Homes." in question.why
    assert "Larch" not in question.why


def test_words_about_nobody_are_refused(does: Does) -> None:
    assert "There is no agency 'fire'" in does(*said_by("case", "conflict", CASE, "fire"), code=8)
    assert "Somebody else must take the case over" in does(*said_by("case", "conflict", CASE, "chair"), code=2)
    assert "is no party" in does(*said_by("case", "conflict", CASE, "coordinator", "--clear"))
    empty = ("case", "conflict", CASE, "police", "--reason", " ", "--by", "J. Marsh")
    assert "must not be empty" in does(*empty, code=2)


def name_a_senior_contact(folder: WorkingFolder, representative: str = "DS Tom Ackroyd") -> None:
    path = folder.path / "agencies.toml"
    row = f'representative = "{representative}"\n'
    named = f'{row}senior = {{ name = "Mair Beynon", email = "mair@council.example" }}\n'
    path.write_text(path.read_text(encoding="utf-8").replace(row, named), encoding="utf-8")


def test_what_is_held_back_reaches_the_senior_contact_sealed_for_their_own_key(
    does: Does, folder: WorkingFolder, tmp_path: Path
) -> None:
    name_a_senior_contact(folder)
    with owners_folder() as place:
        senior = KeyOwner(place / "senior")
        fingerprint = senior.new_key("Mair Beynon <mair@council.example>")
        key = tmp_path / "mair.asc"
        key.write_bytes(senior.public_key(fingerprint))
        told = does("keys", "import", "police.senior", str(key), "--fingerprint", fingerprint, "--by", "J. Marsh")
        assert "Pinned for Carrowdale Police (senior contact)." in told
        assert "It goes to its senior contact alone." in does(*said_by("case", "conflict", CASE, "police"))
        does("meeting", "prepare", MEETING.isoformat())
        told = does("release", MEETING.isoformat(), "--by", "A Person")
        assert (
            f"went to Carrowdale Police (senior contact) <mair@council.example>, sealed for key {fingerprint}" in told
        )
        with opened(folder) as office:
            [pack] = [each for each in sealed(office) if (each.kind, each.agency) == ("research", "police.senior")]
            content = senior.opened((office.store.folder / "sealed" / f"{pack.sealed_sha256}.pgp").read_bytes())
        assert "Siân Gwynfryn-Hughes" in words_of(content)
