"""An area's own settings written into the config.toml and agencies.toml of a working folder."""

import re
from pathlib import Path


def set_in(folder: Path, table: str, *lines: str) -> None:
    """Let a table of config.toml say these lines, and nothing that it said before."""
    config = folder / "config.toml"
    text = config.read_text(encoding="utf-8")
    head = re.compile(rf"^\[{re.escape(table)}\].*\n(?:[a-z_]+ = .*\n)*", re.MULTILINE)
    assert len(head.findall(text)) == 1, f"config.toml has no table {table}"
    written = head.sub(lambda _: "".join(f"{line}\n" for line in (f"[{table}]", *lines)), text)
    config.write_text(written, encoding="utf-8")


def name_contact(folder: Path, agency: str, who: str, name: str, email: str, fingerprint: str | None = None) -> None:
    """Name a senior contact or a manager of an agency in agencies.toml."""
    agencies = folder / "agencies.toml"
    key = f'fingerprint = "{fingerprint}"\n' if fingerprint else ""
    row = f'\n[{agency}.{who}]\nname = "{name}"\nemail = "{email}"\n{key}'
    agencies.write_text(agencies.read_text(encoding="utf-8") + row, encoding="utf-8")
