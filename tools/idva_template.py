"""The template of the referral to the IDVA service: its wording and its fields."""

from typing import Any

from list_template import version
from shared_passages import BORN, CHILD, CONFIDENTIAL, closing, contact, for_one_alone, person
from word_layout import gap, label, say, sheet, table, tag

_NOTES = "{%p for n in contact_notes %}\n{{ n }}\n{%p endfor %}"
_CHILDREN = f"{{%p for k in children %}}\n{CHILD}, born: {{{{ k.born }}}}{{% if k.age %}} ({{{{ k.age }}}}){{% endif %}}\n{{%p endfor %}}"


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
    label(made, "Victim", f"**{person('victim')}**\n{BORN % {'p': 'victim'}}")
    label(made, "Telephone", "{{ victim.phone }}")
    tag(made, "if not contact_warning")
    label(made, "Contact", f"The form says that it is safe to call.\n{_NOTES}")
    tag(made, "endif")
    label(made, "Address", "{{ victim.address }}")
    tag(made, "for p in perpetrators")
    label(
        made,
        "Perpetrator",
        f"**{person('p')}**\n{BORN % {'p': 'p'}}\nRelationship to the victim: {{{{ p.relationship }}}}\n"
        "Address: {{ p.address }}",
    )
    tag(made, "endfor")
    tag(made, "if not perpetrators")
    label(made, "Perpetrator", "not recorded")
    tag(made, "endif")
    tag(made, "if children")
    label(made, "Children", _CHILDREN)
    tag(made, "endif")
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
