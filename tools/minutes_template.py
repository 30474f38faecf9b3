"""The template of the minutes to fill in: its wording and its fields.

The labels and headings of the tables are what `marac.parsers.minutes` knows them by.
"""

from typing import Any

from shared_passages import BORN, CHILDREN, contact, leaves, perpetrators, person
from word_layout import AMBER_FILL, BLUE_FILL, GREY_FILL, WHITE, gap, label, row, say, sheet, table, tag

_ROWS_FOR_ACTIONS = 6
_ROWS_FOR_OBSERVERS = 3
_WHO = (
    "{% if a.representative %}{{ a.representative }}{% endif %}"
    "{% if a.deputy %}{% if a.representative %} or {% endif %}{{ a.deputy }}{% endif %}"
)
_STATEMENT = (
    "What is shared at this meeting is confidential. It is shared to keep people safe from serious harm, and only among "
    "agencies that have signed this MARAC's information-sharing protocol. These minutes are kept where only those who "
    "need them reach them. They are not copied, photographed or passed on without the agreement of the agencies that "
    "gave the information. **Nothing of them may reach the person who causes the harm, or anybody who might tell that "
    "person.** Who signs below has heard this read and agrees to it."
)


def minutes() -> Any:
    """The minutes to fill in."""
    document = sheet("{{ mark }}  RESTRICTED WHEN COMPLETED")
    say(document, "MARAC minutes", "Title")
    say(document, "**RESTRICTED WHEN COMPLETED**")
    made = table(document, (3.4, 13.6))
    label(made, "MARAC", "{{ marac }}")
    label(made, "Meeting", "{{ when }}")
    label(made, "Chair", "{{ chair }}")
    label(made, "Cases", "{{ number_of_cases }}")
    label(made, "Mark of this file", "{{ mark }}", kept=False)
    gap(document)
    say(
        document,
        "Fill in the white cells, tick boxes with a click, add rows where there are too few. Leave the mark, the "
        "numbers and the headings of the tables as they are: by them the program finds again what belongs where. "
        "Nothing is taken into the register before you have seen what was understood.",
    )
    say(document, "1. Who is here", "Heading 1")
    _attendance(document)
    say(document, "2. Confidentiality statement", "Heading 1")
    say(document, _STATEMENT).paragraph_format.keep_together = True
    say(document, "3. Actions from earlier meetings", "Heading 1")
    _earlier_actions(document)
    heading = say(document, "4. The cases, in the order of hearing", "Heading 1")
    heading.paragraph_format.page_break_before = True
    say(
        document, "Please call each case by its reference: other agendas have no numbers."
    ).paragraph_format.keep_with_next = True
    say(document, "{%p if not cases %}")
    say(document, "No case is on the list.")
    say(document, "{%p endif %}")
    say(document, "{%p for c in cases %}")
    say(document, "{%p if loop.first %}")
    say(document, "Case {{ c.reference }}", "Heading 1")
    say(document, "{%p else %}")
    say(document, "Case {{ c.reference }}", "Heading 1").paragraph_format.page_break_before = True
    say(document, "{%p endif %}")
    _people(document)
    gap(document)
    _noted(document)
    gap(document)
    _actions(document)
    say(document, "{%p endfor %}")
    _ending(document)
    return document


def _attendance(document: Any) -> None:
    heads = ("Agency", "Name", "Present", "Apologies", "Statement signed", "Information sent")
    made = table(document, (3.4, 3.1, 2.0, 2.6, 2.7, 3.2), heads)
    tag(made, "for a in agencies")
    row(made, "{{ a.agency }}", _WHO, "[ ]", "[ ]", "[ ] yes\n[ ] no", "[ ] yes\n[ ] no")
    tag(made, "endfor")
    advice = (
        "Where two names stand, delete the one who is not here. “Information sent” is for those who sent apologies."
    )
    gap(document)
    say(document, advice).paragraph_format.keep_with_next = True
    watching = table(document, (6.6, 6.3, 4.1), ("Observer from", "Observer's name", "Statement signed"))
    for number in range(1, _ROWS_FOR_OBSERVERS + 1):
        row(watching, "", "", "[ ] yes   [ ] no", height=0.8, kept=number < _ROWS_FOR_OBSERVERS)


def _earlier_actions(document: Any) -> None:
    say(document, "{%p if open_actions %}")
    advice = (
        "“Could not be done” is for an action that circumstances overtook, such as a move away: it is closed. “Not done” "
        "stays open and comes back at the next meeting."
    )
    say(document, advice).paragraph_format.keep_with_next = True
    made = table(
        document, (1.3, 2.3, 4.5, 2.9, 3.3, 2.7), ("No.", "Case", "Action", "Due", "What became of it", "Reason")
    )
    tag(made, "for a in open_actions")
    row(
        made,
        "{{ a.number }}",
        "{{ a.case }}",
        "**{{ a.agency }}**\n{{ a.action }}",
        "{{ a.due }}\n{{ a.reported }}",
        "[ ] done\n[ ] could not be done\n[ ] not done",
        "",
    )
    tag(made, "endfor")
    say(document, "{%p else %}")
    say(document, "None is open.")
    say(document, "{%p endif %}")


def _people(document: Any) -> None:
    made = table(document, (3.4, 13.6))
    row(made, "{{ c.reference }}   {{ c.victim.name }}", fill=BLUE_FILL, color=WHITE, bold=True, repeated=True)
    leaves(made)
    tag(made, "if c.undecided")
    row(made, "**{{ c.undecided }}**", fill=AMBER_FILL, kept=True)
    tag(made, "endif")
    contact(made, notes=True)
    tag(made, "if c.repeat")
    row(made, "{{ c.repeat }}", fill=AMBER_FILL, kept=True)
    tag(made, "endif")
    label(made, "Victim", f"**{person('c.victim')}**\n{BORN % {'p': 'c.victim'}}")
    perpetrators(made, "{{ p.relationship }}")
    tag(made, "if c.children")
    label(made, "Children", CHILDREN)
    tag(made, "endif")
    label(made, "Referred by", "{{ c.referred_by }}")
    label(made, "Presented by", "{{ c.presented_by }}", kept=False)


def _noted(document: Any) -> None:
    made = table(document, (4.4, 3.6, 9.0))
    row(made, "{{ c.reference }}: what the meeting noted", fill=BLUE_FILL, color=WHITE, bold=True, repeated=True)
    _wide(made, "Risks", height=2.4)
    tag(made, "for q in consider")
    _row_to_answer(made, "{{ q }}", "[ ] yes   [ ] no")
    tag(made, "endfor")
    _wide(made, "Notes", height=2.0)
    _row_to_answer(
        made, "The case was\n(why, at the right, where it was not heard)", "[ ] heard\n[ ] deferred\n[ ] not heard"
    )


def _wide(made: Any, name: str, *, height: float) -> None:
    """A row with a label and one cell for what is said."""
    added = row(made, name, "", "", label_fill=GREY_FILL, height=height)
    added.cells[1].merge(added.cells[2])


def _row_to_answer(made: Any, name: str, boxes: str) -> None:
    row(made, name, boxes, "", label_fill=GREY_FILL, height=0.9)


def _actions(document: Any) -> None:
    made = table(document, (1.1, 3.0, 4.4, 2.9, 2.6, 3.0))
    row(made, "{{ c.reference }}: actions agreed", fill=BLUE_FILL, color=WHITE, bold=True, repeated=True)
    heads = ("No.", "Risk addressed", "Action", "Agency", "Owner", "By (date)")
    row(made, *heads, fill=GREY_FILL, bold=True, repeated=True)
    for number in range(1, _ROWS_FOR_ACTIONS + 1):
        row(made, str(number), "", "", "", "", "", height=1.0)


def _ending(document: Any) -> None:
    heading = say(document, "5. Cases last heard twelve months ago", "Heading 1")
    heading.paragraph_format.page_break_before = True
    say(document, "{%p if twelve_months %}")
    advice = "Twelve months have passed. Agencies take the flags off their files, unless the meeting says otherwise."
    say(document, advice).paragraph_format.keep_with_next = True
    past = table(document, (2.6, 5, 5.8, 3.6), ("Past case", "Victim", "Perpetrator", "Heard on"))
    tag(past, "for c in twelve_months")
    row(past, "{{ c.reference }}", "{{ c.victim }}", '{{ c.perpetrators|join(", ") }}', "{{ c.heard }}")
    tag(past, "endfor")
    say(document, "{%p else %}")
    say(document, "None.")
    say(document, "{%p endif %}")
    say(document, "6. Any other business", "Heading 1")
    made = table(document, (17.0,), ("Any other business",))
    row(made, "", height=3)
