"""Each newly registered case is referred to the IDVA service, at once where a standing release lets it, and sealed."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from marac.case import Case, Flag
from marac.delivery.openpgp import Keyring
from marac.demo.correspondents import correspondents
from marac.dispatch import rehearsal, release, send_approved
from marac.fortnight import Interest
from marac.idva_referrals import prepare_idva_referrals
from marac.intake.reading.reader import Reader
from marac.mailbox.folder import FolderInbox
from marac.mailbox.memory import MemoryOutbox
from marac.meeting import place_of, prepare
from marac.office import Office
from marac.one_pass import one_pass
from marac.read_back.leaves import with_leaf
from marac.register.cases import add_case, case_named, set_flags, set_reading, set_standing
from marac.register.documents import Paper, papers_about, papers_for
from marac.register.face import register_contents
from marac.register.interests import add_interest
from marac.register.workbook.attention import matters
from marac.settings.agencies import with_fingerprint
from tests.area_settings import set_in
from tests.invented_cases import case, joined_pair
from tests.prepared_meetings import opened
from tests.word_templates import words_of
from tests.working_folder import CUT_OFF, MEETING, WorkingFolder, copied, some_mail, working_folder

STANDING = ('agency = "idva"', "referral_on_receipt = true", 'released_by = "A. Coordinator"')
SUBJECT = "Sealed papers of 19 November 2026"


def received(reference: str = "M26-0001", **changes: object) -> Case:
    values = {"reference": reference, "received": CUT_OFF, "meeting": MEETING, **changes}
    return dataclasses.replace(case(), **values)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> WorkingFolder:
    """A folder whose IDVA service has a key, and a standing release."""
    made = working_folder(tmp_path_factory.mktemp("original"))
    idva = correspondents(tmp_path_factory.mktemp("agencies"))[1]
    assert idva.agency.id == "idva"
    fingerprint = idva.make_key()
    Keyring(made.path / "keyring").add(idva.public_key.read_bytes(), fingerprint)
    agencies = made.path / "agencies.toml"
    agencies.write_text(with_fingerprint(agencies.read_text(encoding="utf-8"), "idva", fingerprint), encoding="utf-8")
    set_in(made.path, "idva", *STANDING)
    return made


@pytest.fixture
def folder(original: WorkingFolder, tmp_path: Path) -> WorkingFolder:
    return copied(original, tmp_path / "marac")


def register(office: Office, *cases: Case) -> None:
    with office.store.changing() as connection:
        for each in cases:
            add_case(connection, each)


def papers(office: Office, reference: str = "M26-0001") -> list[Paper]:
    with office.store.reading() as connection:
        return list(papers_about(connection, reference))


def states(office: Office, reference: str = "M26-0001") -> list[str]:
    return [paper.state for paper in papers(office, reference)]


def sent(office: Office) -> MemoryOutbox:
    outbox = MemoryOutbox()
    send_approved(office, outbox)
    return outbox


def asked(office: Office, reference: str = "M26-0001") -> str:
    with office.store.reading() as connection:
        contents = register_contents(connection, office.settings, office.store.folder / "originals", office.moment)
    found = [each for each in matters(contents, office.today) if each.subject == f"Case {reference}"]
    return "\n".join(f"{each.why} {each.to_do}" for each in found)


def test_a_new_case_is_referred_in_the_pass_that_registers_it(folder: WorkingFolder) -> None:
    folder.post(some_mail("04-housing-referral"))
    with opened(folder) as office, FolderInbox(folder.path / "inbox") as inbox, Reader() as reader:
        passed = one_pass(office, inbox, reader)
        assert next((paper.kind, paper.agency) for paper in passed.papers) == ("idva-referral", "idva")
        assert passed.sent is not None
        assert passed.sent.sent >= 1
        assert states(office) == ["sent"]
        assert papers(office)[0].approved_by == "A. Coordinator"
        again = one_pass(office, inbox, reader)
        assert (again.papers, again.sent) == ((), None)
    (message,) = [raw for raw in folder.letters() if b"marac@lantern-idva.example" in raw]
    assert b"Subject: Sealed papers of " in message
    assert b"idva-referral.docx.pgp" in message


def test_a_referral_names_neither_case_nor_anybody_outside_the_seal(folder: WorkingFolder) -> None:
    with opened(folder) as office:
        register(office, received())
        prepare_idva_referrals(office)
        (letter,) = sent(office).letters
    assert letter.recipient == "marac@lantern-idva.example"
    assert f"Subject: {SUBJECT}".encode() in letter.content
    assert b"a referral to your service (received on 19 November 2026)" in letter.content.replace(b"=\r\n", b"")
    assert not [word for word in (b"M26-0001", b"Gwynfryn", b"Larch", b"Farrow") if word in letter.content]


def test_a_correction_goes_out_as_a_new_version_that_says_what_changed(folder: WorkingFolder) -> None:
    with opened(folder) as office:
        register(office, received())
        prepare_idva_referrals(office)
        sent(office)
        correct(office, "victim.phone", "07700900999")
        prepare_idva_referrals(office)
        assert [letter.recipient for letter in sent(office).letters] == ["marac@lantern-idva.example"]
        first, second = papers(office)
        assert (first.state, second.state, second.version) == ("sent", "sent", 2)
        words = words_of(place_of(office, second).read_bytes())
    assert "Version 2, 20 November 2026: replaces version 1 of 20 November 2026." in words
    assert "M26-0001 changed: the victim's telephone number" in words
    assert "07700900999" in words


def test_a_case_that_is_put_off_goes_out_again_with_its_new_meeting(folder: WorkingFolder) -> None:
    with opened(folder) as office:
        register(office, received())
        prepare_idva_referrals(office)
        sent(office)
        with office.store.changing() as connection:
            later = dataclasses.replace(case_named(connection, "M26-0001"), meeting=MEETING + dt.timedelta(days=14))
            set_standing(connection, later)
        (paper,) = prepare_idva_referrals(office)
        words = words_of(place_of(office, paper).read_bytes())
    assert "The time or the place of the meeting has changed." in words
    assert "listed for the meeting on 10 December 2026" in words


def correct(office: Office, leaf: str, value: str) -> None:
    with office.store.changing() as connection:
        found = case_named(connection, "M26-0001")
        reading = with_leaf(found.reading, leaf, value, value, "corrected by A. Coordinator")
        set_reading(connection, dataclasses.replace(found, reading=reading))


def test_without_a_standing_release_it_waits_and_is_released_by_its_case(folder: WorkingFolder) -> None:
    set_in(folder.path, "idva", *STANDING[:2])
    with opened(folder) as office:
        register(office, received())
        prepare_idva_referrals(office)
        assert sent(office).letters == []
        assert states(office) == ["prepared"]
        assert "waits for a person. Look at it, and let it go: marac release --case M26-0001 --rehearse" in asked(
            office
        )
        assert [paper.id for paper in rehearsal(office, "M26-0001").sent] == [papers(office)[0].id]
    shown = folder.marac("release", "--case", "m26-0001", "--rehearse")
    assert "On release, for case M26-0001:" in shown.stdout, shown.stderr
    assert (
        "The referral to the IDVA service, M26-0001 (1 case), version 1, would go to Lantern IDVA Service <"
        in shown.stdout
    )
    done = folder.marac("release", "--case", "M26-0001", "--by", "B. Deputy")
    assert done.returncode == 0, done.stderr
    with opened(folder) as office:
        assert (states(office), papers(office)[0].approved_by) == (["sent"], "B. Deputy")
        assert "IDVA" not in asked(office)


def test_a_release_needs_a_meeting_or_a_case_and_not_both(folder: WorkingFolder) -> None:
    for words in ((), (MEETING.isoformat(), "--case", "M26-0001")):
        done = folder.marac("release", *words)
        assert "Name the meeting by its DATE, or one case with --case" in done.stderr
    assert "There is no case M26-0404" in folder.marac("release", "--case", "M26-0404").stderr


@pytest.mark.parametrize("code", ["sender not confirmed", "role swap", "professional is a party"])
def test_no_standing_release_lets_go_what_a_person_should_look_at_first(folder: WorkingFolder, code: str) -> None:
    with opened(folder) as office:
        register(office, received(flags=(Flag(code, "Look at it.", "", None, True),)))  # type: ignore[arg-type]
        prepare_idva_referrals(office)
        assert sent(office).letters == []
        assert "Its referral to the IDVA service waits for a person." in asked(office)
        with office.store.changing() as connection:
            set_flags(connection, "M26-0001", ())
        assert len(sent(office).letters) == 1


def test_what_is_held_back_from_the_service_goes_to_nobody_there_and_a_person_is_asked(folder: WorkingFolder) -> None:
    with opened(folder) as office:
        register(office, received())
        prepare_idva_referrals(office)
        hold_back(office)
        assert sent(office).letters == []
        assert states(office) == ["prepared"]
        prepare_idva_referrals(office)
        assert states(office) == ["superseded"]
        assert "It was not referred to the IDVA service: the case is held back from it." in asked(office)
        assert sent(office).letters == []


def hold_back(office: Office) -> None:
    word = Interest("M26-0001", "idva", "held", "J. Marsh", CUT_OFF, "A sister works there.")
    with office.store.changing() as connection:
        add_interest(connection, word)


def test_only_what_is_newly_registered_is_referred(folder: WorkingFolder) -> None:
    first, second = joined_pair()
    listed = {"received": CUT_OFF, "meeting": MEETING}
    with opened(folder) as office:
        register(
            office,
            received("M26-0001", origin="import"),
            received("M26-0002", state="draft", origin="workbook"),
            received("M26-0003", state="heard", meeting=dt.date(2026, 11, 5)),
            dataclasses.replace(first, **listed),  # type: ignore[arg-type]
            dataclasses.replace(second, **listed, decisions=()),  # type: ignore[arg-type]
            received("M26-0006", state="withdrawn", meeting=None),
            received("M26-0007", state="received", meeting=None),
        )
        assert [paper.subject for paper in prepare_idva_referrals(office)] == ["M26-0004", "M26-0007"]
        assert prepare_idva_referrals(office) == ()


def test_a_referral_that_waits_stays_when_the_meeting_has_been_and_goes_when_the_case_is_taken_back(
    folder: WorkingFolder,
) -> None:
    set_in(folder.path, "idva", *STANDING[:2])
    with opened(folder) as office:
        register(office, received())
        prepare_idva_referrals(office)
        stand(office, "heard")
        assert prepare_idva_referrals(office) == ()
        assert states(office) == ["prepared"]
        stand(office, "withdrawn")
        prepare_idva_referrals(office)
        assert states(office) == ["superseded"]


def stand(office: Office, state: str) -> None:
    with office.store.changing() as connection:
        found = case_named(connection, "M26-0001")
        set_standing(connection, dataclasses.replace(found, state=state))  # type: ignore[arg-type]


def test_a_meeting_on_the_day_of_receipt_neither_sends_nor_withdraws_a_referral(folder: WorkingFolder) -> None:
    with opened(folder) as office:
        register(office, received(received=MEETING))
        prepare_idva_referrals(office)
        on_the_day = dataclasses.replace(office, today=MEETING)
        prepare(on_the_day, MEETING)
        assert states(office) == ["prepared"]
        release(on_the_day, MEETING, MemoryOutbox(), "A Person")
        assert states(office) == ["prepared"]
        with office.store.reading() as connection:
            assert "idva-referral" not in {paper.kind for paper in papers_for(connection, MEETING)}


def test_a_letter_that_was_changed_on_the_disk_does_not_leave_and_is_not_tried_again_by_itself(
    folder: WorkingFolder,
) -> None:
    with opened(folder) as office:
        register(office, received())
        (paper,) = prepare_idva_referrals(office)
        place_of(office, paper).write_bytes(b"changed")
        outcome = send_approved(office, outbox := MemoryOutbox())
        assert (outbox.letters, states(office)) == ([], ["prepared"])
        assert "The referral to the IDVA service for idva (case M26-0001) does not leave." in outcome.failed[0]
        assert "To make it anew: marac run" in outcome.failed[0]
        assert send_approved(office, outbox).failed == ()
