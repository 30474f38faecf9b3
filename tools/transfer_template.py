"""The template of a transfer to another MARAC: its wording and its fields."""

from typing import Any

from shared_passages import CONFIDENTIAL, closing, contact, everybody_in_full
from word_layout import gap, label, row, say, sheet, table, tag


def transfer() -> Any:
    """A case handed over to another MARAC."""
    document = sheet("{{ marac }}: transfer {{ reference }}")
    say(document, "Transfer of a case", "Title")
    say(document, "From **{{ marac }}** (case {{ reference }}) to **{{ receiver }}**")
    say(document, "{{ written }}")
    say(document, "{%p if origin %}")
    say(document, 'It came to us from {{ origin|join(" and from ") }}.')
    say(document, "{%p endif %}")
    say(document, "{%p if reason %}")
    say(document, "Why it is handed over: {{ reason }}")
    say(document, "{%p endif %}")
    warned = table(document, (17.0,))
    contact(warned, "", notes=True, kept=False)
    gap(document)
    say(
        document,
        "Please say that it has arrived: reply to this message, and quote **{{ receipt }}**. Assess the risk anew: the move "
        "itself changes it. Show on your agenda where the case comes from.",
    )
    _facts(document)
    say(document, "{%p if reasons %}")
    say(document, "Why it was referred, in the referrer's words", "Heading 1")
    say(document, "{%p for r in reasons %}")
    say(document, "{{ r }}")
    say(document, "{%p endfor %}")
    say(document, "{%p endif %}")
    say(document, "What our meetings noted", "Heading 1")
    say(document, "{%p if heard %}")
    say(document, 'It was discussed on {{ heard|join(" and on ") }}.')
    say(document, "{%p else %}")
    say(document, "No meeting of ours has discussed it.")
    say(document, "{%p endif %}")
    noted = table(document, (3.2, 6.9, 6.9), ("Meeting", "Risks", "Noted"))
    tag(noted, "for m in minutes")
    row(noted, "{{ m.meeting }}", "{{ m.risks }}", "{{ m.notes }}")
    tag(noted, "endfor")
    _action_plan(document)
    say(document, "Confidentiality", "Heading 1")
    say(document, CONFIDENTIAL).paragraph_format.keep_together = True
    closing(document)
    return document


def _action_plan(document: Any) -> None:
    say(document, "Our action plan", "Heading 1")
    say(document, "{%p if not actions %}")
    say(document, "No action was agreed.")
    say(document, "{%p endif %}")
    made = table(document, (3.2, 7.0, 2.6, 4.2), ("Agency", "Action", "Due", "What became of it"))
    tag(made, "for a in actions")
    row(made, "{{ a.agency }}", "{{ a.action }}", "{{ a.due }}", "{{ a.became }}")
    tag(made, "endfor")


def _facts(document: Any) -> None:
    made = table(document, (3.8, 13.2))
    everybody_in_full(made, "Telephone: {{ p.phone }}\nAddress: {{ p.address }}")
    label(made, "Referred", "{{ received }}\n{{ referred_by }}\n{%p for r in referrers %}\n{{ r }}\n{%p endfor %}")
    gap(document)
