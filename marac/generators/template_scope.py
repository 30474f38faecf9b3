"""Which fields a template's tags mean: each name resolved against the fields of its kind, tag by tag.

Every tag is read by itself, so that one mistake does not hide the others.
"""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jinja2 import TemplateSyntaxError, nodes

from marac.generators.fields import Field, Kind, fields_of, record_fields
from marac.generators.template_faults import Fault, stories
from marac.generators.template_language import LOOP_FIELDS, Language, foreign_constructs
from marac.generators.template_slips import why_not_understood
from marac.generators.template_tags import Tag, tags_of
from marac.generators.word_file import unpacked
from marac.meetings.audience_table import ADDRESS_STAGES
from marac.meetings.safe_address import SafeAddress


@dataclass(frozen=True, slots=True)
class Known:
    """A name that is known at some place of a template."""

    field: Field
    path: str
    """The field it means, from the top: `cases_with_children.victim.name`, whatever the loop calls its entry."""


_ANYTHING = Known(Field(object, many=False, optional=True), "")
"""What a name stands for that was said to be wrong once: no more is said about it."""
_LOOP = Known(Field(type(None), many=False, optional=False), "")


@dataclass(slots=True)
class Reading:
    """What was found in the tags of one part."""

    faults: list[Fault] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    """The paths of all fields that are printed, tested or gone through."""
    gone_through: set[str] = field(default_factory=set)
    """The paths of the lists that a loop goes through."""
    roots: set[str] = field(default_factory=set)
    """The names at the top that it uses, known or not."""
    affirmed: Counter[str] = field(default_factory=Counter)
    """The paths under whose being so something is said, and how often."""
    denied: Counter[str] = field(default_factory=Counter)
    """The paths under whose not being so something is said, and how often."""
    loops: set[str] = field(default_factory=set)
    """What the loops call their entries."""


def reading_of(tags: Sequence[Tag], kind: Kind) -> Reading:
    """The tags of one part read one after the other, with the names that are known there."""
    reader = _Reader({name: Known(each, name) for name, each in fields_of(kind).items()}, kind)
    for tag in tags:
        reader.read(tag)
    return reader.found


def whole_reading(template: bytes, kind: Kind) -> Reading:
    """What is found in the tags of all parts of a template.

    Raises:
        TemplateError: this is no Word file, or it is damaged.
    """
    whole = Reading()
    for story in stories(unpacked(template)):
        found = reading_of(tags_of(story), kind)
        whole.faults += found.faults
        for name in ("used", "gone_through", "roots", "affirmed", "denied", "loops"):
            getattr(whole, name).update(getattr(found, name))
    return whole


class _Reader:
    def __init__(self, top: Mapping[str, Known], kind: Kind) -> None:
        self._kind = kind
        self.found = Reading()
        self._language = Language()
        self._scopes: list[Mapping[str, Known]] = [top]
        self._open: list[str] = []

    def read(self, tag: Tag) -> None:
        """Note what one tag uses, and what is wrong with it."""
        if tag.text.startswith("{#"):
            return
        tree = None if tag.oddity else self._tree(tag)
        if tree is not None:
            foreign = list(dict.fromkeys(sentence for sentence, _ in foreign_constructs(tree)))
            if not foreign and isinstance(tree.body[0], nodes.If):
                self._note_condition(tree.body[0].test)
            for sentence in foreign or self._faults(tree.body[0]):
                self.found.faults.append(Fault(sentence, tag.place))
        self._step(tag, tree)

    def _step(self, tag: Tag, tree: nodes.Template | None) -> None:
        """Enter or leave a loop."""
        if tag.word in {"for", "if"}:
            self._open.append(tag.word)
            self._scopes.append({**self._scopes[-1], **(self._entry(tag, tree) if tag.word == "for" else {})})
        elif tag.word in {"endfor", "endif"} and tag.word[3:] in self._open:
            while self._open:
                self._scopes.pop()
                if self._open.pop() == tag.word[3:]:
                    break

    def _entry(self, tag: Tag, tree: nodes.Template | None) -> Mapping[str, Known]:
        """The names that a loop adds."""
        loop = tree.body[0] if tree is not None else None
        if not isinstance(loop, nodes.For) or not isinstance(loop.target, nodes.Name):
            name = re.match(r"\w+\s+(\w+)", tag.inner)
            return {"loop": _LOOP, **({name[1]: _ANYTHING} if name else {})}
        over, _ = self._resolved(loop.iter)
        entry = _ANYTHING
        if over is not None and over.field.many:
            self.found.gone_through.add(over.path)
            entry = Known(Field(over.field.type, many=False, optional=False), over.path)
        self.found.loops.add(loop.target.name)
        return {"loop": _LOOP, loop.target.name: entry}

    def _tree(self, tag: Tag) -> nodes.Template | None:
        """The syntax tree of one tag, completed to a whole; None for an end, or where it cannot be understood."""
        match tag.typed if tag.text.startswith("{%") else "print":
            case "print":
                source = "{{ " + tag.inner + " }}"
            case "for" | "if" as word:
                source = f"{{% {tag.inner} %}}{{% end{word} %}}"
            case "elif":
                source = f"{{% {tag.inner[2:]} %}}{{% endif %}}"
            case "else" | "endfor" | "endif" if tag.inner == tag.typed:
                return None
            case _:
                self.found.faults.append(Fault(why_not_understood(tag), tag.place))
                return None
        try:
            tree = self._language.parse(source)
        except TemplateSyntaxError:
            tree = None
        if tree is None or len(tree.body) != 1:
            self.found.faults.append(Fault(why_not_understood(tag), tag.place))
            return None
        return tree

    def _faults(self, node: nodes.Node) -> Iterator[str]:
        match node:
            case nodes.For():
                over, fault = self._resolved(node.iter)
                if fault:
                    yield fault
                elif over is None or not (over.field.many or over is _ANYTHING):
                    yield f"A for loop needs a list, and '{_written(node.iter)}' is none."
            case nodes.Output():
                for printed in node.nodes:
                    yield from self._printing_faults(printed)
            case nodes.Filter():
                yield from self._filter_faults(node)
            case nodes.Name() | nodes.Getattr():
                _, fault = self._resolved(node)
                if fault:
                    yield fault
            case _:
                for child in node.iter_child_nodes():
                    yield from self._faults(child)

    def _note_condition(self, test: nodes.Node) -> None:
        turned = isinstance(test, nodes.Not)
        known, _ = self._resolved(test.node if isinstance(test, nodes.Not) else test)
        if known is not None and known.path:
            (self.found.denied if turned else self.found.affirmed)[known.path] += 1

    def _printing_faults(self, node: nodes.Node) -> Iterator[str]:
        yield from self._faults(node)
        if not isinstance(node, nodes.Name | nodes.Getattr):
            return
        known, fault = self._resolved(node)
        if known and known.field.type is SafeAddress and self._kind not in ADDRESS_STAGES:
            yield (
                f"'{_written(node)}' is where somebody lives, or a telephone number, and must not stand in {self._kind}: "
                "it may reach the wrong person. Take it out."
            )
        if not fault and known and (known.field.many or known.field.is_record):
            inner = ", ".join(record_fields(known.field.type)) if known.field.is_record else ""
            advice = f"Print one of its fields: {inner}." if inner else 'Print it with |join(", ").'
            whole = "a list" if known.field.many else "a whole record"
            yield f"'{_written(node)}' is {whole}. {advice}"

    def _filter_faults(self, node: nodes.Filter) -> Iterator[str]:
        known, fault = self._resolved(node.node) if node.node is not None else (None, None)
        if fault:
            yield fault
        elif known is not None and known is not _ANYTHING and not known.field.many:
            yield f"{node.name} needs a list, and '{_written(node.node)}' is none. Print it as it is."
        elif known is not None and known.field.is_record and node.name == "join":
            yield f"'{_written(node.node)}' is a list of whole records. Loop over it with for."

    def _resolved(self, node: nodes.Node | None) -> tuple[Known | None, str | None]:
        """The field that a name such as `c.victim.name` means, or the sentence that says why it means none."""
        if isinstance(node, nodes.Name):
            return self._known(node.name, node.name, self._scopes[-1], top=True)
        if not isinstance(node, nodes.Getattr):
            return None, None
        whole, fault = self._resolved(node.node)
        if fault or whole is None or whole is _ANYTHING:
            return whole, fault
        if whole is _LOOP:
            number = Known(Field(int, many=False, optional=False), "")
            return self._known(node.attr, _written(node), dict.fromkeys(LOOP_FIELDS, number))
        if whole.field.many:
            told = _written(node.node)
            return None, f"'{told}' is a list. Loop over it with for, and name the field inside the loop."
        inner = record_fields(whole.field.type) if whole.field.is_record else {}
        known = {name: Known(each, f"{whole.path}.{name}") for name, each in inner.items()}
        return self._known(node.attr, _written(node), known)

    def _known(
        self, name: str, written: str, scope: Mapping[str, Known], *, top: bool = False
    ) -> tuple[Known | None, str | None]:
        if top and not (name in scope and scope[name] is not self._scopes[0].get(name)):
            self.found.roots.add(name)
        if name in scope:
            if scope[name].path:
                self.found.used.add(scope[name].path)
            return scope[name], None
        near = difflib.get_close_matches(name.lower(), scope, n=1, cutoff=0.5)
        meant = f" Did you mean '{near[0]}'?" if near else ""
        known = "" if near or not scope else f" Known here: {', '.join(sorted(scope))}."
        return None, f"Field '{written}' is not known.{meant}{known}"


def _written(node: nodes.Node | None) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "…"
