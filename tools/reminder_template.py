"""The template of reminders of overdue actions: its wording and its fields; answers are found as in action letters."""

from typing import Any

from shared_passages import CONFIDENTIAL, closing, contact_in_a_cell, for_one_alone
from word_layout import AMBER_FILL, gap, row, say, sheet, table, tag

_ANSWER = "[ ] done\n[ ] could not be done\n[ ] not done\nOn which day:\nWhy:"
_ACTION = (
    "{{ a.action }}\n{%p if a.owner %}\nWho: {{ a.owner }}\n{%p endif %}\n"
    "{%p if a.reported %}\nReported so far: {{ a.reported }}\n{%p endif %}\n**{{ a.reminder }}**"
)


def reminder() -> Any:
    """The reminder."""
    document = sheet("{{ agency }}: overdue actions   Return {{ return_mark }}")
    say(document, "{{ which }}: overdue actions", "Title")
    say(document, "To **{{ agency }}**{% if representative %}, {{ representative }}{% endif %}")
    say(document, "{{ marac }}, {{ day }}\nReturn **{{ return_mark }}**")
    for_one_alone(document)
    say(document, "Dear {% if representative %}{{ representative }}{% else %}colleague{% endif %}")
    say(document, "{%p if to_manager %}")
    say(
        document,
        "Your agency undertook the actions below to keep somebody safe. They are overdue, and the agency was reminded in "
        "vain. We write to you as the manager whom the agency named for this. **Please see that they are done, and that we "
        "hear of it.**",
    )
    say(document, "{%p else %}")
    say(
        document,
        "Your agency undertook the actions below to keep somebody safe. They are overdue, and we have not heard that they "
        "are done. **Please carry them out now, or tell us what stands in the way.**",
    )
    say(document, "{%p endif %}")
    made = table(document, (2.3, 2.5, 5.4, 2.7, 4.1), ("Case", "Victim", "Action", "Due", "What was done, and when"))
    tag(made, "for a in actions")
    row(
        made,
        "{{ a.case }}\n**Action {{ a.number }}**",
        f"{{{{ a.victim }}}}\n{contact_in_a_cell('a')}",
        _ACTION,
        "{{ a.due }}\noverdue since {{ a.overdue_since }}",
        _ANSWER,
    )
    tag(made, "endfor")
    gap(document)
    say(document, "{%p if copied_to_manager %}")
    row(table(document, (17.0,)), "Your agency's manager is told of what is longest overdue.", fill=AMBER_FILL)
    gap(document)
    say(document, "{%p endif %}")
    say(
        document,
        "Fill in the last column and send this file back to {{ email }}, or simply reply with the line of each action, and "
        "leave only what is so:",
    )
    say(document, "{%p for a in actions %}")
    say(document, "Action {{ a.number }}: done / could not be done, because … / not done, because …   ({{ a.case }})")
    say(document, "{%p endfor %}")
    say(document, "Confidentiality", "Heading 1")
    say(document, CONFIDENTIAL).paragraph_format.keep_together = True
    closing(document)
    return document
