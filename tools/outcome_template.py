"""The outcome note's template: its wording and its fields."""

from typing import Any

from list_template import version
from shared_passages import CONFIDENTIAL, closing, contact, for_one_alone
from word_layout import AMBER_FILL, gap, label, row, say, sheet, table, tag

_NOTES = "{%p for n in c.contact_notes %}\n{{ n }}\n{%p endfor %}"


def outcome() -> Any:
    """The note for whoever tells a victim what the meeting came to."""
    document = sheet("{{ marac }}: outcome for {{ agency }}")
    say(document, "Please tell the victim", "Title")
    say(document, "To **{{ agency }}**{% if representative %}, {{ representative }}{% endif %}")
    say(document, "{{ marac }}, meeting on **{{ meeting }}**")
    version(document)
    for_one_alone(document)
    say(document, "Dear {% if representative %}{{ representative }}{% else %}colleague{% endif %}")
    asked = table(document, (17.0,))
    row(
        asked,
        "**Please tell each victim named below by {{ tell_by }}** what was agreed for their safety.\n"
        "Read first what stands at the head of each case about contact. Speak with them in person or on the telephone, when it is safe. "
        "**Never write to the home**: no letter, no card, no message that somebody else may see.",
        fill=AMBER_FILL,
    )
    gap(document)
    _what_to_tell(document)
    say(document, "{%p for c in cases %}")
    say(document, "Case {{ c.reference }}", "Heading 1")
    _case(document)
    say(document, "{%p endfor %}")
    _reply(document)
    say(document, "Confidentiality", "Heading 1")
    say(document, CONFIDENTIAL).paragraph_format.keep_together = True
    closing(document)
    return document


def _what_to_tell(document: Any) -> None:
    say(document, "What to tell, and what not", "Heading 1")
    say(
        document,
        "**Tell** what will be done for the victim's safety and the children's, by whom and by when, in plain words; whom to "
        "ring; and that a new incident should be reported. Ask whether anything has changed, and whether what was agreed "
        "still fits.",
    )
    say(
        document,
        "**Do not tell** what agencies said about the perpetrator or about anybody else, what the police or probation "
        "plan about the perpetrator, or who sits at the meeting. If in doubt, ask us first. Do not leave this note with the "
        "victim.",
    )


def _case(document: Any) -> None:
    made = table(document, (3.4, 13.6))
    contact(made, notes=True)
    label(made, "Victim", "**{{ c.victim }}**")
    label(made, "Referred by", "{{ c.referred_by }}")
    tag(made, "if not c.contact_warning")
    label(made, "Contact", f"The form says that it is safe to call.\n{_NOTES}")
    tag(made, "endif")
    tag(made, "if c.told_with")
    label(made, "Who tells", "{{ c.told_with }} has this note too. Agree between you who speaks with the victim.")
    tag(made, "endif")
    tag(made, "if not c.actions")
    nothing = "{% if c.came_to_nothing %}What was agreed could not be done.{% else %}No action is recorded for this case.{% endif %}"
    row(made, f"{nothing} Ask the coordinator what to tell.", kept=False)
    tag(made, "endif")
    say(document, "{%p if c.actions %}")
    agreed = table(document, (4.2, 9.6, 3.2), ("Agency", "What was agreed", "By"))
    tag(agreed, "for a in c.actions")
    row(agreed, "{{ a.agency }}", "{{ a.action }}", "{{ a.due }}")
    tag(agreed, "endfor")
    say(document, "{%p endif %}")
    gap(document)


def _reply(document: Any) -> None:
    say(document, "Tell us when it is done", "Heading 1")
    say(
        document,
        "Reply to {{ email }}, with a line for each case and nothing about anybody in it. Write the day on which you told in "
        "place of the dots. Where the victim could not be reached, or does not wish to be told, say so instead.",
    )
    say(document, "{%p for c in cases %}")
    say(document, "{{ c.reference }}: told on … by telephone")
    say(document, "{%p endfor %}")
