"""The demo after its meeting: letters and notes go out, agencies report, one does not, and the figures are counted."""

import datetime as dt

from marac.demo.actions import ACTIONS, ADDED_ACTION, EARLIER_ACTION
from marac.demo.agencies import COORDINATOR, IDVA
from marac.demo.correspondents import Correspondent
from marac.demo.filled_forms import actions_in, filled_letter
from marac.demo.replies import reply
from marac.demo.stage import Stage, heading, tell
from marac.document import WORD, Document

_BY_FORM = "idva"
_TOLD = "02-idva-referral"


def play_what_follows(stage: Stage) -> None:
    """The day after the meeting, the week after, and the day on which news is overdue."""
    _send_letters(stage)
    _take_reports(stage)
    _remind(stage)
    _count(stage)


def _send_letters(stage: Stage) -> None:
    heading("The day after: letters of actions, outcome notes, and notices of files to flag")
    meeting, on = stage.days.meeting.isoformat(), stage.days.after_the_meeting
    stage.marac("run", on=on)
    stage.marac("release", meeting, "--by", COORDINATOR, on=on)
    stage.open_the_mail()


def _take_reports(stage: Stage) -> None:
    heading("A week later: agencies say by reply what they did")
    on = stage.days.reported_on
    for number, reader in enumerate(stage.readers):
        _report(stage, reader, dt.time(9, 20 + number))
    tell("The IDVA service sends its letter back with the boxes ticked; the others write a line for each action.")
    stage.marac("run", on=on)
    stage.marac("action", "reports", on=on)
    words = ("--on", on.isoformat(), "--by", str(IDVA.name), "--how", "by telephone, in her safe hours")
    tell("No refuge was free. What the IDVA service was to tell her is not so any more, and its note goes out anew:")
    stage.marac("release", stage.days.meeting.isoformat(), "--by", COORDINATOR, on=on)
    stage.quietly("release", stage.days.next_meeting.isoformat(), "--by", COORDINATOR, on=on)
    stage.marac("case", "told", stage.case_of(_TOLD), *words, on=on)


def _report(stage: Stage, reader: Correspondent, at: dt.time) -> None:
    """What an agency replies to its letter; nothing, where it has done nothing yet."""
    letter = reader.last("letter", stage.folder / "sent")
    on = stage.days.reported_on
    day = f"{on - dt.timedelta(days=1):%d/%m/%Y}"
    done = {action.text: action.done for action in (EARLIER_ACTION, *ACTIONS, ADDED_ACTION)}
    told = {number: done[text] for number, text in actions_in(letter.opened).items() if done[text]}
    if not told:
        return
    name = f"actions-{reader.agency.id}"
    if reader.agency.id == _BY_FORM:
        content = filled_letter(letter.opened, lambda text: (done[text], day))
        form = Document("letter.docx", WORD, content)
        reply(stage, name, reader, letter, "Our letter is attached, filled in.", on, at, form)
    else:
        lines = "\n".join(f"Action {number}: {outcome} {day}" for number, outcome in told.items())
        reply(stage, name, reader, letter, lines, on, at)


def _remind(stage: Stage) -> None:
    heading("Two weeks after the meeting: one agency has not reported")
    meeting, on = stage.days.meeting.isoformat(), stage.days.overdue_on
    stage.marac("run", on=on)
    stage.marac("release", meeting, "--rehearse", on=on)
    stage.marac("release", meeting, "--by", COORDINATOR, on=on)
    stage.open_the_mail()


def _count(stage: Stage) -> None:
    heading("The figures for SafeLives")
    stage.marac("figures", on=stage.days.overdue_on)
    stage.marac("status", on=stage.days.overdue_on)
