"""The daily digest: once a day, counts and case references alone, and `nothing arrived` in words."""

import datetime as dt
import email
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy import insert, select, update

from marac.case import Flag, FlagCode
from marac.digest import write_digest
from marac.dispatch import release, send_approved
from marac.errors import MailboxError, RefusedError
from marac.mailbox.memory import MemoryOutbox
from marac.office import Office
from marac.register.cases import add_case, add_source
from marac.register.deliveries import add_delivery, set_state
from marac.register.outgoing import Outgoing, outgoing_in
from marac.register.schema import outgoing, passes
from marac.settings.shape import Digest
from marac.triage.urgent import NEVER_THE_ALARM
from tests.invented_cases import fortnight, people_named
from tests.prepared_meetings import NOON, FaultyOutbox, opened, prepared_folder
from tests.register_databases import DatabaseKind
from tests.working_folder import AFTER_CUT_OFF, MEETING, WorkingFolder, copied

pytestmark = pytest.mark.both_databases

HOUR = dt.timedelta(hours=1)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, register_database: DatabaseKind) -> WorkingFolder:  # noqa: ARG001 - made for each
    return prepared_folder(tmp_path_factory.mktemp("original"))


@pytest.fixture
def office(original: WorkingFolder, tmp_path: Path) -> Iterator[Office]:
    with opened(copied(original, tmp_path / "marac")) as made:
        yield with_digest(made)


def with_digest(office: Office, released_by: str = "A. Coordinator", *, write: bool = True) -> Office:
    digest = Digest(write=write, hour=8, released_by=released_by)
    return replace(office, settings=office.settings.model_copy(update={"digest": digest}))


def at(office: Office, moment: dt.datetime) -> Office:
    """The same office by another clock."""
    return replace(office, now=lambda: moment)


def local(hour: int, minute: int = 0, days: int = 0) -> dt.datetime:
    return dt.datetime.combine(AFTER_CUT_OFF + dt.timedelta(days=days), dt.time(hour, minute)).astimezone(dt.UTC)


def written(office: Office) -> tuple[Outgoing, ...]:
    with office.store.reading() as connection:
        return outgoing_in(connection, ("draft", "approved", "sent"))


def text(office: Office) -> str:
    """The newest digest."""
    content = office.originals.path(written(office)[-1].sha256).read_bytes()
    told = email.message_from_bytes(content, policy=email.policy.default).get_content()
    return str(told).replace("\r\n", "\n")


def looked(office: Office, times: int, finished: dt.datetime) -> None:
    with office.store.changing() as connection:
        for _ in range(times):
            connection.execute(insert(passes).values(started=finished - HOUR, finished=finished, arrived=0))


def arrives(office: Office, number: int, moment: dt.datetime, state: str = "done") -> None:
    values = {
        "mailbox": "folder inbox",
        "item": str(number),
        "sha256": f"{number:064d}",
        "received": moment.date(),
        "stored_at": moment,
    }
    with office.store.changing() as connection:
        delivery = add_delivery(connection, values)
        set_state(connection, delivery.id, state, "new_referral")  # type: ignore[arg-type]
        if number == 1:
            add_source(connection, "M26-0001", delivery.id, None, "referral")


def test_it_is_written_once_a_day_and_not_before_its_hour(office: Office) -> None:
    assert not write_digest(at(office, local(7, 59)))
    assert write_digest(at(office, local(8)))
    assert not write_digest(at(office, local(8, 1)))
    assert not write_digest(at(office, local(23, 59)))
    assert not write_digest(at(office, local(7, days=1)))
    assert write_digest(at(office, local(9, days=1)))
    assert len(written(office)) == 2


def test_it_is_not_written_where_nobody_wants_it(office: Office) -> None:
    assert not write_digest(with_digest(office, write=False))
    assert written(office) == ()


def test_it_leaves_by_the_standing_release_of_the_person_whom_the_settings_name(office: Office) -> None:
    write_digest(with_digest(at(office, local(9)), "A Person"))
    (approved,) = written(office)
    assert (approved.state, approved.approved_by) == ("approved", "A Person")
    with pytest.raises(ValidationError, match="who lets the digest leave"):
        Digest(write=True)


def test_it_goes_from_the_marac_to_the_marac_and_no_program_answers_it(office: Office) -> None:
    released = with_digest(office, "A Person")
    write_digest(released)
    outbox = MemoryOutbox()
    assert send_approved(released, outbox).sent == 1
    message = email.message_from_bytes(outbox.letters[0].content)
    own = office.settings.marac.email
    assert (message["From"], message["To"], outbox.letters[0].recipient) == (own, own, own)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Subject"] == "MARAC digest for 20 November 2026"


def test_that_nothing_arrived_is_told_from_nobody_having_looked(office: Office) -> None:
    write_digest(at(office, local(8)))
    assert "Nobody can say whether anything arrived so far: the mailbox was not looked into." in text(office)
    looked(office, 3, local(7, days=1))
    write_digest(at(office, local(8, days=1)))
    assert "Nothing arrived since 20 November 2026 at 08:00. The mailbox was looked into 3 times" in text(office)
    assert "was finished on 21 November 2026 at 07:00." in text(office)
    write_digest(at(office, local(8, days=2)))
    assert "Nobody can say whether anything arrived since 21 November 2026 at 08:00" in text(office)


def test_it_counts_what_arrived_since_the_last_one(office: Office) -> None:
    arrives(office, 1, local(7))
    arrives(office, 2, local(7), "needs_person")
    write_digest(at(office, local(8)))
    assert "2 messages arrived so far: 1 done, 1 for a person." in text(office)
    assert "New so far: M26-0001." in text(office)
    assert "1 message waits for a person; a referral may be among them." in text(office)
    arrives(office, 3, local(9))
    write_digest(at(office, local(8, days=1)))
    assert "1 message arrived since 20 November 2026 at 08:00: 1 done, 0 for a person." in text(office)
    assert "New since 20 November 2026 at 08:00: none." in text(office)
    assert "The books of the mailbox: 3 in, 3 accounted for." in text(office)


def test_it_tells_what_became_of_the_papers_and_what_comes_next(office: Office) -> None:
    write_digest(at(office, local(8)))
    assert f"2 documents wait for release: marac meeting show {MEETING}" in text(office)
    release(office, MEETING, FaultyOutbox(RefusedError("No."), MailboxError("Busy.")), "A Person")
    write_digest(at(office, local(8, days=1)))
    assert f"1 document was refused or came back: marac meeting show {MEETING}" in text(office)
    assert "1 document was released and has not left yet" in text(office)
    assert "Thursday 26 November 2026, with 1 case listed." in text(office)
    assert "Its cut-off was Thursday 19 November 2026." in text(office)


def test_it_names_nobody(office: Office) -> None:
    arrives(office, 1, local(7))
    write_digest(office)
    assert not [name for name in people_named(fortnight()) if name in text(office)]
    assert "$" not in text(office)


def test_it_says_once_that_it_is_no_alarm_and_names_first_what_somebody_can_still_prevent(office: Office) -> None:
    codes: tuple[FlagCode, ...] = ("threats to kill", "unsafe contact")
    cases = [
        replace(one, reference=f"M26-09{number:02}", state="received", decisions=(), flags=(Flag(code, "It is so."),))
        for number, (code, one) in enumerate(zip(codes, fortnight(), strict=False))
    ]
    with office.store.changing() as connection:
        for case in cases:
            add_case(connection, case)
    write_digest(office)
    assert text(office).count(NEVER_THE_ALARM) == 1
    urgent = next(line for line in text(office).splitlines() if line.startswith("Cannot wait"))
    assert urgent.index("M26-0901") < urgent.index("M26-0900")


def test_a_run_that_was_killed_leaves_no_second_one(office: Office) -> None:
    write_digest(at(office, local(8)))
    with office.store.changing() as connection:
        before = connection.execute(select(outgoing)).all()
        connection.execute(outgoing.delete())  # killed between the message and its entry
    write_digest(at(office, local(10)))
    with office.store.reading() as connection:
        after = connection.execute(select(outgoing)).all()
    assert [row.message_id for row in after] == [row.message_id for row in before]


def test_a_clock_that_was_ahead_and_came_back_hides_nothing(office: Office) -> None:
    arrives(office, 1, local(7))
    write_digest(at(office, local(9)))
    with office.store.changing() as connection:
        connection.execute(update(outgoing).values(written_at=NOON + dt.timedelta(days=400)))
    arrives(office, 2, local(11))
    write_digest(at(office, local(9, days=1)))
    assert "2 messages arrived so far" in text(office)
