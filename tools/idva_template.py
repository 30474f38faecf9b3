"""The template of the referral to the IDVA service: its wording and its fields."""

from typing import Any

from list_template import version
from shared_passages import CONFIDENTIAL, closing, contact, everybody_in_full, for_one_alone
from word_layout import gap, label, say, sheet, table, tag


def idva_referral() -> Any:
    """The referral to the IDVA service on receipt."""
    document = sheet("{{ marac }}: referral {{ reference }}")
    say(document, "Referral to your service", "Title")
    say(document, "To **{{ agency }}**{% if representative %}, {{ representative }}{% endif %}")
    say(
        document,
        "{{ marac }}, case **{{ reference }}**, received {{ received }}"
        "{% if meeting %}, listed for the meeting on {{ meeting }}{% endif %}",
    )
    version(document)
    for_one_alone(document)
    warned = table(document, (17.0,))
    contact(warned, "", notes=True, kept=False)
    gap(document)
    say(
        document,
        "A referral to this MARAC is a referral to your service. Please make safe contact with the victim before the "
        "meeting, or ask whoever referred how it can be made.",
    )
    _facts(document)
    say(document, "{%p if reasons %}")
    say(document, "Why, in the referrer's words", "Heading 1")
    say(document, "{%p for r in reasons %}")
    say(document, "{{ r }}")
    say(document, "{%p endfor %}")
    say(document, "{%p endif %}")
    say(document, "Confidentiality", "Heading 1")
    say(document, CONFIDENTIAL).paragraph_format.keep_together = True
    closing(document)
    return document


def _facts(document: Any) -> None:
    made = table(document, (3.8, 13.2))
    everybody_in_full(made, "Address: {{ p.address }}")
    label(made, "Referred by", "{{ referred_by }}\n{%p for r in referrers %}\n{{ r }}\n{%p endfor %}")
    tag(made, "if criteria or repeat")
    label(
        made,
        "Why it is listed",
        "{%p for w in criteria %}\n{{ w }}\n{%p endfor %}\n{%p if repeat %}\nThe same people were heard before.\n{%p endif %}",
        kept=False,
    )
    tag(made, "endif")
    gap(document)
