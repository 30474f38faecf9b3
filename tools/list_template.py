"""The template of the list of cases to look up, and the passages that the research pack shares with it."""

from typing import Any

from docx.shared import Pt
from shared_passages import CHILD, CONFIDENTIAL, contact_in_a_cell, person
from word_layout import AMBER_FILL, RED, RED_FILL, gap, row, say, sheet, table, tag

_BORN = "\nborn {{ %(p)s.born }}{%% for d in %(p)s.also_born %%} or {{ d }}{%% endfor %%}"
_ADDRESS = "\n{%%p if show_addresses %%}\n{{ %(p)s.address }}\n{%%p endif %%}"
_MARKS = (
    "**{{ c.reference }}**\n{%p if c.late %}\n**Added late**\n{%p endif %}\n{%p if c.own_referral %}\nreferred by you\n"
    "{%p endif %}\n{%p if c.repeat %}\nrepeat\n{%p endif %}\n{%p if c.undecided %}\nnot decided yet\n{%p endif %}"
)
_CHILDREN = (
    f"{{%p for k in c.children %}}\n{CHILD}, born {{{{ k.born }}}}\n{{%p endfor %}}\n{{%p if not c.children %}}\n"
    "none named\n{%p endif %}"
)
_SMALL = Pt(9)
"""So that a full meeting fits on two pages."""


def list_of_cases() -> Any:
    """The list alone, for areas in which research stays inside the agencies."""
    document = sheet("{{ marac }}: list of cases for {{ agency }}")
    say(document, "Cases to look up", "Title")
    say(document, "For **{{ agency }}**{% if representative %}, {{ representative }}{% endif %}")
    say(document, "{{ marac }}, meeting on **{{ when }}**\nCases on this list: **{{ number_of_cases }}**")
    for_one_reader(document)
    say(
        document,
        "Please look in your records for everybody named here, under every name and spelling given, and ask the "
        "colleagues who work with them. Bring what you know to the meeting; nothing is sent back. Do not contact the victim "
        "or the perpetrator because of this list: ask the agency that referred the case, or the IDVA.",
    )
    listing(document, warned=True)
    say(document, "Confidentiality", "Heading 1")
    say(document, CONFIDENTIAL)
    say(document, "Questions go to {{ coordinator }}, {{ email }}.")
    return document


def for_one_reader(document: Any) -> None:
    """What a senior contact is told who alone gets the paper, and which version it is."""
    say(document, "{%p if in_confidence %}")
    alone = table(document, (17.0,))
    row(alone, "**{{ in_confidence }}**", fill=RED_FILL, color=RED)
    gap(document)
    say(document, "{%p endif %}")
    version(document)


def version(document: Any) -> None:
    """Which version the paper is, and what is not as it was in the one that its reader has."""
    say(document, "{%p if changes %}")
    changed = table(document, (17.0,))
    row(
        changed,
        "**{{ version }}**\nWhat has changed:\n{%p for n in changes %}\n• {{ n }}\n{%p endfor %}",
        fill=AMBER_FILL,
        kept=True,
    )
    tag(changed, "if address_changed")
    row(
        changed,
        "**An address that you have is wrong now. Destroy every copy of the earlier version, and strike the old address "
        "out wherever you wrote it down.**",
        fill=RED_FILL,
        color=RED,
        kept=True,
    )
    tag(changed, "endif")
    row(changed, "Please use this version only, and destroy the earlier one.", fill=AMBER_FILL)
    gap(document)
    say(document, "{%p else %}")
    say(document, "{{ version }}")
    say(document, "{%p endif %}")


def listing(document: Any, *, warned: bool = False) -> None:
    """The table of cases: everything that has to be looked up, a row a case.

    `warned`: whether it says how safe it is to contact the victim, where no section of the case says so.
    """
    warning = f"\n{contact_in_a_cell('c')}" if warned else ""
    made = table(document, (2.4, 5.2, 5.0, 4.4), ("Case", "Victim", "Perpetrator", "Children"))
    tag(made, "for c in cases")
    accused = f"{{%p for p in c.perpetrators %}}\n**{person('p')}**{_BORN % {'p': 'p'}}{_ADDRESS % {'p': 'p'}}\n{{%p endfor %}}"
    row(
        made,
        _MARKS,
        f"**{person('c.victim')}**{_BORN % {'p': 'c.victim'}}{_ADDRESS % {'p': 'c.victim'}}{warning}",
        f"{accused}\n{{%p if not c.perpetrators %}}\nnot recorded\n{{%p endif %}}",
        _CHILDREN,
    )
    tag(made, "endfor")
    for each in made.rows:
        for cell in each.cells:
            for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
                run.font.size = _SMALL
    say(document, "{%p if not cases %}")
    say(document, "No case is on this list.")
    say(document, "{%p endif %}")
