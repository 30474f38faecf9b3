"""Forms that invented referrers fill in: Knowsley's with a MeRIT total, and an ordinary one in each format."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from marac.demo.excel_form import excel_form
from marac.demo.form_layout import standard_form
from marac.demo.form_parts import TITLE, Answer, Choice, Part, Rows
from marac.demo.pdf_form import flattened_pdf_form
from marac.demo.word_form import as_typed, drawn, word_form
from marac.referral import Referral

_MERIT = {
    "Dash score": "MeRIT score",
    "Visible high risk (14 ticks or more on the Dash checklist)": "MeRIT gold (72 or more)",
    "Potential escalation (3 or more incidents in the past 12 months)": "Potential escalation in frequency or severity",
}


def merit_form(referral: Referral) -> bytes:
    """A Word form that asks for a MeRIT total and whether the abuse escalates, and has no Dash list."""
    return drawn(tuple(map(_asking_for_merit, standard_form(referral))), TITLE, _write)


FORMS: Mapping[str, Callable[[Referral], bytes]] = {
    "referral.docx": word_form,
    "referral.pdf": flattened_pdf_form,
    "referral.xlsx": excel_form,
    "merit.docx": merit_form,
}
"""By the name that the file comes under."""


def _asking_for_merit(part: Part) -> Part:
    if not isinstance(part, Rows):
        return part
    rows = (tuple(replace(each, label=_MERIT.get(each.label, each.label)) for each in row) for row in part.rows)
    return replace(part, rows=tuple(rows))


def _write(paragraph: object, answer: Answer) -> None:
    words = " / ".join(answer.chosen or answer.options) if isinstance(answer, Choice) else as_typed(answer)
    paragraph.add_run(words)  # type: ignore[attr-defined]
