"""The area's own wordings: what they add, what they may not say, and how a mistake is told."""

from pathlib import Path

import pytest

from marac.errors import SettingsError
from marac.parsers.dictionary.additions import Addition, additions_in, additions_of, joined_rows
from marac.parsers.dictionary.dictionary import shipped_rows, vocabulary, vocabulary_of
from marac.parsers.dictionary.written_additions import with_additions
from tests.plain_form import plain_reading

TEXT = """\
[people]
perpetrator = ["wrongdoer"]
[headings]
victim = ["the one we stand by"]
[labels.person]
gp = ["bonesetter"]
[labels.form]
"victim.phone" = ["ring her on"]
"consent.given" = ["has she nodded"]
[options]
"criteria.repeat" = ["back again"]
[words]
roles = ["wayfarer"]
[not_asked]
labels = ["boot size"]
"""


def test_a_wording_of_the_area_is_read_like_one_of_the_programs_own(tmp_path: Path) -> None:
    path = tmp_path / "wordings.toml"
    path.write_text(TEXT, encoding="utf-8-sig")
    rows = (("Bonesetter", "Dr Wren"), ("Boot size", "seven"), ("Ring her on", "07700 900321"))
    case = (("Has she nodded?", "Yes"), ("Criteria for referral", "Back again"))
    people = ("The one we stand by", "Wrongdoer")
    without = plain_reading(*case, victim=rows, people=people)
    reading = plain_reading(*case, victim=rows, people=people, words=vocabulary_of(path))
    assert without.referral.perpetrators == ()
    assert reading.referral.victim.gp == "Dr Wren"
    assert reading.referral.perpetrators[0].name == "Jago Tregenza"
    assert (reading.referral.consent.given, reading.referral.criteria.repeat) == (True, True)
    assert not [problem for problem in reading.problems if "seven" in problem.message]


def test_a_wording_added_while_the_program_runs_is_known_to_the_next_form(tmp_path: Path) -> None:
    path = tmp_path / "wordings.toml"
    assert vocabulary_of(path) is vocabulary()
    path.write_text('[labels.person]\ngp = ["bonesetter"]\n', encoding="utf-8")
    first = vocabulary_of(path)
    assert first.meaning("Bonesetter") is not None
    assert vocabulary_of(path) is first
    path.write_text('[labels.person]\ngp = ["bonesetter", "healer"]\n', encoding="utf-8")
    assert vocabulary_of(path).meaning("Healer") is not None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[labels.person]\ngp = "bonesetter"\n', "line 2: gp must be a list of wordings"),
        ('[labels.person]\n\nshoes = ["boot size"]\n', "line 3: shoes is nothing that"),
        ('[label]\ngp = ["bonesetter"]\n', "line 1: [label] is no table of wordings"),
        ("labels = 3\n", "line 1: [labels] is no table"),
        ("people = 3\n", "line 1: people must be a table"),
        ("[labels\n", "line 1 is not written as this file must be"),
        ('[labels.person]\ngp = ["!?"]\n', "line 2: gp has a wording without words in it"),
        ('[labels.person]\ngp = ["date of birth"]\n', "line 2: “date of birth” already means date_of_birth"),
        ('[labels.form]\n"victim.gp" = ["Name"]\n', "“Name” already means name"),
        ('[not_asked]\nlabels = ["DOB"]\n', "“DOB” already means date_of_birth; it cannot mean nothing to read"),
        ('[labels.person]\ngp = ["healer"]\nschool = ["Healer"]\n', "line 3: “Healer” already means gp"),
        ('[people]\nvictim = ["suspect"]\n', "“suspect” already means perpetrator"),
    ],
)
def test_a_mistake_is_told_in_words_with_its_line(text: str, told: str) -> None:
    with pytest.raises(SettingsError) as refused:
        additions_of(text, "wordings.toml", shipped_rows())
    assert told in str(refused.value)
    assert str(refused.value).startswith("wordings.toml: ")


def test_every_mistake_is_told_at_once() -> None:
    text = '[labels.person]\ngp = ["date of birth"]\nshoes = ["x y"]\n[other]\na = 1\n'
    with pytest.raises(SettingsError) as refused:
        additions_of(text, "wordings.toml", shipped_rows())
    assert [line.split(": ")[1] for line in str(refused.value).splitlines()] == ["line 2", "line 3", "line 4"]


def test_a_file_that_is_not_text_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "wordings.toml"
    path.write_bytes(b"\xff\xfe\x00g\x00p")
    with pytest.raises(SettingsError, match="not saved as UTF-8"):
        additions_in(path, shipped_rows())


def test_what_is_written_keeps_the_comments_and_reads_back_as_it_was_meant() -> None:
    said = (
        Addition(("labels", "person"), "gp", 'the "bone"setter'),
        Addition(("labels", "form"), "victim.phone", "ring her on"),
        Addition(("not_asked",), "labels", "boot size"),
        Addition(("headings",), "victim", "the one we stand by"),
    )
    text = with_additions("", said[:1], "2026-11-22, form 0a1b")
    text = with_additions("# ours\n" + text, said[1:], "2026-11-23, form 2c3d")
    assert text.startswith("# ours\n")
    assert text.count("2026-11-22, form 0a1b") == 1
    assert text.count("2026-11-23, form 2c3d") == 3
    assert set(additions_of(text, "wordings.toml", shipped_rows())) == set(said)


def test_additions_leave_the_programs_own_rows_as_they_were() -> None:
    before = len(shipped_rows()["labels"]["person"]["gp"])
    joined_rows(shipped_rows(), (Addition(("labels", "person"), "gp", "bonesetter"),))
    assert len(shipped_rows()["labels"]["person"]["gp"]) == before
