"""What is the database's own: where a file may stand, its journal, what no text may hold, and what counts as a change."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from sqlalchemy import delete, insert, update

from marac.errors import StoreError
from marac.register import cases, revisions
from marac.register.databases.shares import Mount, mounts_of, on_share, refuse_share
from marac.register.databases.sqlite import journal
from marac.register.databases.texts import storable
from marac.register.deliveries import deliveries_called
from marac.register.schema import cases as schema_cases
from marac.register.schema import flags, metadata, passes
from marac.register.store import Store
from tests.invented_mail import an_intake, deliveries_in, mail, taken_in, typed
from tests.register_databases import new_database
from tests.test_store import CASE, MOMENT, READING

MOUNTS = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:25 / /mnt/team\\040drive rw,relatime shared:9 - cifs //files.council.example/team rw
31 22 0:26 / /home rw,relatime shared:10 master:2 - nfs4 files:/home rw
32 31 254:1 / /home/marac rw,relatime - ext4 /dev/vdb rw
33 22 0:27 / /srv rw,relatime - ext4 /dev/vdc rw
34 33 0:28 / /srv rw,relatime - fuse.sshfs marac@files: rw
"""


def writes(store: Store, reference: str = "M26-0001") -> None:
    with store.changing() as connection:
        cases.add_case(connection, replace(CASE, reference=reference))


# ---- a network share ----


@pytest.mark.parametrize(
    ("folder", "shared"),
    [
        ("/mnt/team drive/marac/store", True),
        ("/mnt/team drive", True),
        ("/mnt/team", False),
        ("/home/anna/store", True),
        ("/home/marac/store", False),
        ("/srv/marac", True),
        ("/var/lib/marac", False),
    ],
)
def test_a_folder_on_a_network_share_is_told_by_what_is_mounted_there(folder: str, shared: bool) -> None:
    assert on_share(PurePosixPath(folder), mounts_of(MOUNTS)) is shared


@pytest.mark.parametrize(
    ("folder", "shared"),
    [
        (r"\\files\team\marac", True),
        ("//files/team/marac", True),
        (r"\\?\UNC\files\team\marac", True),
        (r"\\?\C:\marac", False),
        (r"Z:\marac\store", True),
        (r"C:\marac\store", False),
    ],
)
def test_on_windows_a_share_has_a_servers_name_or_a_drive_letter_of_its_own(folder: str, shared: bool) -> None:
    drives = (Mount(PureWindowsPath("C:\\"), "local"), Mount(PureWindowsPath("Z:\\"), "remote"))
    assert on_share(PureWindowsPath(folder), drives) is shared


def test_a_register_in_a_file_is_not_begun_on_a_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"1 1 0:1 / {tmp_path}/team rw - cifs //files/team rw\n", encoding="utf-8")
    monkeypatch.setattr("marac.register.databases.shares._MOUNTS", mounts)
    with pytest.raises(StoreError, match="PostgreSQL"):
        Store(tmp_path / "team" / "store")
    (tmp_path / "link").symlink_to(tmp_path / "team")
    with pytest.raises(StoreError, match="network share"):
        refuse_share(tmp_path / "link" / "store")
    Store(tmp_path / "here").close()


# ---- SQLite ----


def test_a_write_ahead_log_is_used_only_where_two_connections_cannot_corrupt_it() -> None:
    assert journal((3, 40, 1)) == journal((3, 51, 2)) == ("delete", "EXTRA")
    assert journal((3, 51, 3)) == journal((3, 53, 0)) == ("wal", "FULL")


def test_a_database_that_a_newer_sqlite_left_with_a_write_ahead_log_is_brought_back(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    writes(store)
    path = store.folder / "marac.db"
    with closing(sqlite3.connect(path)) as newer:
        assert newer.execute("PRAGMA journal_mode=WAL").fetchone() == ("wal",)
        newer.execute("UPDATE cases SET state = 'received'")
        newer.commit()
    with store.reading() as connection:
        assert cases.every_case(connection)[0].state == "received"
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == journal(sqlite3.sqlite_version_info)[0]
    store.close()


def test_beside_a_newer_sqlite_with_a_write_ahead_log_an_older_one_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marac.register.databases.sqlite._WHOLE_WAL", (999,))  # ours is an older one
    Store(tmp_path / "store").close()
    with closing(sqlite3.connect(tmp_path / "store" / "marac.db")) as newer:
        newer.execute("PRAGMA journal_mode=WAL")
        newer.execute("SELECT * FROM cases")
        with pytest.raises(StoreError, match="locked"):
            Store(tmp_path / "store", wait_seconds=0.1)
    Store(tmp_path / "store", wait_seconds=0.1).close()


def test_a_full_disk_stops_loudly_and_changes_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    long_form = replace(READING, referral=replace(READING.referral, reason="word " * 100_000))

    def write() -> None:
        with store.changing() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 80")  # SQLite's own way of having no room
            cases.add_case(connection, replace(CASE, reading=long_form))

    with pytest.raises(StoreError, match="disk is full"):
        write()
    with store.reading() as connection:
        assert cases.every_case(connection) == ()


def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir(mode=0o700)
    (folder / "marac.db").write_bytes(b"a letter, not a database " * 100)
    with pytest.raises(StoreError, match="from the backup"):
        Store(folder)


# ---- what both keep ----


def test_what_no_database_can_keep_in_a_text_is_marked() -> None:
    assert storable("Siân\0O'Connor \udc80") == "Siân\N{REPLACEMENT CHARACTER}O'Connor \N{REPLACEMENT CHARACTER}"
    assert storable("Siân \N{GRINNING FACE}") == "Siân \N{GRINNING FACE}"


@pytest.mark.both_databases
def test_a_mail_that_is_made_to_break_the_database_is_taken_in_like_any_other(tmp_path: Path) -> None:
    long_id = f"<{'é' * 3000}@carrowdale-school.example>"
    raw = mail(typed(), message_id="<x>").replace(b"Message-ID: <x>", b"Message-ID: " + long_id.encode())
    raw = raw.replace(b"Content-Type: text/plain", b"Content-Type: text/" + b"x" * 700)
    second = mail("Zero \0 and half a pair \\ud800.", {"\0form.docx": b"not a form"}, message_id="<second@x.example>")
    with an_intake(tmp_path) as intake:
        taken_in(intake, raw, second, raw)
        assert [delivery.terminal for delivery in deliveries_in(intake)] == [True, True, True]
        with intake.store.reading() as connection:
            known = deliveries_in(intake)[0].message_id
            assert known is not None
            assert len(deliveries_called(connection, [known])) == 2
            assert deliveries_called(connection, [known[:-1]]) == ()


@pytest.mark.both_databases
def test_the_revision_counts_the_transactions_that_change_what_the_workbook_shows(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", new_database())
    counted = []

    def now() -> int:
        with store.reading() as connection:
            return store.revision(connection)

    writes(store)
    counted.append(now())
    with store.changing() as connection:  # nothing that anybody sees
        connection.execute(insert(passes).values(started=MOMENT))
        connection.execute(update(schema_cases).where(schema_cases.c.reference == "M26-0009").values(state="heard"))
        cases.every_case(connection)
    counted.append(now())
    with pytest.raises(StoreError):
        writes(store)  # the same reference once more
    counted.append(now())
    with store.changing() as connection:
        connection.execute(update(schema_cases).values(state="heard"))
        connection.execute(delete(flags))
    counted.append(now())
    store.close()
    assert counted == [1, 1, 1, 2]


def test_every_table_that_the_workbook_shows_is_watched() -> None:
    assert set(metadata.tables) >= revisions._SHOWN >= {"cases", "flags", "decisions", "actions", "deliveries"}
