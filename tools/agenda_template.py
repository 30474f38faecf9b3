"""The agenda's template: its wording and its fields."""

from typing import Any

from list_template import for_one_reader, version
from shared_passages import BORN, CHILDREN, CONFIDENTIAL, contact, leaves, perpetrators, person
from word_layout import AMBER_FILL, BLUE_FILL, RED, RED_FILL, WHITE, gap, label, row, say, sheet, table, tag


def agenda() -> Any:
    """The chair's agenda."""
    document = sheet("{{ marac }}: agenda")
    say(document, "MARAC agenda", "Title")
    say(document, "**{{ marac }}**\nMeeting on **{{ when }}**")
    version(document)
    say(
        document,
        "Cases to hear: **{{ number_of_cases }}**. Referrals that arrived up to {{ cut_off }} are on this list. "
        "Please call each case by its reference: the numbers stand on this agenda alone.",
    )
    say(document, "{%p if alarm %}")
    say(document, "**{{ alarm }}**")
    say(document, "{%p endif %}")
    say(document, "{%p if without_presenter %}")
    nobody = table(document, (17.0,))
    row(
        nobody,
        '**Nobody presents yet:** {{ without_presenter|join(", ") }}. Name somebody before the meeting.',
        fill=RED_FILL,
        color=RED,
    )
    say(document, "{%p endif %}")
    say(document, "1. Introductions and apologies", "Heading 1")
    say(document, "2. The chair reads the confidentiality statement", "Heading 1")
    say(document, CONFIDENTIAL)
    say(document, "3. Everyone signs", "Heading 1")
    signing = table(document, (6.5, 5, 5.5), ("Agency", "Representative", "Name and signature"))
    tag(signing, "for a in agencies")
    row(signing, "{{ a.agency }}", "{% if a.representative %}{{ a.representative }}{% endif %}", "", height=1.1)
    tag(signing, "endfor")
    row(signing, "Observer:", "", "", height=1.1)
    say(document, "4. Outstanding actions from earlier meetings", "Heading 1")
    say(document, "{%p if open_actions %}")
    advice = "Note for each whether it is done, not done, or could not be done because circumstances changed."
    say(document, advice).paragraph_format.keep_with_next = True
    _open_actions(document)
    say(document, "{%p else %}")
    say(document, "None.")
    say(document, "{%p endif %}")
    say(document, "5. Cases with children", "Heading 1")
    _cases(document, "cases_with_children")
    say(document, "Agencies that work with children only may leave after this item.")
    say(document, "6. Cases with adults only", "Heading 1")
    _cases(document, "cases_with_adults_only")
    say(document, "7. Cases last heard twelve months ago", "Heading 1")
    _past(document)
    say(document, "8. Any other business", "Heading 1")
    return document


def agency_agenda() -> Any:
    """The agenda of one agency."""
    document = sheet("{{ marac }}: agenda for {{ agency }}")
    say(document, "MARAC agenda", "Title")
    say(document, "For **{{ agency }}**{% if representative %}, {{ representative }}{% endif %}")
    say(document, "{{ marac }}, meeting on **{{ when }}**\nCases on this agenda: **{{ number_of_cases }}**")
    for_one_reader(document)
    say(document, "What you present", "Heading 1")
    say(document, "{%p if to_present %}")
    advice = "Please come prepared, or tell {{ email }} in time who comes instead."
    say(document, advice).paragraph_format.keep_with_next = True
    yours = table(document, (2.6, 6.6, 7.8), ("Case", "Victim", "Presented by"))
    tag(yours, "for c in to_present")
    row(yours, "{{ c.reference }}", "{{ c.victim.name }}", _PRESENTER)
    tag(yours, "endfor")
    say(document, "{%p else %}")
    say(document, "No case on this agenda is yours to present.")
    say(document, "{%p endif %}")
    say(document, "Your outstanding actions", "Heading 1")
    say(document, "{%p if open_actions %}")
    advice = "Please be ready to say for each whether it is done, not done, or could not be done, and what changed."
    say(document, advice).paragraph_format.keep_with_next = True
    _open_actions(document)
    say(document, "{%p else %}")
    say(document, "None.")
    say(document, "{%p endif %}")
    for heading, field in (
        ("Cases with children", "cases_with_children"),
        ("Cases with adults only", "cases_with_adults_only"),
    ):
        say(document, heading, "Heading 1")
        _agency_cases(document, field)
    say(document, "Cases last heard twelve months ago", "Heading 1")
    _past(document)
    say(document, "Confidentiality", "Heading 1")
    say(document, CONFIDENTIAL)
    say(document, "Questions go to {{ coordinator }}, {{ email }}.")
    return document


_PRESENTER = "{%p if c.presented_by %}\n{{ c.presented_by }}\n{%p else %}\n**NOBODY PRESENTS IT YET**\n{%p endif %}"


def _agency_cases(document: Any, field: str) -> None:
    say(document, f"{{%p if not {field} %}}")
    say(document, "None on this agenda.")
    say(document, "{%p endif %}")
    say(document, f"{{%p for c in {field} %}}")
    made = table(document, (3.4, 13.6))
    heading = "{{ c.reference }}   {{ c.victim.name }}"
    row(made, heading, fill=BLUE_FILL, color=WHITE, bold=True, repeated=True)
    tag(made, "if c.late")
    row(made, "**Added late**", fill=AMBER_FILL, kept=True)
    tag(made, "endif")
    tag(made, "if not c.presented_by")
    row(made, "**NOBODY PRESENTS IT YET**", fill=RED_FILL, color=RED, kept=True)
    tag(made, "endif")
    tag(made, "if c.undecided")
    row(made, "**Nobody has decided yet whether this case is heard.**", fill=AMBER_FILL, kept=True)
    tag(made, "endif")
    contact(made)
    tag(made, "if c.repeat")
    row(made, "**Repeat**: the same people were heard before.", fill=AMBER_FILL, kept=True)
    tag(made, "endif")
    label(made, "Victim", f"**{person('c.victim')}**\n{BORN % {'p': 'c.victim'}}")
    perpetrators(made, "{{ p.relationship }}")
    tag(made, "if c.children")
    label(made, "Children", CHILDREN)
    tag(made, "endif")
    tag(made, "if c.origin")
    label(made, "Transferred from", "{{ c.origin }}")
    tag(made, "endif")
    tag(made, "if c.presented_by")
    label(made, "Presented by", "{{ c.presented_by }}")
    tag(made, "endif")
    label(made, "Referred by", "{{ c.referred_by }}", kept=False)
    gap(document)
    say(document, "{%p endfor %}")


def _past(document: Any) -> None:
    say(document, "{%p if twelve_months %}")
    advice = "Twelve months have passed. Agencies take the flags off their files, unless the meeting says otherwise."
    say(document, advice).paragraph_format.keep_with_next = True
    past = table(document, (2.6, 5, 5.8, 3.6), ("Case", "Victim", "Perpetrator", "Heard on"))
    tag(past, "for c in twelve_months")
    row(past, "{{ c.reference }}", "{{ c.victim }}", '{{ c.perpetrators|join(", ") }}', "{{ c.heard }}")
    tag(past, "endfor")
    say(document, "{%p else %}")
    say(document, "None.")
    say(document, "{%p endif %}")


def _open_actions(document: Any) -> None:
    heads = ("Case", "Victim", "Agency and action", "Due", "How it stands")
    made = table(document, (2.3, 3.2, 5.3, 2.5, 3.7), heads)
    tag(made, "for a in open_actions")
    action = "**{{ a.agency }}**{% if a.owner %}, {{ a.owner }}{% endif %}\n{{ a.action }}"
    row(made, "{{ a.case }}", "{{ a.victim }}", action, "{{ a.due }}", "{{ a.standing }}", height=1.4)
    tag(made, "endfor")


def _cases(document: Any, field: str) -> None:
    say(document, f"{{%p if not {field} %}}")
    say(document, "None on this list.")
    say(document, "{%p endif %}")
    say(document, f"{{%p for c in {field} %}}")
    made = table(document, (3.4, 13.6))
    row(
        made,
        "{{ c.number }}.   {{ c.reference }}   {{ c.victim.name }}",
        fill=BLUE_FILL,
        color=WHITE,
        bold=True,
        repeated=True,
    )
    tag(made, "if c.undecided")
    row(made, "**NOT DECIDED YET whether this case is heard.** {{ c.undecided }}", fill=AMBER_FILL, kept=True)
    tag(made, "endif")
    tag(made, "if c.late")
    row(made, "**Added late.** {{ c.late }}.", fill=AMBER_FILL, kept=True)
    tag(made, "endif")
    tag(made, "if not c.presented_by")
    row(made, "**NOBODY PRESENTS IT YET**", fill=RED_FILL, color=RED, kept=True)
    tag(made, "endif")
    leaves(made)
    tag(made, "if c.withheld")
    row(made, "{%p for w in c.withheld %}\n{{ w }}\n{%p endfor %}", fill=RED_FILL, color=RED, kept=True)
    tag(made, "endif")
    tag(made, "if c.urgent")
    row(made, "**Does not wait for the meeting:** {{ c.urgent }}.", fill=RED_FILL, color=RED, kept=True)
    tag(made, "endif")
    contact(made, notes=True)
    tag(made, "if c.repeat")
    row(made, "Heard before", "{{ c.repeat }}", fill=AMBER_FILL, label_fill=AMBER_FILL, kept=True)
    tag(made, "endif")
    label(made, "Victim", f"**{person('c.victim')}**\n{BORN % {'p': 'c.victim'}}")
    perpetrators(made, "{{ p.relationship }}")
    tag(made, "if c.children")
    label(made, "Children", CHILDREN)
    tag(made, "endif")
    label(made, "Referred by", "{{ c.referred_by }}")
    tag(made, "if c.origin")
    label(made, "Transferred from", "{{ c.origin }}")
    tag(made, "endif")
    tag(made, "if c.presented_by")
    label(made, "Presented by", "{{ c.presented_by }}")
    tag(made, "endif")
    tag(made, "if c.missing")
    label(made, "Still missing", "{%p for m in c.missing %}\n{{ m }}\n{%p endfor %}")
    tag(made, "endif")
    reasons = "{%p for r in c.reasons %}\n{{ r }}\n{%p endfor %}\n{%p if not c.reasons %}\nnot recorded\n{%p endif %}"
    label(made, "Why it is listed", reasons, kept=False)
    gap(document)
    say(document, "{%p endfor %}")
