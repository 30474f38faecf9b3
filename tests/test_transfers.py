"""A case goes from one MARAC to another: sealed, released by a person, taken in once, and acknowledged."""

import datetime as dt
import shutil
import zipfile
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from marac.case import Case
from marac.dispatch.due import let_go_at_once
from marac.document import Document
from marac.fortnight import Transfer
from marac.intake.reading.reader import Reader
from marac.meetings.asked import Asked
from marac.register.cases import add_case, case_named, every_case
from marac.register.deliveries import every_delivery
from marac.register.documents import Paper, papers_about
from marac.register.merges import join
from marac.register.outgoing import add_outgoing, written_here
from marac.register.store import Store
from marac.register.transfer_questions import transfer_questions
from marac.register.transfers import every_transfer
from marac.transfers.bundle import receipt_number
from tests.area_settings import set_in
from tests.handed_over_cases import (
    CASE,
    HEARD,
    hear,
    machine_part_in,
    message,
    parcel_in,
    send,
    taken_in,
    told,
    with_machine_part,
)
from tests.invented_cases import case, referral
from tests.prepared_meetings import NOON, opened
from tests.two_maracs import NORTHTOWN, TwoMaracs, post, two_maracs
from tests.word_templates import words_of
from tests.working_folder import AFTER_CUT_OFF, WorkingFolder

REASON = ("--reason", "The victim has moved to Northtown.")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> TwoMaracs:
    """Two MARACs; the first has heard a case."""
    made = two_maracs(tmp_path_factory.mktemp("two"))
    hear(made.carrowdale)
    return made


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as found:
        yield found


@pytest.fixture
def maracs(original: TwoMaracs, tmp_path: Path) -> TwoMaracs:
    return original.copied(tmp_path)


@pytest.fixture
def ours(maracs: TwoMaracs) -> WorkingFolder:
    return maracs.carrowdale


@pytest.fixture
def theirs(maracs: TwoMaracs) -> WorkingFolder:
    return maracs.northtown


@pytest.fixture(scope="module")
def sent(original: TwoMaracs, tmp_path_factory: pytest.TempPathFactory) -> Document:
    """What is sealed when the case is handed over."""
    folder = original.copied(tmp_path_factory.mktemp("sent")).carrowdale
    send(folder, *REASON)
    return Document("transfer.zip", "application/zip", parcel_in(folder).read_bytes())


def released(folder: WorkingFolder) -> bytes:
    """The letter that leaves when the transfer is let go."""
    before = folder.letters()
    assert told(folder, "release", "--case", CASE, "--by", "H. Shah") == 0
    [letter] = [each for each in folder.letters() if each not in before]
    return letter


def cases(folder: WorkingFolder) -> tuple[Case, ...]:
    with opened(folder) as office, office.store.reading() as connection:
        return every_case(connection)


def transfers(folder: WorkingFolder) -> tuple[Transfer, ...]:
    with opened(folder) as office, office.store.reading() as connection:
        return every_transfer(connection)


def papers(folder: WorkingFolder) -> list[Paper]:
    with opened(folder) as office, office.store.reading() as connection:
        return list(papers_about(connection, CASE))


def became(folder: WorkingFolder) -> list[tuple[str, str | None]]:
    """What became of each message."""
    with opened(folder) as office, office.store.reading() as connection:
        return [(each.state, each.disposition) for each in every_delivery(connection)]


def asked(folder: WorkingFolder, on: dt.date) -> list[Asked]:
    with opened(folder) as office, office.store.reading() as connection:
        return list(transfer_questions(connection, office.settings, on))


def correct_address(folder: WorkingFolder, words: str) -> None:
    done = told(folder, "case", "correct", CASE, "victim.address", words, "--reason", "Rang.", "--by", "H. Shah")
    assert done == 0


def test_a_case_is_handed_over_sealed_taken_in_once_and_acknowledged(maracs: TwoMaracs) -> None:
    ours, theirs = maracs.carrowdale, maracs.northtown
    send(ours, *REASON)
    letter = released(ours)
    attachment = next(message_from_bytes(letter, policy=policy.default).iter_attachments())
    assert attachment.get_filename() == "transfer.zip.pgp"
    assert not any(word in letter for word in (b"Gwynfryn", b"M26-0001", b"Larch", b"Stalking"))

    post(letter, theirs)
    assert told(theirs, "run") == 0
    [taken] = cases(theirs)
    assert taken.referral.victim == referral().victim
    assert taken.origin == "mail"
    assert became(theirs) == [("done", "transfer")]
    assert not theirs.letters(), "a receipt waits for a person"
    assert told(theirs, "message", "acknowledge", "1", "--by", "N. Tester") == 0
    assert told(theirs, "run") == 0
    [receipt] = theirs.letters()
    assert receipt_number(transfers(theirs)[0].bundle).encode() in receipt
    assert b"Auto-Submitted: auto-replied" in receipt
    assert not any(word in receipt for word in (b"Gwynfryn", b"M26-", b"Larch"))

    assert transfers(ours)[0].receipt_on is None
    post(receipt, ours, name="receipt")
    assert told(ours, "run") == 0
    assert became(ours) == [("done", "receipt")]
    assert transfers(ours)[0].receipt_on == AFTER_CUT_OFF

    post(letter.replace(b"Subject: Sealed", b"Subject: Once more: sealed"), theirs, name="other")
    assert told(theirs, "run") == 0
    assert (len(cases(theirs)), len(transfers(theirs))) == (1, 1)
    assert became(theirs)[1:] == [("done", "transfer")]


def test_what_was_handed_over_is_marked_flagged_and_told_in_the_story(
    theirs: WorkingFolder, sent: Document, reader: Reader, capsys: pytest.CaptureFixture[str]
) -> None:
    taken_in(theirs, reader, message(sent))
    [taken] = cases(theirs)
    criteria = taken.referral.criteria
    assert (criteria.other_marac, criteria.previous_reference, criteria.previous_date) == (
        "Carrowdale MARAC",
        CASE,
        HEARD,
    )
    assert (
        "the transfer from Carrowdale MARAC; look at the letter" in taken.reading.evidence["criteria.other_marac"].where
    )
    [flag] = [each for each in taken.flags if each.code == "transferred in"]
    assert all(words in flag.reason for words in ("Carrowdale MARAC", CASE, "3 September 2026"))
    assert told(theirs, "case", "correct", taken.reference, "victim.phone", "", "--reason", "Old.", "--by", "N") == 0
    [later] = cases(theirs)
    assert flag in later.flags, "it stays when flags are worked out anew"
    capsys.readouterr()
    told(theirs, "case", "story", taken.reference, "--by", "N. Tester")
    story = capsys.readouterr().out
    for words in ("Stalking at work.", "The police visit weekly.", "Place a marker on the address."):
        assert words in story
    assert "\nActions\n" not in story, "what the other MARAC agreed is no action of this one"


def test_a_transfer_that_waits_follows_its_case_and_one_that_left_is_not_made_again(ours: WorkingFolder) -> None:
    send(ours, *REASON)
    correct_address(ours, "7 Quarry Lane")
    assert told(ours, "run") == 0
    assert [(paper.version, paper.state) for paper in papers(ours)] == [(1, "superseded"), (2, "prepared")]
    machine_part = bundle_in(ours)
    assert "7 Quarry Lane" in machine_part
    released(ours)
    correct_address(ours, "9 Quarry Lane")
    assert told(ours, "run") == 0
    assert [paper.state for paper in papers(ours)] == ["superseded", "sent"]
    send(ours, on=AFTER_CUT_OFF + dt.timedelta(days=1))
    assert [paper.state for paper in papers(ours)] == ["superseded", "sent", "prepared"]
    assert len(transfers(ours)) == 2


def bundle_in(folder: WorkingFolder) -> str:
    """The machine part that waits, as text."""
    newest = max((folder.path / "meetings" / "transfers").glob("*.zip"), key=lambda path: path.name)
    return machine_part_in(newest.read_bytes()).decode("utf-8")


def test_what_was_changed_after_sealing_holds_a_transfer_back(ours: WorkingFolder) -> None:
    send(ours, *REASON)
    correct_address(ours, "7 Quarry Lane")
    assert told(ours, "release", "--case", CASE, "--by", "H. Shah") == 6
    assert not ours.letters()


def test_no_standing_release_lets_a_transfer_go(ours: WorkingFolder) -> None:
    set_in(ours.path, "idva", 'agency = "idva"', "referral_on_receipt = true", 'released_by = "A. Coordinator"')
    send(ours, *REASON)
    assert told(ours, "run") == 0
    assert not ours.letters()
    with opened(ours) as office:
        assert not [paper for paper in let_go_at_once(office) if paper.kind == "transfer"]


def test_without_a_key_a_transfer_is_held_with_what_to_do(
    ours: WorkingFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    config = ours.path / "config.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text[: text.rindex("fingerprint")], encoding="utf-8")
    send(ours, *REASON)
    assert "marac keys import marac.northtown FILE" in capsys.readouterr().out
    assert [paper.state for paper in papers(ours)] == ["held"]
    assert "held back" in asked(ours, AFTER_CUT_OFF)[0].why


def test_a_case_that_is_opened_again_takes_its_transfer_back(ours: WorkingFolder) -> None:
    send(ours, *REASON)
    told(ours, "case", "decide", CASE, "reopen", "--reason", "Stays here.", "--by", "H. Shah")
    assert told(ours, "run") == 0
    assert [paper.state for paper in papers(ours)] == ["superseded"]


def test_a_reason_is_asked_for_and_an_unknown_marac_is_refused(
    ours: WorkingFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(ours, "transfer", "send", CASE, "--to", "northtown", "--by", "H. Shah") == 2
    assert "Say why" in capsys.readouterr().err
    assert told(ours, "transfer", "send", CASE, "--to", "southtown", "--by", "H. Shah", *REASON) == 8
    assert "It names: northtown." in capsys.readouterr().err
    assert [each.state for each in cases(ours)] == ["heard"]


def test_nothing_is_made_for_a_marac_where_somebody_barred_would_receive_it(
    ours: WorkingFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    config = ours.path / "config.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace(NORTHTOWN[1], "rhodri.pennant@northtown.example"), encoding="utf-8")
    assert told(ours, "case", "bar", CASE, "Rhodri Pennant", "--reason", "His brother.", "--by", "H. Shah") == 0
    assert told(ours, "transfer", "send", CASE, "--to", "northtown", "--by", "H. Shah", *REASON) == 2
    assert "must not receive" in capsys.readouterr().err
    assert [each.state for each in cases(ours)] == ["heard"]


def test_who_holds_a_case_names_the_other_marac(ours: WorkingFolder, capsys: pytest.CaptureFixture[str]) -> None:
    send(ours, *REASON)
    released(ours)
    capsys.readouterr()
    told(ours, "case", "holders", CASE)
    assert "Northtown MARAC" in capsys.readouterr().out


def test_a_receipt_is_missed_after_three_working_days(ours: WorkingFolder, capsys: pytest.CaptureFixture[str]) -> None:
    send(ours, *REASON)
    assert "waits for a person" in asked(ours, AFTER_CUT_OFF)[0].why
    released(ours)
    [paper] = papers(ours)
    assert paper.sent_at is not None
    left = paper.sent_at.date()
    third = next(day for n in range(3, 9) if working_days(left, day := left + dt.timedelta(days=n)) == 3)
    assert asked(ours, third) == []
    assert "has not said that it has this case" in asked(ours, third + dt.timedelta(days=4))[0].why
    capsys.readouterr()
    told(ours, "transfer", "list", on=left + dt.timedelta(days=9))
    assert "no receipt for 9 days" in capsys.readouterr().out
    assert told(ours, "transfer", "arrived", "1", "--by", "H. Shah", on=third) == 0
    assert asked(ours, third + dt.timedelta(days=30)) == []


def working_days(start: dt.date, end: dt.date) -> int:
    """Days from Monday to Friday after the one and up to the other; no bank holiday stands between them in the tests."""
    days = (start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 for day in days)


def test_an_answer_without_the_number_is_read_by_a_person(ours: WorkingFolder, reader: Reader) -> None:
    send(ours, *REASON)
    released(ours)
    [paper] = papers(ours)
    answers = ("In-Reply-To", paper.message_id or "")
    away = message(sender=NORTHTOWN[1], text="I am away.", headers=(answers, ("Auto-Submitted", "auto-replied")))
    shut = message(sender=NORTHTOWN[1], text="We cannot open this.", headers=(answers,))
    told_of = taken_in(ours, reader, away, shut)
    assert [each.disposition for each in told_of] == ["auto_reply", "no_referral"]
    assert told_of[1].state == "needs_person"
    assert "marac transfer arrived 1" in told_of[1].reasons[0]
    assert transfers(ours)[0].receipt_on is None


def test_a_person_s_short_receipt_closes_a_transfer_and_what_says_more_is_read(
    ours: WorkingFolder, reader: Reader
) -> None:
    send(ours, *REASON)
    released(ours)
    number = receipt_number(transfers(ours)[0].bundle)
    elsewhere = message(sender="somebody@elsewhere.example", text=f"We have {number}.")
    [first] = taken_in(ours, reader, elsewhere)
    assert (first.state, transfers(ours)[0].receipt_on) == ("needs_person", None)
    more = message(sender=NORTHTOWN[1], text=f"We have {number}. {'But what of her children? ' * 12}")
    _, second = taken_in(ours, reader, more)
    assert (second.state, second.disposition) == ("needs_person", "receipt")
    *_, third = taken_in(ours, reader, message(sender=NORTHTOWN[1], text=f"Thank you, {number} is here."))
    assert (third.state, third.disposition) == ("done", "receipt")
    assert transfers(ours)[0].receipt_on == AFTER_CUT_OFF


def test_a_transfer_from_a_sender_who_is_not_sure_waits_and_is_taken_in_on_a_person_s_word(
    theirs: WorkingFolder, sent: Document, reader: Reader, capsys: pytest.CaptureFixture[str]
) -> None:
    delivery, other = taken_in(
        theirs, reader, message(sent, confirmed=False), message(sent, sender="marac@elsewhere.example")
    )
    assert {(each.state, each.disposition) for each in (delivery, other)} == {("needs_person", "transfer_waits")}
    assert cases(theirs) == ()
    assert told(theirs, "message", "decide", str(delivery.id), "release", "--reason", "Rang.", "--by", "N") == 0
    [taken] = cases(theirs)
    assert [each.case for each in transfers(theirs)] == [taken.reference]
    assert told(theirs, "run") == 0
    capsys.readouterr()
    told(theirs, "status")
    assert "message acknowledge 1" in capsys.readouterr().out, "its receipt waits"


def test_a_damaged_machine_part_goes_to_a_person_and_registers_nothing(
    theirs: WorkingFolder, sent: Document, reader: Reader
) -> None:
    [delivery] = taken_in(theirs, reader, message(with_machine_part(sent, b'{"marac_transfer": 1, "referrals": "x"}')))
    assert (delivery.state, delivery.disposition) == ("needs_person", "unreadable")
    assert "Ask the other MARAC to send it again" in " ".join(delivery.reasons)
    assert cases(theirs) == ()


def test_a_transfer_that_came_another_way_is_received_by_name_once(
    theirs: WorkingFolder, sent: Document, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "transfer.zip").write_bytes(sent.content)
    alone = tmp_path / "from the stick.json"
    alone.write_bytes(machine_part_in(sent.content))
    for _ in range(2):
        assert told(theirs, "transfer", "receive", str(tmp_path / "transfer.zip"), "--by", "N. Tester") == 0
    assert told(theirs, "transfer", "receive", str(alone), "--by", "N. Tester") == 0
    assert "nothing was entered twice" in capsys.readouterr().out
    assert (len(cases(theirs)), len(transfers(theirs))) == (1, 1)
    shutil.copy(Path(__file__), tmp_path / "notes.txt")
    assert told(theirs, "transfer", "receive", str(tmp_path / "notes.txt"), "--by", "N. Tester") == 2


def test_cases_that_were_joined_stay_joined_over_there(
    ours: WorkingFolder, theirs: WorkingFolder, reader: Reader
) -> None:
    with opened(ours) as office, office.store.changing() as connection:
        second = case("M26-0002", received=dt.date(2026, 8, 21), meeting=HEARD)
        add_case(connection, second)
        join(connection, case_named(connection, "M26-0002"), CASE)
    send(ours, *REASON)
    sent = Document("transfer.zip", "application/zip", parcel_in(ours).read_bytes())
    [delivery] = taken_in(theirs, reader, message(sent))
    assert delivery.disposition == "transfer"
    carrying, joined = cases(theirs)
    assert (joined.state, joined.joined_to) == ("joined", carrying.reference)
    assert [each.kind for each in joined.decisions] == ["same-as"]


def test_a_newer_transfer_of_the_same_case_waits_as_another_version(
    ours: WorkingFolder, theirs: WorkingFolder, sent: Document, reader: Reader
) -> None:
    taken_in(theirs, reader, message(sent))
    correct_address(ours, "7 Quarry Lane")
    send(ours, *REASON)
    newer = Document("transfer.zip", "application/zip", parcel_in(ours).read_bytes())
    _, delivery = taken_in(theirs, reader, message(newer, text="Newer."))
    assert (delivery.state, delivery.disposition) == ("needs_person", "transfer")
    [taken] = cases(theirs)
    assert taken.referral.victim.address == "14 Larch Rise, Northbridge"
    assert len(transfers(theirs)) == 2
    told(theirs, "message", "decide", str(delivery.id), "use-version", "--reason", "Rang.", "--by", "N. Tester")
    assert cases(theirs)[0].referral.victim.address == "7 Quarry Lane"


def test_what_another_marac_of_the_same_register_sent_is_not_taken_for_our_own(tmp_path: Path) -> None:
    for marac, wrote in (("north", False), ("south", True)):
        store = Store(tmp_path / "store", marac=marac)
        with store.changing() as connection:
            if wrote:
                values = {
                    "kind": "receipt",
                    "recipient": "a@a.example",
                    "message_id": "<1@a.example>",
                    "sha256": "0" * 64,
                }
                add_outgoing(connection, {**values, "state": "sent", "written_at": NOON})
            assert written_here(connection, "<1@a.example>") is wrote
        store.close()
    store = Store(tmp_path / "store", marac="north")
    with store.reading() as connection:
        assert not written_here(connection, "<1@a.example>")
    store.close()


def test_a_case_that_came_from_elsewhere_names_where_when_it_goes_on(
    maracs: TwoMaracs, sent: Document, reader: Reader
) -> None:
    theirs = maracs.northtown
    taken_in(theirs, reader, message(sent))
    done = told(theirs, "transfer", "send", CASE, "--to", "carrowdale", "--by", "N. Tester", "--reason", "Moved back.")
    assert done == 0
    with zipfile.ZipFile(parcel_in(theirs)) as archive:
        assert "It came to us from Carrowdale MARAC." in words_of(archive.read("transfer.docx"))
