"""Passages that several of the shipped Word templates share."""

from typing import Any

from docx.shared import Pt
from word_layout import AMBER_FILL, RED, RED_FILL, label, row, say, table, tag

NAMES = '{{ %(p)s.name }}{%% if %(p)s.also_known_as %%} (also: {{ %(p)s.also_known_as|join(", ") }}){%% endif %%}'
CHILD = NAMES % {"p": "k"}
CHILDREN = (
    "{%p for k in c.children %}\n"
    f"{CHILD}, born: {{{{ k.born }}}}{{% if k.age %}} ({{{{ k.age }}}}){{% endif %}}\n"
    "{%p endfor %}"
)
BORN = "Born: {{ %(p)s.born }}{%% for d in %(p)s.also_born %%} or {{ d }}{%% endfor %%}"
CONFIDENTIAL = (
    "What is shared at this meeting and in its papers is confidential. It is shared to keep people safe from serious "
    "harm, and only among agencies that have signed this MARAC's information-sharing protocol. Do not pass it on, copy "
    "it or quote it outside the meeting without the agreement of the agencies that gave it. **Nothing in these papers "
    "may reach the person who causes the harm, or anybody who might tell that person.**"
)


def person(name: str) -> str:
    """The tags that print a person's name and other names."""
    return NAMES % {"p": name}


def contact(made: Any, prefix: str = "c.", *, notes: bool = False, kept: bool = True) -> None:
    """The row of how safe it is to contact the victim: red where it is not, amber where nobody says that it is."""
    words = f"{{{{ {prefix}contact_warning }}}}"
    said = f"\n{{%p for n in {prefix}contact_notes %}}\n{{{{ n }}}}\n{{%p endfor %}}" if notes else ""
    tag(made, f"if {prefix}contact_unsafe")
    row(made, f"**{words}**{said}", fill=RED_FILL, color=RED, kept=kept)
    tag(made, f"elif {prefix}contact_unknown")
    row(made, f"{words}{said}", fill=AMBER_FILL, kept=kept)
    tag(made, f"elif {prefix}contact_warning")
    row(made, f"{words}{said}", kept=kept)
    tag(made, "endif")


def contact_in_a_cell(of: str) -> str:
    """The same as paragraphs of a cell."""
    return (
        f"{{%p if {of}.contact_unsafe %}}\n**{{{{ {of}.contact_warning }}}}**\n"
        f"{{%p elif {of}.contact_warning %}}\n{{{{ {of}.contact_warning }}}}\n{{%p endif %}}"
    )


def leaves(made: Any) -> None:
    """The row of who leaves the room before a case is heard: in the chair's papers alone."""
    tag(made, "if c.leaves")
    row(made, "{%p for w in c.leaves %}\n**{{ w }}**\n{%p endfor %}", fill=RED_FILL, color=RED, kept=True)
    tag(made, "endif")


def perpetrators(made: Any, relationship: str) -> None:
    """The rows of a case for everybody named as a perpetrator."""
    tag(made, "for p in c.perpetrators")
    label(made, "Perpetrator", f"**{person('p')}**\n{BORN % {'p': 'p'}}\nRelationship to the victim: {relationship}")
    tag(made, "endfor")
    tag(made, "if not c.perpetrators")
    label(made, "Perpetrator", "not recorded")
    tag(made, "endif")


def everybody_in_full(made: Any, reached: str) -> None:
    """The rows of everybody in a case, for whoever takes it over; `reached` is how a perpetrator is reached."""
    notes = "{%p for n in contact_notes %}\n{{ n }}\n{%p endfor %}"
    label(made, "Victim", f"**{person('victim')}**\n{BORN % {'p': 'victim'}}")
    label(made, "Telephone", "{{ victim.phone }}")
    tag(made, "if not contact_warning")
    label(made, "Contact", f"The form says that it is safe to call.\n{notes}")
    tag(made, "endif")
    label(made, "Address", "{{ victim.address }}")
    tag(made, "for p in perpetrators")
    related = "Relationship to the victim: {{ p.relationship }}"
    label(made, "Perpetrator", f"**{person('p')}**\n{BORN % {'p': 'p'}}\n{related}\n{reached}")
    tag(made, "endfor")
    tag(made, "if not perpetrators")
    label(made, "Perpetrator", "not recorded")
    tag(made, "endif")
    tag(made, "if children")
    label(made, "Children", CHILDREN.replace("c.children", "children"))
    tag(made, "endif")


def for_one_alone(document: Any) -> None:
    """What a senior contact is told of why nobody else at the agency has the paper."""
    say(document, "{%p if in_confidence %}")
    row(table(document, (17.0,)), "**{{ in_confidence }}**", fill=RED_FILL, color=RED)
    say(document, "{%p endif %}")


def closing(document: Any) -> None:
    """Who writes, as a letter ends."""
    close = say(document, "Yours sincerely")
    close.paragraph_format.space_before = Pt(14)
    close.paragraph_format.keep_with_next = True
    say(document, "{{ coordinator }}\n{{ marac }}\n{{ email }}")
