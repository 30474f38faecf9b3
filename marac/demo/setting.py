"""The demo's settings: the example that `marac init` wrote, with Carrowdale's name, meetings and agencies filled in."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from marac.case import Agency
from marac.demo.agencies import AGENCIES, COORDINATOR, MAILBOX
from marac.files import write_whole


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
