"""Acknowledgements: one for each message of a listed agency, never to a program, and nothing in them but references."""

import dataclasses
import datetime as dt
import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Literal

import pytest

from marac.answers import why_not_answered, write_answers
from marac.case import Case, Decision, Flag
from marac.errors import StoreError
from marac.fortnight import Interest
from marac.intake.pipeline import Intake
from marac.intake.reading.reader import Reader
from marac.mailbox.memory import MemoryInbox
from marac.office import Office, open_office
from marac.referral import Problem
from marac.register.cases import add_case, add_decision, add_source, every_case, set_flags
from marac.register.deliveries import add_delivery, every_delivery, set_state
from marac.register.interests import add_interest
from marac.register.outgoing import Outgoing, OutgoingState, change_outgoing, outgoing_in
from marac.register.trail import trail
from marac.settings.shape import Acknowledgements
from tests import invented_cases
from tests.working_folder import AFTER_CUT_OFF, some_mail, working_folder

pytestmark = pytest.mark.both_databases

NOON = dt.datetime.combine(AFTER_CUT_OFF, dt.time(12), dt.UTC)
SENDER = "karim.benali@weirbankhomes.example"
MESSAGE_ID = "<AM0PR01.1234@weirbankhomes.example>"
STATES: tuple[OutgoingState, ...] = ("draft", "approved", "sending", "sent", "retry", "failed", "unknown")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = working_folder(tmp_path)
    with open_office(made.path / "config.toml", AFTER_CUT_OFF, lambda: NOON) as opened:
        yield opened


def message(office: Office, *cases: Case, role: str = "referral", **changes: Any) -> int:
    """A concluded message of a listed agency, with the cases that it brought; `changes` are columns of its row."""
    with office.store.changing() as connection:
        number = len(every_delivery(connection)) + 1
        values = {
            "mailbox": "inbox",
            "item": str(number),
            "sha256": f"{number:064}",
            "message_id": MESSAGE_ID.replace("1234", f"{1233 + number}"),
            "received": office.today,
            "stored_at": NOON,
            "sender": SENDER,
            "sender_check": "not checked",
        }
        disposition, state = changes.pop("disposition", "new_referral"), changes.pop("state", "done")
        delivery = add_delivery(connection, {**values, **changes})
        known = {case.reference for case in every_case(connection)}
        for case in cases or (invented_cases.case(f"M26-{number:04}"),):
            if case.reference not in known:
                add_case(connection, case)
            add_source(connection, case.reference, delivery.id, None, role)
        set_state(connection, delivery.id, state, disposition)
        return delivery.id


def answers(office: Office) -> tuple[Outgoing, ...]:
    with office.store.reading() as connection:
        return outgoing_in(connection, STATES)


def written(office: Office, answer: Outgoing) -> EmailMessage:
    raw = office.originals.path(answer.sha256).read_bytes()
    found = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def with_rules(office: Office, **rules: Any) -> Office:
    acknowledgements = Acknowledgements(**rules)
    return dataclasses.replace(
        office, settings=office.settings.model_copy(update={"acknowledgements": acknowledgements})
    )


def test_a_referral_of_a_listed_agency_is_answered_by_a_draft(office: Office) -> None:
    number = message(office)
    assert write_answers(office) == 1
    (answer,) = answers(office)
    assert (answer.kind, answer.delivery, answer.recipient) == ("acknowledgement", number, SENDER)
    assert (answer.state, answer.approved_by, answer.attempts) == ("draft", None, 0)
    told = written(office, answer)
    assert told["To"] == SENDER
    assert told["From"] == "marac@carrowdale.example"
    assert told["Subject"] == "MARAC referral M26-0001 received"
    assert told["Message-ID"] == answer.message_id
    assert parsedate_to_datetime(told["Date"]) == NOON


def test_the_answer_stands_beside_its_message_and_no_program_answers_it(office: Office) -> None:
    message(office)
    write_answers(office)
    told = written(office, answers(office)[0])
    assert (told["In-Reply-To"], told["References"]) == (MESSAGE_ID, MESSAGE_ID)
    assert (told["Auto-Submitted"], told["X-Auto-Response-Suppress"]) == ("auto-replied", "All")
    assert told.get_content_type() == "text/plain"


def test_a_message_without_a_usable_message_id_is_answered_all_the_same(office: Office) -> None:
    unusable = (None, "no brackets", "<a b@c>", "<a@b>\r\nBcc: x@evil.example")
    for message_id in unusable:
        message(office, message_id=message_id)
    assert write_answers(office) == len(unusable)
    for answer in answers(office):
        assert written(office, answer)["In-Reply-To"] is None
        assert written(office, answer)["Bcc"] is None


def test_a_second_run_writes_nothing(office: Office) -> None:
    message(office)
    assert (write_answers(office), write_answers(office)) == (1, 0)
    assert len(answers(office)) == 1


def test_whatever_became_of_an_answer_no_second_one_is_written(office: Office) -> None:
    message(office)
    write_answers(office)
    for state in STATES:
        with office.store.changing() as connection:
            change_outgoing(connection, 1, state=state)
        assert write_answers(office) == 0


@pytest.mark.parametrize("asked", range(1, 3))
def test_a_run_that_ended_anywhere_is_made_up_for_by_the_next(office: Office, asked: int) -> None:
    """The clock is asked for the message and for the trail; here it fails at one of them, as a kill does."""
    message(office)
    left = iter([NOON] * (asked - 1))

    def now() -> dt.datetime:
        if (moment := next(left, None)) is None:
            raise StoreError
        return moment

    with pytest.raises(StoreError):
        write_answers(dataclasses.replace(office, now=now))
    assert answers(office) == ()
    later = dataclasses.replace(office, now=lambda: NOON + dt.timedelta(hours=1))
    assert write_answers(later) == 1
    (answer,) = answers(office)
    with office.store.reading() as connection:
        assert [entry.detail for entry, _ in trail(connection) if entry.event == "answer written"] == [
            "M26-0001: draft"
        ]
    again = message(office)
    write_answers(office)
    assert answers(office)[1].delivery == again
    assert answers(office)[1].message_id != answer.message_id


NEVER_ANSWERED: tuple[dict[str, Any], ...] = (
    {"sender_check": "unknown"},
    {"sender_check": "failed"},
    {"automatic": True},
    {"bare_name": "referral.docx"},
    {"sender": None},
    {"sender": "marac@carrowdale.example"},
    {"sender": "someone@webmail.example"},
    {"sender": "someone@mail.weirbankhomes.example"},
    {"sender": "someone@weirbankhomes.example.evil.example"},
    {"sender": "no-reply@weirbankhomes.example"},
    {"sender": "mailer-daemon@weirbankhomes.example"},
    {"sender": "a@evil.example, b@weirbankhomes.example"},
    {"sender": "k\N{LATIN SMALL LETTER DOTLESS I}m@weirbankhomes.example"},
    {"sender": '"two words"@weirbankhomes.example'},
    {"reply_to": "karim@webmail.example"},
    {"reply_to": "marac.desk@carrowdale-police.example"},
    {"state": "stored"},
    {"state": "unpacked"},
    {"received": AFTER_CUT_OFF - dt.timedelta(days=15)},
    *(
        {"disposition": word}
        for word in (
            *("duplicate_message", "locked", "no_referral", "auto_reply", "bounce", "list_mail", "own_mail"),
            *(
                "link_to_open",
                "research_return",
                "action_update",
                "victim_told",
                "unreadable",
                "quarantined",
                "password",
            ),
        )
    ),
)
ANSWERED: tuple[dict[str, Any], ...] = (
    {"sender_check": "confirmed"},
    {"state": "needs_person"},
    {"received": AFTER_CUT_OFF - dt.timedelta(days=14)},
    {"reply_to": "safeguarding@weirbankhomes.example"},
    *({"disposition": word} for word in ("new_referrals", "duplicate_referral", "possible_match")),
    *({"disposition": word} for word in ("joined", "revision")),
)


def test_nobody_is_answered_who_is_not_surely_a_person_of_an_agency(office: Office) -> None:
    for changes in NEVER_ANSWERED:
        message(office, **changes)
    assert write_answers(with_rules(office, released_by="A Person")) == 0
    assert [NEVER_ANSWERED[(answer.delivery or 0) - 1] for answer in answers(office)] == []


def test_every_person_of_a_listed_agency_is_answered(office: Office) -> None:
    for changes in ANSWERED:
        message(office, **changes)
    assert write_answers(office) == len(ANSWERED)


def test_a_message_that_brought_no_case_is_not_answered(office: Office) -> None:
    with office.store.changing() as connection:
        values = {"mailbox": "inbox", "item": "1", "sha256": "0" * 64, "message_id": None, "received": office.today}
        delivery = add_delivery(connection, {**values, "stored_at": NOON, "sender": SENDER})
        set_state(connection, delivery.id, "done", "new_referral")
    assert write_answers(office) == 0


def test_copies_of_a_message_that_took_two_ways_are_answered_once(office: Office) -> None:
    case = invented_cases.case()
    message(office, case, message_id=MESSAGE_ID)
    message(office, case, message_id=MESSAGE_ID, role="again", disposition="duplicate_referral")
    assert write_answers(office) == 1
    assert write_answers(office) == 0


def test_the_area_may_want_no_answers_at_all(office: Office) -> None:
    message(office)
    assert write_answers(with_rules(office, write=False)) == 0
    assert answers(office) == ()


def test_under_a_standing_release_an_answer_is_approved_by_whoever_gave_it(office: Office) -> None:
    message(office)
    write_answers(with_rules(office, released_by="Hilary Pemberton-Shah"))
    (answer,) = answers(office)
    assert (answer.state, answer.approved_by) == ("approved", "Hilary Pemberton-Shah")


PARTY = Flag("professional is a party", "The referrer has the name of the perpetrator.", needs_decision=True)


def decide(office: Office, reference: str) -> None:
    made = Decision(reference, "hear", "Another person of that name.", "A. Person", office.today)
    with office.store.changing() as connection:
        add_decision(connection, made)


def test_no_answer_goes_to_a_professional_who_may_be_a_party_until_a_person_has_decided(office: Office) -> None:
    released = with_rules(office, released_by="A. Coordinator")
    message(released, invented_cases.case("M26-0001", flags=(PARTY,)))
    assert write_answers(released) == 0
    assert answers(released) == ()
    decide(released, "M26-0001")
    assert write_answers(released) == 1
    (answer,) = answers(released)
    assert (answer.state, answer.approved_by) == ("draft", None)  # a standing release never lets it go
    assert "only if you know that it is chance" in answer.reason


def test_it_is_enough_that_the_case_which_carries_on_for_both_is_flagged(office: Office) -> None:
    message(
        office,
        invented_cases.case("M26-0002", flags=(PARTY,)),
        invented_cases.case("M26-0001", state="joined", joined_to="M26-0002"),
    )
    assert write_answers(office) == 0


@pytest.mark.parametrize("state", ["draft", "approved", "retry"])
def test_an_answer_that_may_reach_a_party_and_has_not_left_is_taken_back_once(
    office: Office, state: OutgoingState
) -> None:
    number = message(office)
    write_answers(office)
    with office.store.changing() as connection:
        change_outgoing(connection, 1, state=state, approved_by="A. Person")
        set_flags(connection, "M26-0001", (PARTY,))
    for _ in range(2):
        write_answers(office)
        (answer,) = answers(office)
        assert (answer.state, answer.approved_by) == ("draft", None)
        assert "Nothing is sent to the referrer until you have decided" in answer.reason
    with office.store.reading() as connection:
        events = [entry.subject for entry, _ in trail(connection) if entry.event == "answer taken back"]
    assert events == [f"message {number}"]


@pytest.mark.parametrize("state", ["sent", "sending", "unknown", "failed"])
def test_what_has_left_or_may_have_is_not_taken_back(office: Office, state: OutgoingState) -> None:
    message(office)
    write_answers(office)
    with office.store.changing() as connection:
        change_outgoing(connection, 1, state=state)
        set_flags(connection, "M26-0001", (PARTY,))
    write_answers(office)
    assert [answer.state for answer in answers(office)] == [state]


def test_what_is_too_much_for_one_address_in_a_day_waits_for_a_person(office: Office) -> None:
    rules = with_rules(office, released_by="A Person", most_a_day=2)
    for _ in range(3):
        message(office)
    message(office, sender="other@weirbankhomes.example")
    write_answers(rules)
    assert [answer.state for answer in answers(office)] == ["approved", "approved", "draft", "approved"]
    assert answers(office)[2].reason == (
        "2 answers went to this address within a day, so this one waits for you to release it."
    )
    message(office)
    tomorrow = dataclasses.replace(rules, now=lambda: NOON + dt.timedelta(hours=25))
    write_answers(tomorrow)
    assert answers(office)[-1].state == "approved"


def test_a_clock_that_went_back_does_not_open_the_flood(office: Office) -> None:
    rules = with_rules(office, released_by="A Person", most_a_day=1)
    message(office)
    write_answers(rules)
    message(office)
    write_answers(dataclasses.replace(rules, now=lambda: NOON - dt.timedelta(days=3)))
    assert [answer.state for answer in answers(office)] == ["approved", "draft"]


def test_the_answer_says_what_the_message_was(office: Office) -> None:
    roles = {
        "referral": "Thank you for your referral.",
        "again": "nothing was entered twice",
        "checklist": "was added to the referral",
        "version": "A person compares the two",
    }
    for role in roles:
        message(office, role=role)
    write_answers(office)
    for answer, words in zip(answers(office), roles.values(), strict=True):
        assert words in written(office, answer).get_content()


def test_a_form_and_its_checklist_in_one_message_are_one_referral(office: Office) -> None:
    number = message(office)
    with office.store.changing() as connection:
        add_source(connection, "M26-0001", number, None, "checklist")
    write_answers(office)
    told = written(office, answers(office)[0])
    assert told["Subject"] == "MARAC referral M26-0001 received"
    assert "Thank you for your referral." in told.get_content()


def test_a_joined_case_is_told_with_the_meeting_of_the_one_that_carries_on(office: Office) -> None:
    first, second = invented_cases.joined_pair()
    message(office, first, sender="pc@carrowdale-police.example")
    message(office, dataclasses.replace(second, meeting=None))
    write_answers(office)
    told = written(office, answers(office)[1]).get_content()
    assert "M26-0005" in told
    assert "3 December 2026" in told
    assert "M26-0004" not in told


def test_nothing_of_the_people_on_the_forms_is_in_any_answer(office: Office) -> None:
    for number, case in enumerate(invented_cases.fortnight(), 1):
        message(office, telling(dataclasses.replace(case, reference=f"M26-{number:04}", joined_to=None)))
    assert write_answers(office) == len(invented_cases.fortnight())
    cases = invented_cases.fortnight()
    people = invented_cases.people_named(cases)
    private = {*people, *(part for name in people for part in name.split()), *invented_cases.contact_details(cases)}
    private |= {each for case in cases for each in (case.referral.referrer.name, case.referral.reason) if each}
    private |= {"He checks her phone", "mother-in-law", "sister", "1991", "07700", "ex-partner", "likely twin"}
    assert len(private) > 20
    for answer in answers(office):
        told = written(office, answer)
        text = f"{told['Subject']}\n{told.get_content()}".lower()
        assert "(please confirm)" in text
        assert not [each for each in private if each.lower() in text]
    with office.store.reading() as connection:
        entries = " ".join(entry.detail for entry, _ in trail(connection))
    assert SENDER not in entries


def telling(case: Case) -> Case:
    """The case with problems and flags that quote everything that its form says, as a reader's may."""
    victim = case.referral.victim
    said = f"Not read: {victim}, {victim.name}, {victim.address}, {victim.phone}, {case.referral.reason}, likely twin"
    paths = ("victim.name", "victim.phone", "perpetrators.0.address", "reason", "", "children.0.name", f"{victim.name}")
    problems = tuple(Problem("conflict", path, f"{said} {number}") for number, path in enumerate(paths))
    flags = (
        *case.flags,
        *(Flag("unclear", problem.message) for problem in problems),
        Flag("missing", f"Not on the form: {said}."),
    )
    return dataclasses.replace(case, reading=dataclasses.replace(case.reading, problems=problems), flags=flags)


def test_an_areas_own_words_are_used(office: Office) -> None:
    folder = office.settings.folders.templates
    folder.mkdir(exist_ok=True)
    text = "\N{ZERO WIDTH NO-BREAK SPACE}Annwyl gydweithiwr\n$referrals\n$missing\n$emergency\n$program\n"
    (folder / "acknowledgement.txt").write_bytes(text.encode())
    message(office)
    write_answers(office)
    assert written(office, answers(office)[0]).get_content().startswith("Annwyl gydweithiwr")


def test_a_template_that_cannot_be_used_is_not_and_the_answer_is_in_the_last_good_words(office: Office) -> None:
    folder = office.settings.folders.templates
    folder.mkdir(exist_ok=True)
    own = b"Annwyl gydweithiwr\n$referrals\n$missing\n$emergency\n$program\n"
    for content in (own, b"Dear $name", b"Dear colleague", "Annwyl Si\xe2n $referrals".encode("cp1252")):
        (folder / "acknowledgement.txt").write_bytes(content)
        message(office)
        write_answers(office)
        assert written(office, answers(office)[-1]).get_content().startswith("Annwyl gydweithiwr")


def test_a_broken_template_stops_nothing_where_no_answer_is_due(office: Office) -> None:
    folder = office.settings.folders.templates
    folder.mkdir(exist_ok=True)
    (folder / "acknowledgement.txt").write_bytes(b"Dear $name")
    assert write_answers(office) == 0


def test_of_real_messages_only_the_persons_of_the_agency_is_answered(office: Office) -> None:
    (referral,) = some_mail("10-housing-referral")
    raw = referral.raw
    others = (
        b"Auto-Submitted: auto-replied\r\nX-Autoreply: yes\r\n",  # out of office
        b"List-Id: <all.weirbankhomes.example>\r\nPrecedence: list\r\n",
        b"Authentication-Results: mx.example; dmarc=fail header.from=weirbankhomes.example\r\n",
        b"Reply-To: someone@webmail.example\r\n",
    )
    inbox = MemoryInbox()
    for number, prefix in enumerate(others):
        inbox.deliver(prefix + raw.replace(b"Message-ID: <", b"Message-ID: <%d" % number))
    inbox.deliver(raw.replace(b"weirbankhomes.example", b"webmail.example"))
    inbox.deliver(raw)
    with Reader() as reader:
        intake = Intake(office.store, office.originals, reader, office.settings, office.today, lambda: NOON)
        assert intake.sweep(inbox).taken_in == len(others) + 2
    with office.store.reading() as connection:
        assert len({delivery.message_id for delivery in every_delivery(connection)}) == len(others) + 2
    assert write_answers(office) == 1
    (answer,) = answers(office)
    assert answer.delivery == len(others) + 2
    assert written(office, answer)["To"].endswith("@weirbankhomes.example")


def hold_back(office: Office, kind: Literal["held", "cleared"] = "held") -> None:
    with office.store.changing() as connection:
        add_interest(connection, Interest("M26-0001", "housing", kind, "J. Marsh", NOON.date(), "Her brother."))


def test_nothing_is_answered_to_an_agency_from_which_the_case_is_held_back(office: Office) -> None:
    message(office)
    hold_back(office)
    assert write_answers(office) == 0
    hold_back(office, "cleared")
    assert write_answers(office) == 1


def test_an_answer_about_a_case_that_is_held_back_since_is_taken_back_and_nobody_releases_it(office: Office) -> None:
    number = message(office)
    write_answers(office)
    hold_back(office)
    write_answers(office)
    (answer,) = answers(office)
    assert (answer.state, answer.approved_by) == ("draft", None)
    assert "held back from the agency that wrote" in answer.reason
    with office.store.reading() as connection:
        assert "held back from the agency that wrote" in why_not_answered(connection, office, number)
