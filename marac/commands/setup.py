"""`marac init`: a working folder that explains itself, with the rules of a known area where one is named."""

import shlex
from argparse import Namespace
from importlib.resources import files
from pathlib import Path

from marac.commands.profiles import agencies_of, settings_of_member, team, with_rules_of
from marac.errors import UsageError
from marac.files import private_folder, write_whole

_FOLDERS = ("inbox", "processed", "needs-a-person", "sent", "templates")


def init(arguments: Namespace) -> int:
    """Make the folder, and say what comes next."""
    profile = arguments.profile
    folder = made_folder(arguments.folder, profile)
    print(f"Made {folder}.")
    if profile:
        print(f"The rules of {profile} stand in config.toml; hold them against your own protocol.")
    if profile and (areas_of_team := team(profile)):
        print(
            f"Each MARAC of the team has a folder of its own there ({', '.join(areas_of_team)}), and all share one store."
        )
        print(
            "Next: write each one's mailbox into its config.toml and its agencies into its agencies.toml; run marac in each."
        )
        return 0
    print("Next: write your MARAC's name, mailbox and meetings into config.toml, and its agencies into agencies.toml.")
    print(f"Then go into the folder and run:  marac doctor   and   marac run   (cd {shlex.quote(str(folder))})")
    print("If you have kept a spreadsheet until now, bring it first, so that repeats are found:  marac import OLD.xlsx")
    return 0


def made_folder(folder: Path, profile: str | None = None) -> Path:
    """A new working folder with its settings, agencies and inbox; for a team, one for each of its MARACs, with one store.

    Raises:
        UsageError: the folder is there and holds something, or there is no such profile.
        StoreError: it cannot be made.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            f"{folder} is there already and not empty. Name a new folder, so that nothing of yours is changed."
        )
    areas_of_team = team(profile) if profile else ()
    for area in areas_of_team:
        _fill(folder / area, settings_of_member(area), agencies_of(area))
    if not areas_of_team:
        config = (files("marac") / "templates" / "config.toml").read_text(encoding="utf-8")
        _fill(folder, with_rules_of(profile, config) if profile else config, agencies_of(profile))
    return folder.resolve()


def _fill(folder: Path, config: str, agencies: str) -> None:
    private_folder(folder)
    for name in _FOLDERS:
        private_folder(folder / name)
    write_whole(folder / "config.toml", config.encode("utf-8"))
    write_whole(folder / "agencies.toml", agencies.encode("utf-8"))
