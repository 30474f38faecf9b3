"""Who was at the meeting, as the minutes say."""

from collections.abc import Iterator

from marac.agency import Agency
from marac.fortnight import Attendance
from marac.matching.spelling import folded
from marac.meetings.agency_named import agency_named
from marac.parsers.minutes.said import Answer, Attended, MinutesFile
from marac.taking_minutes.known import Known
from marac.taking_minutes.understood import Doubt
from marac.triage.wording import listed

_TRUTHS: dict[Answer, bool | None] = {"yes": True, "no": False, "": None}


def attendances(said: MinutesFile, known: Known) -> Iterator[Attendance | Doubt]:
    """Each row as an attendance or a doubt; then the agencies of whom nothing is ticked, and those that no row speaks of."""
    named: set[str] = set()
    unticked: list[str] = []
    for row in said.attended:
        found = agency_named(row.agency, known.agencies)
        named |= {found.agency.id} if found.agency else set()
        if found.agency and not (row.present or row.apologies or row.signed or row.sent):
            unticked.append(found.agency.name)
        else:
            yield _attendance(row, found.agency, found.doubt if found.near else "", known)
    if unticked:
        yield Doubt("who is here", f"nothing is ticked for {listed(unticked)}. Not noted.")
    for agency in known.agencies:
        if agency.id not in named:
            yield Doubt("who is here", f"no row speaks of {agency.name}. Nothing is noted of it.")
    for watcher in said.watched:
        if watcher.signed == "?":
            yield Doubt(watcher.where, "it cannot be told whether the statement was signed. The observer is not noted.")
        else:
            standing = Attendance(known.meeting.date, watcher.agency, watcher.name, "observer", _TRUTHS[watcher.signed])
            yield standing


def _attendance(row: Attended, agency: Agency | None, doubt: str, known: Known) -> Attendance | Doubt:
    who = agency.id if agency else row.agency
    where = f"{row.where} ({row.agency})" if row.agency else row.where
    present, apologies = row.present, row.apologies
    if not row.agency:
        doubt = "no agency stands in this row."
    elif doubt:
        doubt = f"{doubt} Not noted."
    elif "?" in {present, apologies, row.signed, row.sent}:
        doubt = "it cannot be told which boxes are meant. Not noted."
    elif present and apologies:
        doubt = "both present and apologies are ticked. Not noted."
    elif not present and not apologies:
        doubt = "neither present nor apologies is ticked. Not noted."
    elif agency and (other := _whose(row.name, agency, known)):
        doubt = f"the name is that of {other}'s representative or deputy. Were two rows exchanged? Not noted."
    if doubt:
        return Doubt(where, doubt)
    standing = Attendance(known.meeting.date, who, row.name, "present" if present else "apologies", _TRUTHS[row.signed])
    if apologies:
        return Attendance(standing.meeting, who, row.name, "apologies", standing.signed, _TRUTHS[row.sent])
    return standing


def _whose(name: str, agency: Agency, known: Known) -> str:
    """The other agency that this name belongs to; empty where it can be this one's."""
    words = folded(name)
    own = {folded(each) for each in (agency.representative, agency.deputy) if each}
    if not words or words in own:
        return ""
    for other in known.agencies:
        theirs = {folded(each) for each in (other.representative, other.deputy) if each}
        if other.id != agency.id and (words in theirs or words == " or ".join(folded(n) for n in _both(other))):
            return other.name
    return ""


def _both(agency: Agency) -> tuple[str, ...]:
    return tuple(name for name in (agency.representative, agency.deputy) if name)
