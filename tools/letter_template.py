"""The action letter's template: its wording and its fields.

The heading of the last column, the boxes under it and the "Action" in the first column are what `marac.parsers.answers`
finds an answer by.
"""

from typing import Any

from docx.shared import Cm, Pt
from list_template import version
from shared_passages import CHILD, CONFIDENTIAL, closing, contact_in_a_cell, for_one_alone
from word_layout import gap, row, say, sheet, table, tag

_INDENT, _CLOSE = Cm(0.6), Pt(2)
_ANSWER = "[ ] done\n[ ] could not be done\n[ ] not done\nOn which day:\nWhy:"
_CHILDS_FILE = "\n{%p if child_files and a.children %}\nRecorded on each child's file:\n{%p endif %}"
_ACTION = (
    "{{ a.action }}\n{%p if a.risk %}\nRisk: {{ a.risk }}\n{%p endif %}\n{%p if a.owner %}\nWho: {{ a.owner }}\n{%p endif %}\n"
    "{%p if a.reported %}\nReported so far: {{ a.reported }}\n{%p endif %}\n"
    "{%p if child_files and a.children %}\n**Record this on the file of each child:**\n"
    f"{{%p for k in a.named_children %}}\n{CHILD}, born {{{{ k.born }}}}\n{{%p endfor %}}\n"
    "{%p if not a.named_children %}\neach child of the case\n{%p endif %}\n{%p endif %}"
)
_VICTIM = f"{{{{ a.victim }}}}\n{contact_in_a_cell('a')}"


def letter() -> Any:
    """The action letter."""
    document = sheet("{{ agency }}: actions   Return {{ return_mark }}")
    say(document, "Your actions", "Title")
    say(document, "To **{{ agency }}**{% if representative %}, {{ representative }}{% endif %}")
    say(document, "{{ marac }}, meeting on **{{ meeting }}**\nReturn **{{ return_mark }}**")
    version(document)
    for_one_alone(document)
    say(document, "Dear {% if representative %}{{ representative }}{% else %}colleague{% endif %}")
    say(document, "{%p if actions %}")
    say(document, "Your agency undertook the actions below. Please carry out each one by its date.")
    _table_of(document, "actions")
    say(document, "{%p else %}")
    say(document, "No new action was agreed for your agency at this meeting.")
    say(document, "{%p endif %}")
    say(document, "{%p if still_open %}")
    say(document, "Still open from earlier meetings", "Heading 1")
    say(document, "As far as we knew on the day of the meeting, these are not done.")
    _table_of(document, "still_open")
    say(document, "{%p endif %}")
    _duties(document)
    _reply(document)
    say(document, "If you think that somebody is in danger now, call the police on 999 first.")
    say(document, "Confidentiality", "Heading 1")
    say(document, CONFIDENTIAL).paragraph_format.keep_together = True
    closing(document)
    return document


def _table_of(document: Any, field: str) -> None:
    made = table(document, (2.3, 2.8, 5.4, 2.4, 4.1), ("Case", "Victim", "Action", "By", "What was done, and when"))
    tag(made, f"for a in {field}")
    row(made, "{{ a.case }}\n**Action {{ a.number }}**", _VICTIM, _ACTION, "{{ a.due }}", f"{_ANSWER}{_CHILDS_FILE}")
    tag(made, "endfor")
    gap(document)


def _duties(document: Any) -> None:
    say(document, "Put it on record", "Heading 1")
    say(document, "Record each action on your own file. Every agency is responsible for the actions that it undertook.")
    say(document, "{%p if child_files %}")
    say(
        document,
        "Your agency keeps files on children. **Where children are named in a case, record the action on the file of each "
        "child too**, so that whoever opens that file next knows of the risk.",
    )
    say(document, "{%p endif %}")


def _reply(document: Any) -> None:
    say(document, "Tell us what was done", "Heading 1")
    say(
        document,
        "**Send this back{% if send_back_by %} by {{ send_back_by }}{% else %} before the next meeting{% endif %}** to "
        "{{ email }}, sealed or by the secure mailbox: fill in the last column and send this file, as Word or as PDF. Or "
        "simply reply, with the line of each action below, and leave only what is so. “Could not be done” means that "
        "circumstances have changed, and closes the action. “Not done” leaves it open. What nobody has reported is "
        "raised at the next meeting.",
    )
    for field in ("actions", "still_open"):
        say(document, f"{{%p for a in {field} %}}")
        line = say(
            document,
            "Action {{ a.number }}: done / could not be done, because … / not done, because …   ({{ a.case }})",
        )
        line.paragraph_format.left_indent = _INDENT
        line.paragraph_format.space_after = _CLOSE
        say(document, "{%p endfor %}")
    gap(document)
