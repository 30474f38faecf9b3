"""A lock between the programs of one computer: a file in the store folder, empty, and left where it is."""

from pathlib import Path

from filelock import FileLock, Timeout

from marac.errors import StoreError


class LockFile:
    """A lock file. The operating system lets it go when its program ends, however that ends."""

    def __init__(self, path: Path) -> None:
        """Name the file; it is made when it is first taken."""
        self._folder = path.parent
        self._lock = FileLock(path)

    def take(self, wait_seconds: float) -> bool:
        """Whether it could be taken within this time; 0 for at once or not at all.

        Raises:
            StoreError: this user may not write in the folder.
        """
        try:
            self._lock.acquire(timeout=max(wait_seconds, 0))
        except Timeout:
            return False
        except OSError:
            raise StoreError(f"This user may not write in {self._folder}. Ask IT for access.") from None
        return True

    def let_go(self) -> None:
        """Give it up, if it is held."""
        self._lock.release()

    def free(self) -> bool:
        """Whether nobody has it at this moment.

        Raises:
            StoreError: this user may not write in the folder.
        """
        if not self.take(0):
            return False
        self.let_go()
        return True
