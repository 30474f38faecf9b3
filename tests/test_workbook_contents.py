import contextlib
import dataclasses
import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from marac.intake.originals import Originals
from marac.register.actions import add_action
from marac.register.cases import add_case, add_source
from marac.register.deliveries import add_delivery, add_parts
from marac.register.face import add_generation, newest_generations, register_contents
from marac.register.schema import workbook_conflicts
from marac.register.store import Store
from marac.register.workbook.contents import Generation, RegisterContents
from marac.settings import Settings, settings_from
from marac.settings.shape import Database
from tests import invented_cases
from tests.opened_workbook import cells, opened
from tests.register_databases import new_database

pytestmark = pytest.mark.both_databases

Opens = Callable[..., Store]
NOW = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
FORM = b"PK\x03\x04 word/ an invented form"


def settings_of(folder: Path, **folders: str) -> Settings:
    """The settings of a MARAC called north, with its folders where the caller says."""
    lines = ["[marac]", 'name = "North MARAC"', 'id = "north"', 'email = "marac@north.example"', "[folders]"]
    lines += [f'{name} = "{place}"' for name, place in folders.items()]
    folder.mkdir(exist_ok=True)
    config = folder / "config.toml"
    config.write_text("\n".join(lines), encoding="utf-8")
    (folder / "agencies.toml").write_text("", encoding="utf-8")
    return settings_from(config)


def with_form(store: Store, originals: Originals, reference: str, content: bytes = FORM) -> str:
    """Enter a case that came by mail with a form; the form's sha256."""
    sha256 = originals.keep(content)
    with store.changing() as connection:
        add_case(connection, dataclasses.replace(invented_cases.case(reference), flags=()))
        values = {"mailbox": "in", "item": reference, "sha256": sha256, "received": NOW.date(), "stored_at": NOW}
        delivery = add_delivery(connection, values)
        part = {"sha256": sha256, "source": "a form", "media_type": "application/x", "role": "form"}
        add_parts(connection, delivery.id, [part])
        add_source(connection, reference, delivery.id, 1, "referral")
    return sha256


def shown(store: Store, settings: Settings) -> RegisterContents:
    with store.reading() as connection:
        return register_contents(connection, settings, settings.folders.store / "originals", NOW.replace(tzinfo=None))


@pytest.fixture
def opens() -> Iterator[Opens]:
    """Opens stores, and closes them when the test is over."""
    with contextlib.ExitStack() as stack:

        def opening(settings: Settings, marac: str = "north", database: Database | None = None) -> Store:
            store = Store(settings.folders.store, database or new_database(), marac)
            stack.callback(store.close)
            return store

        yield opening


def test_a_case_names_its_form_as_seen_from_the_workbook(tmp_path: Path, opens: Opens) -> None:
    settings = settings_of(tmp_path / "marac", register="team/register.xlsx")
    store = opens(settings)
    sha256 = with_form(store, Originals(settings.folders.store / "originals"), "M26-0001")
    (registered,) = shown(store, settings).cases
    assert registered.source == f"../store/originals/{sha256[:2]}/{sha256}.docx"
    assert (settings.folders.register_workbook.parent / registered.source).resolve().read_bytes() == FORM


def test_a_case_without_a_form_on_the_disk_has_no_link(tmp_path: Path, opens: Opens) -> None:
    settings = settings_of(tmp_path / "marac")
    store = opens(settings)
    with store.changing() as connection:
        add_case(connection, invented_cases.case())
    (registered,) = shown(store, settings).cases
    assert registered.source is None
    assert cells(opened(shown(store, settings))["Cases"])[0]["Form"].hyperlink is None


def test_a_workbook_shows_its_own_maracs_cases_messages_actions_and_conflicts_alone(
    tmp_path: Path, opens: Opens
) -> None:
    settings = settings_of(tmp_path / "marac")
    database = new_database()
    originals = Originals(settings.folders.store / "originals")
    north = opens(settings, "north", database)
    with_form(north, originals, "M26-0001")
    south = opens(settings, "south", database)
    with_form(south, originals, "M26-0002")
    for store, reference in ((north, "M26-0001"), (south, "M26-0002")):
        with store.changing() as connection:
            add_action(connection, reference, "police", NOW.date(), "Visit.", NOW.date())
            conflict = {"case": reference, "sheet": "Cases", "key": reference, "column": "Phone", "found_at": NOW}
            words = {"was": "a", "typed": "b", "holds": "c", "typed_by": "J. Marsh"}
            connection.execute(insert(workbook_conflicts).values(conflict | words))
            connection.execute(insert(workbook_conflicts).values(conflict | words | {"settled": "typed"}))
            add_generation(connection, Generation(reference, "0" * 64))
    register = shown(north, settings)
    assert [each.case.reference for each in register.cases] == ["M26-0001"]
    assert [message.cases for message in register.messages] == [("M26-0001",)]
    assert [action.case for action in register.actions] == ["M26-0001"]
    assert [(each.key, each.typed, each.holds, each.by) for each in register.conflicts] == [
        ("M26-0001", "b", "c", "J. Marsh")
    ]
    with north.reading() as connection:
        assert [each.id for each in newest_generations(connection)] == ["M26-0001"]


def test_on_windows_a_store_on_another_drive_is_named_in_full(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, opens: Opens
) -> None:
    def other_drive(_path: object, _start: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    settings = settings_of(tmp_path / "marac")
    store = opens(settings)
    with_form(store, Originals(settings.folders.store / "originals"), "M26-0001")
    monkeypatch.setattr(os.path, "relpath", other_drive)
    (registered,) = shown(store, settings).cases
    assert registered.source is not None
    assert Path(registered.source).is_absolute()
