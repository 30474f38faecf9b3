"""Seniors, managers and other MARACs as readers: mailboxes and keys of their own, and no address but the one written down."""

import dataclasses
from pathlib import Path

import pytest

from marac.agency import Agency
from marac.cli import main
from marac.delivery.sealed_mail import recipient
from marac.errors import NotFoundError, SettingsError
from marac.settings import settings_from
from marac.settings.agencies import with_fingerprint, with_fingerprint_of_marac
from tests.openpgp_keys import KeyOwner, owners_folder
from tests.working_folder import WorkingFolder, working_folder

KEY, OTHER_KEY = "A" * 40, "B" * 40
SENIOR = '[housing.senior]\nname = "Mair Beynon"\nemail = "mair@council.example"\n'
MANAGER = '[housing.manager]\nname = "Rhodri Mills"\nemail = "rhodri@weirbankhomes.example"\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> WorkingFolder:
    return working_folder(tmp_path_factory.mktemp("contacts"))


def with_rows(folder: WorkingFolder, place: Path, rows: str) -> Path:
    """The settings of the folder with more rows in agencies.toml."""
    for name in ("config.toml", "agencies.toml"):
        (place / name).write_text((folder.path / name).read_text(encoding="utf-8"), encoding="utf-8")
    with (place / "agencies.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n{rows}")
    return place / "config.toml"


def readers(folder: WorkingFolder, place: Path, rows: str) -> dict[str, Agency]:
    return dict(settings_from(with_rows(folder, place, rows)).readers)


def test_a_senior_contact_is_written_to_at_the_address_written_down_though_it_is_at_another_domain(
    folder: WorkingFolder, tmp_path: Path
) -> None:
    known = readers(folder, tmp_path, SENIOR + MANAGER)
    assert recipient(known["housing.senior"]) == "mair@council.example"
    assert recipient(known["housing.manager"]) == "rhodri@weirbankhomes.example"
    assert recipient(known["housing"]) == "safeguarding@weirbankhomes.example"
    assert known["housing.senior"].domains == ("council.example",)
    assert (known["housing.senior"].representative, known["housing.senior"].name) == ("Mair Beynon", "Weir Bank Homes")


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        (SENIOR.replace("mair@council", "safeguarding@weirbankhomes"), "has the mailbox of the agency [housing]"),
        (SENIOR.replace("mair@council", "SAFEGUARDING@WeirBankHomes"), "has the mailbox of the agency [housing]"),
        (MANAGER.replace("rhodri@weirbankhomes", "marac@lantern-idva"), "has the mailbox of the agency [idva]"),
        (SENIOR + SENIOR.replace("housing", "police"), "has the mailbox of somebody of"),
    ],
)
def test_a_contact_without_a_mailbox_of_their_own_is_refused(
    folder: WorkingFolder, tmp_path: Path, rows: str, complaint: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        settings_from(with_rows(folder, tmp_path, rows))
    assert complaint in str(refused.value)


def test_a_contact_with_the_key_of_an_agency_is_refused(folder: WorkingFolder, tmp_path: Path) -> None:
    path = with_rows(folder, tmp_path, f'{SENIOR}fingerprint = "{KEY}"\n')
    agencies = path.with_name("agencies.toml")
    agencies.write_text(with_fingerprint(agencies.read_text(encoding="utf-8"), "housing", KEY), encoding="utf-8")
    with pytest.raises(SettingsError, match="has the key of the agency"):
        settings_from(path)


def test_one_person_may_be_senior_contact_and_manager(folder: WorkingFolder, tmp_path: Path) -> None:
    both = SENIOR + SENIOR.replace("senior", "manager")
    assert {"housing.senior", "housing.manager"} <= readers(folder, tmp_path, both).keys()


def test_a_key_is_pinned_for_a_contact_and_everything_else_stays_as_it_was_written() -> None:
    text = '# ours\n[housing]\nname = "Homes"  # all of them\nsenior = { name = "M", email = "m@x.example" }  # since May\n'
    pinned = with_fingerprint(text, "housing.senior", KEY)
    assert pinned.replace(f', fingerprint = "{KEY}"', " ") == text
    assert with_fingerprint(pinned, "housing.senior", OTHER_KEY) == pinned.replace(KEY, OTHER_KEY)
    for nobody in ("housing.manager", "police.senior", "housing.nobody"):
        with pytest.raises(NotFoundError):
            with_fingerprint(text, nobody, KEY)


def test_a_key_is_pinned_for_another_marac_in_config_toml() -> None:
    text = '[other_maracs.northtown]  # next door\nname = "Northtown"\nemail = "marac@northtown.example"\n'
    assert with_fingerprint_of_marac(text, "northtown", KEY) == f'{text}fingerprint = "{KEY}"\n'
    with pytest.raises(NotFoundError):
        with_fingerprint_of_marac(text, "southtown", KEY)


def test_a_reader_whose_address_was_changed_by_hand_to_another_domain_is_not_written_to(
    folder: WorkingFolder, tmp_path: Path
) -> None:
    housing = readers(folder, tmp_path, SENIOR)["housing"]
    with pytest.raises(Exception, match="not at one of its own domains"):
        recipient(dataclasses.replace(housing, email="someone@elsewhere.example"))


def test_the_key_of_another_marac_is_imported_and_of_nobody_else_then(folder: WorkingFolder, tmp_path: Path) -> None:
    config = with_rows(folder, tmp_path, "")
    row = '\n[other_maracs.northtown]\nname = "Northtown MARAC"\nemail = "marac@northtown.example"\n'
    config.write_text(config.read_text(encoding="utf-8") + row, encoding="utf-8")
    with owners_folder() as place:
        northtown = KeyOwner(place / "n")
        fingerprint = northtown.new_key("Northtown <marac@northtown.example>")
        key = tmp_path / "northtown.asc"
        key.write_bytes(northtown.public_key(fingerprint))

    def imported(reader: str) -> int:
        words = ["keys", "import", reader, str(key), "--fingerprint", fingerprint, "--by", "J. Marsh"]
        return main(["--config", str(config), *words])

    assert imported("marac.northtown") == 0
    assert settings_from(config).readers["marac.northtown"].fingerprint == fingerprint
    assert (imported("police"), imported("marac.southtown")) == (6, 8)
