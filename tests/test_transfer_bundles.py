"""The machine part of a transfer: the same again on the other side, and nothing that a hostile sender puts there."""

import dataclasses
import datetime as dt
import json
from typing import Any

import pytest

from marac.action import Action
from marac.errors import UsageError
from marac.fortnight import CaseMinutes
from marac.referral import Evidence, Problem, Reading
from marac.transfers.bundle import Bundle, bundle_file, bundle_from, bundle_of, is_machine_part, receipt_numbers_in
from marac.transfers.handed_over import machine_readings, readings_of
from marac.transfers.parcel import parcel
from tests.invented_cases import case, children, referral

HEARD = dt.date(2026, 9, 3)


def bundle() -> Bundle:
    reading = Reading(
        "referral",
        referral(children=children()),
        {"victim.name": Evidence("Siân Gwynfryn-Hughes", "table 1, row 2", 0.9)},
        (Problem("unclear", "victim.phone", "The telephone number is hard to read."),),
    )
    heard = case(state="heard", meeting=HEARD, reading=reading)
    action = Action(1, "M26-0001", "police", HEARD, "Place a marker.", note="Done at once.", outcome="done")
    minutes = CaseMinutes(HEARD, "M26-0001", "Stalking.", "Visits.")
    return bundle_of(
        (heard,), (action,), (minutes,), {"police": "The Police"},
        sender="Carrowdale MARAC", email="marac@carrowdale.example", reason="The victim has moved.",
    )  # fmt: skip


def changed(**values: Any) -> bytes:
    record = json.loads(bundle_file(bundle()).content)
    return json.dumps({**record, **values}).encode()


def with_referral(**values: Any) -> bytes:
    """The machine part with other values at the top of its referral record."""
    [record] = json.loads(bundle_file(bundle()).content)["referrals"]
    return changed(referrals=[{**record, **values}])


def test_a_bundle_comes_back_as_it_went_and_is_always_the_same_bytes() -> None:
    assert bundle_from(bundle_file(bundle()).content) == bundle()
    assert bundle_file(bundle()) == bundle_file(bundle())
    [reading] = bundle_from(bundle_file(bundle()).content).readings
    assert reading.referral == referral(children=children())
    packed = [parcel("transfer.zip", bundle_file(bundle()), bundle_file(bundle())).sha256 for _ in range(2)]
    assert packed[0] == packed[1]


def test_what_the_form_says_of_another_marac_is_kept_and_what_it_leaves_out_is_filled_in() -> None:
    [reading] = readings_of(bundle())
    assert reading.referral.criteria.other_marac == "Carrowdale MARAC"
    assert (
        reading.evidence["victim.name"].where
        == "table 1, row 2 (the transfer from Carrowdale MARAC; look at the letter)"
    )
    form = referral()
    said = dataclasses.replace(form, criteria=dataclasses.replace(form.criteria, other_marac="Southtown"))
    told = bundle()
    record = {**told.referrals[0], "referral": json.loads(json.dumps(_record(said)))}
    [kept] = readings_of(told.model_copy(update={"referrals": (record,)}))
    assert kept.referral.criteria.other_marac == "Southtown"
    assert kept.referral.criteria.previous_reference == "M26-0001"


def _record(form: Any) -> Any:
    from marac.record import to_record

    return to_record(Reading("referral", form))["referral"]


_MANY = [{"name": "A"}] * 500
HOSTILE = {
    "not JSON": b"PK\x03\x04",
    "nothing": b"",
    "nested for ever": b"[" * 200_000,
    "nested in a record": with_referral(evidence=json.loads("[" * 90 + "]" * 90)),
    "too large": b" " * 5_000_001,
    "another version": changed(marac_transfer=2),
    "a field too many": changed(run="calc.exe"),
    "no referral": changed(referrals=[]),
    "a referral that is none": changed(referrals=[{"kind": "other"}]),
    "an unreadable one": with_referral(kind="unreadable"),
    "an answer of an agency": with_referral(reply={"cases": []}),
    "hundreds of people": with_referral(referral={"perpetrators": _MANY}),
    "a number that never ends": with_referral(
        evidence={"victim.name": {"text": "A", "where": "B", "confidence": 1e999}}
    ),
    "a place that is none": with_referral(evidence={"__class__.name": {"text": "A", "where": "B", "confidence": 1}}),
    "a problem nowhere": with_referral(problems=[{"code": "missing", "path": "victim.shoe", "message": "A"}]),
    "a zero character": changed(reason="moved\0away"),
    "a name turned round": changed(sender="Northtown\u202eCARAM"),
    "no sender": changed(sender=" "),
    "a long reference": changed(case="M" * 21),
    "thousands of days": changed(heard=["2026-09-03"] * 5000),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_machine_part_is_refused_without_its_contents(content: bytes) -> None:
    with pytest.raises(UsageError) as refused:
        bundle_from(content)
    assert "Gwynfryn" not in str(refused.value)
    [reading] = machine_readings(content)
    assert reading.kind == "unreadable"


def test_the_machine_part_is_known_by_its_name_wherever_it_lies() -> None:
    for name in ("marac-transfer.json", "transfer.zip/marac-transfer.json", "a.zip/b/marac-transfer (1).json"):
        assert is_machine_part(name)
    for name in (
        "transfer.json",
        "marac-transfer.json/form.docx",
        "marac-transfer.json.docx",
        "my-marac-transfer.json",
    ):
        assert not is_machine_part(name)


def test_receipt_numbers_are_found_among_other_words() -> None:
    text = "Thank you. 0123456789abcdef is here, and FEDCBA9876543210; not 0123456789abcdef0 or 2026."
    assert receipt_numbers_in(text) == ("0123456789abcdef", "fedcba9876543210")


def test_whatever_a_case_was_read_from_its_bundle_can_be_read_over_there() -> None:
    odd = Reading(
        "other", referral(), {"row 4": Evidence("A", "sheet 1", 1.0)}, (Problem("unclear", "shoe", "Hard to read."),)
    )
    sent = bundle_of(
        (case(reading=odd, agency="Homes\u202e\n" + "x" * 400),), (), (), {}, sender="A", email="a@a.example", reason=""
    )
    [reading] = bundle_from(bundle_file(sent).content).readings
    assert reading.problems[0].message == "Hard to read."
