"""`marac init`: a working folder that explains itself."""

import shlex
from argparse import Namespace
from importlib.resources import files
from pathlib import Path

from marac.errors import UsageError
from marac.files import private_folder, write_whole

_FOLDERS = ("inbox", "processed", "needs-a-person", "sent", "templates")


def init(arguments: Namespace) -> int:
    """Make the folder, and say what comes next."""
    folder = made_folder(arguments.folder)
    print(f"Made {folder}.")
    print("Next: write your MARAC's name, mailbox and meetings into config.toml, and its agencies into agencies.toml.")
    print(f"Then go into the folder and run:  marac doctor   and   marac run   (cd {shlex.quote(str(folder))})")
    return 0


def made_folder(folder: Path) -> Path:
    """A new working folder with its settings, agencies and inbox.

    Raises:
        UsageError: the folder is there and holds something.
        StoreError: it cannot be made.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            f"{folder} is there already and not empty. Name a new folder, so that nothing of yours is changed."
        )
    private_folder(folder)
    for name in _FOLDERS:
        private_folder(folder / name)
    for name in ("config.toml", "agencies.toml"):
        write_whole(folder / name, (files("marac") / "templates" / name).read_bytes())
    return folder.resolve()
