"""The small language of the templates: fields, `for` and `if`; how values are printed; nothing that can run."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, Undefined, nodes, pass_context
from jinja2.filters import do_join
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from marac.errors import TemplateError
from marac.generators.template_tags import shortened

NOT_RECORDED = "not recorded"
FILTERS = {"join": do_join, "length": len}
LOOP_FIELDS = frozenset({"index", "first", "last", "length"})

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_RECORD = "_printed"
"""Where a part keeps what it prints, among its values; no field of ours begins with an underscore."""
_VISIBLE = "\ufffd"
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"  # control characters, surrogates, non-characters
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that turn the direction of writing
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.For,
    nodes.If,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Filter,
    nodes.Test,
)


class Language(ImmutableSandboxedEnvironment):
    """Jinja with fields, `for`, `if`, `is none`, and the filters `join` and `length`; nothing can be called."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=_printed)
        self.globals.clear()
        self.filters = dict(FILTERS)
        self.tests = {"none": self.tests["none"]}


@pass_context  # also so that Jinja never folds a value into the text while it compiles
def _printed(context: Context, value: object) -> str:
    words = shown(value)
    context.parent[_RECORD].append(words)
    return words


def shown(value: object) -> str:
    """How a template prints a value: None as `not recorded`, yes and no in words, dates as `3 December 2026`.

    Raises:
        TemplateError: the value is a record or a list, which has no words of its own.
    """
    if isinstance(value, Undefined):
        return str(value)  # raises, and says which field is missing
    if value is None:
        return NOT_RECORDED
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return clean(value)
    raise TemplateError("A template prints a whole record or list. Name the field of it that is meant.")


def clean(text: str) -> str:
    """The text with what XML or a reader's eye cannot take made visible as U+FFFD; every kind of line end is one.

    Those are control characters, halves of surrogate pairs, non-characters, and the marks that turn the direction of
    writing, with which `gpj.exe` shows as `exe.jpg`.
    """
    return _UNPRINTABLE.sub(_VISIBLE, _LINE_ENDS.sub("\n", "".join(text)))


def tree_of(language: Language, source: str) -> nodes.Template:
    """The syntax tree of one part's source, in which each paragraph begins a line.

    Raises:
        TemplateError: a tag cannot be understood; the message quotes its paragraph.
    """
    try:
        return language.parse(source)
    except TemplateSyntaxError as error:
        raise TemplateError(f"A tag cannot be understood in “{words_of_line(source, error.lineno)}”.") from None


def printed_with(source: str, values: Mapping[str, object]) -> tuple[str, tuple[str, ...]]:
    """One part filled in, and every value that it printed, in order.

    Raises:
        TemplateError: the part holds a tag that cannot be understood, or more than fields, `for` and `if`.
    """
    record: list[str] = []
    return _compiled(source).render({**values, _RECORD: record}), tuple(record)


@lru_cache(maxsize=32)  # one template makes a document for each agency
def _compiled(source: str) -> Template:
    language = Language()
    tree = tree_of(language, source)
    foreign = foreign_constructs(tree, source)
    if foreign:
        raise TemplateError(foreign[0])
    return language.from_string(tree)


def foreign_constructs(tree: nodes.Template, source: str) -> tuple[str, ...]:
    """Everything in the tree beyond fields, `for` and `if`, each in one sentence that quotes its paragraph."""
    return tuple(dict.fromkeys(_foreign(tree, source)))


def _foreign(tree: nodes.Template, source: str) -> Iterator[str]:
    for node in tree.find_all(nodes.Node):
        quoted = words_of_line(source, getattr(node, "lineno", 1))
        if isinstance(node, nodes.Call):
            yield f"Nothing can be called in a template: “{quoted}”."
        elif not isinstance(node, _ALLOWED) or _decorated_loop(node):
            yield f"A template may hold fields, for and if only: “{quoted}”."
        elif isinstance(node, nodes.Filter) and (node.name not in FILTERS or not _plain_arguments(node)):
            yield f"The filter '{node.name}' cannot be used so here: “{quoted}”. There are join(\", \") and length."
        elif isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            yield f"The field '{node.attr}' is not known: “{quoted}”."


def _decorated_loop(node: nodes.Node) -> bool:
    if not isinstance(node, nodes.For):
        return False
    return bool(node.recursive or node.test or node.else_ or not isinstance(node.target, nodes.Name))


def _plain_arguments(node: nodes.Filter) -> bool:
    fixed = all(isinstance(argument, nodes.Const) and isinstance(argument.value, str) for argument in node.args)
    return fixed and not node.kwargs and len(node.args) <= (1 if node.name == "join" else 0)


def words_of_line(source: str, line: int) -> str:
    """The words of the paragraph that begins on a line of the source."""
    lines = source.split("\n")
    words = re.sub(r"<[^>]*>", "", lines[min(max(line, 1), len(lines)) - 1])
    return shortened(words)
