"""The templates of the notice of files to flag, and of the monthly list of flags that end: wording and fields."""

from typing import Any

from list_template import version
from shared_passages import CHILD, CONFIDENTIAL, closing, for_one_alone, person
from word_layout import AMBER_FILL, gap, row, say, sheet, table, tag

_BORN = "\nborn {{ %(p)s.born }}{%% for d in %(p)s.also_born %%} or {{ d }}{%% endfor %%}"
_CHILDREN = (
    f"{{%p for k in c.children %}}\n{CHILD}\nborn {{{{ k.born }}}}\n{{%p endfor %}}\n"
    "{%p if not c.children %}\n{% if c.with_children %}children are named{% else %}none named{% endif %}\n{%p endif %}"
)
_ACCUSED = (
    f"{{%p for p in c.perpetrators %}}\n**{person('p')}**{_BORN % {'p': 'p'}}\n{{%p endfor %}}\n"
    "{%p if not c.perpetrators %}\nnot recorded\n{%p endif %}"
)


def flags() -> Any:
    """The notice of files to flag."""
    document = sheet("{{ marac }}: files to flag for {{ agency }}")
    say(document, "Please flag these files", "Title")
    say(document, "To **{{ agency }}**{% if representative %}, {{ representative }}{% endif %}")
    say(document, "{{ marac }}, meeting on **{{ meeting }}**")
    version(document)
    for_one_alone(document)
    say(
        document,
        "These people were heard at the meeting. Please put a MARAC flag on every file that your agency keeps on them, "
        "under every name given, until the day in the last column: {{ months }} months, counted as it says there.",
    )
    say(document, "{%p if child_files %}")
    say(document, "**Flag the file of each child too**, and each file in which a child is named.")
    say(document, "{%p endif %}")
    _people(document, "Flag until")
    asked = table(document, (17.0,))
    row(
        asked,
        "**If there is a new incident while a flag stands, refer the case to MARAC again**, whoever hears of it, and "
        "whatever the score. {% if any_abuse %}It need not be a crime: any abuse, threat or unwanted contact between the "
        "same people counts.{% else %}What would be a crime between the same people counts: violence, threats, stalking, "
        "harassment or sexual abuse, whether or not the police were told.{% endif %} In an emergency ring 999 first.",
        fill=AMBER_FILL,
    )
    gap(document)
    say(
        document,
        "A flag must not be seen by the people themselves: not on a screen that is turned to them, not on a letter, "
        "and not in records that they, or somebody in their home, can read online.",
    )
    _end(document)
    return document


def flags_ending() -> Any:
    """The monthly list of flags that end."""
    document = sheet("{{ marac }}: flags ending in {{ month }} for {{ agency }}")
    say(document, "Flags that end in {{ month }}", "Title")
    say(document, "To **{{ agency }}**{% if representative %}, {{ representative }}{% endif %}")
    say(document, "{{ marac }}")
    version(document)
    for_one_alone(document)
    say(
        document,
        "The MARAC flags on the files of these people end on the day in the last column. Where the same people came back "
        "meanwhile, the later day counts, and stands in another month's list.",
    )
    say(document, "{%p if child_files %}")
    say(document, "The flags on the files of the children end on the same day.")
    say(document, "{%p endif %}")
    _people(document, "Last day")
    say(
        document,
        "**Before you take a flag off, look whether anything has happened since.** If something has, do not take it off: "
        "refer the case to MARAC again. After the last day, a new incident is a new referral.",
    )
    _end(document)
    return document


def _people(document: Any, last: str) -> None:
    made = table(document, (2.4, 4.1, 4.2, 3.1, 3.2), ("Case", "Victim", "Perpetrator", "Children", last))
    tag(made, "for c in cases")
    row(
        made,
        "**{{ c.reference }}**\n{%p if c.heard %}\nheard {{ c.heard }}\n{%p endif %}",
        f"**{person('c.victim')}**{_BORN % {'p': 'c.victim'}}",
        _ACCUSED,
        _CHILDREN,
        "**{{ c.until }}**\ncounted from {{ c.counted_from }}",
    )
    tag(made, "endfor")
    gap(document)


def _end(document: Any) -> None:
    say(document, "Confidentiality", "Heading 1")
    say(document, CONFIDENTIAL).paragraph_format.keep_together = True
    closing(document)
