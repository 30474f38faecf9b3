"""The demo before its meeting: the mail is taken in, people decide, and every agency is asked what it knows."""

from marac.demo.actions import CONFLICT, DECISIONS, SampleDecision
from marac.demo.agencies import AGENCIES, COORDINATOR
from marac.demo.messages import fortnight_messages
from marac.demo.stage import Stage, heading, tell

_SHOWN = 5
"""How many of the decisions are shown; the others are like them."""


def play_preparation(stage: Stage) -> None:
    """From the fortnight's mail to the papers that ask every agency."""
    _take_in_the_mail(stage)
    _decide(stage)
    _hold_back(stage)
    _ask_for_research(stage)


def _take_in_the_mail(stage: Stage) -> None:
    heading("This fortnight's mail")
    days = stage.days
    stage.post(fortnight_messages(days.first_day, days.heard_on))
    stage.marac("run", on=days.after_the_cut_off)
    stage.marac("status", on=days.after_the_cut_off)


def _decide(stage: Stage) -> None:
    heading("What people decide about the cases that ask for it")
    for number, decision in enumerate(DECISIONS):
        run = stage.marac if number < _SHOWN else stage.quietly
        run(*_words(stage, decision), on=stage.days.after_the_cut_off)
    tell(f"In this way {len(DECISIONS)} decisions are kept, each with its reason and the name of who took it.")


def _words(stage: Stage, decision: SampleDecision) -> tuple[str, ...]:
    other = [stage.case_of(decision.other)] if decision.other else []
    words = ("case", "decide", stage.case_of(decision.message), decision.kind, *other)
    return (*words, "--reason", decision.reason, "--by", decision.by)


def _hold_back(stage: Stage) -> None:
    agency = next(agency for agency in AGENCIES if agency.id == CONFLICT.agency)
    heading(f"A conflict of interest: somebody at {agency.name} is the perpetrator's sister")
    words = ("case", "conflict", stage.case_of(CONFLICT.message), CONFLICT.agency, "--person", CONFLICT.person)
    stage.marac(*words, "--reason", CONFLICT.reason, "--by", COORDINATOR, on=stage.days.after_the_cut_off)


def _ask_for_research(stage: Stage) -> None:
    heading("Before the meeting: an agenda and a research pack for each agency")
    meeting, on = stage.days.meeting.isoformat(), stage.days.after_the_cut_off
    stage.marac("meeting", "prepare", meeting, on=on)
    stage.marac("release", meeting, "--rehearse", on=on)
    stage.quietly("release", meeting, "--by", COORDINATOR, on=on)
    tell(f"$ marac release {meeting} --by '{COORDINATOR}' --today {on}     (the same list: they went)")
    stage.open_the_mail()
    case = stage.case_of(CONFLICT.message)
    tell(f"Everybody opens what has come with the own key. Who has {case}, the case that is held back?")
    stage.marac("case", "holders", case, on=on)
