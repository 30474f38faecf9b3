"""What is wrong with a Word template, in words for whoever edits it, and where."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePath

from marac.errors import TemplateError
from marac.generators.fields import RECORDS, Kind, fields_of, printable
from marac.generators.fill import filled
from marac.generators.specimens import specimens
from marac.generators.template_faults import Fault, Story, shortened, stories
from marac.generators.template_hazards import hazards
from marac.generators.template_needs import missing_from
from marac.generators.template_scope import reading_of
from marac.generators.template_tags import structure_faults, tags_of, words_between
from marac.generators.word_file import unpacked
from marac.meetings.audience_table import ADDRESS_STAGES

_BRACKETED = re.compile(r"(?:\{|\[\[|<<|«)\s*([a-z_]+(?:\.[a-z_]+)*)\s*(?:\}|\]\]|>>|»)")
_DOTTED = re.compile(r"(?<![\w.@/])([a-z_]+)\.([a-z_]+)(?:\.[a-z_]+)*(?![\w@])")


def kind_of(file_name: str) -> Kind | None:
    """The kind of document that a template is for: the longest that its name speaks of; None if none, or several."""
    rest = re.sub(r"[\s_]+", "-", PurePath(file_name).stem.lower())
    named: list[Kind] = []
    for kind in sorted(RECORDS, key=len, reverse=True):
        if kind in rest:
            named.append(kind)
            rest = rest.replace(kind, "|")
    return named[0] if len(named) == 1 else None


def faults(template: bytes, kind: Kind) -> tuple[Fault, ...]:
    """Everything for which the template cannot be used; an empty tuple means that it can.

    It is read tag by tag against the fields of its kind, held against what its kind must print, and then filled on trial
    with invented cases.
    """
    if found := mistakes(template, kind):
        return found
    try:
        lost = tuple(fault for fault in missing_from(template, kind) if fault.refuses)
    except TemplateError as error:
        return (Fault(str(error)),)
    return lost or _trial_faults(template, kind)


def mistakes(template: bytes, kind: Kind) -> tuple[Fault, ...]:
    """What is wrong with the file and its tags, each mistake by itself."""
    try:
        parts = unpacked(template)
        return tuple(dict.fromkeys((*hazards(parts), *_faults_in(stories(parts), parts, kind))))
    except TemplateError as error:
        return (Fault(str(error)),)


def remarks(template: bytes, kind: Kind) -> tuple[Fault, ...]:
    """What a sound template of the area leaves out that marac's own prints: told, and not refused.

    Raises:
        TemplateError: the template cannot be filled.
    """
    return tuple(fault for fault in missing_from(template, kind) if not fault.refuses)


def _faults_in(read: Sequence[Story], parts: Mapping[str, bytes], kind: Kind) -> Iterator[Fault]:
    readings = [reading_of(tags_of(story), kind) for story in read]
    roots = {name for reading in readings for name in reading.roots}
    if other := _of_another_kind(roots, kind):
        yield Fault(other)
        return
    found = [fault for reading in readings for fault in reading.faults]
    found += structure_faults(parts, read)
    loops = {name for reading in readings for name in reading.loops}
    for story in read:
        found += _fields_without_brackets(story, kind, loops)
    order = {story.part: number for number, story in enumerate(read)}
    yield from sorted(found, key=lambda fault: _in_the_file(fault, order))


def _in_the_file(fault: Fault, order: Mapping[str, int]) -> tuple[int, int]:
    return (order[fault.place.part], fault.place.paragraph) if fault.place else (len(order), 0)


def _of_another_kind(roots: Collection[str], kind: Kind) -> str:
    """`This looks like the letter: it prints 'still_open'`, where another kind has all fields that it names."""
    unknown = sorted(set(roots) - set(fields_of(kind)))
    other = next((each for each in RECORDS if each != kind and set(roots) <= set(fields_of(each))), None)
    if not unknown or other is None:
        return ""
    named = ", ".join(f"'{name}'" for name in unknown)
    return f"This looks like a template for {other}: it prints {named}, which {kind} does not have."


def _fields_without_brackets(story: Story, kind: Kind, loops: set[str]) -> Iterator[Fault]:
    """Names of fields that stand in the text as words, because their brackets are gone or are others."""
    records = {name for name, field in fields_of(kind).items() if field.is_record}
    for paragraph in story.paragraphs:
        words = words_between(paragraph)
        bracketed = (found[1] for found in _BRACKETED.finditer(words))
        named = [name for name in bracketed if name.split(".")[0] in {*fields_of(kind), *loops}]
        named += [found[0] for found in _DOTTED.finditer(words) if found[1] in loops | records and "_" not in found[1]]
        for name in dict.fromkeys(named):
            yield Fault(
                f"'{name}' stands here as a word and is not filled in. Write {{{{ {name} }}}} to print the field.",
                story.place(paragraph, shortened(words)),
            )


def _trial_faults(template: bytes, kind: Kind) -> tuple[Fault, ...]:
    try:
        for specimen in specimens(kind):
            filled(template, printable(specimen), name=f"{kind}.docx", safe_addresses=kind in ADDRESS_STAGES)
    except TemplateError as error:
        return (Fault(f"On trial with invented cases: {error}"),)
    return ()
