"""config.toml and agencies.toml as frozen values; every mistake is reported at once, with file and line."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from marac.errors import SettingsError
from marac.settings.agencies import AgenciesFile, agencies_path
from marac.settings.complaints import complaints
from marac.settings.mailboxes import (
    AnyMailbox,
    AnySending,
    EwsMailbox,
    FolderMailbox,
    FolderSending,
    GraphMailbox,
    ImapMailbox,
    MailboxSending,
    OAuth,
    Pop3Mailbox,
    SmtpSending,
)
from marac.settings.shape import Settings

__all__ = [
    "AnyMailbox",
    "AnySending",
    "EwsMailbox",
    "FolderMailbox",
    "FolderSending",
    "GraphMailbox",
    "ImapMailbox",
    "MailboxSending",
    "OAuth",
    "Pop3Mailbox",
    "Settings",
    "SmtpSending",
    "settings_from",
]

_Shape = TypeVar("_Shape", bound=BaseModel)


def settings_from(path: Path) -> Settings:
    """The settings of a config.toml and of the agencies.toml beside it.

    Raises:
        SettingsError: with every mistake of both files, each with file and line.
    """
    found: list[str] = []
    settings = _checked(
        path, Settings, found, {"folders": {}, "mailbox": {"kind": "folder"}, "sending": {"kind": "folder"}}
    )
    agencies = _checked(agencies_path(path), AgenciesFile, found)
    if settings is None or agencies is None:
        raise SettingsError("\n".join(found))
    complete = settings.model_copy(update={"agencies": agencies.agencies()})
    if overlap := _overlap(complete):
        raise SettingsError(f"{path.name}: {overlap}")
    return complete


def _checked(
    path: Path, shape: type[_Shape], found: list[str], defaults: dict[str, Any] | None = None
) -> _Shape | None:
    """The file's contents in their shape, or None with its mistakes added to `found`."""
    text = ""
    try:
        text = path.read_text(encoding="utf-8-sig")  # Notepad writes a byte-order mark that tomllib refuses
        data = {**(defaults or {}), **tomllib.loads(text)}
        if isinstance(data.get("agencies"), dict) and shape is Settings:
            found.append(f"{path.name}: agencies stand in agencies.toml, beside this file")
            return None
        return shape.model_validate(data, context={"folder": path.parent})
    except FileNotFoundError:
        found.append(
            f"{path.name} is not in {path.parent}. Start with: marac init FOLDER, and run marac in that folder."
        )
    except OSError:
        found.append(f"{path.name} cannot be read.")
    except UnicodeDecodeError:
        found.append(f"{path.name} is not saved as UTF-8. Save it again as UTF-8.")
    except tomllib.TOMLDecodeError as error:
        found.append(
            f"{path.name}: {error}. Text stands in straight quotes, a Windows path in single quotes, 'C:\\marac', and a date as it is, "
            "2026-12-03."
        )
    except ValidationError as error:
        found.extend(complaints(path.name, text, error, shape))
    return None


def _overlap(settings: Settings) -> str | None:
    """Why two folders cannot stand where they stand: what one writes would come in again at the other."""
    inbox = settings.mailbox.path if isinstance(settings.mailbox, FolderMailbox) else None
    sent = settings.sending.path if isinstance(settings.sending, FolderSending) else None
    if inbox is None:
        return None
    for name, folder in (
        ("store", settings.folders.store),
        ("meetings", settings.folders.meetings),
        ("sending.path", sent),
    ):
        if folder is not None and (folder.is_relative_to(inbox) or inbox.is_relative_to(folder)):
            return f"the inbox and {name} must not contain one another"
    return None
