"""The demo's research comes back: agencies answer by mail, one is reminded, and the chair gets what is known."""

import datetime as dt
from collections.abc import Mapping

from marac.demo.agencies import COORDINATOR
from marac.demo.filled_forms import filled_pack
from marac.demo.replies import reply
from marac.demo.stage import Stage, heading, tell
from marac.demo.what_agencies_say import FORMS, IN_DOUBT, LINES, SampleAnswer
from marac.document import WORD, Document

_LABELS = {
    "factors": "Factors that significantly affect the risk",
    "assessment": "Our assessment of the risk",
    "management": "How we manage it",
    "why_high_risk": "Why this is high risk",
}
_SEALED = "police"


def play_research(stage: Stage) -> None:
    """The answers arrive, what is in doubt is settled, who has not answered is reminded, the chair gets the rest."""
    heading("Research comes back: agencies answer the mail that asked them")
    meeting, on = stage.days.meeting.isoformat(), stage.days.answered_on
    _post_answers(stage)
    tell(
        "Police send the Word form filled in and sealed, the IDVA service the same form, the others write a few lines."
    )
    stage.marac("run", on=on)
    stage.marac("returns", meeting, on=on)
    _settle(stage, on)
    _remind(stage, on)
    heading("The day before the meeting")
    stage.marac("run", on=stage.days.eve)
    collation = next(stage.documents.glob("research returned *.docx"), stage.documents)
    tell(f"What is known of every case, for the chair alone: {collation}")


def _post_answers(stage: Stage) -> None:
    for number, (agency, told) in enumerate(FORMS.items()):
        answers = {stage.case_of(each.message): _by_label(each) for each in told}
        reader = stage.reader(agency)
        pack = reader.last("research", stage.folder / "sent")
        content = filled_pack(pack.opened, answers)
        form = Document("research.docx", WORD, content)
        if agency == _SEALED:
            sealed = reader.sealed_for(stage.desk.public_key, content)
            form = Document("research.docx.pgp", "application/octet-stream", sealed)
        at = dt.time(9, 10 + number)
        reply(stage, f"research-{agency}", reader, pack, "Our research is attached.", stage.days.answered_on, at, form)
    for number, (agency, lines) in enumerate(LINES.items()):
        reader = stage.reader(agency)
        pack = reader.last("research", stage.folder / "sent")
        text = "\n".join(line.format_map(_Cases(stage)) for line in lines)
        reply(stage, f"research-{agency}", reader, pack, text, stage.days.answered_on, dt.time(10, number))


def _by_label(answer: SampleAnswer) -> Mapping[str, str]:
    return {label: words for name, label in _LABELS.items() if (words := getattr(answer, name))}


class _Cases(dict[str, str]):
    """The references of cases, by the names of the messages that made them."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._stage = stage

    def __missing__(self, name: str) -> str:
        return self._stage.case_of(name)


def _settle(stage: Stage, on: dt.date) -> None:
    """Take what waits, once somebody has asked."""
    message = max(entry["number"] for entry in stage.books()["messages"] if entry["state"] == "needs_person")
    stage.marac("message", "show", str(message), on=on)
    words = ("returns", "decide", "take", "--message", str(message))
    stage.marac(*words, "--reason", IN_DOUBT, "--by", COORDINATOR, on=on)


def _remind(stage: Stage, on: dt.date) -> None:
    meeting = stage.days.meeting.isoformat()
    stage.marac("meeting", "chase", meeting, on=on)
    stage.marac("meeting", "chase", meeting, "--by", COORDINATOR, on=on)
    stage.marac("run", on=on)
