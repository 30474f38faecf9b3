"""Whether a folder is on a network share, where SQLite's locks do not hold and a register can be lost."""

import ctypes
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from marac.errors import StoreError

_SHARES = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "davfs",
        "ceph",
        "glusterfs",
        "lustre",
        "sshfs",
        "fuse.sshfs",
        "fuse.smbnetfs",
        "fuse.rclone",
        "fuse.davfs",
        "fuse.glusterfs",
        "fuse.ceph",
        "fuse.gvfsd-fuse",
    ]
)
_MOUNTS = Path("/proc/self/mountinfo")
_REMOTE_DRIVE = 4  # GetDriveTypeW: DRIVE_REMOTE
_LOCAL_ON_WINDOWS = re.compile(r"\\\\[?.]\\(?!UNC\\)", re.IGNORECASE)  # \\?\C:\ is a long way of saying C:\


@dataclass(frozen=True, slots=True)
class Mount:
    """A place where another file system begins, and its kind, as Linux names it; `remote` for a drive of Windows's."""

    point: PurePath
    kind: str


def on_share(folder: PurePath, mounts: Iterable[Mount]) -> bool:
    """Whether a folder is on a network share.

    Args:
        folder: with its links resolved.
        mounts: in the order in which they were made: of two at the same place the later one covers the earlier one.
    """
    if folder.drive.startswith("\\\\"):
        return not _LOCAL_ON_WINDOWS.match(str(folder))
    beneath = [mount for mount in mounts if folder.is_relative_to(mount.point)]
    deepest = max((len(mount.point.parts) for mount in beneath), default=0)
    kind = next((mount.kind for mount in reversed(beneath) if len(mount.point.parts) == deepest), "")
    return kind in _SHARES or kind == "remote"


def mounts_of(text: str) -> tuple[Mount, ...]:
    """The mounts of a /proc/self/mountinfo (proc_pid_mountinfo(5)); lines that are none are left out."""
    found = []
    for line in text.splitlines():
        before, _, after = line.partition(" - ")
        if len(fields := before.split(" ")) > 4 and after:
            found.append(Mount(PurePath(_unescaped(fields[4])), after.split(" ")[0]))
    return tuple(found)


def refuse_share(folder: Path) -> None:
    """Stop where a database file would stand on a network share.

    Raises:
        StoreError: it would.
    """
    place = folder.resolve()
    if on_share(place, _mounts(place)):
        raise StoreError(
            f"{folder} is on a network share, where the register's database can be damaged and its locks do not hold. "
            "Name a folder on a disk of this computer in config.toml, as store under [folders]; or, where several people "
            "are to share the register, a PostgreSQL database, as url under [database]."
        )


def _mounts(folder: Path) -> Sequence[Mount]:
    if os.name == "nt":
        root = folder.anchor
        kind = ctypes.windll.kernel32.GetDriveTypeW(root)  # type: ignore[attr-defined,unused-ignore]
        return (Mount(PurePath(root), "remote" if kind == _REMOTE_DRIVE else "local"),)
    try:
        return mounts_of(_MOUNTS.read_text(encoding="utf-8", errors="surrogateescape"))
    except OSError:  # not Linux
        return ()


def _unescaped(text: str) -> str:
    r"""A path in which a space stands as `\040`."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)
