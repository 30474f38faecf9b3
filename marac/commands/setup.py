"""`marac init`: a working folder that explains itself, with the rules of a known area where one is named."""

import re
import shlex
import tomllib
from argparse import Namespace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from marac.errors import UsageError
from marac.files import private_folder, write_whole

_FOLDERS = ("inbox", "processed", "needs-a-person", "sent", "templates")
_RULES = "# ---- When a case is high risk here"


def init(arguments: Namespace) -> int:
    """Make the folder, and say what comes next."""
    folder = made_folder(arguments.folder, arguments.area)
    print(f"Made {folder}.")
    if arguments.area:
        print(f"The rules of {arguments.area} stand in config.toml; hold them against your own protocol.")
    print("Next: write your MARAC's name, mailbox and meetings into config.toml, and its agencies into agencies.toml.")
    print(f"Then go into the folder and run:  marac doctor   and   marac run   (cd {shlex.quote(str(folder))})")
    print("If you have kept a spreadsheet until now, bring it first, so that repeats are found:  marac import OLD.xlsx")
    return 0


def made_folder(folder: Path, area: str | None = None) -> Path:
    """A new working folder with its settings, agencies and inbox.

    Raises:
        UsageError: the folder is there and holds something, or there is no such area.
        StoreError: it cannot be made.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            f"{folder} is there already and not empty. Name a new folder, so that nothing of yours is changed."
        )
    templates = files("marac") / "templates"
    config = (templates / "config.toml").read_text(encoding="utf-8")
    config = with_rules_of(area, config) if area else config
    private_folder(folder)
    for name in _FOLDERS:
        private_folder(folder / name)
    write_whole(folder / "config.toml", config.encode("utf-8"))
    write_whole(folder / "agencies.toml", (templates / "agencies.toml").read_bytes())
    return folder.resolve()


def areas() -> tuple[str, ...]:
    """The areas whose rules are known, by name."""
    return tuple(sorted(place.name.removesuffix(".toml") for place in _profiles().iterdir()))


def with_rules_of(area: str, config: str) -> str:
    """The text of a new config.toml with an area's rules set in it, each in the line that explains it.

    Raises:
        UsageError: there is no such area.
    """
    if area not in areas():
        raise UsageError(f"There are no rules of {area!r} here. Known: {', '.join(areas())}.")
    profile = (_profiles() / f"{area}.toml").read_text(encoding="utf-8")
    for table, values in tomllib.loads(profile).items():
        for key in values:
            line = re.search(rf"^{key} = (.*)$", profile.split(f"[{table}]")[1], re.MULTILINE)
            config = _set(config, table, key, line[1] if line else "")
    told = "".join(f"{line}\n" for line in profile.splitlines() if line.startswith("#"))
    before, heading, after = config.partition(_RULES)
    first, _, rest = after.partition("\n")
    return f"{before}{heading}{first}\n{told}{rest}"


def _profiles() -> Traversable:
    return files("marac") / "templates" / "areas"


def _set(config: str, table: str, key: str, value: str) -> str:
    """The text with the example of one setting made a setting; what explains it stays beside it."""
    before, heading, after = config.partition(f"\n[{table}]\n")
    section, following, rest = after.partition("\n[")
    explained = re.compile(rf"^# {key} = .*?(?:[ \t]+(#.*))?$", re.MULTILINE)
    section = explained.sub(lambda found: f"{key} = {value}  {found[1] or ''}".rstrip(), section, count=1)
    return f"{before}{heading}{section}{following}{rest}"
