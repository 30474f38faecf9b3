"""The research pack's template: its wording and its fields."""

from typing import Any

from shared_passages import BORN, CHILDREN, CONFIDENTIAL, perpetrators, person
from word_layout import AMBER_FILL, GREY_FILL, RED, RED_FILL, label, row, say, sheet, table, tag


def research() -> Any:
    """The research pack."""
    document = sheet("{{ marac }}: research for {{ agency }}")
    say(document, "What does your agency know?", "Title")
    say(document, "For **{{ agency }}**{% if representative %}, {{ representative }}{% endif %}")
    say(document, "{{ marac }}, meeting on **{{ meeting }}**. Cases in this pack: **{{ number_of_cases }}**")
    asked = table(document, (17.0,))
    row(
        asked,
        "**Please send this file back by {{ return_by }}**\nto {{ email }}, sealed or by the secure mailbox.",
        fill=AMBER_FILL,
    )
    _cover(document)
    say(document, "The cases", "Heading 1")
    listing = table(document, (2.4, 8.4, 3.6, 2.6), ("Case", "Victim", "Born", "Referred by you"))
    tag(listing, "for c in cases")
    row(listing, "{{ c.reference }}", person("c.victim"), "{{ c.victim.born }}", "{{ c.own_referral }}")
    tag(listing, "endfor")
    say(document, "{%p if not cases %}")
    say(document, "No case is on the list.")
    say(document, "{%p endif %}")
    say(document, "{%p for c in cases %}")
    heading = say(document, "Case {{ c.reference }}", "Heading 1")
    heading.paragraph_format.page_break_before = True
    _research_facts(document)
    say(document, "Your answer", "Heading 2")
    say(document, "[ ]  **Nothing known.** We looked for everybody named above and hold nothing on any of them.")
    _research_answer(document)
    say(document, "{%p endfor %}")
    return document


def _cover(document: Any) -> None:
    say(document, "What we ask", "Heading 1")
    say(
        document,
        "Look in your records for everybody named in each case: the victim, the perpetrators and the children, "
        "under every name and spelling given. Ask the colleagues who work with them. Then fill in the section of each case "
        "under its three headings. If you hold nothing, tick “Nothing known”: that is an answer, and we need it too.",
    )
    say(document, "Keep facts and opinion apart", "Heading 1")
    say(
        document,
        "Write facts on the left, each with its date and where it comes from. Write your professional opinion "
        "on the right. Write what is accurate and up to date, and only what is **relevant, necessary and "
        "proportionate** to keeping people safe. If you hold something that you do not share, say what kind it is and why.",
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


def _research_facts(document: Any) -> None:
    made = table(document, (3.4, 13.6))
    tag(made, "if c.unsafe_contact")
    row(made, "**Not safe to contact the victim**, or not known to be safe.", fill=RED_FILL, color=RED)
    tag(made, "endif")
    tag(made, "if c.undecided")
    row(
        made,
        "**Nobody has decided yet whether this case is heard.** What you know may help to decide.",
        fill=AMBER_FILL,
    )
    tag(made, "endif")
    tag(made, "if c.repeat")
    row(made, "This may be a **repeat**: the same people may have been heard here before.", fill=AMBER_FILL)
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


def _research_answer(document: Any) -> None:
    made = table(document, (8.5, 8.5))
    tag(made, "if c.own_referral")
    row(made, "Your agency referred this case: why is it high risk?", fill=GREY_FILL, bold=True, kept=True)
    row(made, "", height=3)
    tag(made, "endif")
    for heading in (
        "1. Factors that significantly affect the risk",
        "2. Your assessment of the risk",
        "3. How you manage the risk: what you do now, and what you can offer",
    ):
        row(made, heading, fill=GREY_FILL, bold=True, kept=True)
        row(made, "Facts, with date and source:", "Professional opinion:", height=4)
    row(made, "What you hold but do not share: what kind, and why", fill=GREY_FILL, bold=True, kept=True)
    row(made, "", height=1.6)
    row(
        made, "[ ]  All that is written here is relevant, necessary and proportionate.\nName and role:\nDate:", height=2
    )
