"""A case's story on one page: what it is, what cannot wait, what was done to it, by whom, when and from where, and who looked."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from marac.action import Action
from marac.audit import Entry
from marac.case import CANNOT_WAIT, Case, Decision, PersonVerdict
from marac.errors import UsageError
from marac.fortnight import CaseMinutes, Transfer
from marac.intake.opening.message import shown
from marac.intake.originals import Originals
from marac.register.actions import actions_of_case
from marac.register.cases import case_named, cases_joined_to, sources_of_case
from marac.register.minutes import every_case_minutes
from marac.register.trail import entries_about
from marac.register.transfers import every_transfer
from marac.register.verdicts import verdicts_about
from marac.transfers.bundle import bundle_from
from marac.transfers.handed_over import told_of

_ORIGINS = {
    "mail": ", from the mail",
    "workbook": ", in the register workbook",
    "import": ", from the old register",
    "page": ", on the page",
    "command": ", with a command",
    "": "",  # by itself, or before it was noted
}
_URGENT = "What cannot wait for the meeting. This program is never the alarm: in an emergency ring 999."
_LOOKS = frozenset({"case looked at", "message looked at"})


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to a case."""

    at: dt.datetime
    who: str = field(repr=False)
    what: str = field(repr=False)
    origin: str = ""

    @property
    def looked(self) -> bool:
        """Whether somebody only looked."""
        return self.what in _LOOKS


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that the register knows of how a case came to stand as it does."""

    case: Case
    happenings: tuple[Happening, ...] = field(repr=False)
    joined: tuple[Case, ...] = field(default=(), repr=False)
    actions: tuple[Action, ...] = field(default=(), repr=False)
    messages: tuple[tuple[int, str], ...] = ()
    """The messages that speak of it, and what each was for it."""
    verdicts: tuple[PersonVerdict, ...] = field(default=(), repr=False)
    transfers: tuple[Transfer, ...] = ()
    handed_over: tuple[str, ...] = field(default=(), repr=False)
    """What another MARAC noted and agreed, in its own words, a line each."""
    minutes: tuple[CaseMinutes, ...] = field(default=(), repr=False)


def story_of(connection: Connection, reference: str) -> Story:
    """The story of a case.

    Raises:
        NotFoundError: there is no such case.
    """
    case = case_named(connection, reference)
    messages = sources_of_case(connection, case.reference)
    subjects = {case.reference, *(f"message {number}" for number, _ in messages)}
    return Story(
        case,
        tuple(_happenings(entries_about(connection, subjects), case)),
        cases_joined_to(connection, case.reference),
        actions_of_case(connection, case.reference),
        messages,
        verdicts_about(connection, {case.reference}),
        tuple(each for each in every_transfer(connection) if each.case == case.reference),
        minutes=tuple(noted for noted in every_case_minutes(connection) if noted.case == case.reference),
    )


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page."""

    title: str
    lines: tuple[str, ...] = field(repr=False)
    urgent: bool = False


def sections(story: Story) -> tuple[Section, ...]:
    """The parts of the page that have something to say, what cannot wait first."""
    case = story.case
    done = [_happening(each) for each in story.happenings if not each.looked]
    looks = [_look(each) for each in story.happenings if each.looked]
    found = (
        Section(_URGENT, tuple(flag.reason for code in CANNOT_WAIT for flag in case.flags if flag.code == code), True),
        Section("How it stands", tuple(_standing(story))),
        Section("What the register says of it", tuple(f.reason for f in case.flags if f.code not in CANNOT_WAIT)),
        Section("What people decided", tuple(map(_decision, case.decisions))),
        Section("What people said of its people", tuple(map(_verdict, story.verdicts))),
        Section("What the meetings noted", tuple(line for noted in story.minutes for line in _noted(noted))),
        Section("Actions", tuple(map(_action, story.actions))),
        Section("What another MARAC handed over, in its own words", story.handed_over),
        Section("What happened, oldest first", tuple(done)),
        Section("Who looked at it", tuple(looks)),
    )
    return tuple(section for section in found if section.lines)


def told(story: Story) -> Iterator[str]:
    """The story as lines of text."""
    yield title_of(story)
    for section in sections(story):
        yield from ("", section.title, *(f"  {line}" for line in section.lines))


def page(story: Story) -> str:
    """The story as one page of HTML that needs nothing else, to be printed or kept."""
    from importlib.resources import files

    from jinja2 import Environment, StrictUndefined

    template = (files("marac") / "templates" / "story.html").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string(template).render(title=title_of(story), sections=sections(story))


def title_of(story: Story) -> str:
    """The reference and the couple."""
    people = " and ".join(filter(None, (each.name for each in story.case.referral.perpetrators)))
    victim = story.case.referral.victim.name or "victim not named"
    return f"{story.case.reference}: {victim}; {people or 'perpetrator not named'}"


def _standing(story: Story) -> Iterator[str]:
    case = story.case
    where = f", meeting of {_day(case.meeting)}" if case.meeting else ""
    gone = f" to {case.transferred_to}" if case.transferred_to else ""
    carried = f" to {case.joined_to}, which carries on for both" if case.joined_to else ""
    yield f"It is {case.state}{gone}{carried}{where}."
    yield f"Received {_day(case.received)} from {case.agency or 'an agency that is not named'}."
    if story.joined:
        yield f"Joined to it: {', '.join(other.reference for other in story.joined)}."
    yield from map(_transfer, story.transfers)
    for number, role in story.messages:
        yield f"Message {number} {_ROLES.get(role, role)}."


_ROLES: Mapping[str, str] = {
    "referral": "brought the referral",
    "checklist": "brought the checklist",
    "again": "brought the same form again",
    "version": "brings another version, which waits for a decision",
    "accepted": "brought the version that counts",
    "refused": "brought a version that was not used",
    "reply": "answers about it",
}


def with_handed_over(story: Story, originals: Originals) -> Story:
    """The story with what other MARACs noted and agreed, from the machine parts among the originals."""
    lines: list[str] = []
    for transfer in story.transfers:
        if transfer.direction == "in":
            try:
                lines += told_of(bundle_from(originals.path(transfer.bundle).read_bytes()))
            except (OSError, UsageError):
                lines.append(
                    f"What {transfer.other} handed over is missing from the store. Ask IT to look at the store folder."
                )
    return replace(story, handed_over=tuple(map(shown, lines)))


def _transfer(transfer: Transfer) -> str:
    if transfer.direction == "in":
        return f"{transfer.other} handed it over on {_day(transfer.on)}."
    receipt = f" It said on {_day(transfer.receipt_on)} that it has it." if transfer.receipt_on else ""
    return f"Handed over to {transfer.other}, asked for on {_day(transfer.on)} by {transfer.by}.{receipt}"


def _noted(noted: CaseMinutes) -> Iterator[str]:
    """What the minutes say of it: the risks, what the area has the meeting consider, and notes."""
    said = {"Risks": noted.risks, **{f"Considered, {what}": answer for what, answer in noted.considered.items()}}
    for title, words in {**said, "Notes": noted.notes}.items():
        if words:
            yield f"{_day(noted.meeting)}. {title}: {' '.join(words.split())}"


def _decision(decision: Decision) -> str:
    other = f" {decision.other_case}" if decision.other_case else ""
    return f"{_day(decision.on)}, {decision.by}: {decision.kind}{other}. Reason: {decision.reason}"


def _verdict(verdict: PersonVerdict) -> str:
    people = [
        f"the {each.role}{f' {each.place + 1}' if each.role != 'victim' else ''} in {each.case}"
        for each in (verdict.one, verdict.other)
    ]
    said = "one person" if verdict.same else "two people"
    return f"{_day(verdict.on)}, {verdict.by}: {' and '.join(people)} are {said}. Reason: {verdict.reason}"


def _action(action: Action) -> str:
    done = f"done {_day(action.done)}" if action.done else "open"
    return f"{action.number} ({action.agency}, due {_day(action.due)}, {done}): {action.text}"


def _happenings(entries: Sequence[Entry], case: Case) -> Iterator[Happening]:
    for entry in entries:
        about = "" if entry.subject == case.reference else f"{entry.subject}: "
        detail = f" ({entry.detail})" if entry.detail and len(entry.detail) < _LONGEST else ""
        what = entry.event if entry.event in _LOOKS else f"{about}{entry.event}{detail}"
        yield Happening(entry.at, entry.actor, what, entry.origin)


_LONGEST = 64
"""A detail as long as a sha256 says nothing to a person."""


def _happening(happening: Happening) -> str:
    return f"{_moment(happening.at)}  {happening.what}, by {happening.who}{_ORIGINS[happening.origin]}"


def _look(happening: Happening) -> str:
    return f"{_moment(happening.at)}  {happening.who}{_ORIGINS[happening.origin]}"


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _moment(at: dt.datetime) -> str:
    local = at.astimezone()
    return f"{_day(local.date())} {local:%H:%M}"
