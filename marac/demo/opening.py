"""How the demo begins: a folder with its settings and keys, and a meeting that was held seven months ago."""

import datetime as dt
import shutil

from marac.demo.actions import EARLIER_ACTION
from marac.demo.agencies import COORDINATOR, MAILBOX
from marac.demo.correspondents import Correspondent
from marac.demo.messages import earlier_messages
from marac.demo.setting import name_own_key, write_fortnight, write_setting
from marac.demo.stage import Stage, heading, tell
from marac.files import write_whole

_WEEK = dt.timedelta(days=7)


def play_opening(stage: Stage) -> None:
    """Make the folder, pin the keys, and hold the earlier meeting."""
    _set_up(stage)
    _hear_the_earlier_cases(stage)


def _set_up(stage: Stage) -> None:
    heading("A folder with its settings, and eight agencies with a key each")
    stage.marac("init", str(stage.folder), on=None)
    days = stage.days
    write_setting(stage.folder, [(days.heard_on, days.heard_on - _WEEK)])
    write_fortnight(stage.folder, days)
    tell(
        "The settings are filled in: a meeting each fortnight, its deadlines, eight agencies, a senior contact at one."
    )
    first, *others = stage.readers
    _pin(stage, first, shown=True)
    for reader in others:
        _pin(stage, reader)
    tell(f"So it goes for the other {len(others)}: each key is made by its owner, and pinned by its fingerprint.")
    _take_own_key(stage)
    stage.marac("calendar", "--until", (days.meeting + 5 * _WEEK).isoformat(), on=days.first_day)


def _pin(stage: Stage, reader: Correspondent, *, shown: bool = False) -> None:
    fingerprint = reader.make_key()
    told = ("keys", "import", reader.agency.id, str(reader.public_key))
    run = stage.marac if shown else stage.quietly
    run(*told, "--fingerprint", fingerprint, "--by", COORDINATOR, on=stage.days.heard_on)


def _take_own_key(stage: Stage) -> None:
    """The MARAC's own key: agencies can seal for it, as police do in this story."""
    desk = stage.desk
    fingerprint = desk.make_key()
    secret = desk.folder / "secret-key.asc"
    write_whole(secret, desk.secret_key())
    stage.quietly("keys", "own", str(secret), "--by", COORDINATOR, on=stage.days.heard_on)
    secret.unlink()
    shutil.rmtree(desk.home)
    name_own_key(stage.folder, fingerprint)
    tell(f"{MAILBOX} has a key of its own too (marac keys own FILE), so that agencies can seal what they send.")


def _hear_the_earlier_cases(stage: Stage) -> None:
    heading("Seven months ago: two cases were referred, listed and heard")
    days = stage.days
    stage.post(earlier_messages(days.heard_on))
    stage.marac("run", on=days.heard_on)
    stage.quietly("release", days.heard_on.isoformat(), "--by", COORDINATOR, on=days.heard_on)
    action = ("action", "add", stage.case_of(EARLIER_ACTION.message), "--agency", EARLIER_ACTION.agency)
    due = EARLIER_ACTION.due(days.heard_on).isoformat()
    stage.marac(*action, "--due", due, EARLIER_ACTION.text, on=days.heard_on)
    stage.quietly("run", on=days.after_the_earlier_meeting)
    stage.quietly("release", days.heard_on.isoformat(), "--by", COORDINATOR, on=days.after_the_earlier_meeting)
    tell("Its papers were released, before and after. One action is due only now, and still open.")
