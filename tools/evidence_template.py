"""The template of the letter of evidence: its wording and its fields."""

from typing import Any

from word_layout import gap, say, sheet


def evidence() -> Any:
    """The letter of evidence, for the chair to sign."""
    document = sheet("{{ marac }}")
    say(document, "To whom it may concern", "Title")
    say(document, "{{ written }}")
    say(document, "**{{ victim }}**, born {{ victim_born }}")
    say(
        document,
        "I write as a member of the multi-agency risk assessment conference (MARAC) named below. I confirm that the person "
        "named above is or has been at risk of harm from domestic abuse by:",
    )
    say(document, "**{{ perpetrator }}**{% if relationship %} ({{ relationship }}){% endif %}")
    say(
        document,
        "A referral for this person, as the victim of that abuse, was made to {{ marac }}"
        "{% if referred_by %} by {{ referred_by }}{% endif %} on {{ referred }}.",
    )
    say(document, "{%p if heard %}")
    say(document, 'The conference discussed the case on {{ heard|join(" and on ") }}.')
    say(document, "{%p else %}")
    say(document, "The conference has not discussed the case yet.")
    say(document, "{%p endif %}")
    say(
        document,
        "This letter is given for an application for legal aid under the Civil Legal Aid (Procedure) Regulations 2012. What "
        "was shared at the conference is confidential, and no part of it is given here. **Please do not show this letter to "
        "the other party, or say that it was asked for, without the agreement of the person whom it concerns.**",
    )
    gap(document)
    say(document, "Signed:")
    gap(document)
    say(document, "{{ chair }}\nfor {{ marac }}\n{{ email }}")
    return document
