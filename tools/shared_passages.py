"""Passages that several of the shipped Word templates share."""

from typing import Any

from docx.shared import Pt
from word_layout import RED, RED_FILL, label, row, say, table, tag

NAMES = '{{ %(p)s.name }}{%% if %(p)s.also_known_as %%} (also: {{ %(p)s.also_known_as|join(", ") }}){%% endif %%}'
CHILDREN = (
    "{%p for k in c.children %}\n{{ k.name }}, born: {{ k.born }}{% if k.age %} ({{ k.age }}){% endif %}\n{%p endfor %}"
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


def perpetrators(made: Any, relationship: str) -> None:
    """The rows of a case for everybody named as a perpetrator."""
    tag(made, "for p in c.perpetrators")
    label(made, "Perpetrator", f"**{person('p')}**\n{BORN % {'p': 'p'}}\nRelationship to the victim: {relationship}")
    tag(made, "endfor")
    tag(made, "if not c.perpetrators")
    label(made, "Perpetrator", "not recorded")
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
