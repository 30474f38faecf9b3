"""The template of the collation of research: its wording and its fields."""

from typing import Any

from shared_passages import BORN, CONFIDENTIAL, contact, person
from word_layout import AMBER_FILL, BLUE_FILL, GREY_FILL, WHITE, gap, label, row, say, sheet, table, tag

_HEADINGS = (
    ("why_high_risk", "Why this is high risk, as the referrer says", None),
    ("facts", "FACTS: factors that significantly affect the risk", None),
    ("opinions", "OPINION: each agency's own assessment of the risk", None),
    ("unsorted", "FROM SHORT REPLIES: facts and opinion are not told apart", None),
    ("management", "How each agency manages it", None),
    ("not_shared", "KNOWN AND NOT SHARED: for the chair alone, not to be read out", AMBER_FILL),
)


def returns() -> Any:
    """What the agencies answered, for the chair."""
    document = sheet("{{ marac }}: research returned, for the chair")
    say(document, "What the agencies answered", "Title")
    say(document, "For the chair{% if chair %}, **{{ chair }}**{% endif %}, and the coordinator, and for nobody else")
    say(document, "{{ marac }}, meeting on **{{ meeting }}**. Cases: **{{ number_of_cases }}**")
    say(
        document,
        "Each agency's words stand as it wrote them. Facts and opinion stand apart. Whose answer is not here has not sent "
        "one: that is not the same as “nothing known”.",
    )
    say(document, "{%p if silent %}")
    row(
        table(document, (17.0,)),
        "**Nothing at all is back from:** {{ silent|join('; ') }}",
        fill=AMBER_FILL,
    )
    say(document, "{%p endif %}")
    say(document, "Confidentiality", "Heading 1")
    say(document, CONFIDENTIAL)
    say(document, "{%p if not cases %}")
    say(document, "No case is on the list.")
    say(document, "{%p endif %}")
    say(document, "{%p for c in cases %}")
    heading = say(document, "Case {{ c.reference }}", "Heading 1")
    heading.paragraph_format.page_break_before = True
    _people(document)
    gap(document)
    _answers(document)
    say(document, "{%p endfor %}")
    return document


def _people(document: Any) -> None:
    made = table(document, (3.8, 13.2))
    contact(made, kept=False)
    tag(made, "if c.undecided")
    row(made, "**Nobody has decided yet whether this case is heard.**", fill=AMBER_FILL)
    tag(made, "endif")
    label(made, "Victim", f"**{person('c.victim')}**\n{BORN % {'p': 'c.victim'}}")
    tag(made, "for p in c.perpetrators")
    label(made, "Perpetrator", f"**{person('p')}**\n{BORN % {'p': 'p'}}")
    tag(made, "endfor")
    label(made, "Referred by", "{{ c.referred_by }}")
    label(made, "Answered", "{{ c.answered }} of {{ c.asked }}")
    tag(made, "if c.nothing_known")
    label(made, "Nothing known", "{{ c.nothing_known|join('; ') }}")
    tag(made, "endif")
    tag(made, "if c.not_back")
    label(made, "Not answered", "**{{ c.not_back|join('; ') }}**")
    tag(made, "endif")
    tag(made, "if c.waiting")
    label(made, "Came, and waits", "{{ c.waiting|join('; ') }}: the coordinator has still to look at it.")
    tag(made, "endif")


def _answers(document: Any) -> None:
    made = table(document, (3.8, 13.2))
    for field, heading, fill in _HEADINGS:
        tag(made, f"if c.{field}")
        row(made, heading, fill=BLUE_FILL, color=WHITE, bold=True, kept=True)
        tag(made, f"for a in c.{field}")
        row(
            made,
            "{{ a.agency }}",
            "{{ a.words }}",
            fill=fill,
            label_fill=None if fill else GREY_FILL,
        )
        tag(made, "endfor")
        tag(made, "endif")
    tag(made, "if not (c.facts or c.opinions or c.unsorted or c.management or c.why_high_risk or c.not_shared)")
    row(made, "No agency has written anything about this case.")
    tag(made, "endif")
