"""What a coordinator does by hand in a fortnight: the commands, and the day on which each is given."""

from collections.abc import Iterator
from pathlib import Path

from tests.fortnight_days import BY, DAY_AFTER, FIRST, MINUTES, SECOND, WHY, given
from tests.killed_runs import Deed
from tests.working_folder import MEETING, WorkingFolder, copied

_MEETING = MEETING.isoformat()
_TAKEN = "was taken into the register before"


def minutes_confirmed(minuted: WorkingFolder) -> Deed:
    """Minutes that were shown, taken."""
    return Deed(minuted, ("minutes", "read", MINUTES, "--confirm", *BY), _TAKEN)


def prepared_anew(answered: WorkingFolder, place: Path) -> Deed:
    """New versions of papers, after a conflict of interest became known."""
    folder = copied(answered, place)
    given(folder, "case", "conflict", SECOND, "idva", *WHY)
    return Deed(folder, ("meeting", "prepare", _MEETING))


def by_hand(answered: WorkingFolder) -> Iterator[Deed]:
    """What is said and decided while the answers come in."""
    commands: tuple[tuple[str, tuple[str, ...], str], ...] = (
        ("meeting call", ("2026-12-01", "--urgent", *WHY), "There is a meeting on"),
        ("meeting cancel", (_MEETING, *WHY), "There is no meeting on"),
        ("case conflict", (SECOND, "idva", *WHY), ""),
        ("case bar", (SECOND, "Tom Ackroyd", *WHY), ""),
        ("case presenter", (FIRST, "Sam Reed", *BY), ""),
        ("returns enter", (FIRST, "housing", "--factors", "Rent arrears since May.", *BY), ""),
        ("returns decide", ("3", "take", *WHY), "already"),
        ("action decide-report", ("2", "take", *WHY), "already"),
        ("action outcome", ("2", "done", *BY), ""),
        ("action add", (FIRST, "Fit new locks.", "--agency", "housing", "--due", DAY_AFTER.isoformat()), ""),
    )
    for name, words, refused in commands:
        yield Deed(answered, (*name.split(), *words), refused)


def victim_told(minuted: WorkingFolder, place: Path) -> Deed:
    """That a victim was told, once the minutes are in."""
    folder = copied(minuted, place)
    given(folder, *minutes_confirmed(minuted).words)
    given(folder, "run")
    return Deed(folder, ("case", "told", SECOND, "--on", DAY_AFTER.isoformat(), "--how", "by telephone", *BY))
