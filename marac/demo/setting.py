"""The demo's settings: the example that `marac init` wrote, with Carrowdale's name, calendar and agencies filled in."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import tomlkit

from marac.agency import Agency
from marac.demo.agencies import AGENCIES, CHAIR, COORDINATOR, HOUSING_SENIOR, KINDS, MAILBOX
from marac.demo.days import Calendar
from marac.files import write_whole

_FORTNIGHT = """
[[calendar]]
first = {first}
rhythm = "fortnightly"
at = 09:30:00
venue = "Room 2, Carrowdale Town Hall"
"""
_TABLES = """
[marac]
chair = "{chair}"
[deadlines]
cut_off = {{ days = 7, unit = "calendar days" }}
agenda_out = {{ days = 3 }}
updates_due = {{ days = {news}, unit = "calendar days" }}
[acknowledgements]
released_by = "{coordinator}"
[idva]
agency = "idva"
[minutes]
consider = ["MAPPA", "Safeguarding children procedures"]
[figures]
adult_women = 41000
"""


def write_setting(folder: Path, meetings: Sequence[tuple[dt.date, dt.date]]) -> None:
    """Fill in config.toml and agencies.toml.

    Args:
        folder: The folder that `marac init` made.
        meetings: The date and the cut-off of each meeting.
    """
    config = folder / "config.toml"
    text = config.read_text(encoding="utf-8")
    text = text.replace('coordinator = "the MARAC coordinator"', f'coordinator = "{COORDINATOR}"')
    text = text.replace('email = "marac@carrowdale.example"  ', f'email = "{MAILBOX}"  ')
    listed = "".join(
        f"\n[[meetings]]\ndate = {date.isoformat()}\ncut_off = {cut_off.isoformat()}\n" for date, cut_off in meetings
    )
    write_whole(config, (text + listed).encode("utf-8"))
    agencies = folder / "agencies.toml"
    rows = "".join(map(_row, AGENCIES))
    write_whole(agencies, (agencies.read_text(encoding="utf-8") + rows).encode("utf-8"))


def write_fortnight(folder: Path, days: Calendar) -> None:
    """Fill in the rhythm of the meetings, their deadlines, the chair, and more about the agencies.

    Args:
        folder: The folder in which `write_setting` filled in the rest.
        days: The days of the demo.
    """
    config = folder / "config.toml"
    settings = tomlkit.parse(config.read_text(encoding="utf-8") + _FORTNIGHT.format(first=days.meeting.isoformat()))
    told = tomlkit.parse(_TABLES.format(chair=CHAIR, coordinator=COORDINATOR, news=(days.news_due - days.meeting).days))
    for name, table in told.items():
        settings[name].update(table)
    write_whole(config, tomlkit.dumps(settings).encode("utf-8"))
    agencies = folder / "agencies.toml"
    rows = tomlkit.parse(agencies.read_text(encoding="utf-8"))
    for reader, kind in KINDS.items():
        rows[reader]["kind"] = kind
    rows["childrens"]["child_files"] = True
    senior = {"name": HOUSING_SENIOR.representative, "email": HOUSING_SENIOR.email}
    rows["housing"]["senior"] = tomlkit.inline_table()
    rows["housing"]["senior"].update(senior)
    write_whole(agencies, tomlkit.dumps(rows).encode("utf-8"))


def name_own_key(folder: Path, fingerprint: str) -> None:
    """Write the MARAC's own key into config.toml."""
    config = folder / "config.toml"
    settings = tomlkit.parse(config.read_text(encoding="utf-8"))
    settings["decryption"]["key"] = fingerprint
    write_whole(config, tomlkit.dumps(settings).encode("utf-8"))


def _row(agency: Agency) -> str:
    domains = ", ".join(f'"{domain}"' for domain in agency.domains)
    lines = (
        "",
        f"[{agency.id}]",
        f'name = "{agency.name}"',
        f'email = "{agency.email}"',
        f"domains = [{domains}]",
        f'representative = "{agency.representative}"',
        *([f"signed = {agency.signed.isoformat()}"] if agency.signed else []),
        "",
    )
    return "\n".join(lines)
