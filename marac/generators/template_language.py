"""The small language of the templates: fields, `for` and `if`; how values are printed; nothing that can run."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, Undefined, nodes, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from marac.errors import TemplateError
from marac.generators.template_faults import shortened
from marac.meetings.audience_table import ADDRESS_STAGES
from marac.meetings.safe_address import SafeAddress

NOT_RECORDED = "not recorded"
LOOP_FIELDS = frozenset({"index", "first", "last", "length"})

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_RECORD = "_printed"
"""Where a part keeps what it prints, among its values; no field of ours begins with an underscore."""
_ADDRESSES = "_addresses"
"""Where a part keeps whether it may print an address."""
NO_ADDRESSES = (
    "This template prints where somebody lives, or a telephone number; that stands in "
    f"{', '.join(sorted(ADDRESS_STAGES))} only, and in research and list only where config.toml says so."
)
"""Why a template is refused that prints an address in a kind of document that may not."""
_LINE_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
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
def _printed(context: Context, value: object) -> Markup:
    if isinstance(value, SafeAddress) and not context.parent[_ADDRESSES]:
        raise TemplateError(NO_ADDRESSES)
    words = shown(value.revealed() if isinstance(value, SafeAddress) else value)
    context.parent[_RECORD].append(words)
    return Markup(str(escape(words)).replace("\n", _LINE_BREAK).replace("\t", _TAB))  # noqa: S704 - escaped just before


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


def _joined(values: Iterable[object], between: str = "") -> str:
    """The values of a list, each as it is printed."""
    return between.join(map(shown, values))


FILTERS: Mapping[str, Callable[..., object]] = {"join": _joined, "length": len}
"""The filters that a template may use."""


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


def printed_with(
    part: Template, values: Mapping[str, object], *, safe_addresses: bool = False
) -> tuple[str, tuple[str, ...]]:
    """One compiled part filled in, and every value that it printed, in order.

    Raises:
        TemplateError: it prints an address where none may stand, or a whole record.
    """
    record: list[str] = []
    return part.render({**values, _RECORD: record, _ADDRESSES: safe_addresses}), tuple(record)


def compiled(source: str) -> Template:
    """The source of one part, ready to be filled as often as wanted.

    Raises:
        TemplateError: it holds a tag that cannot be understood, or more than fields, `for` and `if`.
    """
    language = Language()
    tree = tree_of(language, source)
    for sentence, line in foreign_constructs(tree):
        raise TemplateError(f"{sentence} It stands in “{words_of_line(source, line)}”.")
    return language.from_string(tree)


def foreign_constructs(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """Everything in the tree beyond fields, `for` and `if`: a sentence, and the line of the source."""
    for node in tree.find_all(nodes.Node):
        line = getattr(node, "lineno", 1)
        if isinstance(node, nodes.Call):
            yield "Nothing can be called in a template.", line
        elif not isinstance(node, _ALLOWED) or _decorated_loop(node):
            yield "A template may hold fields, for and if only.", line
        elif isinstance(node, nodes.Filter) and (node.name not in FILTERS or not _plain_arguments(node)):
            yield f"The filter '{node.name}' cannot be used so. There are join(\", \") and length.", line
        elif isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            yield f"The field '{node.attr}' is not known.", line


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
