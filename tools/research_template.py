"""The research pack's template: its wording and its fields."""

from typing import Any

from list_template import for_one_reader, listing
from shared_passages import BORN, CHILDREN, CONFIDENTIAL, contact, perpetrators, person
from word_layout import AMBER_FILL, GREY_FILL, gap, label, row, say, sheet, table, tag

from marac.generators.fields.research import ANSWER_LABELS

NOTHING, FACTORS, ASSESSMENT, MANAGEMENT, WHY, NOT_SHARED = ANSWER_LABELS
"""The labels of a section. A filled-in pack is read back by them, so they must stay as they are."""


def research() -> Any:
    """The research pack."""
    document = sheet("{{ marac }}   Return {{ return_mark }}")
    say(document, "What does your agency know?", "Title")
    say(document, "For **{{ agency }}**{% if representative %}, {{ representative }}{% endif %}")
    say(
        document,
        "{{ marac }}, meeting on **{{ when }}**\n"
        "Cases in this pack: **{{ number_of_cases }}**   Return **{{ return_mark }}**",
    )
    for_one_reader(document)
    asked = table(document, (17.0,))
    row(
        asked,
        "**Please answer by {{ return_by }}**, to {{ email }}, sealed or by the secure mailbox.\n"
        "Fill in the section of each case and send this file back, as Word or as PDF. Or simply reply to this "
        "mail: for each case of which you know nothing, a line with its number, a colon, and **nothing known**.",
        fill=AMBER_FILL,
    )
    gap(document)
    listing(document)
    _guidance(document)
    say(document, "{%p for c in cases %}")
    heading = say(document, "Case {{ c.reference }}", "Heading 1")
    heading.paragraph_format.page_break_before = True
    _facts(document)
    say(document, "Your answer", "Heading 2")
    say(document, "Write only what is **relevant, necessary and proportionate** to keeping people safe.")
    _answer(document)
    say(document, "{%p endfor %}")
    return document


def _guidance(document: Any) -> None:
    say(document, "What we ask", "Heading 1")
    say(
        document,
        "Look in your records for everybody named in each case: the victim, the perpetrators and the children, "
        "under every name and spelling given. Ask the colleagues who work with them. Then fill in the section of each case. "
        "If you hold nothing, tick “Nothing known”: that is an answer, and we need it too.",
    )
    say(document, "Keep facts and opinion apart", "Heading 1")
    say(
        document,
        "Facts stand in a row of their own, each with its date and where it comes from. Your professional opinion has "
        "another row, and is marked there as opinion. Write what is accurate and up to date, and only what is **relevant, "
        "necessary and proportionate** to keeping people safe. If you know something that you do not share, say what kind "
        "it is and why.",
    )
    say(document, "Do not contact the victim", "Heading 1")
    say(
        document,
        "Do not call, write to or visit the victim because of this request. If you need to ask something, go "
        "through the IDVA or the agency that referred the case. Never contact the perpetrator about it.",
    )
    say(document, "Confidentiality", "Heading 1")
    say(document, CONFIDENTIAL)
    say(document, "Questions go to {{ coordinator }}, {{ email }}.")


def _facts(document: Any) -> None:
    made = table(document, (3.4, 13.6))
    contact(made, kept=False)
    tag(made, "if c.undecided")
    row(
        made,
        "**Nobody has decided yet whether this case is heard.** What you know may help to decide.",
        fill=AMBER_FILL,
    )
    tag(made, "endif")
    tag(made, "if c.late")
    row(made, "**Added after the cut-off.** Please answer this one first.", fill=AMBER_FILL)
    tag(made, "endif")
    tag(made, "if c.repeat")
    row(made, "**Repeat**: the same people were heard before.", fill=AMBER_FILL)
    tag(made, "endif")
    label(made, "Victim", f"**{person('c.victim')}**\n{BORN % {'p': 'c.victim'}}")
    tag(made, "if show_addresses")
    label(made, "Victim's address", "{{ c.victim.address }}")
    tag(made, "endif")
    perpetrators(made, "{{ p.relationship }}\n{%p if show_addresses %}\nAddress: {{ p.address }}\n{%p endif %}")
    tag(made, "if c.children")
    label(made, "Children", CHILDREN)
    tag(made, "endif")
    label(made, "Referred by", "{{ c.referred_by }}")


def _answer(document: Any) -> None:
    made = table(document, (5.0, 12.0))
    row(made, "Case", "**{{ c.reference }}**", label_fill=GREY_FILL, kept=True)
    row(made, "Return", "{{ return_mark }}", label_fill=GREY_FILL, kept=True)
    nothing = "[ ] We looked for everybody named above, and hold nothing on any of them."
    row(made, NOTHING, nothing, label_fill=GREY_FILL, kept=True)
    for name in (FACTORS, ASSESSMENT, MANAGEMENT):
        row(made, name, "", label_fill=GREY_FILL, height=2.2)
    tag(made, "if c.own_referral")
    row(made, WHY, "", label_fill=GREY_FILL, height=1.8)
    tag(made, "endif")
    row(made, NOT_SHARED, "", label_fill=GREY_FILL, height=1.4)
