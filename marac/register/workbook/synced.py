"""Whether a folder is one that another program copies to and fro, by its name."""

from pathlib import Path

_SYNCED = ("onedrive", "sharepoint", "dropbox", "google drive", "icloud")


def about_synced(path: Path) -> str:
    """Words about a workbook in a folder that is kept the same on several computers; empty where it is in none.

    Such a folder shows no sign of a file that is open on another computer, and can make two copies of it.
    """
    if not any(part.casefold().startswith(_SYNCED) for part in path.parent.parts):
        return ""
    return (
        f"{path.name} stands in a folder that OneDrive or a program like it copies to and fro. It cannot be seen there who"
        " has it open, and changes can end in a copy beside it. A plain folder or a network drive is safer: [folders] in"
        " config.toml."
    )
