import pathlib
from collections.abc import Mapping

import pytest

from marac.generators.fields import Field, Kind, fields_of, printable, record_fields
from marac.generators.fill import filled
from marac.generators.specimens import emptiest, longest
from marac.generators.template_check import faults, kind_of, mistakes, remarks
from marac.generators.template_needs import own_template
from marac.meetings.audience_table import ADDRESS_STAGES
from marac.meetings.safe_address import SafeAddress
from tests.word_templates import TEMPLATES, template, with_part, words_of

FIELDS_OF_A_CASE = "{% for c in cases_with_children %}{{ c.reference }} {{ c.victim.name }}{% endfor %}"


def only_fault(*paragraphs: str, rows: list[list[str]] | None = None, kind: Kind = "agenda") -> str:
    (fault,) = told(template(*paragraphs, rows=rows or []), kind)
    return fault


def told(content: bytes, kind: Kind) -> list[str]:
    """The mistakes as a person reads them."""
    return [str(fault) for fault in mistakes(content, kind)]


@pytest.mark.parametrize("kind", TEMPLATES)
def test_the_shipped_templates_have_no_fault(kind: Kind) -> None:
    assert faults(own_template(kind), kind) == ()
    assert remarks(own_template(kind), kind) == ()


def test_a_small_template_of_an_area_has_no_fault() -> None:
    rows = [["{%tr for a in agencies %}"], ["{{ a.agency }}"], ["{%tr endfor %}"]]
    assert (
        told(template("{{ marac }}", FIELDS_OF_A_CASE, "{% if not agencies %}nobody{% endif %}", rows=rows), "agenda")
        == []
    )


@pytest.mark.parametrize(
    ("wrong", "field", "meant"),
    [
        ("{{ maarc }}", "maarc", "marac"),
        ("{% for c in cases_with_child %}x{% endfor %}", "cases_with_child", "cases_with_children"),
        ("{% for c in cases_with_children %}{{ c.victm.name }}{% endfor %}", "c.victm", "victim"),
        ("{% for c in cases_with_children %}{{ c.victim.bron }}{% endfor %}", "c.victim.bron", "born"),
        (
            "{% for c in cases_with_children %}{% for k in c.children %}{{ k.nam }}{% endfor %}{% endfor %}",
            "k.nam",
            "name",
        ),
        ("{% for c in cases_with_children %}{% if c.repaet %}x{% endif %}{% endfor %}", "c.repaet", "repeat"),
        ("{% for c in cases_with_children %}{{ loop.indx }}{% endfor %}", "loop.indx", "index"),
    ],
)
def test_a_misspelt_field_is_named_at_any_depth_with_the_one_that_was_meant(wrong: str, field: str, meant: str) -> None:
    fault = only_fault("Some words", wrong)
    assert f"Field '{field}' is not known. Did you mean '{meant}'?" in fault


def test_a_misspelt_field_in_the_header_is_found() -> None:
    (fault,) = told(template("x", header="{{ maarc }}"), "agenda")
    assert "'marac'" in fault


def test_a_loops_name_is_not_known_after_the_loop() -> None:
    assert "Field 'c' is not known" in only_fault(FIELDS_OF_A_CASE, "{{ c.reference }}")


def test_a_field_of_another_kind_is_not_known() -> None:
    assert "'return_by'" in only_fault("{{ return_by }}", kind="letter")
    assert told(template("{{ return_by }}"), "research") == []


def test_every_fault_is_told_at_once() -> None:
    assert len(told(template("{{ maarc }}", "{{ meting }}", "{{ cutoff }}"), "agenda")) == 3


@pytest.mark.parametrize(
    ("paragraphs", "words"),
    [
        (["{%p for c in twelve_months %}", "{{ c.reference }}"], "{%p for c in twelve_months %} is never closed"),
        (["{% if marac %}x"], "{% if marac %} is never closed"),
        (["{%p endfor %}"], "closes nothing"),
        (
            ["{%p for c in twelve_months %}", "{%p endif %}"],
            "{%p for c in twelve_months %} is never closed",
        ),
        (["{%tr for c in twelve_months %}", "x", "{%tr endfor %}"], "outside a table"),
        (["{%p for c in twelve_months %}", "{% endfor %}"], "must stand in the same"),
        (["{% for c in twelve_months %}", "{% endfor %}"], "must stand in the same paragraph"),
        (["Important {%p if marac %}", "{%p endif %}"], "“Important” would be lost"),
        (["{{ marac }"], "has no end"),
        (["{{ marac"], "has no end"),
        (["marac }}"], "no beginning"),
        (["{{ marac and }}"], "cannot be understood"),
        (["{% fro c in twelve_months %}"], "cannot be understood"),
        (["{{ }}"], "cannot be understood"),
        (["{%- if marac %}x{% endif %}"], "minus or plus"),
        (["{% if marac \N{EN DASH}%}x{% endif %}"], "long dash"),
        (["{{ marac.upper() }}"], "Nothing can be called"),
        (["{{ marac|upper }}"], "filter 'upper'"),
        (["{{ marac|default('x') }}"], "filter 'default'"),
        (["{{ 1 + 1 }}"], "fields, for and if only"),
        (["{% set x = marac %}"], "fields, for and if only"),
        (["{{r marac }}"], "cannot be used here"),
        (["{%tc if marac %}x{%tc endif %}"], "cannot be used here"),
        (["{% for c in marac %}x{% endfor %}"], "needs a list"),
        (
            ["{% for c in cases_with_children %}{{ c.victim }}{% endfor %}"],
            "a whole record. Print one of its fields: name",
        ),
        (["{{ agencies }}"], "is a list"),
        (["{{ agencies.agency }}"], "Loop over it"),
        (["{% for c in cases_with_children %}{{ c.reasons }}{% endfor %}"], '|join(", ")'),
    ],
)
def test_a_fault_is_told_in_words(paragraphs: list[str], words: str) -> None:
    assert words in told(template(*paragraphs), "agenda")[0]


def test_a_row_tag_must_stand_alone_in_its_row() -> None:
    rows = [["{%tr for a in agencies %}", "Agency"], ["{{ a.agency }}", ""], ["{%tr endfor %}", ""]]
    assert "“Agency” would be lost" in only_fault("x", rows=rows)


def test_tracked_changes_and_comments_are_told_before_anything_else() -> None:
    tracked = '</w:t></w:r><w:del w:id="1"><w:r><w:delText>{{ maarc }}</w:delText></w:r></w:del><w:r><w:t>'
    (fault,) = told(with_part(template("Before"), "word/document.xml", "Before", tracked), "agenda")
    assert fault.startswith("It holds tracked changes")


def test_a_tag_that_word_split_into_several_runs_is_understood() -> None:
    split = "{{ mar</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>ac }}"
    assert told(with_part(template("{{ marac }}"), "word/document.xml", "{{ marac }}", split), "agenda") == []


def test_curly_quotes_that_word_typed_are_understood() -> None:
    joined = "{% for c in twelve_months %}{{ c.perpetrators|join(“, ”) }}{% endfor %}"
    assert told(template(joined), "agenda") == []


def test_a_file_that_is_no_word_file_is_one_fault() -> None:
    (fault,) = told(b"%PDF-1.7", "agenda")
    assert "Word" in fault


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("agenda.docx", "agenda"),
        ("Research.DOCX", "research"),
        ("letter.docx", "letter"),
        ("our agenda 2026.docx", "agenda"),
        ("agency-agenda.docx", "agency-agenda"),
        ("Agency Agenda (new).docx", "agency-agenda"),
        ("flags-ending.docx", "flags-ending"),
        ("flags.docx", "flags"),
        ("notes.docx", None),
        ("letter about research.docx", None),
    ],
)
def test_the_kind_is_known_by_the_name_of_the_file(name: str, kind: Kind | None) -> None:
    assert kind_of(name) == kind
    assert kind_of(str(pathlib.PurePath("templates") / name)) == kind


@pytest.mark.parametrize("kind", TEMPLATES)
def test_every_field_that_the_check_knows_is_one_that_the_generator_provides(kind: Kind) -> None:
    for specimen in (longest(kind), emptiest(kind)):
        assert set(fields_of(kind)) == set(printable(specimen))


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_template_with_every_field_of_its_kind_can_be_filled(kind: Kind) -> None:
    addresses = kind in ADDRESS_STAGES
    every = template(*tags_of(fields_of(kind), addresses=addresses))
    assert told(every, kind) == []
    made = filled(every, printable(longest(kind)), name="x.docx", safe_addresses=addresses)
    assert any(words in words_of(made.content) for words in ("7*7", "M26-"))


def tags_of(fields: Mapping[str, Field], prefix: str = "", *, addresses: bool) -> list[str]:
    """The paragraphs of a template that prints every field, however deep."""
    lines: list[str] = []
    for name, field in fields.items():
        written, entry = f"{prefix}{name}", f"{prefix}{name}_entry".replace(".", "_")
        if field.many and field.is_record:
            inner = tags_of(record_fields(field.type), f"{entry}.", addresses=addresses)
            lines += [f"{{%p for {entry} in {written} %}}", *inner, "{%p endfor %}"]
        elif field.is_record:
            lines += tags_of(record_fields(field.type), f"{written}.", addresses=addresses)
        elif addresses or field.type is not SafeAddress:
            lines.append(f'{{{{ {written}|join(", ") }}}}' if field.many else f"{{{{ {written} }}}}")
    return lines
