"""What is to be run, where, and at which times of a working day."""

from dataclasses import dataclass
from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class Plan:
    """`marac run` in a working folder, every so many minutes of these hours, Monday to Friday.

    Not "ten days before the meeting": a pass finds out by the calendar what is due, and a computer that was off catches up.
    """

    name: str
    """What the task or the timer is called: `marac`."""
    python: PurePath
    """The Python that marac is installed in: a signed program, where a shortcut of its own might not be let start."""
    folder: PurePath
    settings: str = "config.toml"
    """The name of the settings in that folder."""
    first_hour: int = 8
    last_hour: int = 17
    """The last hour in which it is run, to its end."""
    every_minutes: int = 30

    @property
    def arguments(self) -> tuple[str, ...]:
        """What stands after the Python."""
        named = ("--config", self.settings) if self.settings != "config.toml" else ()
        return ("-m", "marac", "run", *named)

    @property
    def in_words(self) -> str:
        """When it is run, as a part of a sentence."""
        how_often = "every hour" if self.every_minutes == 60 else f"every {self.every_minutes} minutes"
        return f"{how_often} from {self.first_hour:02}:00 to {self.last_hour:02}:59, Monday to Friday"
