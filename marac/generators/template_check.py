"""What is wrong with a Word template, in words for whoever edits it."""

import difflib
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import get_args

from jinja2 import nodes

from marac.errors import TemplateError
from marac.generators.fields import Field, Kind, fields_of, printable, record_fields
from marac.generators.fill import filled
from marac.generators.specimens import emptiest, longest
from marac.generators.strict_template import StrictTemplate
from marac.generators.template_language import LOOP_FIELDS, Language, foreign_constructs, tree_of, words_of_line
from marac.generators.template_tags import structure_faults
from marac.generators.word_file import hazards, unpacked

Scope = Mapping[str, Field]
_LOOP = Field(type(None), many=False, optional=False)


def kind_of(file_name: str) -> Kind | None:
    """The kind of document that a template is for: the one that its name speaks of; None if it is none, or several."""
    stem = PurePath(file_name).stem.lower()
    named: list[Kind] = [kind for kind in get_args(Kind) if kind in stem]
    return named[0] if len(named) == 1 else None


def faults(template: bytes, kind: Kind) -> tuple[str, ...]:
    """Every fault found, each in one sentence; an empty tuple means that the template can be used.

    It is read tag by tag against the fields of its kind, and then filled on trial with the longest and the emptiest
    invented case.
    """
    try:
        parts = unpacked(template)
        found = (*hazards(parts), *structure_faults(parts))
        found = found or tuple(dict.fromkeys(_field_faults(template, kind)))
    except TemplateError as error:
        return (str(error),)
    return found or _trial_faults(template, kind)


def _trial_faults(template: bytes, kind: Kind) -> tuple[str, ...]:
    try:
        for specimen in (longest(kind), emptiest(kind)):
            filled(template, printable(specimen), name=f"{kind}.docx")
    except TemplateError as error:
        return (f"On trial with invented cases: {error}",)
    return ()


def _field_faults(template: bytes, kind: Kind) -> Iterator[str]:
    language = Language()
    for source in StrictTemplate(template).sources():
        tree = tree_of(language, source)
        yield from foreign_constructs(tree, source)
        yield from _faults_in(tree, fields_of(kind), source)


def _faults_in(node: nodes.Node, scope: Scope, source: str) -> Iterator[str]:
    """The faults below a node, where `scope` holds the names known there; a loop adds its own."""
    match node:
        case nodes.For(target=nodes.Name(name=loop_name)):
            yield from _loop_faults(node, loop_name, scope, source)
        case nodes.Output():
            for printed in node.nodes:
                yield from _printing_faults(printed, scope, source)
        case nodes.Name() | nodes.Getattr():
            _, fault = _resolved(node, scope)
            if fault:
                yield f"{fault} It stands in “{words_of_line(source, node.lineno)}”."
        case _:
            for child in node.iter_child_nodes():
                yield from _faults_in(child, scope, source)


def _loop_faults(node: nodes.For, name: str, scope: Scope, source: str) -> Iterator[str]:
    over, fault = _resolved(node.iter, scope)
    if fault:
        yield f"{fault} It stands in “{words_of_line(source, node.lineno)}”."
    elif over is None or not over.many:
        yield f"A for loop needs a list, and '{_written(node.iter)}' is none."
    else:
        inside = {**scope, name: Field(over.type, many=False, optional=False), "loop": _LOOP}
        for child in node.body:
            yield from _faults_in(child, inside, source)


def _printing_faults(node: nodes.Node, scope: Scope, source: str) -> Iterator[str]:
    yield from _faults_in(node, scope, source)
    if isinstance(node, nodes.Name | nodes.Getattr):
        field, fault = _resolved(node, scope)
        if not fault and field and (field.many or field.is_record):
            inner = ", ".join(record_fields(field.type)) if field.is_record else ""
            advice = f"Print one of its fields: {inner}." if inner else 'Print it with |join(", ").'
            whole = "a list" if field.many else "a whole record"
            yield f"'{_written(node)}' is {whole}. {advice}"


def _resolved(node: nodes.Node, scope: Scope) -> tuple[Field | None, str | None]:
    """The field that a name such as `c.victim.name` means, or the sentence that says why it means none."""
    if isinstance(node, nodes.Name):
        return _known(node.name, node.name, scope)
    if not isinstance(node, nodes.Getattr):
        return None, None
    whole, fault = _resolved(node.node, scope)
    if fault or whole is None:
        return None, fault
    if whole is _LOOP:
        return _known(node.attr, _written(node), dict.fromkeys(LOOP_FIELDS, Field(int, many=False, optional=False)))
    if whole.many:
        return None, f"'{_written(node.node)}' is a list. Loop over it with for, and name the field inside the loop."
    return _known(node.attr, _written(node), record_fields(whole.type) if whole.is_record else {})


def _known(name: str, written: str, scope: Scope) -> tuple[Field | None, str | None]:
    if name in scope:
        return scope[name], None
    near = difflib.get_close_matches(name, scope, n=1, cutoff=0.5)
    meant = f" Did you mean '{near[0]}'?" if near else ""
    known = "" if near or not scope else f" Known here: {', '.join(sorted(scope))}."
    return None, f"field '{written}' is not known.{meant}{known}"


def _written(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "…"
