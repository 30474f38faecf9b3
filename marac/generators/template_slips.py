"""What Word, or a hurried hand, makes of a tag, in words for whoever mends it."""

import re

from marac.generators.template_tags import Tag

_REASONS = (
    (
        re.compile("[\u2010-\u2015\u2212]"),
        "This tag holds a long dash, which Word makes of a hyphen. Write names with an underscore, such as cut_off.",
    ),
    (
        re.compile("[\u201a\u201b\u201e\u201f\u2032\u2033\u00ab\u00bb\u2039\u203a`\u00b4]"),
        'This tag holds quotation marks that Word made. Write straight ones: |join(", ").',
    ),
    (
        re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"),
        "This tag holds a character that cannot be seen. Delete the whole tag and type it anew.",
    ),
    (re.compile(r"^\{"), "This tag has too many brackets. Write two: {{ field }}."),
)
"""What Word, or a hurried hand, makes of a tag, and what to say of it."""
_TWO_WORDS = re.compile(r"^[A-Za-z_][\w.]*\s+[A-Za-z_][\w.]*$")


def why_not_understood(tag: Tag) -> str:
    """What is wrong with a tag that is none of the language, and what to write instead."""
    for found, words in _REASONS:
        if found.search(tag.inner):
            return words
    if tag.text.startswith("{%") and tag.word and tag.word != tag.typed:
        return f"A tag cannot be understood. Did you mean '{tag.word}'?"
    if _TWO_WORDS.match(tag.inner) and not tag.text.startswith("{%"):
        return "A tag cannot be understood: the name of a field is one word, with points and underscores only."
    return "A tag cannot be understood. A template may hold fields, for and if only: {{ field }}, {% if field %}, {% endif %}."
