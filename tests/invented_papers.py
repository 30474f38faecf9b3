"""Small invented papers of every kind that comes by mail, as blocks, with the kind that each is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from marac.demo.checklist_questions import QUESTIONS
from marac.parsers.blocks import Block, Cell, Line, Span, Table
from marac.referral import Kind

_LOOKS = re.compile(r"(☒|☐|\*\*.+?\*\*|~~.+?~~)")


@dataclass(frozen=True)
class Paper:
    """A paper, its kind, and whether a person must be asked about it (None: either will do)."""

    kind: Kind
    blocks: list[Block]
    asked_about: bool | None = False


def written(text: str) -> tuple[Span, ...]:
    """Words with ☒ and ☐ as boxes, `**bold**` and `~~struck~~`."""
    return tuple(_span(piece) for piece in _LOOKS.split(text) if piece)


def _span(piece: str) -> Span:
    if piece in "☒☐":
        return Span(ticked=piece == "☒")
    mark = piece[:2] if _LOOKS.fullmatch(piece) else ""
    return Span(piece[2:-2] if mark else piece, bold=mark == "**", struck=mark == "~~")


def paper(*parts: str | Sequence[Sequence[str]]) -> list[Block]:
    """A paper of these parts: a string is a line (`# ` begins a heading), a list of rows is a table."""
    return [_part(part, number) for number, part in enumerate(parts, 1)]


def _part(part: str | Sequence[Sequence[str]], number: int) -> Block:
    if isinstance(part, str):
        return Line(written(part.removeprefix("# ")), f"line {number}", heading=part.startswith("# "))
    cells = (Cell(row, column, written(text)) for row, texts in enumerate(part) for column, text in enumerate(texts))
    return Table(tuple(cells), f"table {number}")


def questions(*, yes: int = 15, numbered: bool = True) -> list[list[str]]:
    """The rows of a Dash checklist whose first `yes` questions are ticked."""
    return [
        [f"{number}. {words}" if numbered else words, "☒" if number <= yes else "☐", "☐" if number <= yes else "☒"]
        for number, words in enumerate(QUESTIONS, 1)
    ]


_HEADS = [["Question", "Yes", "No"]]
_VICTIM = [
    ["Victim name", "Ann Moss"],
    ["Victim date of birth", "03/04/1991"],
    ["Victim address", "1 Mill Lane, Leeds"],
]
_PERPETRATOR = [["Perpetrator name", "Ben Moss"], ["Perpetrator date of birth", "05/06/1988"]]
_CONSENT = [["Is the victim aware of MARAC referral?", "Yes"], ["Has consent been given?", "Yes"]]
_STORY = "He waited outside her work on three days and told her that he would find her wherever she went."
_OFTEN = [
    ["In the last year", "Never", "Occasionally", "Often", "All the time"],
    *([f"{number}. {words}", "", "", "X", ""] for number, words in enumerate(
        ("They frighten me", "They decide whom I see", "They look through my phone", "They keep my money", "They hurt me"), 1
    )),
]  # fmt: skip
_CHILD = [["Child's name", "Amy Moss"], ["Date of birth", "01/02/2015"], ["School", "Northfield Primary"]]

PAPERS: dict[str, Paper] = {
    "a referral with everything": Paper("referral", paper(
        "# MARAC referral form", _VICTIM, _PERPETRATOR, _CONSENT, [["Reason for referral", _STORY]], _HEADS + questions(),
    )),
    "a referral of a few lines": Paper("referral", paper("# MARAC referral", _VICTIM, _PERPETRATOR)),
    "a referral without a title": Paper("referral", paper(_VICTIM, _PERPETRATOR, _CONSENT, [["Reason for referral", _STORY]])),
    "a referral to DRAMM": Paper("referral", paper("# DRAMM referral form", _VICTIM, _PERPETRATOR, [["Consent to referral", "Yes"]])),
    "a referral from one MARAC to another": Paper("referral", paper(
        "# MARAC to MARAC transfer: referral form", _VICTIM, _PERPETRATOR, [["Date last heard at MARAC", "01/03/2026"]],
    )),
    "a referral that goes to the IDVA too": Paper("referral", paper("# MARAC and IDVA referral form", _VICTIM, _PERPETRATOR, _CONSENT)),
    "a referral that tells of minutes by car": Paper("referral", paper(
        "# MARAC referral", "She lives ten minutes away from his mother.", _VICTIM, _PERPETRATOR, _CONSENT,
    )),
    "a referral that takes twenty minutes to fill in": Paper("referral", paper(
        "# MARAC referral form", "Please allow 20 minutes to complete this form.", "The case goes on the agenda of the next meeting.", _VICTIM, _PERPETRATOR, _CONSENT,
    )),
    "a referral that speaks of MAPPA": Paper("referral", paper(
        "# MARAC referral form", _VICTIM, _PERPETRATOR, _CONSENT, [["Is the perpetrator known to MAPPA?", "Yes"]],
    )),
    "a referral of an area that calls it high risk domestic abuse": Paper("referral", paper(
        "# High risk domestic abuse referral form", _VICTIM, _PERPETRATOR, _CONSENT, [["Professional judgement", "Yes"]],
    )),
    "a referral whose reason speaks of MARF and anti-social behaviour": Paper("referral", paper(
        "# MARAC referral form", _VICTIM, _PERPETRATOR, _CONSENT,
        [["Reason for referral", "A MARF was sent last week. Anti-social behaviour by his brother is known to the housing officer."]],
    )),
    "a blank form": Paper("referral", paper(
        "# MARAC referral form", [[label, ""] for label, _ in (*_VICTIM, *_PERPETRATOR, *_CONSENT)], _HEADS + [[q, "☐", "☐"] for q, *_ in questions()],
    )),
    "a referral with a DARA": Paper("referral", paper("# MARAC referral form", _VICTIM, _PERPETRATOR, _CONSENT, [["DARA grade", "High"]])),
    "a checklist alone": Paper("checklist", paper("# SafeLives Dash risk checklist", [["Name of victim", "Ann Moss"], ["Date", "01/02/2026"]], _HEADS + questions())),
    "a checklist that nobody titled": Paper("checklist", paper([["Client name", "Ann Moss"]], _HEADS + questions(numbered=False))),
    "a checklist that explains the MARAC": Paper("checklist", paper(
        "# Risk identification checklist", "With 14 ticks or more make a MARAC referral by your agency's policy.",
        [["Victim name", "Ann Moss"]], _HEADS + questions(), [["Total", "15"]],
    )),
    "a DARA alone": Paper("checklist", paper("# Domestic Abuse Risk Assessment (DARA)", [["Victim's name", "Ann Moss"]], _OFTEN, [["Risk grade", "High"]])),
    "a DARA without its name": Paper("checklist", paper("# Officer's risk assessment", [["Victim name", "Ann Moss"]], _OFTEN, [["Risk grade", "Medium"]]), None),
    "a research return": Paper("research", paper(
        "# MARAC research form", [["Agency", "Northmoor Housing"], ["Completed by", "Joan Platt"]],
        [["Victim", "Ann Moss"], ["Perpetrator", "Ben Moss"]], [["Relevant information held", "Rent arrears since May."]],
    )),
    "a research return of the police": Paper("research", paper(
        "# MARAC agency information form", "Meeting of 3 December 2026", [["Victim name", "Ann Moss"], ["Information held", "Four calls this year."]],
    )),
    "minutes": Paper("minutes", paper("# Minutes of the Northbridge MARAC, 5 November 2026", "Present: police, housing, IDVA", "Case 1: Ann Moss and Ben Moss. Victim at her mother's.")),
    "an agenda": Paper("minutes", paper("# Northbridge MARAC: agenda for 5 November 2026", [["Case", "Victim", "Perpetrator"], ["M26-0001", "Ann Moss", "Ben Moss"]])),
    "a children's referral": Paper("other", paper(
        "# Multi-agency referral form (MARF)", "Children's services front door", _CHILD, [["Mother's name", "Ann Moss"], ["Father's name", "Ben Moss"]], [["Reason for referral", "Bruises."]],
    ), None),
    "an adult safeguarding concern that speaks of the MARAC": Paper(
        "other",
        paper(
            "# Safeguarding Adults Concern Form (SA1)",
            "In cases of domestic abuse use the MARAC referral form as well.",
            [["Adult at risk", ""], ["Name", "Ann Moss"], ["Date of birth", "01/02/1940"], ["Type of abuse", "Neglect"]],
            [["Person alleged to have caused harm", ""], ["Name", "Carl Pike"], ["Relationship", "Paid carer"]],
            [["Does the adult agree to this concern being raised?", "No"], ["Raised by", "Joan Platt"]],
        ),
        True,
    ),
    "a MASH enquiry": Paper("other", paper("# MASH referral", _CHILD, [["Referrer name", "Joan Platt"], ["Your concerns", "He comes hungry."]]), None),
    "an adult safeguarding concern": Paper("other", paper(
        "# Adult safeguarding concern", [["Adult at risk", "Ann Moss"], ["Date of birth", "01/02/1941"]], [["What happened", "Left without medication."]],
    ), None),
    "a referral to the community MARAC": Paper("other", paper(
        "# Community MARAC referral form", "For victims of anti-social behaviour", [["Victim name", "Ann Moss"], ["Address", "1 Mill Lane"]], [["ASB case number", "12345"]],
    ), None),
    "an ASB risk matrix": Paper("other", paper("# ASB risk assessment matrix", [["How often does this happen?", "Weekly", "3"], ["Total score", "21"]]), None),
    "a curriculum vitae": Paper("other", paper("# Curriculum vitae", "Joan Platt", "MARAC coordinator 2019 to 2024: agendas, minutes and referrals", "IDVA 2015 to 2019")),
    "a letter": Paper("other", paper("Dear Ms Platt,", "Thank you for your letter of 3 March about the boiler.", "Yours sincerely, Keith Moss")),
    "a referral to the IDVA service alone": Paper("other", paper("# IDVA service referral form", _VICTIM, _PERPETRATOR, [["Support needs", "Housing"]]), True),
    "a referral to the IDVA service with its checklist": Paper("other", paper(
        "# IDVA referral form", _VICTIM, _PERPETRATOR, [["Has consent been given?", "Yes"]], _HEADS + questions(),
    ), True),
    "a MAPPA referral": Paper("other", paper(
        "# MAPPA referral", "Multi-Agency Public Protection Arrangements", [["Offender name", "Ben Moss"], ["Date of birth", "05/06/1988"], ["Index offence", "Wounding"]],
    ), None),
    "a notification by the police": Paper("other", paper("# Domestic abuse notification", "For information only: PVP unit", _VICTIM, [["Suspect name", "Ben Moss"]], [["Incident number", "123 of 4 May"]]), True),
    "a job advertisement": Paper("other", paper(
        "# MARAC coordinator", "Full time, 37 hours", "You will take in every MARAC referral, write the agenda and the minutes, and work with victims' services.", "Closing date: 12 December 2026",
    ), None),
    "an invoice": Paper("other", paper("# Invoice 2044", [["Name", "Northmoor Printing"], ["Address", "2 High Road"], ["Total", "84"]])),
    "a risk assessment of a building": Paper("other", paper("# Fire risk assessment", [["Premises", "Town hall"], ["Risk level", "Medium"]], [["Hazard", "Yes", "No"], ["Are exits clear?", "X", ""]])),
    "a leaflet about the MARAC": Paper("other", paper(
        "# What is a MARAC?", "A multi-agency risk assessment conference is a meeting about people at high risk of domestic abuse.",
        "To make a MARAC referral fill in the form and send it to the coordinator. The criteria are: visible high risk (14 ticks or more), professional judgement, escalation.",
    )),
    "an operating protocol": Paper("other", paper(
        "# MARAC operating protocol", "1. Aims", "2. Making a referral", "The referral form must give the victim's name, date of birth and address, and the perpetrator's.",
        [["Criterion", "Meaning"], ["Visible high risk", "14 ticks or more"], ["Professional judgement", "Serious concern"], ["Repeat", "A further incident in 12 months"]],
        "3. Consent", "The victim should know of the referral where it is safe.",
    ), None),
    "guidance on the checklist": Paper("other", paper(
        "# Guidance for MARAC referrers", "Please read this before you fill in the form.", "Question 2. Ask how frightened the victim is, in their own words.", "Send the form to the coordinator.",
    ), None),
    "a letter with the actions of a meeting": Paper("other", paper("# MARAC actions for Northmoor Housing", [["Case", "Action", "By"], ["M26-0001", "Change the locks", "12/11/2026"]]), None),
    "an early help assessment": Paper("other", paper("# Early help assessment", _CHILD, [["What is going well?", "School"]]), None),
    "a Prevent referral": Paper("other", paper("# Prevent referral form", [["Name", "Ben Moss"], ["Date of birth", "05/06/1988"]], [["Concern", "Leaflets"]]), None),
    "a note that a receipt was sent": Paper("other", paper("Your message was received. We answer within five working days.")),
    "a privacy notice": Paper("other", paper("# MARAC privacy notice", "We keep the name, address and date of birth of victims and perpetrators who are referred to the MARAC.", "How long we keep it: seven years.")),
    "a referral whose guidance speaks of research": Paper("referral", paper(
        "# MARAC referral", "All agencies will complete a research form before the meeting.", _VICTIM, _PERPETRATOR, _CONSENT,
    )),
    "a referral that goes on the next agenda": Paper("referral", paper("# MARAC referral form", "Late referrals go on the next agenda", _VICTIM, _PERPETRATOR)),
    "a referral that asks who wants the minutes": Paper("referral", paper(
        "# MARAC referral form", [["Do you wish to receive the minutes?", "Yes"]], _VICTIM, _PERPETRATOR, _CONSENT,
    )),
    "a referral on a form for sharing information": Paper("referral", paper(
        "# MARAC information sharing form", _VICTIM, _PERPETRATOR, _CONSENT, [["Reason for referral", _STORY]],
    )),
    "a referral on the form of a public protection unit": Paper("referral", paper(
        "# Public protection notification: MARAC referral", _VICTIM, [["Suspect name", "Ben Moss"]], [["Crime number", "12/345/26"]],
    )),
    "a referral in a mail": Paper("referral", paper("MARAC referral", "Victim: Ann Moss", "DOB: 1/2/1990", "Perpetrator: Ben Moss", f"Reason for referral: {_STORY}")),
    "a referral that does not name the MARAC": Paper("referral", paper("# Domestic abuse referral", _VICTIM, _PERPETRATOR, _HEADS + questions())),
    "draft minutes in a table": Paper("minutes", paper([["Northbridge MARAC", "Draft minutes"]], [["Victim name", "Ann Moss"], ["Perpetrator name", "Ben Moss"]])),
    "minutes with much of a referral": Paper("minutes", paper(
        "# MARAC minutes", _VICTIM, _PERPETRATOR, _CONSENT, [["Professional judgement", "Yes"]],
    ), True),
    "a checklist that names the abuser": Paper("checklist", paper(
        "Restricted when complete", "# Dash risk checklist", [["Name of victim", "Ann Moss"], ["Name of perpetrator", "Ben Moss"]], _HEADS + questions(),
    )),
    "a blank checklist": Paper("checklist", paper("# SafeLives Dash risk checklist", [["Name of victim", ""]], _HEADS + [[q, "☐", "☐"] for q, *_ in questions()])),
    "a MeRIT assessment alone": Paper("checklist", paper("# MeRIT risk assessment", [["Victim name", "Ann Moss"]], [["Total score", "84"], ["Risk level", "Gold"]])),
    "a children's referral that tells of abuse": Paper("other", paper(
        "# Multi-agency referral form", "Children's services", _CHILD, [["Mother", "Ann Moss"], ["Is there domestic abuse?", "Yes"], ["Has a DASH been completed?", "Yes"]],
    ), None),
    "an adult safeguarding concern with an abuser": Paper("other", paper(
        "# Adult safeguarding referral", [["Name of adult at risk", "Ann Moss"]], [["Alleged perpetrator name", "Ben Moss"], ["Relationship", "Son"]], [["Has consent been given?", "Yes"]],
    ), None),
    "a hate crime report": Paper("other", paper("# Hate crime report", _VICTIM, [["Suspect", "Ben Moss"]]), True),
    "a letter to a victim": Paper("other", paper("Dear Ann,", "Your case was discussed at the multi-agency risk assessment conference on 5 November.", "Yours sincerely")),
    "a flyer for a training day": Paper("other", paper("# MARAC training", "Learn how to make a MARAC referral, how to use the Dash risk checklist and who sits on the panel.")),
    "an application for housing": Paper("other", paper("# Housing application", [["Name", "Ann Moss"], ["Address", "1 Mill Lane"], ["Date of birth", "1/1/1990"]])),
    "a complaint": Paper("other", paper("Hello,", "I want to complain about the MARAC coordinator, who did not answer my calls.")),
}  # fmt: skip
"""By what each is."""
