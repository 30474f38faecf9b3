"""Agencies' replies as whole mails through the real intake: what is taken, what waits, and that nothing is guessed."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from marac.action import Action
from marac.fortnight import Interest
from marac.generators.word_file import packed, unpacked
from marac.intake.opening.sealed.own_key_file import taken_in
from marac.intake.reading.reader import Reader
from marac.intake.replies.days import day_meant
from marac.intake.replies.deciding import decide_report
from marac.office import Office
from marac.referral import Referral
from marac.register.actions import every_action
from marac.register.cases import add_case, every_case
from marac.register.deliveries import Delivery, delivery_numbered, set_state
from marac.register.face import register_contents
from marac.register.interests import add_interest
from marac.register.trail import trail
from marac.register.workbook.attention import matters
from marac.triage.news import LOOK_NOW
from tests.answered_papers import filled_letter, filled_pack
from tests.asked_agencies import (
    CASES,
    HOUSING,
    answer,
    asked_folder,
    deliver,
    intake_of,
    paper,
    reports_in,
    returns_in,
)
from tests.invented_cases import case, referral
from tests.invented_mail import REFERRAL, typed
from tests.openpgp_keys import KeyOwner, owners_folder
from tests.prepared_meetings import opened
from tests.working_folder import AFTER_CUT_OFF, CUT_OFF, MEETING, WorkingFolder, copied

SAVED = Path(__file__).parent / "answers"
FIRST, SECOND, THIRD = CASES
TOLD = {"factors": "3 May 2026: arrested for assault.", "assessment": "High."}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> WorkingFolder:
    return asked_folder(tmp_path_factory.mktemp("asked"))


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


@pytest.fixture
def folder(asked: WorkingFolder, tmp_path: Path) -> WorkingFolder:
    return copied(asked, tmp_path / "marac")


def after(
    folder: WorkingFolder, reader: Reader, *messages: bytes, on: dt.date = AFTER_CUT_OFF
) -> tuple[Delivery, list[tuple[str, str, str]], list[tuple[int, str, str]]]:
    """The last message; each return with its case and agency and what became of it; each report likewise."""
    with intake_of(folder, reader, on) as (intake, office):
        delivery = deliver(intake, *messages)
        returns = [(each.case, each.agency, str(each.state)) for each in returns_in(office)]
        return delivery, returns, [(each.action, str(each.outcome), str(each.state)) for each in reports_in(office)]


def actions_of(office: Office) -> dict[int, Action]:
    with office.store.reading() as connection:
        return {action.number: action for action in every_action(connection)}


def pack(folder: WorkingFolder, **answers: object) -> dict[str, bytes]:
    told = {FIRST: TOLD, SECOND: "nothing known", **answers}
    return {"research.docx": filled_pack(paper(folder, "research"), told)}  # type: ignore[arg-type]


def test_a_filled_in_pack_is_taken_case_by_case_and_the_message_is_done(folder: WorkingFolder, reader: Reader) -> None:
    text = "Hi,\n\nPlease find our completed return attached.\n\nKind regards\nAnn Other\nTel 020 7946 0123"
    with intake_of(folder, reader) as (intake, office):
        delivery = deliver(intake, answer(text, pack(folder)))
        first, second = returns_in(office)
        with office.store.reading() as connection:
            entries = [each for each, _ in trail(connection) if each.event == "research answered"]
    assert (delivery.state, delivery.disposition) == ("done", "research_return")
    assert (first.case, first.agency, first.meeting, first.factors, first.assessment) == (
        FIRST,
        "police",
        MEETING,
        *TOLD.values(),
    )
    assert (second.case, second.nothing_known, second.state, second.delivery) == (SECOND, True, "taken", delivery.id)
    assert [each.subject for each in entries] == [FIRST, SECOND]
    assert not any("arrested" in each.detail for each in entries)


def test_a_pack_that_comes_back_sealed_is_opened_and_taken(folder: WorkingFolder, reader: Reader) -> None:
    with owners_folder() as place:
        owner = KeyOwner(place / "m")
        fingerprint = owner.new_key("MARAC (invented) <marac@carrowdale.example>")
        taken_in(owner.secret_key(fingerprint), folder.path / "keyring")
        config = folder.path / "config.toml"
        named = config.read_text(encoding="utf-8").replace('# key = "…"', f'key = "{fingerprint}"')
        config.write_text(named, encoding="utf-8")
        to = ("--trust-model", "always", "--recipient", fingerprint, "--encrypt")
        sealed = owner.gpg(*to, content=pack(folder)["research.docx"]).stdout
        delivery, returns, _ = after(folder, reader, answer("Attached.", {"research.docx.pgp": sealed}))
    assert (delivery.state, returns) == ("done", [(FIRST, "police", "taken"), (SECOND, "police", "taken")])


@pytest.mark.parametrize("name", ["research.docx", "research.pdf"])
def test_a_pack_saved_by_another_program_or_as_pdf_is_taken(folder: WorkingFolder, reader: Reader, name: str) -> None:
    delivery, returns, _ = after(folder, reader, answer("Return attached.", {name: (SAVED / name).read_bytes()}))
    assert delivery.state == "done"
    assert returns == [(each, "police", "taken") for each in CASES]


def test_the_word_file_and_its_pdf_together_are_one_answer(folder: WorkingFolder, reader: Reader) -> None:
    files = {name: (SAVED / name).read_bytes() for name in ("research.docx", "research.pdf")}
    delivery, returns, _ = after(folder, reader, answer("Return attached, Word and PDF.", files))
    assert (delivery.state, len(returns)) == ("done", 3)


def test_lines_in_a_reply_are_taken_and_their_words_are_marked_as_not_headed(
    folder: WorkingFolder, reader: Reader
) -> None:
    text = f"{FIRST}: nothing known\n{SECOND} \u2013 he was arrested on Tuesday\n\nThanks\n\n> our request\n> {THIRD}"
    with intake_of(folder, reader) as (intake, office):
        delivery = deliver(intake, answer(text))
        first, second = returns_in(office)
    assert delivery.state == "done"
    assert (first.nothing_known, first.reason) == (True, "")
    assert (second.factors, second.reason) == (
        "he was arrested on Tuesday",
        "Written in the mail, not under the headings of the form.",
    )


def test_nothing_known_on_any_is_an_answer_about_each_case_that_was_asked(
    folder: WorkingFolder, reader: Reader
) -> None:
    delivery, returns, _ = after(folder, reader, answer("Nothing known on any of these.\n\nRegards\nAnn"))
    assert (delivery.state, returns) == ("done", [(each, "police", "taken") for each in CASES])


def test_nothing_known_alone_may_be_about_one_of_several_cases(folder: WorkingFolder, reader: Reader) -> None:
    delivery, returns, _ = after(folder, reader, answer("Nothing known."))
    assert (delivery.state, {state for *_, state in returns}) == ("needs_person", {"waiting"})


def test_nothing_on_the_others_leaves_the_one_that_is_told_of(folder: WorkingFolder, reader: Reader) -> None:
    text = f"{FIRST}: arrested in May 2026 for assault\nNothing known on the others"
    delivery, returns, _ = after(folder, reader, answer(text))
    assert (delivery.state, sorted(returns)) == ("done", [(each, "police", "taken") for each in CASES])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Also, please note that she has moved.", "words beside the answers"),
        (f"{FIRST}: nothing known", "More than one thing is said"),
        ("Nothing known on any of these", "something is said about one of them"),
    ],
)
def test_words_beside_a_form_make_all_of_it_wait(folder: WorkingFolder, reader: Reader, text: str, reason: str) -> None:
    delivery, returns, _ = after(folder, reader, answer(text, pack(folder)))
    assert delivery.state == "needs_person"
    assert (FIRST, "police", "waiting") in returns
    assert any(reason in each for each in delivery.reasons)


def test_two_forms_that_differ_wait(folder: WorkingFolder, reader: Reader) -> None:
    other = filled_pack(paper(folder, "research"), {FIRST: "nothing known"})
    delivery, returns, _ = after(folder, reader, answer("Attached.", {**pack(folder), "again.docx": other}))
    assert (delivery.state, {state for *_, state in returns}) == ("needs_person", {"waiting"})


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ({"confirmed": False}, "did not come from"),
        ({"sender": HOUSING}, "came from"),
        ({"sender": "somebody@elsewhere.example"}, "No listed agency writes from"),
        ({"to": "research", "agency": "housing"}, "answers a message to"),
    ],
)
def test_a_sender_who_is_not_sure_makes_all_of_it_wait(
    folder: WorkingFolder, reader: Reader, message: dict[str, object], reason: str
) -> None:
    delivery, returns, _ = after(folder, reader, answer("Attached.", pack(folder), **message))  # type: ignore[arg-type]
    assert (delivery.state, {state for *_, state in returns}) == ("needs_person", {"waiting"})
    assert any(reason in each for each in delivery.reasons)


@pytest.mark.parametrize(("to", "state"), [("research", "taken"), ("", "waiting")])
def test_where_no_gateway_is_named_only_an_answer_to_a_sealed_paper_of_ours_is_sure(
    folder: WorkingFolder, reader: Reader, to: str, state: str
) -> None:
    config = folder.path / "config.toml"
    config.write_text(config.read_text(encoding="utf-8").replace("\ngateway =", "\n# gateway ="), encoding="utf-8")
    delivery, returns, _ = after(folder, reader, answer("Attached.", pack(folder), to=to))
    assert (delivery.sender_check, {each for *_, each in returns}) == ("not checked", {state})


def test_a_pack_that_came_in_a_message_of_its_own_is_known_by_its_mark(folder: WorkingFolder, reader: Reader) -> None:
    delivery, returns, _ = after(folder, reader, answer("Our return.", pack(folder), to=""))
    assert (delivery.state, {state for *_, state in returns}) == ("done", {"taken"})


def test_a_file_put_into_the_inbox_waits_because_nobody_says_who_sent_it(folder: WorkingFolder) -> None:
    (folder.path / "inbox" / "return.docx").write_bytes(pack(folder)["research.docx"])
    assert folder.marac("run").returncode == 0
    waiting = folder.status()
    assert "nothing says who sent it" in str(waiting)


def test_cases_that_cannot_be_right_are_shown_in_their_words_and_the_others_are_taken(
    folder: WorkingFolder, reader: Reader
) -> None:
    text = f"{FIRST}: nothing known\nM26-0099: arrested in May\nM26-002: bailed"
    delivery, returns, _ = after(folder, reader, answer(text))
    assert (delivery.state, returns) == ("needs_person", [(FIRST, "police", "taken")])
    assert any("M26-0099: arrested in May" in each and "There is no case M26-0099" in each for each in delivery.reasons)
    assert any("M26-002: bailed" in each for each in delivery.reasons)


def test_a_line_about_two_cases_waits_for_both(folder: WorkingFolder, reader: Reader) -> None:
    delivery, returns, _ = after(folder, reader, answer(f"{FIRST}/{SECOND}: known to us"))
    assert (delivery.state, returns) == ("needs_person", [(FIRST, "police", "waiting"), (SECOND, "police", "waiting")])


def test_a_case_that_was_never_sent_to_them_waits(folder: WorkingFolder, reader: Reader) -> None:
    with intake_of(folder, reader) as (_, office), office.store.changing() as connection:
        add_case(connection, dataclasses.replace(case(), reference="M26-0004", received=CUT_OFF, meeting=MEETING))
    delivery, returns, _ = after(folder, reader, answer("M26-0004: nothing known"))
    assert returns == [("M26-0004", "police", "waiting")]
    assert "has not sent this case to them" in delivery.reasons[0]


def test_a_case_held_back_from_them_waits_whatever_they_answer(folder: WorkingFolder, reader: Reader) -> None:
    with intake_of(folder, reader) as (_, office), office.store.changing() as connection:
        add_interest(
            connection, Interest(FIRST, "police", "held", "A. Coordinator", AFTER_CUT_OFF, "An officer is a party.")
        )
    delivery, returns, _ = after(folder, reader, answer("Attached.", pack(folder)))
    assert returns == [(FIRST, "police", "waiting"), (SECOND, "police", "taken")]
    assert "held back from them" in delivery.reasons[0]


def test_a_return_after_the_meeting_is_kept_and_waits(folder: WorkingFolder, reader: Reader) -> None:
    late = MEETING + dt.timedelta(days=1)
    message = answer("Attached.", pack(folder)).replace(b"Fri, 20 Nov 2026", b"Fri, 27 Nov 2026")
    delivery, returns, _ = after(folder, reader, message, on=late)
    assert {state for *_, state in returns} == {"waiting"}
    assert "came after the meeting" in delivery.reasons[0]


def test_a_pack_of_another_meeting_waits(folder: WorkingFolder, reader: Reader) -> None:
    parts = unpacked(pack(folder)["research.docx"])
    other = {name: content.replace(b"R-2026-11-26-police", b"R-2026-12-10-police") for name, content in parts.items()}
    with intake_of(folder, reader) as (intake, office):
        delivery = deliver(intake, answer("Attached.", {"research.docx": packed(other)}))
        found = returns_in(office)
    assert {(each.meeting, each.state) for each in found} == {(MEETING + dt.timedelta(days=14), "waiting")}
    assert "for the meeting of 2026-12-10" in delivery.reasons[0]


def test_a_fuller_answer_replaces_the_earlier_one_and_both_are_kept(folder: WorkingFolder, reader: Reader) -> None:
    fuller = answer("Attached.", pack(folder), number=2)
    delivery, returns, _ = after(folder, reader, answer(f"{FIRST}: nothing known"), fuller)
    assert delivery.state == "done"
    assert returns == [(FIRST, "police", "replaced"), (FIRST, "police", "taken"), (SECOND, "police", "taken")]


def test_an_emptier_answer_waits_and_the_fuller_one_still_counts(folder: WorkingFolder, reader: Reader) -> None:
    delivery, returns, _ = after(
        folder, reader, answer("Attached.", pack(folder)), answer(f"{FIRST}: nothing known", number=2)
    )
    assert returns[0] == (FIRST, "police", "taken")
    assert returns[-1] == (FIRST, "police", "waiting")
    assert "says less" in delivery.reasons[0]


def test_a_referral_and_a_return_in_one_message_are_both_taken(folder: WorkingFolder, reader: Reader) -> None:
    message = answer(typed(REFERRAL), pack(folder))
    with intake_of(folder, reader) as (intake, office):
        delivery = deliver(intake, message)
        with office.store.reading() as connection:
            cases = [each.reference for each in every_case(connection)]
        returns = returns_in(office)
    assert "M26-0004" in cases
    assert {each.case for each in returns} == {FIRST, SECOND}
    assert delivery.disposition in {"new_referral", "duplicate_referral", "possible_match"}


def test_an_empty_form_is_no_answer(folder: WorkingFolder, reader: Reader) -> None:
    delivery, returns, _ = after(folder, reader, answer("Attached.", {"research.docx": paper(folder, "research")}))
    assert (delivery.state, returns) == ("needs_person", [])
    assert "The form came back with nothing filled in." in delivery.reasons


def test_an_answer_of_which_nothing_is_understood_waits(folder: WorkingFolder, reader: Reader) -> None:
    for text in ("Please see below.", "We will let you have this on Monday."):
        delivery, returns, _ = after(folder, reader, answer(text, number=len(text)))
        assert (delivery.state, delivery.disposition, returns) == ("needs_person", "research_return", [])


def test_a_question_about_a_case_is_no_return(folder: WorkingFolder, reader: Reader) -> None:
    delivery, returns, _ = after(folder, reader, answer(f"Could you tell us who refers {FIRST}?", to=""))
    assert (delivery.state, delivery.disposition, returns) == ("needs_person", "no_referral", [])


def test_an_automatic_reply_enters_nothing(folder: WorkingFolder, reader: Reader) -> None:
    message = answer(f"{FIRST}: nothing known", Auto_Submitted="auto-replied")
    delivery, returns, _ = after(folder, reader, message)
    assert (delivery.disposition, returns) == ("auto_reply", [])


def test_reports_close_actions_with_their_day_and_what_was_not_done_stays_open(
    folder: WorkingFolder, reader: Reader
) -> None:
    text = (
        "Action 1: done 3/11\n2 could not be done: no reply to three letters\nAction 3 not done: staff sick\n\nThanks"
    )
    with intake_of(folder, reader) as (intake, office):
        delivery = deliver(intake, answer(text, to="letter"))
        found = actions_of(office)
    assert (delivery.state, delivery.disposition) == ("done", "action_update")
    assert [(found[n].outcome, found[n].done, found[n].note) for n in (1, 2, 3, 4)] == [
        ("done", dt.date(2026, 11, 3), ""),
        ("could not be done", AFTER_CUT_OFF, "no reply to three letters"),
        ("not done", None, "staff sick"),
        (None, None, ""),
    ]


@pytest.mark.parametrize("name", ["letter.docx", "letter.pdf"])
def test_the_letter_itself_closes_actions(folder: WorkingFolder, reader: Reader, name: str) -> None:
    message = answer("Letter attached.", {name: (SAVED / name).read_bytes()}, to="letter")
    delivery, _, reports = after(folder, reader, message)
    (news,) = [each for each in delivery.reasons if not each.startswith("Taken:")]
    assert news == "It says something that may not wait: look now. Action 2: “She has moved to another area.”"
    assert reports == [(1, "done", "taken"), (2, "could not be done", "taken"), (3, "not done", "taken")]


def test_all_done_closes_what_the_letter_told_of(folder: WorkingFolder, reader: Reader) -> None:
    _, _, reports = after(folder, reader, answer("All done.\n\nThanks", to="letter"))
    assert reports == [(number, "done", "taken") for number in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (answer("Action 1: done", to="", sender=HOUSING, agency="housing"), "an action of another agency"),
        (answer("Action 1: done 31/11", to="letter"), "is none, or is still to come"),
        (answer(f"Action 1 ({SECOND}): done", to="letter"), f"{SECOND} is named beside it"),
        (answer("Action 1: done but not the marker", to="letter"), "something else as well"),
        (answer("Action 1: done", to="letter", confirmed=False), "did not come from"),
    ],
)
def test_a_report_that_may_be_wrong_waits_and_closes_nothing(
    folder: WorkingFolder, reader: Reader, message: bytes, reason: str
) -> None:
    with intake_of(folder, reader) as (intake, office):
        delivery = deliver(intake, message)
        assert [each.state for each in reports_in(office)] == ["waiting"]
        assert actions_of(office)[1].is_open
    assert delivery.state == "needs_person"
    assert any(reason in each for each in delivery.reasons)


@pytest.mark.parametrize(
    "text",
    [
        "Action 2 - completed 24th of November",  # still to come
        "Action 1 was carried out on 20.10.2026",  # before it was agreed
        "Action 3: done 20 November 2025",
        "2: done on 1 November",
        "Action 4: done, he signed for it on 12 November",  # of what is that the day?
    ],
)
def test_a_day_that_fits_nowhere_makes_the_report_wait(folder: WorkingFolder, reader: Reader, text: str) -> None:
    with intake_of(folder, reader) as (intake, office):
        delivery = deliver(intake, answer(text, to="letter"))
        assert [each.state for each in reports_in(office)] == ["waiting"]
        assert all(action.is_open for action in actions_of(office).values())
    assert delivery.state == "needs_person"


def test_each_action_in_one_sentence_is_its_own_report(folder: WorkingFolder, reader: Reader) -> None:
    text = "Action 2 still outstanding, action 3 has been completed on 17th November; 4 could not be done as the flat is empty."
    delivery, _, reports = after(folder, reader, answer(text, to="letter"))
    assert delivery.state == "done"
    assert reports == [(2, "not done", "taken"), (3, "done", "taken"), (4, "could not be done", "taken")]


@pytest.mark.parametrize(
    "text",
    [
        "Action 1 is not done yet because we wait for action 3",
        "Action 1 not done.\n3 - the officer went there twice.",
        "We got nowhere with 1. Action 3 has been done.",
    ],
)
def test_a_message_stays_open_until_every_action_that_it_names_was_decided(
    folder: WorkingFolder, reader: Reader, text: str
) -> None:
    with intake_of(folder, reader) as (intake, office):
        delivery = deliver(intake, answer(text, to="letter"))
        with office.store.changing() as connection:
            for report in reports_in(office):
                decide_report(connection, report, "take", "", "Ann", intake.entry)
            left = delivery_numbered(connection, delivery.id)
        assert actions_of(office)[3].is_open
    assert left.state == "needs_person"
    assert any("action 3" in each.casefold() or "officer went" in each for each in left.reasons)


def named(victim: str) -> Referral:
    form = referral()
    return dataclasses.replace(form, victim=dataclasses.replace(form.victim, name=victim))


def test_a_name_of_another_case_beside_a_reference_makes_it_wait(folder: WorkingFolder, reader: Reader) -> None:
    with opened(folder) as office, office.store.changing() as connection:
        for reference, victim in (("M26-0004", "Ifunanya Brathwaite"), ("M26-0005", "Moira Pendergast-Lowe")):
            one = dataclasses.replace(case(form=named(victim)), reference=reference, received=CUT_OFF, meeting=MEETING)
            add_case(connection, one)
    asked = "M26-0004 Mrs Pendergast: tenancy ended in March", f"{FIRST} (Lowe) tenancy ended in March"
    for number, text in enumerate(asked, start=1):
        delivery, returns, _ = after(folder, reader, answer(text, number=number))
        assert (delivery.state, returns[-1][2]) == ("needs_person", "waiting")
        assert any("belongs to another case" in each for each in delivery.reasons)
    report = answer("Action 1: done, Brathwaite has the marker", to="letter", number=9)
    assert after(folder, reader, report)[2] == [(1, "done", "waiting")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{FIRST}: known since May. She now lives at 3 Elm Row.", "She now lives at 3 Elm Row."),
        (f"{FIRST}: arrears. Never phone the landline, his mother answers.", "Never phone the landline"),
        (f"{SECOND}: on licence; he gets out of prison on Friday.", "he gets out of prison"),
        (f"{SECOND}: open to us. Last night he threatened her with a machete!", "threatened her with a machete"),
        (f"{SECOND}: school says that the children have gone missing", "gone missing"),
    ],
)
def test_what_may_not_wait_goes_to_a_person_at_once_and_the_answer_is_taken(
    folder: WorkingFolder, reader: Reader, text: str, words: str
) -> None:
    with intake_of(folder, reader) as (intake, office):
        delivery = deliver(intake, answer(text))
        assert [each.state for each in returns_in(office)] == ["taken"]
        with office.store.reading() as connection:
            contents = register_contents(
                connection, office.settings, folder.path / "store" / "originals", office.moment
            )
        (matter,) = [each for each in matters(contents) if each.subject == f"Message {delivery.id}"]
    assert delivery.state == "needs_person"
    assert delivery.reasons[0].startswith(LOOK_NOW)
    assert words in delivery.reasons[0]
    assert matter.urgent


def test_words_that_only_tell_how_the_form_was_made_hold_nothing_up_and_are_shown(
    folder: WorkingFolder, reader: Reader
) -> None:
    delivery, returns, _ = after(folder, reader, answer("Scanned and saved as a PDF, sorry.\n\nPc", pack(folder)))
    assert (delivery.state, {state for *_, state in returns}) == ("done", {"taken"})
    assert any("Scanned and saved as a PDF, sorry." in each for each in delivery.reasons)


def test_an_action_that_nobody_knows_is_shown(folder: WorkingFolder, reader: Reader) -> None:
    delivery, _, reports = after(folder, reader, answer("Action 77: done\nAction 1 done", to="letter"))
    assert reports == [(1, "done", "taken")]
    assert any("There is no action 77" in each for each in delivery.reasons)


def test_a_return_and_reports_in_one_message_are_both_taken(folder: WorkingFolder, reader: Reader) -> None:
    files = {**pack(folder), "letter.docx": filled_letter(paper(folder, "letter"), {1: ("done", "")})}
    delivery, returns, reports = after(folder, reader, answer("Return and letter attached.", files))
    assert (delivery.state, len(returns), reports) == ("done", 2, [(1, "done", "taken")])


def test_what_is_passed_on_from_inside_the_agency_is_read(folder: WorkingFolder, reader: Reader) -> None:
    text = f"FYI\n\nFrom: Colleague <c@carrowdale-police.example>\nSent: Friday\nTo: PC Invented\nSubject: MARAC\n\n{FIRST}: nothing known\n"
    message = answer(text, to="").replace(b"Subject: Referral", b"Subject: FW: MARAC")
    delivery, returns, _ = after(folder, reader, message)
    assert (delivery.state, returns) == ("done", [(FIRST, "police", "taken")])


def test_the_same_answers_read_again_are_entered_once(folder: WorkingFolder, reader: Reader) -> None:
    with intake_of(folder, reader) as (intake, office):
        delivery = deliver(intake, answer("Attached, also note this.", pack(folder)))
        with office.store.changing() as connection:
            set_state(connection, delivery.id, "unpacked")
        intake.finish(dataclasses.replace(delivery, state="unpacked"))
        assert len(returns_in(office)) == 2


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("3/11", dt.date(2026, 11, 3)),
        ("3/12", dt.date(2025, 12, 3)),
        ("03.11.26", dt.date(2026, 11, 3)),
        ("3rd of November", dt.date(2026, 11, 3)),
        ("November 3, 2026", dt.date(2026, 11, 3)),
        ("31/11", None),
        ("3/12/2026", None),
        ("99 Xyz", None),
    ],
)
def test_a_day_is_the_last_such_day_before_the_message_came(words: str, day: dt.date | None) -> None:
    assert day_meant(words, AFTER_CUT_OFF) == day
