"""The kills that `benchmarks/killed.py` tries on the days of a fortnight: answers, minutes, new versions, a person's word."""

import shutil
from collections.abc import Iterator
from functools import partial

from benchmarks.troubles import RELEASE, RUN, Grounds, Trial, spread
from tests.fortnight_days import (
    after_the_meeting,
    before_the_first_pass,
    given,
    when_answers_are_in,
    when_answers_come,
)
from tests.given_by_hand import by_hand, minutes_confirmed, prepared_anew, victim_told
from tests.killed_runs import (
    Deed,
    Kill,
    Outcome,
    Words,
    faults_after_a_killed_deed,
    faults_after_kills,
    undisturbed,
    undisturbed_deed,
)
from tests.working_folder import WorkingFolder, copied


def fortnight(grounds: Grounds) -> Iterator[Trial]:
    """Passes that are killed on three days, and the release of the last: referrals to the IDVA service, answers, letters."""
    asked, _, minuted = _days(grounds)
    points = grounds.options.points // 5
    yield from _killed_once(grounds, WorkingFolder(grounds.place / "first"), RUN, points)
    yield from _killed_once(grounds, asked, RUN, points)
    taken = copied(minuted, grounds.place / "taken")
    given(taken, *minutes_confirmed(minuted).words)
    yield from _killed_once(grounds, taken, RUN, points)
    lettered = copied(taken, grounds.place / "lettered")
    given(lettered, *RUN)
    yield from _killed_once(grounds, lettered, RELEASE, points // 2)


def minutes(grounds: Grounds) -> Iterator[Trial]:
    """Minutes that are killed while they are taken."""
    yield from _deed_killed(grounds, minutes_confirmed(_days(grounds)[2]), grounds.options.points // 4)


def prepared(grounds: Grounds) -> Iterator[Trial]:
    """Documents that are killed while they are made anew, because a conflict of interest became known."""
    deed = prepared_anew(_days(grounds)[1], grounds.place / "conflict")
    yield from _deed_killed(grounds, deed, grounds.options.points // 4)


def hand(grounds: Grounds) -> Iterator[Trial]:
    """What is typed by hand, killed, and typed again."""
    _, answered, minuted = _days(grounds)
    for deed in (*by_hand(answered), victim_told(minuted, grounds.place / "told")):
        yield from _deed_killed(grounds, deed, grounds.options.points // 20)


def _days(grounds: Grounds) -> tuple[WorkingFolder, WorkingFolder, WorkingFolder]:
    """The folder when answers come, when they are in, and when the minutes are filled in."""
    first = before_the_first_pass(grounds.place / "fortnight")
    copied(first, grounds.place / "first")
    asked = when_answers_come(first, grounds.place / "asked")
    answered = when_answers_are_in(asked, grounds.place / "answered")
    return asked, answered, after_the_meeting(answered, grounds.place / "minuted")


def _killed_once(grounds: Grounds, start: WorkingFolder, words: Words, points: int) -> Iterator[Trial]:
    name = f"{start.path.name} {words[0]}"
    moments, expected = undisturbed(copied(start, grounds.place / f"undisturbed {name}"), *words)
    for point in spread(moments, points):
        yield Trial(f"{name} at {point} of {moments}", partial(_faults_of_a_kill, start, Kill(words, point), expected))


def _faults_of_a_kill(start: WorkingFolder, kill: Kill, expected: Outcome) -> list[str]:
    folder = copied(start, start.path.with_name(f"{start.path.name} killed {kill.words[0]} {kill.moment}"))
    found = faults_after_kills(folder, [kill], expected, kill.words)
    shutil.rmtree(folder.path)
    return found


def _deed_killed(grounds: Grounds, deed: Deed, points: int) -> Iterator[Trial]:
    moments, expected = undisturbed_deed(deed, grounds.place / f"undisturbed {deed}")
    for point in spread(moments, points):
        yield Trial(f"{deed} at {point} of {moments}", partial(_faults_of_a_deed, grounds, deed, point, expected))


def _faults_of_a_deed(grounds: Grounds, deed: Deed, point: int, expected: Outcome) -> list[str]:
    place = grounds.place / f"killed {deed} {point}"
    found = faults_after_a_killed_deed(deed, place, point, expected)
    shutil.rmtree(place)
    return found
