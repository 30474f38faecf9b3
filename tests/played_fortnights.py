"""The story of a fortnight, the same in every area, from the referrals to the figures; areas differ in their referrals."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.answered_papers import filled_letter, filled_pack
from tests.area_fortnights import COORDINATOR, AreaMarac
from tests.area_referrals import Couple
from tests.filled_minutes import Minutes

BEFORE = dt.timedelta(days=150)
"""How long before the fortnight the couple that comes again was referred first."""
FACT = "12 March: an alarm was fitted at her sister's."
DECIDED = ("--by", COORDINATOR, "--reason")


@dataclass(frozen=True, slots=True)
class Played:
    """A fortnight that was played to its end."""

    marac: AreaMarac
    people: Mapping[str, Couple]
    cases: Mapping[str, str]
    """The reference of each couple's newest case."""
    others: Mapping[str, AreaMarac] = field(default_factory=dict)
    """The other MARACs of the same team."""


@dataclass(frozen=True, slots=True)
class Script:
    """What of the story is an area's own."""

    refer: Callable[[AreaMarac, dt.date], None]
    """Posts the referrals of the fortnight."""
    note: Callable[[Minutes, Mapping[str, str]], None] | None = None
    """What the minutes say beside what they say everywhere."""


def play(marac: AreaMarac, people: Mapping[str, Couple], script: Script) -> Played:
    """The fortnight from its referrals on; the couple that comes again was heard before."""
    script.refer(marac, marac.prepared_on - dt.timedelta(days=3))
    marac.marac("mail", "run", on=marac.last_day)
    cases = {name: marac.case(couple).reference for name, couple in people.items()}
    _decide(marac, cases)
    _send_out(marac, "papers", marac.prepared_on)
    _answer(marac, cases)
    _take_minutes(marac, cases, script)
    _send_out(marac, "letters", marac.day_after)
    _report(marac, cases)
    _send_out(marac, "reminders", marac.overdue_on)
    marac.marac("figures", "figures", "--json", "--all", on=marac.overdue_on)
    marac.marac("status", "status", "--json", on=marac.overdue_on)
    return Played(marac, people, cases)


def _decide(marac: AreaMarac, cases: Mapping[str, str]) -> None:
    """The family was told to those who must know today, one case is not heard, and one is held back from housing."""
    on = marac.last_day
    marac.marac("told", "case", "decide", cases["family"], "hear", *DECIDED, "Children's social care told.", on=on)
    marac.marac("not heard", "case", "decide", cases["below"], "not-heard", *DECIDED, "The IDVA will ring.", on=on)
    person = ("--person", "Dana Whitty")
    marac.marac(
        "held back", "case", "conflict", cases["couple"], marac.ids["housing"], *person, *DECIDED, "His cousin.", on=on
    )


def _send_out(marac: AreaMarac, step: str, on: dt.date) -> None:
    """What is due is made, and a person releases it."""
    marac.marac(f"{step} made", "run", on=on)
    marac.marac(f"{step} released", "release", marac.meeting.isoformat(), "--by", COORDINATOR, on=on)


def _answer(marac: AreaMarac, cases: Mapping[str, str]) -> None:
    """The police fill in their pack, housing replies with lines, and the others say nothing."""
    pack, asked = marac.only("police", "research"), marac.only("housing", "research")
    told: dict[str, Mapping[str, str] | str] = dict.fromkeys((cases["couple"], cases["again"]), "nothing known")
    told[cases["family"]] = {"factors": FACT, "assessment": "High."}
    files = {"research.docx": filled_pack(pack.content, told)}
    marac.post(marac.address("police"), marac.answered_on, "Our return is attached.", files, pack)
    lines = f"{cases['family']}: nothing known\n{cases['again']}: in arrears since May\n"
    marac.post(marac.address("housing"), marac.answered_on, lines, answers=asked)
    marac.marac("answers", "run", on=marac.answered_on)


def _take_minutes(marac: AreaMarac, cases: Mapping[str, str], script: Script) -> None:
    """The coordinator types into the minutes that were made with the agenda, and confirms what was understood."""
    minutes, due = Minutes(marac.for_the_chair("minutes")), f"{marac.day_after + dt.timedelta(days=2):%d/%m/%Y}"
    minutes.attend(marac.name("police"), "present", "signed")
    minutes.attend(marac.name("idva"), "present", "signed")
    minutes.attend(marac.name("housing"), "apologies", "sent")
    for name in ("family", "couple", "again"):
        minutes.note(cases[name], risks=f"Contact, as noted of {name}.", heard="")
    minutes.agree(cases["family"], 1, "School run", "Speak to each child alone.", marac.name("childrens"), "", due)
    minutes.agree(cases["family"], 2, "", "Place a marker.", marac.name("police"), "PC Ames", due)
    minutes.agree(cases["couple"], 1, "", "Ring her in safe hours.", marac.name("idva"), "", due)
    minutes.agree(cases["again"], 1, "Break-in", "Fit new locks.", marac.name("housing"), "", due)
    if script.note:
        script.note(minutes, cases)
    file = marac.folder.path / "filled in.docx"
    file.write_bytes(minutes.saved())
    marac.marac("minutes shown", "minutes", "read", str(file), on=marac.meeting)
    marac.marac("minutes taken", "minutes", "read", str(file), "--confirm", "--by", COORDINATOR, on=marac.meeting)


def _report(marac: AreaMarac, cases: Mapping[str, str]) -> None:
    """The police report a line, children's social care send the letter back; the victim of the family is told."""
    on = marac.day_after + dt.timedelta(days=3)
    numbers = {each.agency: each.number for each in marac.actions()}
    letters = {role: marac.only(role, "letter") for role in ("police", "childrens")}
    marac.post(marac.address("police"), on, f"Action {numbers[marac.ids['police']]}: done", answers=letters["police"])
    done = filled_letter(
        letters["childrens"].content, {numbers[marac.ids["childrens"]]: ("could not be done", "The school had closed.")}
    )
    marac.post(marac.address("childrens"), on, "Attached.", {"letter.docx": done}, letters["childrens"])
    marac.marac("reports", "run", on=on)
    how = ("--on", marac.day_after.isoformat(), "--by", "Worker of police", "--how", "by telephone")
    marac.marac("victim told", "case", "told", cases["family"], *how, on=on)


def referred_before(marac: AreaMarac, couple: Couple, form: str, on: dt.date) -> None:
    """The couple's first referral, long before the fortnight."""
    marac.refer("police", on, couple.referral(on, marac.worker("police")), form)
    marac.marac("first mail", "run", on=on)


def words_to(marac: AreaMarac, role: str) -> str:
    """All that somebody was sent, subjects and file names included."""
    return "\n".join(each.words for each in marac.sent(role))


def kinds_to(marac: AreaMarac, role: str) -> Sequence[str]:
    """The kinds of sealed documents that somebody was sent, in alphabetical order."""
    return sorted(each.name.removesuffix(".docx.pgp") for each in marac.sent(role) if each.name)
