"""config.toml and agencies.toml: every mistake at once, with file and line, and nothing else said."""

import re
from pathlib import Path

import pytest

from marac.errors import NotFoundError, SettingsError
from marac.settings import FolderMailbox, Settings, settings_from
from marac.settings.agencies import fingerprint, with_fingerprint
from marac.triage.rules import IN_SCOPE, WIDER_FAMILY

SMALLEST = '[marac]\nname = "Carrowdale MARAC"\nemail = "marac@carrowdale.example"\n'


def read(folder: Path, config: str = SMALLEST, agencies: str = "") -> Settings:
    (folder / "config.toml").write_text(config, encoding="utf-8")
    (folder / "agencies.toml").write_text(agencies, encoding="utf-8")
    return settings_from(folder / "config.toml")


def complaints_of(folder: Path, config: str = SMALLEST, agencies: str = "") -> list[str]:
    with pytest.raises(SettingsError) as caught:
        read(folder, config, agencies)
    assert caught.value.exit_code == 2
    return str(caught.value).splitlines()


def test_the_smallest_settings_have_an_inbox_beside_them(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert isinstance(settings.mailbox, FolderMailbox)
    assert settings.mailbox.path == tmp_path / "inbox"
    assert settings.folders.register_workbook == tmp_path / "register.xlsx"
    assert settings.rules.thresholds.ticks["dash"] == 14


def test_the_example_is_valid_and_is_the_one_that_init_writes(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent
    example = (root / "config.toml").read_bytes()
    assert example == (root / "marac" / "templates" / "config.toml").read_bytes()
    assert read(tmp_path, example.decode()).marac.name == "Carrowdale MARAC"


EXAMPLE = (Path(__file__).parent.parent / "config.toml").read_text(encoding="utf-8")


def explained(mailbox: int, sending: int) -> str:
    """The example with every setting in force, the n-th of its mailboxes and of its ways of sending among them."""
    blocks = re.split(r"(?m)^(?=(?:# )?\[)", EXAMPLE)
    chosen = {"[mailbox]": mailbox, "[sending]": sending}
    seen = dict.fromkeys(chosen, -1)
    kept = []
    for block in blocks:
        name = block.removeprefix("# ").partition("\n")[0].split("#")[0].strip()
        if name in chosen:
            seen[name] += 1
            if seen[name] != chosen[name]:
                continue
        kept.append(block)
    return "".join(
        line.removeprefix("# ") if " = " in line or line.startswith("# [") else line
        for line in "".join(kept)
        .replace('fingerprint = "…"', f'fingerprint = "{"0123456789" * 4}"')
        .splitlines(keepends=True)
    )


@pytest.mark.parametrize(
    ("mailbox", "sending", "kinds"),
    [
        (0, 0, ("folder", "folder")),
        (1, 2, ("graph", "mailbox")),
        (2, 2, ("ews", "mailbox")),
        (3, 1, ("imap", "smtp")),
        (4, 1, ("pop3", "smtp")),
    ],
)
def test_every_setting_that_the_example_explains_is_a_setting(
    mailbox: int, sending: int, kinds: tuple[str, str], tmp_path: Path
) -> None:
    settings = read(tmp_path, explained(mailbox, sending))
    assert (settings.mailbox.kind, settings.sending.kind) == kinds
    assert settings.thresholds.merit == 72
    assert (settings.area.relationships, settings.area.honour_relationships) == (IN_SCOPE, WIDER_FAMILY)
    assert settings.senders.gateway
    assert settings.digest.released_by


def test_all_mistakes_are_reported_at_once_with_file_and_line(tmp_path: Path) -> None:
    config = """\
[marac]
nam = "X"
email = "not an address"
[mailbox]
kind = "imap"
hots = "a"
password = "secret word"
[thresholds]
escalation_months = 0
[thresholds.ticks]
dash = 99
[[meetings]]
date = 2026-12-03
cut_off = 2026-12-05
[[meetings]]
date = "soon"
"""
    assert complaints_of(
        tmp_path, config, '[police]\nname = "P"\nemail = "p@police.example"\nfingerprint = "AB"\n'
    ) == [
        "config.toml: line 1: marac.name is missing",
        "config.toml: line 2: marac.nam is not a setting; did you mean 'name'?",
        "config.toml: line 3: marac.email is not an e-mail address",
        "config.toml: line 4: mailbox.host is missing",
        "config.toml: line 4: mailbox.user is missing",
        "config.toml: line 6: mailbox.hots is not a setting; did you mean 'host'?",
        'config.toml: line 7: mailbox.password must not stand here; write where it is kept: { env = "NAME" }, { file = "path" } or { keyring = "service", user = "name" }',
        "config.toml: line 9: thresholds.escalation_months must be at least 1",
        "config.toml: line 11: thresholds.ticks.dash must be at most 40",
        "config.toml: line 12: meetings cut_off must not be later than date",
        "config.toml: line 16: meetings.date must be a date such as 2026-12-03, without quotes",
        "agencies.toml: line 4: police.fingerprint must be the full fingerprint of the key: 40 digits and letters from A to F",
    ]


def test_a_complaint_never_repeats_a_value(tmp_path: Path) -> None:
    found = "\n".join(
        complaints_of(tmp_path, SMALLEST + '[mailbox]\nkind = "imap"\nhost = 1\nuser = 2\npassword = "hunter2"\n')
    )
    assert "hunter2" not in found


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ("[marac\n", "line 1"),
        ('[marac]\nname = “Carrowdale”\nemail = "m@x.example"\n', "straight quotes"),
        ('[marac]\nname = "C:\\Users"\nemail = "m@x.example"\n', "single quotes"),
        (SMALLEST + '[mailbox]\nkind = "pigeon"\n', "must be one of"),
        (SMALLEST + "[[meetings]]\ndate = 2026-12-03\ncut_off = 2026-11-24\n" * 2, "twice"),
        (SMALLEST + '[folders]\nstore = "inbox/store"\n', "must not contain one another"),
        (SMALLEST + "[matching]\ncertain = 0.98\n", "0.985"),
        (SMALLEST + '[agencies.police]\nname = "P"\n', "agencies.toml"),
    ],
)
def test_common_slips_are_named_in_words(tmp_path: Path, config: str, words: str) -> None:
    found = complaints_of(tmp_path, config)
    assert len(found) == 1
    assert found[0].startswith("config.toml:")
    assert words in found[0]


def test_a_threshold_for_one_checklist_leaves_those_of_the_others(tmp_path: Path) -> None:
    settings = read(tmp_path, SMALLEST + "[thresholds]\nticks = { dash = 17 }\n")
    assert settings.rules.thresholds.ticks == {"dash": 17, "dash-police": 14, "other": 14}


def test_a_byte_order_mark_from_notepad_does_no_harm(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeff" + SMALLEST).marac.name == "Carrowdale MARAC"


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="marac init FOLDER"):
        settings_from(tmp_path / "config.toml")


def test_an_agency_is_written_to_where_its_people_write_from(tmp_path: Path) -> None:
    found = complaints_of(
        tmp_path, agencies='[police]\nname = "P"\nemail = "p@police.example"\ndomains = ["police.test"]\n'
    )
    assert "not in its domains" in found[0]


def test_two_agencies_with_one_mailbox_are_refused(tmp_path: Path) -> None:
    row = 'name = "P"\nemail = "p@police.example"\n'
    found = complaints_of(tmp_path, agencies=f"[police]\n{row}[idva]\n{row}")
    assert "read each other's letters" in found[0]


def test_without_domains_an_agency_has_that_of_its_mailbox(tmp_path: Path) -> None:
    settings = read(tmp_path, agencies='[police]\nname = "P"\nemail = "p@police.example"\n')
    assert settings.agencies["police"].domains == ("police.example",)


def test_pinning_a_fingerprint_keeps_what_a_person_wrote() -> None:
    text = '# ours\n[police]\nname = "P" # the force\nemail = "p@police.example"\n'
    pinned = with_fingerprint(text, "police", "A" * 40)
    assert pinned == text + f'fingerprint = "{"A" * 40}"\n'
    with pytest.raises(NotFoundError):
        with_fingerprint(text, "housing", "A" * 40)


@pytest.mark.parametrize("short", ["ABCD1234", "A" * 39, "p@police.example", "G" * 40, ""])
def test_only_a_full_fingerprint_is_one(short: str) -> None:
    with pytest.raises(ValueError, match="full fingerprint"):
        fingerprint(short)


def test_a_fingerprint_may_be_typed_in_groups() -> None:
    assert fingerprint(" 0x" + "abcd " * 10) == "ABCD" * 10
