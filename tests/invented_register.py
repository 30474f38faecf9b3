"""An invented register for the tests of its workbook: the cases of a fortnight with evidence, messages and actions."""

import dataclasses
import datetime as dt

from marac.agency import Agency
from marac.case import Case, Decision, Flag
from marac.checklist import Checklist
from marac.referral import Evidence, Problem, Reading, Referral, Victim
from marac.register.workbook.contents import BookedMessage, RegisterContents, RegisteredCase
from tests import invented_cases

FINGERPRINT = "0123456789ABCDEF0123456789ABCDEF01234567"
STORY = " ".join(["He waited outside her work and said that she would be sorry."] * 12)


def contents(*cases: Case, **changes: object) -> RegisterContents:
    """The register of a fortnight, or of the cases given."""
    register = RegisterContents(
        marac=invented_cases.MARAC,
        cases=tuple(RegisteredCase(case, f"store/forms/{case.reference}.docx") for case in cases or fortnight()),
        actions=invented_cases.actions(),
        meetings=(invented_cases.MEETING,),
        agencies=agencies(),
        messages=messages(),
    )
    return dataclasses.replace(register, **changes)  # type: ignore[arg-type]


def fortnight() -> tuple[Case, ...]:
    """The invented cases, the first read with evidence, the third decided, and one that may be a duplicate."""
    first, repeat, undecided, *rest = invented_cases.fortnight()
    hear = Decision("M26-0003", "hear", "Pattern of control.", "J. Marsh", dt.date(2026, 11, 26))
    twin = Flag("possible duplicate", "Names sound alike and the postcode is the same.", "", "M26-0001", True)
    missing = Flag("missing", "No telephone number for the victim was found.")
    possible = invented_cases.case("M26-0008", flags=(twin, missing), agency="Children's Social Care")
    return (read(first), repeat, dataclasses.replace(undecided, decisions=(hear,)), *rest, possible, undecided_twin())


def undecided_twin() -> Case:
    """A case below the threshold with a reference of its own, still waiting for a decision."""
    return dataclasses.replace(invented_cases.undecided_case(), reference="M26-0009")


def read(case: Case) -> Case:
    """The case as a reader hands it over: with evidence for its leaves, one of them doubtful, and a question."""
    evidence = {
        "victim.name": Evidence("Siân Gwynfryn-Hughes", "table 2, row 1", 0.99),
        "victim.date_of_birth": Evidence("3/4/91", "table 2, row 3", 0.98),
        "victim.phone": Evidence("07700 900123", "table 2, row 5", 0.97),
        "perpetrators.0.date_of_birth": Evidence("24 Dec '88", "table 4, row 2", 0.61),
        "checklist.ticks": Evidence("16 of 24 boxes", "table 3", 0.95),
    }
    question = Problem(
        "unclear",
        "victim.safe_to_call",
        "Both boxes are ticked at \N{LEFT DOUBLE QUOTATION MARK}Safe to call\N{RIGHT DOUBLE QUOTATION MARK}.",
    )
    form = dataclasses.replace(
        case.referral, reason=STORY, checklist=Checklist(kind="dash", ticks=16), children=invented_cases.children(2)
    )
    reading = dataclasses.replace(case.reading, referral=form, evidence=evidence, problems=(question,))
    return dataclasses.replace(case, reading=reading)


def agencies() -> tuple[Agency, ...]:
    """The invented agencies; all but one have a key."""
    keyed = (dataclasses.replace(agency, fingerprint=FINGERPRINT) for agency in invented_cases.AGENCIES[:-1])
    return (*keyed, invented_cases.AGENCIES[-1])


def messages() -> tuple[BookedMessage, ...]:
    """Three messages: a referral, an absence notice and one that cannot be read."""
    day = dt.date(2026, 11, 20)
    return (
        BookedMessage(
            1, day, "processed", True, cases=("M26-0001",), sender="h.farrow@homes.example", subject="Referral"
        ),
        BookedMessage(2, day, "processed", True, reason="An absence notice.", sender="pc@police.example"),
        BookedMessage(
            3,
            day,
            "needs a person",
            True,
            needs_a_person=True,
            reason="The attachment is encrypted; ask the sender for it in another way.",
            sender="ward@health.example",
            subject="=cmd|' /C calc'!A0",
        ),
    )


def told(*stories: str | None) -> RegisterContents:
    """A register whose cases tell these stories."""
    forms = [Referral(victim=Victim(name="Invented Person"), reason=story) for story in stories]
    cases = [
        Case(f"M26-{number:04}", "listed", dt.date(2026, 11, 20), Reading("referral", form))
        for number, form in enumerate(forms, 1)
    ]
    return contents(*cases)
