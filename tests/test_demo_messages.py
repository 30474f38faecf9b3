"""The invented mail of `marac demo`: complete, steady, and nobody's."""

import datetime as dt
import email
import email.policy
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple
from email.message import Message
from importlib.resources import files

import pikepdf
import pytest

from marac.demo.actions import ACTIONS, ADDED_ACTION, CONFLICT, DECISIONS, EARLIER_ACTION, NOTED
from marac.demo.agencies import AGENCIES
from marac.demo.messages import MAKES_A_CASE, PASSWORD, Invented, earlier_messages, fortnight_messages
from marac.demo.people import households
from marac.demo.referrals import referral
from marac.demo.what_agencies_say import FORMS, LINES
from marac.document import PDF, WORD

FIRST_DAY = dt.date(2026, 3, 2)
HEARD_ON = dt.date(2025, 8, 6)
FICTIONAL = re.compile(r"07700900\d{3}|01632960\d{3}")
PHONE = re.compile(r"(?<![\w/.-])0\d(?:[ -]?\d){8,9}(?!\d)")
REAL_POSTCODE_AREAS = (
    " AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK "
    "FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP "
    "NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W "
    "WA WC WD WF WN WR WS WV YO ZE "
)


@pytest.fixture(scope="module")
def fortnight() -> tuple[Invented, ...]:
    return fortnight_messages(FIRST_DAY, HEARD_ON)


@pytest.fixture(scope="module")
def everything(fortnight: tuple[Invented, ...]) -> tuple[Invented, ...]:
    return (*earlier_messages(HEARD_ON), *fortnight)


def opened(message: Invented) -> Message:
    return email.message_from_bytes(message.raw, policy=email.policy.compat32)


def parts(message: Invented) -> Iterator[tuple[str, str | None, bytes]]:
    for part in opened(message).walk():
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            yield part.get_content_type(), part.get_filename(), payload


def words(message: Invented) -> str:
    told = [message.raw.decode("ascii")]
    told += [content.decode("utf-8") for kind, _, content in parts(message) if kind.startswith("text/")]
    return "\n".join(told)


def named(messages: tuple[Invented, ...], name: str) -> Invented:
    return next(message for message in messages if message.name == name)


def test_the_fortnight_has_more_than_twenty_messages_in_order_of_arrival(fortnight: tuple[Invented, ...]) -> None:
    assert len(fortnight) == 25
    assert [message.received for message in fortnight] == sorted(message.received for message in fortnight)
    assert all(message.received.weekday() < 5 for message in fortnight)


def test_names_and_message_ids_are_unique_but_for_the_message_that_is_delivered_twice(
    everything: tuple[Invented, ...],
) -> None:
    assert len({message.name for message in everything}) == len(everything)
    ids = Counter(opened(message)["Message-ID"] for message in everything)
    twice = next(message for message in everything if message.expectation == "same message")
    assert [identity for identity, count in ids.items() if count > 1] == [opened(twice)["Message-ID"]]
    assert twice.twin is not None
    assert twice.raw == named(everything, twice.twin).raw
    assert twice.received > named(everything, twice.twin).received


def test_the_same_dates_make_the_same_bytes(everything: tuple[Invented, ...]) -> None:
    again = (*earlier_messages(HEARD_ON), *fortnight_messages(FIRST_DAY, HEARD_ON))
    assert [message.sha256 for message in again] == [message.sha256 for message in everything]


def test_other_dates_move_every_message(fortnight: tuple[Invented, ...]) -> None:
    week = dt.timedelta(days=7)
    later = fortnight_messages(FIRST_DAY + week, HEARD_ON + week)
    assert [message.received - week for message in later] == [message.received for message in fortnight]
    assert not {message.sha256 for message in later} & {message.sha256 for message in fortnight}


def test_messages_are_well_formed_and_dated_as_received(everything: tuple[Invented, ...]) -> None:
    for message in everything:
        assert not opened(message).defects
        assert all(not part.defects for part in opened(message).walk())
        if message.expectation != "same message":
            assert email.utils.parsedate_to_datetime(opened(message)["Date"]) == message.received


def test_every_expectation_that_a_coordinator_meets_is_in_the_mail(fortnight: tuple[Invented, ...]) -> None:
    counted = Counter(message.expectation for message in fortnight)
    assert counted.pop("referral") == 12
    assert counted.pop("no referral") == 2
    assert set(counted.values()) == {1}
    assert len(counted) == 11


def test_every_form_format_is_in_the_mail(fortnight: tuple[Invented, ...]) -> None:
    names = {name or "" for message in fortnight for _, name, _ in parts(message)}
    assert {name.rpartition(".")[2] for name in names} == {"", "docx", "pdf", "xlsx", "png", "zip"}
    assert [name for _, name, _ in parts(named(fortnight, "06-mental-health-referral")) if name] == [
        "Referral N.docx",
        "Dash N.docx",
    ]


def test_no_address_leads_out_of_the_invented_world(everything: tuple[Invented, ...]) -> None:
    text = "\n".join(words(message) for message in everything)
    for data in ("people.toml", "referrals.toml", "messages.toml"):
        text += files("marac.demo").joinpath(data).read_text(encoding="utf-8")
    addresses = re.findall(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*", text)
    assert len(addresses) > 50
    assert all(address.endswith(".example") for address in addresses)


def test_no_telephone_number_can_ring_anywhere(everything: tuple[Invented, ...]) -> None:
    text = "\n".join(content for message in everything for content in words(message).splitlines() if " " in content)
    found = {re.sub(r"\D", "", number) for number in PHONE.findall(text)}
    for message in everything:
        if message.referral:
            referral_phones = [message.referral.referrer.phone, message.referral.victim.phone]
            found |= {phone for phone in referral_phones if phone}
    assert len(found) > 20
    assert all(FICTIONAL.fullmatch(number) for number in found)


def test_postcodes_have_the_right_form_in_an_area_that_does_not_exist() -> None:
    homes = households().values()
    postcodes = [home.victim.postcode for home in homes]
    postcodes += [person.postcode for home in homes for person in home.perpetrators if person.postcode]
    assert len(postcodes) > 30
    assert all(re.fullmatch(r"CD[1-9] [0-9][ABD-HJLNP-UW-Z]{2}", postcode or "") for postcode in postcodes)
    assert " CD " not in REAL_POSTCODE_AREAS


def test_a_second_agency_spells_the_names_differently_and_exchanges_day_and_month(
    fortnight: tuple[Invented, ...],
) -> None:
    second = next(message for message in fortnight if message.expectation == "duplicate")
    first = named(fortnight, second.twin or "")
    assert first.referral is not None
    assert second.referral is not None
    ours, theirs = first.referral, second.referral
    assert ours.victim.name != theirs.victim.name
    assert ours.perpetrators[0].name != theirs.perpetrators[0].name
    assert ours.referrer.agency != theirs.referrer.agency
    born, written = ours.victim.date_of_birth, theirs.victim.date_of_birth
    assert born is not None
    assert written is not None
    assert (born.day, born.month, born.year) == (written.month, written.day, written.year)


def test_the_repeat_names_the_meeting_that_heard_the_couple_before(everything: tuple[Invented, ...]) -> None:
    repeat = next(message for message in everything if message.expectation == "repeat")
    before = named(everything, repeat.twin or "")
    assert repeat.referral is not None
    assert before.referral is not None
    assert repeat.referral.criteria.previous_date == HEARD_ON
    assert repeat.referral.victim == before.referral.victim
    assert before.received.date() < HEARD_ON


def test_one_victim_is_fifteen_whenever_the_demo_is_run(fortnight: tuple[Invented, ...]) -> None:
    young = next(message for message in fortnight if message.expectation == "under age")
    told = [young.referral, referral("garside-childrens", dt.date(2031, 12, 29))]
    for form in told:
        assert form is not None
        assert form.date is not None
        assert form.victim.date_of_birth is not None
        age = form.date - form.victim.date_of_birth
        assert dt.timedelta(days=15 * 365.25) < age < dt.timedelta(days=15.9 * 365.25)


def test_stated_score_and_ticks_disagree_in_one_form_alone(everything: tuple[Invented, ...]) -> None:
    told = [(message, message.referral) for message in everything if message.referral]
    disagreeing = [
        message.expectation
        for message, referral in told
        if referral.checklist.ticks is not None and referral.checklist.ticks != referral.criteria.score
    ]
    assert disagreeing == ["score disagrees"]


def test_a_case_below_the_threshold_meets_no_other_criterion(fortnight: tuple[Invented, ...]) -> None:
    below = next(message for message in fortnight if message.expectation == "below threshold").referral
    assert below is not None
    assert below.checklist.ticks == 8
    criteria = below.criteria
    assert (criteria.professional_judgement, criteria.visible_high_risk, criteria.escalation, criteria.repeat) == (
        False,
        False,
        False,
        False,
    )


def test_the_automatic_reply_says_that_it_is_one(fortnight: tuple[Invented, ...]) -> None:
    reply = next(message for message in fortnight if message.expectation == "automatic reply")
    assert opened(reply)["Auto-Submitted"] == "auto-replied"


def test_a_forwarded_message_holds_the_first_one_whole(fortnight: tuple[Invented, ...]) -> None:
    inner = [part for part in opened(named(fortnight, "18-council-forward")).walk() if part.get_content_type() == WORD]
    kinds = [part.get_content_type() for part in opened(named(fortnight, "18-council-forward")).walk()]
    assert "message/rfc822" in kinds
    assert len(inner) == 1


def test_a_picture_in_a_signature_is_inline_and_no_attachment(fortnight: tuple[Invented, ...]) -> None:
    pictures = [
        part for message in fortnight for part in opened(message).walk() if part.get_filename("") == "image001.png"
    ]
    assert [part.get_content_disposition() for part in pictures] == ["inline"]


def test_a_zipped_form_can_be_taken_out(fortnight: tuple[Invented, ...]) -> None:
    archive = next(
        content for kind, _, content in parts(named(fortnight, "19-adults-referral")) if kind == "application/zip"
    )
    with zipfile.ZipFile(io.BytesIO(archive)) as opened_archive:
        assert opened_archive.testzip() is None
        assert opened_archive.namelist() == ["referral/MARAC referral form.docx"]


def test_the_locked_form_opens_with_its_password_alone(fortnight: tuple[Invented, ...]) -> None:
    locked = next(message for message in fortnight if message.expectation == "locked")
    form = next(content for kind, _, content in parts(locked) if kind == PDF)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(form))
    with pikepdf.open(io.BytesIO(form), password=PASSWORD) as pdf:
        assert len(pdf.pages) > 0
    assert PASSWORD in words(named(fortnight, "21-mental-health-password"))


def test_eight_agencies_sit_at_the_meeting_and_every_one_has_an_action(fortnight: tuple[Invented, ...]) -> None:
    assert len(AGENCIES) == 8
    assert {action.agency for action in ACTIONS} == {agency.id for agency in AGENCIES}
    assert all(agency.email.rpartition("@")[2] in agency.domains for agency in AGENCIES)
    cases = {message.name for message in fortnight if message.expectation in MAKES_A_CASE}
    assert {action.message for action in ACTIONS} <= cases


def test_decisions_are_about_cases_and_carry_their_reason(fortnight: tuple[Invented, ...]) -> None:
    cases = {message.name for message in fortnight if message.expectation in MAKES_A_CASE}
    assert {decision.message for decision in DECISIONS} < cases
    assert {decision.other for decision in DECISIONS if decision.other} <= cases
    assert all(bool(decision.other) == (decision.kind in {"same-as", "not-same-as"}) for decision in DECISIONS)
    assert {decision.kind for decision in DECISIONS} == {"hear", "not-heard", "same-as", "not-same-as"}
    assert all(decision.reason and decision.by for decision in DECISIONS)


def test_what_agencies_say_is_about_cases_and_only_one_line_names_two(fortnight: tuple[Invented, ...]) -> None:
    cases = {message.name for message in fortnight if message.expectation in MAKES_A_CASE}
    named = [re.findall(r"\{(.+?)\}", line) for lines in LINES.values() for line in lines]
    assert {name for names in named for name in names} <= cases
    assert sorted(map(len, named))[-2:] == [1, 2]
    assert {answer.message for told in FORMS.values() for answer in told} | set(NOTED) <= cases
    assert {CONFLICT.message, ADDED_ACTION.message} <= cases
    assert {*FORMS, *LINES} | {"probation"} == {*(agency.id for agency in AGENCIES), "housing.senior"}


def test_no_action_decision_or_answer_names_a_person_or_an_address() -> None:
    said = [action.text + action.risk + action.done for action in (*ACTIONS, ADDED_ACTION, EARLIER_ACTION)]
    said += [decision.reason for decision in DECISIONS] + list(NOTED.values())
    said += [line for lines in LINES.values() for line in lines]
    said += [" ".join(astuple(answer)[1:]) for told in FORMS.values() for answer in told]
    told = " ".join(said)
    for home in households().values():
        names = [person.name for people in ((home.victim,), home.perpetrators, home.children) for person in people]
        assert not any(re.search(rf"\b{re.escape(word)}\b", told) for name in names for word in (name or "").split())
        assert home.victim.address is not None
        assert home.victim.address.partition(",")[0] not in told
