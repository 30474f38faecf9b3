"""A safe address is a type of its own: it prints only where the document may print it, and nowhere by accident."""

from collections.abc import Callable

import pytest

from marac.errors import TemplateError
from marac.generators.fields import RECORDS, Kind, record_fields
from marac.generators.fields.people import Person
from marac.generators.fill import filled
from marac.generators.template_check import faults
from marac.meetings.audience_table import ADDRESS_STAGES
from marac.meetings.safe_address import SafeAddress, safe_address
from marac.record import identity_of
from tests.word_templates import template, words_of

HOME = SafeAddress("14 Larch Rise, Northbridge, ZZ99 4AB")


ACCIDENTS: tuple[Callable[[], str], ...] = (
    lambda: f"{HOME}",
    lambda: str(HOME),
    lambda: "%s" % HOME,  # noqa: UP031
    lambda: "{}".format(HOME),  # noqa: UP032
)


def test_an_address_is_in_no_text_unless_it_is_revealed() -> None:
    for accident in ACCIDENTS:
        with pytest.raises(TypeError):
            accident()
    assert "Larch" not in repr({"address": [HOME]})
    assert HOME.revealed() == "14 Larch Rise, Northbridge, ZZ99 4AB"


def test_what_nobody_knows_is_no_address() -> None:
    assert safe_address(None, "") is None
    assert safe_address("14 Larch Rise", None, "ZZ99 4AB") == SafeAddress("14 Larch Rise, ZZ99 4AB")


def test_documents_that_rest_on_an_address_are_made_anew_when_it_changes() -> None:
    assert identity_of(HOME) != identity_of(SafeAddress("15 Larch Rise"))


def test_a_template_prints_an_address_only_where_its_document_may() -> None:
    letter = template("She lives at {{ home }}.")
    with pytest.raises(TemplateError, match="prints where somebody lives"):
        filled(letter, {"home": HOME}, name="letter.docx")
    made = filled(letter, {"home": HOME}, name="research.docx", safe_addresses=True)
    assert "14 Larch Rise, Northbridge, ZZ99 4AB" in words_of(made.content)


@pytest.mark.parametrize(
    "trick",
    [
        "{{ home._words }}",
        "{{ home.revealed }}",
        "{{ home.revealed() }}",
        '{{ homes|join(", ") }}',
        "{{ home|length }}",
    ],
)
def test_no_detour_in_a_template_prints_an_address(trick: str) -> None:
    with pytest.raises(TemplateError) as refused:
        filled(template(f"She lives at {trick}."), {"home": HOME, "homes": (HOME, HOME)}, name="letter.docx")
    assert "Larch" not in str(refused.value)


def test_a_template_may_ask_whether_there_is_an_address_without_printing_it() -> None:
    asking = template("{% if home %}The address is known.{% endif %}")
    assert "The address is known." in words_of(filled(asking, {"home": HOME}, name="letter.docx").content)


def lists_with_a_victim() -> list[tuple[Kind, str]]:
    """The kinds of document that name victims as people with an address, each with the list that they stand in."""
    found: list[tuple[Kind, str]] = []
    for kind, record in RECORDS.items():
        for name, field in record_fields(record).items():
            inner = record_fields(field.type) if field.many and field.is_record else {}
            if "victim" in inner and inner["victim"].type is Person:
                found.append((kind, name))
    return found


@pytest.mark.parametrize(("kind", "cases"), lists_with_a_victim())
def test_template_check_refuses_an_address_in_kinds_that_may_not_print_one(kind: Kind, cases: str) -> None:
    asked = template(f"{{%p for c in {cases} %}}", "{{ c.victim.address }}", "{%p endfor %}")
    told = " ".join(map(str, faults(asked, kind)))
    assert ("somebody lives" in told) == (kind not in ADDRESS_STAGES)


def test_there_are_kinds_of_both_sorts() -> None:
    kinds = {kind for kind, _ in lists_with_a_victim()}
    assert kinds & ADDRESS_STAGES
    assert kinds - ADDRESS_STAGES
