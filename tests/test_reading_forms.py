import datetime as dt
import itertools
from functools import cache
from pathlib import Path

import pytest

from marac.document import EXCEL, HTML, PDF, TEXT, WORD, Document
from marac.parsers import read
from marac.parsers import reading as reading_of_blocks
from marac.parsers.blocks import Line
from marac.parsers.dictionary.dictionary import vocabulary
from marac.record import to_record
from marac.referral import Reading
from tests.invented_layouts import LAYOUTS, PAPERS
from tests.scoring import FORMS, Tally, score, truths
from tests.word_forms import word_form

TRUTHS = truths()
READ = {path: truth for path, truth in TRUTHS.items() if path.suffix in (".docx", ".xlsx", ".pdf")}
BY_FORMAT = {suffix: [path for path in READ if path.suffix == suffix] for suffix in (".docx", ".xlsx", ".pdf")}


def form(path: Path) -> Document:
    return Document(path.name, {".docx": WORD, ".xlsx": EXCEL, ".pdf": PDF}.get(path.suffix, ""), path.read_bytes())


@cache
def reading_of(path: Path) -> Reading:
    return read(form(path))


def test_every_form_has_its_truth_and_every_truth_its_form() -> None:
    forms = {path for path in FORMS.iterdir() if path.suffix not in (".json", ".md")}
    assert forms == set(TRUTHS)


@pytest.mark.parametrize("suffix", BY_FORMAT)
def test_at_least_98_leaves_of_100_are_read_right(suffix: str) -> None:
    total = Tally()
    for path in BY_FORMAT[suffix]:
        tally = score(TRUTHS[path], reading_of(path))
        total.leaves += tally.leaves
        total.right += tally.right
        total.errors += [f"{path.name} {error}" for error in tally.errors]
    assert total.leaves > 0
    assert total.right >= 0.98 * total.leaves, total.errors


@pytest.mark.parametrize("path", READ, ids=lambda path: path.name)
def test_no_leaf_is_read_wrong_in_silence(path: Path) -> None:
    assert score(TRUTHS[path], reading_of(path)).silent == []


@pytest.mark.parametrize("path", READ, ids=lambda path: path.name)
def test_the_kind_of_paper_is_told(path: Path) -> None:
    assert reading_of(path).kind == TRUTHS[path]["kind"]


@pytest.mark.parametrize("path", READ, ids=lambda path: path.name)
def test_what_a_careful_reader_reports_is_reported(path: Path) -> None:
    reported = {problem.path for problem in reading_of(path).problems}
    assert reported >= set(TRUTHS[path]["meta"]["expect_problems"])


@pytest.mark.parametrize("path", READ, ids=lambda path: path.name)
def test_every_value_has_its_words_and_its_place(path: Path) -> None:
    record = to_record(reading_of(path))
    for leaf in filled_leaves(record["referral"]):
        proof = record["evidence"].get(leaf)
        assert proof is not None, leaf
        assert proof["where"], leaf
        assert 0 < proof["confidence"] <= 1, leaf


def filled_leaves(value: object, path: str = "") -> list[str]:
    if isinstance(value, dict):
        return list(
            itertools.chain.from_iterable(filled_leaves(v, f"{path}.{k}".lstrip(".")) for k, v in value.items())
        )
    if isinstance(value, list | tuple):
        return list(itertools.chain.from_iterable(filled_leaves(v, f"{path}.{n}") for n, v in enumerate(value)))
    return [] if value is None else [path]


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_of_no_area_in_the_forms_is_read_by_its_labels(name: str) -> None:
    layout = LAYOUTS[name]
    record = to_record(read(layout.form))["referral"]
    assert {path: leaf_of(record, path) for path in layout.expected} == {
        path: list(value) if isinstance(value, tuple) else value for path, value in layout.expected.items()
    }


def leaf_of(value: object, path: str) -> object:
    for key in path.split("."):
        if isinstance(value, list | tuple):
            value = value[int(key)] if int(key) < len(value) else None
        elif isinstance(value, dict):
            value = value.get(key)
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize(
    ("name", "kind"), list(zip(PAPERS, ["research", "minutes", "other", "other", "other"], strict=True))
)
def test_other_papers_of_the_same_world_are_no_referrals(name: str, kind: str) -> None:
    assert read(PAPERS[name]).kind == kind


def test_a_form_that_nobody_filled_in_is_a_blank_referral() -> None:
    reading = read(form(FORMS / "d54-safelives.docx"))
    assert reading.blank
    assert reading.evidence == {}


def test_a_second_victim_is_reported_and_never_mixed_into_the_first() -> None:
    reading = read(LAYOUTS["a police form with a second victim"].form)
    assert reading.referral.victim.name == "Anna Doyle"
    assert "victim" in {problem.path for problem in reading.problems}


def test_a_narrative_full_of_labels_stays_a_narrative() -> None:
    story = (
        "Victim: I want it to stop.\nDOB: 01/01/1970 is her brother's.\nName: Sandra Sykes. Telephone: 07700 900123."
    )
    reading = read(
        word_form(
            [["**Victim name**", "Ann Moss"], ["**Perpetrator name**", "Ben Moss"], ["**Consent given**", "Yes"]],
            [["**Reason for referral**"], [story]],
        )
    )
    assert reading.referral.victim.name == "Ann Moss"
    assert reading.referral.victim.date_of_birth is None
    assert reading.referral.victim.phone is None
    assert reading.referral.reason == " ".join(story.split())


def test_essentials_that_are_not_on_the_form_are_named() -> None:
    reading = read(word_form([["Victim name", ""], ["Perpetrator name", "Ben Moss"], ["Consent given", "Yes"]]))
    assert {"victim.name", "victim.date_of_birth", "victim.address", "victim.phone", "reason"} <= {
        problem.path for problem in reading.problems if problem.code == "missing"
    }


def test_two_different_answers_to_one_question_are_a_conflict() -> None:
    reading = read(
        word_form(
            [
                ["Victim name", "Ann Moss"],
                ["Victim DOB", "1/2/1990"],
                ["Perpetrator name", "Ben Moss"],
                ["Consent given", "Yes"],
            ],
            [["Victim DOB", "2/1/1990"], ["Consent given", "No"]],
        )
    )
    assert reading.referral.victim.date_of_birth == dt.date(1990, 2, 1)
    assert {("conflict", "victim.date_of_birth"), ("conflict", "consent.given")} <= {
        (problem.code, problem.path) for problem in reading.problems
    }


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "old Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"{\\rtf1 hello}", "rich text"),
        (b"\xff\xd8\xff\xe0 picture", "picture"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"\x00\x01\x02\x03 nothing", "no form"),
    ],
)
def test_a_file_that_is_no_form_says_why_in_one_sentence(content: bytes, words: str) -> None:
    reading = read(Document("form.docx", WORD, content))
    assert reading.kind == "unreadable"
    assert [problem.code for problem in reading.problems] == ["unreadable"]
    assert words in reading.problems[0].message


def test_no_damage_to_a_form_raises() -> None:
    for path in (FORMS / "d18-safelives.docx", FORMS / "d46-safelives.xlsx"):
        content = path.read_bytes()
        for end in range(0, len(content), len(content) // 23):
            assert read(Document("form", "", content[:end])).kind == "unreadable"
            broken = content[:end] + b"\xff\x00" + content[end + 2 :]
            assert read(Document("form", "", broken)).kind in ("unreadable", "referral", "other")


def test_a_name_of_a_file_decides_nothing() -> None:
    content = (FORMS / "d46-safelives.xlsx").read_bytes()
    assert read(Document("referral.pdf", PDF, content)).kind == "referral"


def test_a_mail_body_goes_by_its_media_type_alone() -> None:
    words = b"Victim name: Ann Moss\nPerpetrator name: Ben Moss\nConsent given: Yes\n"
    assert read(Document("body", TEXT, words)).kind == "referral"
    assert read(Document("body", HTML, b"<p>" + words.replace(b"\n", b"<br>") + b"</p>")).kind == "referral"
    assert read(Document("body.txt", "", words)).kind == "unreadable"


REFERRED = [["**Date of referral**", "12/03/2024"], ["**Agency**", "Harbour"], ["**Name**", "Jo Whitlock"]]
HARMED = [["**VICTIM**", "<"], ["**Name**", "Elowen Penrose"], ["**DOB**", "03/07/1982"]]
HARMING = [["**PERPETRATOR**", "<"], ["**Name**", "Jago Tregenza"], ["**Relationship to victim**", "Husband"]]


def small_form(*parts: str | list[list[str]]) -> Reading:
    return read(word_form("# MARAC referral form", REFERRED, HARMED, HARMING, *parts))


def unread(reading: Reading) -> list[tuple[str, str]]:
    return [(problem.path, problem.message) for problem in reading.problems if problem.message.startswith("Not read")]


def test_what_is_filled_in_beside_an_unknown_label_is_told() -> None:
    reading = read(word_form("# MARAC referral form", [*HARMED, ["**Car**", "Red Fiat"], ["**Boat**", ""]], HARMING))
    assert unread(reading) == [("victim", "Not read: “Car: Red Fiat” (table 1, row 4).")]


def test_what_could_not_be_read_is_told_ten_times_and_then_counted() -> None:
    reading = small_form([[f"**Box {word}**", f"word {word}"] for word in "abcdefghijklmno"])
    assert len(unread(reading)) == 10
    assert "… and 5 more" in " ".join(problem.message for problem in reading.problems)


def test_office_use_and_signatures_are_not_told_of() -> None:
    office = [["**FOR OFFICE USE ONLY**", "<"], ["**Tray**", "7"], ["**Clerk**", "Joy"]]
    reading = read(word_form("# MARAC referral form", office, REFERRED, HARMED, HARMING, [["**Signature**", "J. W."]]))
    assert unread(reading) == []
    assert reading.referral.referrer.name == "Jo Whitlock"


@pytest.mark.parametrize(
    "header",
    [
        ["**Child's name**", "**DOB**", "**School**"],
        ["**Full name of each child**", "**Born**", "**School**"],
        ["**Children: name**", "**DOB**", "**School**"],
        ["**Plant: enw / Children: name**", "**Dyddiad geni / DOB**", "**Ysgol / School**"],
    ],
)
def test_a_list_of_children_behind_the_perpetrator_makes_no_perpetrators(header: list[str]) -> None:
    referral = small_form([header, ["Osian Penrose", "04/05/2015", "Lockside Academy"]]).referral
    assert [each.name for each in referral.perpetrators] == ["Jago Tregenza"]
    assert [(each.name, each.school) for each in referral.children] == [("Osian Penrose", "Lockside Academy")]


def test_an_interpreter_is_no_perpetrator() -> None:
    referral = small_form([["**Interpreter**", "<"], ["**Name**", "Karen Lumb"], ["**DOB**", "09/09/1979"]]).referral
    assert [each.name for each in referral.perpetrators] == ["Jago Tregenza"]


@pytest.mark.parametrize(
    "heading", ["FURTHER PERPETRATOR", "2nd perpetrator", "B2. Perpetrator B", "Second person causing harm"]
)
def test_a_second_perpetrator_is_another_person(heading: str) -> None:
    second = [[f"**{heading}**", "<"], ["**Name**", "Mark Short"], ["**Relationship to victim**", "Brother in law"]]
    assert [(each.name, each.relationship) for each in small_form(second).referral.perpetrators] == [
        ("Jago Tregenza", "Husband"),
        ("Mark Short", "Brother in law"),
    ]


def test_two_perpetrators_numbered_in_one_box_are_two() -> None:
    rows = [
        ["**Perpetrator(s) name**", "1) Jago Tregenza\n2) Mark Short"],
        ["**Perpetrator(s) address**", "1) 1 Mill Lane, LS1 4AP\n2) 2 High Road, HU1 1AA"],
    ]
    referral = read(word_form("# MARAC referral form", HARMED, rows)).referral
    assert [(each.name, each.postcode) for each in referral.perpetrators] == [
        ("Jago Tregenza", "LS1 4AP"),
        ("Mark Short", "HU1 1AA"),
    ]


def test_two_names_in_one_box_are_reported() -> None:
    rows = [["**PERPETRATOR**", "<"], ["**Name**", "Jago Tregenza and Mark Short"]]
    reading = read(word_form("# MARAC referral form", HARMED, rows))
    assert ("unclear", "perpetrators") in {(problem.code, problem.path) for problem in reading.problems}


STORY = (
    "Through a telephone interpreter she said her husband does this when she asks for wages: he hits her. "
    "Consent: she said no at first. DOB: 14/02/1977 is the lodger's. Then she changed her mind."
)


@pytest.mark.parametrize(
    "table",
    [
        [["**Anything that we ought to hear**"], [STORY]],
        [["**Anything that we ought to hear**", STORY]],
        [["**Why MARAC?**", STORY]],
    ],
)
def test_a_narrative_under_any_heading_is_read_whole_and_searched_for_nothing(table: list[list[str]]) -> None:
    referral = small_form(table).referral
    assert referral.reason == STORY
    assert referral.consent.given is None
    assert referral.victim.interpreter is None
    assert len(referral.perpetrators) == 1


def test_a_narrative_under_an_unknown_heading_is_not_taken_for_certain() -> None:
    reading = small_form([["**Anything that we ought to hear**"], [STORY]])
    assert reading.evidence["reason"].confidence < 0.8


def test_a_form_whose_heading_for_a_person_is_unknown_is_still_a_referral() -> None:
    lady = [["**The lady**", "<"], ["**Name**", "Elowen Penrose"], ["**DOB**", "03/07/1982"]]
    reading = read(word_form("# MARAC referral form", REFERRED, lady, HARMING))
    assert reading.kind == "referral"
    assert reading.referral.referrer.name == "Jo Whitlock"
    assert reading.referral.victim.name is None
    assert "Elowen Penrose" in " ".join(message for _, message in unread(reading))


def test_a_paper_that_may_be_a_referral_says_so() -> None:
    reading = read(word_form("# Domestic abuse form", [["**The lady**", "<"], ["**Name**", ""], ["**DOB**", ""]]))
    assert reading.kind == "other"
    assert "may be a referral" in reading.problems[0].message


def test_a_row_for_each_person_is_read() -> None:
    rows = [
        ["**Role**", "**Name**", "**Date of birth**", "**M/F**"],
        ["**Victim**", "Ann Moss", "1/2/90", "F"],
        ["**Perpetrator**", "Ben Moss", "2/3/88", "M"],
        ["**Child 1**", "Tom Moss", "3/4/15", "M"],
    ]
    referral = read(word_form("# MARAC referral form", rows)).referral
    assert (referral.victim.name, referral.victim.gender) == ("Ann Moss", "female")
    assert [each.date_of_birth for each in referral.perpetrators] == [dt.date(1988, 3, 2)]
    assert [each.name for each in referral.children] == ["Tom Moss"]


def test_a_label_in_two_languages_a_numbered_one_and_a_question_are_labels() -> None:
    rows = [["**Dioddefwr / Victim**", "<"], ["**Enw / Name**", "Ann Moss"], ["**3b. Date of birth**", "1/2/90"]]
    asked = ["**2.3 Where does the victim live? Include the postcode.**", "1 Mill Lane, LS1 4AP"]
    victim = read(word_form("# MARAC referral form", rows, HARMING, *asked)).referral.victim
    assert (victim.name, victim.date_of_birth) == ("Ann Moss", dt.date(1990, 2, 1))
    assert (victim.address, victim.postcode) == ("1 Mill Lane", "LS1 4AP")


def test_dots_to_write_on_part_the_answers_on_a_line() -> None:
    reading = read(
        word_form(
            "MARAC referral form",
            "**VICTIM**",
            "Name: Ann Moss ................. DOB: 01/01/1960 ............",
            "Address:......1 Mill Lane, Leeds......... Postcode:......LS1 4AP......",
            "**PERPETRATOR**",
            "Name: ..................... DOB: ...........",
        )
    )
    victim = reading.referral.victim
    assert (victim.name, victim.date_of_birth) == ("Ann Moss", dt.date(1960, 1, 1))
    assert (victim.address, victim.postcode) == ("1 Mill Lane, Leeds", "LS1 4AP")
    assert reading.referral.perpetrators == ()


def test_a_date_with_a_digit_in_each_box_is_one_date() -> None:
    rows = [["**Victim name**", *"Ann"], ["**Victim DOB**", *"03071982"]]
    assert read(word_form("# MARAC referral form", rows, HARMING)).referral.victim.date_of_birth == dt.date(1982, 7, 3)


def test_children_told_of_in_words_are_children() -> None:
    told = [["**Children**", "Tom Penrose 4/5/2015 Hill Primary; Amy Penrose 6/7/2018 Little Nursery"]]
    assert [(each.name, each.school) for each in small_form(told).referral.children] == [
        ("Tom Penrose", "Hill Primary"),
        ("Amy Penrose", "Little Nursery"),
    ]
    assert unread(small_form("**Children**", "Tom (8) and Amy (5)")) == [
        ("children", "Not read: “Tom (8) and Amy (5)” (paragraph 3).")
    ]


def test_what_a_format_could_not_read_is_a_problem() -> None:
    page = Line((), "page 2", unread="Page 2 is a picture and was not read.")
    problems = reading_of_blocks([page], dt.date(2024, 1, 1), vocabulary()).problems
    assert ("unclear", "Page 2 is a picture and was not read.") in {(each.code, each.message) for each in problems}
