"""Whole e-mails as they come: each ends in the disposition that its truth names, with the referrals that are in it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from marac.intake.originals import Originals
from marac.intake.pipeline import Intake
from marac.intake.reading.reader import Reader
from marac.mailbox.memory import MemoryInbox
from marac.register.cases import case_named, cases_of_delivery
from marac.register.deliveries import Delivery, every_delivery
from marac.register.store import Store
from marac.settings import settings_from
from tests.invented_mail import NOON
from tests.register_databases import DatabaseKind
from tests.working_folder import AFTER_CUT_OFF, working_folder

pytestmark = pytest.mark.both_databases

MAIL = Path(__file__).parent / "mail"
NAMES = sorted(path.stem for path in MAIL.glob("*.eml"))


@cache
def truth(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((MAIL / f"{name}.truth.json").read_text(encoding="utf-8"))
    return told


@dataclass(frozen=True, slots=True)
class Morning:
    """What became of all the mails, taken in one after the other."""

    intake: Intake
    deliveries: dict[str, Delivery]

    def victims(self, name: str) -> list[str | None]:
        """Whose cases a mail is about."""
        with self.intake.store.reading() as connection:
            references = cases_of_delivery(connection, self.deliveries[name].id)
            return [case_named(connection, reference).referral.victim.name for reference in references]


@pytest.fixture(scope="module", params=["one by one", "all at once"])
def morning(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    register_database: DatabaseKind,  # noqa: ARG001 - made for each
) -> Iterator[Morning]:
    folder = working_folder(tmp_path_factory.mktemp("mails"))
    settings = settings_from(folder.path / "config.toml")
    store = Store(settings.folders.store, settings.database, settings.marac.id)
    inbox = MemoryInbox()
    with Reader() as reader:
        originals = Originals(settings.folders.store / "originals")
        intake = Intake(store, originals, reader, settings, AFTER_CUT_OFF, lambda: NOON)
        for name in NAMES:
            inbox.deliver((MAIL / f"{name}.eml").read_bytes())
            if request.param == "one by one":
                intake.sweep(inbox)
        intake.sweep(inbox)
        with store.reading() as connection:
            found = every_delivery(connection)
        yield Morning(intake, dict(zip(NAMES, found, strict=True)))
    store.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_ends_in_its_disposition(name: str, morning: Morning) -> None:
    assert morning.deliveries[name].disposition == truth(name)["disposition"]


@pytest.mark.parametrize("name", NAMES)
def test_the_referrals_of_a_mail_are_cases(name: str, morning: Morning) -> None:
    expected = [found["referral"]["victim"]["name"] for found in truth(name)["referrals"]]
    assert morning.victims(name) == expected


def test_every_mail_is_at_its_end(morning: Morning) -> None:
    assert all(delivery.terminal for delivery in morning.deliveries.values())


def test_a_locked_mail_that_its_password_opened_is_done_and_both_are(morning: Morning) -> None:
    assert {morning.deliveries[name].state for name in ("m13", "m14")} == {"done"}


def test_a_newer_version_waits_for_a_person_and_makes_no_case(morning: Morning) -> None:
    assert morning.deliveries["m11"].state == "needs_person"
    assert morning.victims("m11") == morning.victims("m02")
