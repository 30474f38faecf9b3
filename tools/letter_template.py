"""The action letter's template: its wording and its fields."""

from typing import Any

from docx.shared import Pt
from shared_passages import CONFIDENTIAL
from word_layout import gap, row, say, sheet, table, tag


def letter() -> Any:
    """The action letter."""
    document = sheet("{{ marac }}: actions for {{ agency }}")
    say(document, "Your actions", "Title")
    say(document, "To **{{ agency }}**{% if representative %}, {{ representative }}{% endif %}")
    say(document, "{{ marac }}, meeting on **{{ meeting }}**")
    say(document, "Dear {% if representative %}{{ representative }}{% else %}colleague{% endif %}")
    say(document, "{%p if actions %}")
    say(document, "Your agency undertook the actions below. Please carry out each one by its date.")
    _letter_actions(document, "actions")
    say(document, "{%p else %}")
    say(document, "No new action was agreed for your agency at this meeting.")
    say(document, "{%p endif %}")
    say(document, "{%p if still_open %}")
    say(document, "Still open from earlier meetings", "Heading 1")
    say(document, "We have not heard that these are done.")
    _letter_actions(document, "still_open")
    say(document, "{%p endif %}")
    say(document, "{%p if actions or still_open %}")
    say(document, "Put it on record", "Heading 1")
    say(
        document,
        "Record each action on your own file. **Where children are named in a case, record the action on each "
        "child's file too.** Every agency is responsible for the actions that it undertook.",
    )
    say(document, "Tell us what was done", "Heading 1")
    say(
        document,
        "Fill in the last column and send this file back to {{ email }}, sealed or by the secure mailbox, as soon "
        "as an action is done and in any case before the next meeting. Say “could not be done” where circumstances have "
        "changed, and what changed. What has not been reported is raised at the next meeting.",
    )
    say(document, "{%p endif %}")
    say(document, "If you think that somebody is in danger now, call the police on 999 first.")
    say(document, "Confidentiality", "Heading 1")
    say(document, CONFIDENTIAL).paragraph_format.keep_together = True
    close = say(document, "Yours sincerely")
    close.paragraph_format.space_before = Pt(14)
    close.paragraph_format.keep_with_next = True
    say(document, "{{ coordinator }}\n{{ marac }}\n{{ email }}")
    return document


def _letter_actions(document: Any, field: str) -> None:
    made = table(document, (2.3, 2.8, 5.1, 2.7, 4.1), ("Case", "Victim", "Action", "Due", "What was done, and when"))
    tag(made, f"for a in {field}")
    row(
        made,
        "{{ a.case }}\nAction {{ a.number }}",
        "{{ a.victim }}",
        "{{ a.action }}\n{%p if a.children %}\n**Children are named: record this on each child's file.**\n{%p endif %}",
        "{{ a.due }}",
        "[ ] done\n[ ] not done yet\n[ ] could not be done\nDate:",
        height=2.2,
    )
    tag(made, "endfor")
    gap(document)
