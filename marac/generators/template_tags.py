"""Where the tags of a template stand, and whether they stand where their words and their ends are safe."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from marac.generators.template_faults import Fault, Place, Story, shortened
from marac.generators.word_file import FILLED_PART, W, own_text, parsed

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_HALF = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_APART = re.compile(r"\{\s+[{%]|[}%]\s+\}|[\uff5b\uff5d]")
_COMMAND = re.compile(r"\{%[-+]?(?P<scope>tr|tc|p|r)?(?=\s|\w+\s*%\})\s*(?P<word>\w*)")
_OPENS = {"for": "endfor", "if": "endif"}
_WORDS = ("for", "endfor", "if", "elif", "else", "endif")
_SCOPE_WORDS = {"": "paragraph", "p": "list of paragraphs", "tr": "table"}
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")


@dataclass(frozen=True)
class Tag:
    """One tag, with the paragraph, and the row and table where there are any, that it stands in."""

    text: str
    story: Story
    paragraph: etree._Element

    @cached_property
    def row(self) -> etree._Element | None:
        """The row of a table that it stands in."""
        return next(self.paragraph.iterancestors(f"{W}tr"), None)

    @cached_property
    def _command(self) -> re.Match[str] | None:
        return _COMMAND.match(self.text)

    @property
    def scope(self) -> str:
        """What the tag repeats or leaves out: `tr` rows, `p` paragraphs, nothing for words in one paragraph."""
        return (self._command["scope"] or "") if self._command else ""

    @property
    def typed(self) -> str:
        """Its first word as it was typed; nothing for a tag that prints."""
        return self._command["word"] if self._command else ""

    @cached_property
    def word(self) -> str:
        """`for`, `endif`, …, even where it is misspelt; nothing for a tag that prints, or for another word."""
        return next(iter(difflib.get_close_matches(self.typed.lower(), _WORDS, n=1, cutoff=0.66)), "")

    @cached_property
    def inner(self) -> str:
        """What stands between its brackets, in straight quotes, and without `p` or `tr`."""
        return self.text[2 + len(self.scope) : -2].strip().translate(_STRAIGHT)

    @cached_property
    def oddity(self) -> str:
        """Why no tag may be written like this one; empty for most."""
        told = shortened(self.text)
        if self.text[2:3] in {"-", "+"} or self.text[-3:-2] in {"-", "+"}:
            return f"The tag {told} has a minus or plus sign at its edge. Write it without."
        if re.match(r"\{\{(tr|tc|p|r)\s", self.text):
            return f"The tag {told} cannot be used here. To print a field, write {{{{ field }}}}."
        if re.match(r"\{#(tr|tc|p|r)\s", self.text):
            return f"The note {told} would take other words with it. Write {{# … #}}, with a space."
        if self.text.startswith("{%") and (self.scope in {"tc", "r"} or not self.typed):
            return f"The tag {told} cannot be used here. Use {{% …, {{%p … or {{%tr …"
        return ""

    @property
    def held_by(self) -> etree._Element | None:
        """What the tag's end must stand in too."""
        match self.scope:
            case "tr":
                return next(self.paragraph.iterancestors(f"{W}tbl"), None)
            case "p":
                return self.paragraph.getparent()
            case _:
                return self.paragraph

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.story.place(self.paragraph, self.text)


def tags_of(story: Story) -> tuple[Tag, ...]:
    """The tags of one part, in the order of the file."""
    return tuple(
        Tag(found[0], story, paragraph)
        for paragraph in story.paragraphs
        for found in _TAG.finditer(own_text(paragraph))
    )


def words_between(paragraph: etree._Element) -> str:
    """The words of a paragraph without its tags; a bar stands where each one was."""
    return _TAG.sub("|", own_text(paragraph))


def structure_faults(parts: Mapping[str, bytes], read: Sequence[Story]) -> tuple[Fault, ...]:
    """What is wrong with the places of the template's tags."""
    found: list[Fault] = []
    for story in read:
        tags = tags_of(story)
        found += _half_tags(story)
        for tag in tags:
            found += (Fault(what, tag.place) for what in _faults_of(tag))
        found += _pairing_faults(tags)
    for name, content in parts.items():
        elsewhere = name.endswith(".xml") and name.startswith(("word/", "docProps/"))
        if elsewhere and not FILLED_PART.fullmatch(name) and b"{" in content:
            found += _tags_out_of_place(name, parsed(content))
    return tuple(dict.fromkeys(found))


def _half_tags(story: Story) -> Iterator[Fault]:
    for paragraph in story.paragraphs:
        rest = words_between(paragraph)
        if _HALF.search(rest):
            what = "A tag has no end in its paragraph, or no beginning. It must not be split over paragraphs or cells."
            yield Fault(what, story.place(paragraph))
        elif _APART.search(rest):
            yield Fault("The brackets of a tag must stand close together: {{ field }}.", story.place(paragraph))


def _faults_of(tag: Tag) -> Iterator[str]:
    if tag.oddity:
        yield tag.oddity
    if tag.scope == "tr" and tag.row is None:
        yield f"The table-row tag {shortened(tag.text)} is outside a table."
    elif tag.scope == "tr" and tag.row is not None:
        yield from _fault_of_company(tag, tag.row, "row")
    elif tag.scope == "p":
        yield from _fault_of_company(tag, tag.paragraph, "paragraph")


def _fault_of_company(tag: Tag, place: etree._Element, kind: str) -> Iterator[str]:
    """A tag takes the place of the whole row or paragraph, so that other words in it would be lost."""
    words = "".join(node.text or "" for node in place.iter(f"{W}t"))
    beside = words.replace(tag.text, "", 1).strip()
    if beside or any(True for _ in place.iter(f"{W}drawing", f"{W}pict")):
        yield f"The tag {shortened(tag.text)} must stand alone in its {kind}: “{shortened(beside)}” would be lost."


def _pairing_faults(tags: Sequence[Tag]) -> Iterator[Fault]:
    waiting: list[Tag] = []
    for tag in tags:
        if tag.word in _OPENS:
            waiting.append(tag)
        elif tag.word:
            yield from _faults_of_end(tag, waiting)
    for begun in waiting:
        yield _unclosed(begun)


def _faults_of_end(tag: Tag, waiting: list[Tag]) -> Iterator[Fault]:
    """What is wrong with an end, an `else` or an `elif`; what it ends is taken from those that wait."""
    fits = [begun for begun in waiting if not tag.word.startswith("end") or _OPENS[begun.word] == tag.word]
    if not fits:
        yield Fault(f"{shortened(tag.text)} closes nothing: {_what_is_open(waiting)}.", tag.place)
        return
    while waiting[-1] is not fits[-1]:
        lost = waiting.pop()
        yield Fault(f"{shortened(lost.text)} is never closed: {shortened(tag.text)} comes first.", lost.place)
    begun = waiting[-1]
    if tag.scope != begun.scope or tag.held_by is not begun.held_by:
        where = _SCOPE_WORDS.get(begun.scope, "place")
        what = f"{shortened(begun.text)} and its {shortened(tag.text)} must stand in the same {where}, and be written alike."
        yield Fault(what, begun.place)
    if tag.word.startswith("end"):
        waiting.pop()


def _what_is_open(waiting: Sequence[Tag]) -> str:
    if not waiting:
        return "there is no beginning before it"
    return f"{shortened(waiting[-1].text)} is open here, and ends with {_OPENS[waiting[-1].word]}"


def _unclosed(tag: Tag) -> Fault:
    end = f"{{%{tag.scope} {_OPENS[tag.word]} %}}"
    return Fault(f"{shortened(tag.text)} is never closed. Write {end} where it ends.", tag.place)


def _tags_out_of_place(name: str, root: etree._Element) -> Iterator[Fault]:
    if re.search(r"\{\{|\{%", "".join(map(str, root.itertext()))):
        where = name.removeprefix("word/").removeprefix("docProps/").removesuffix(".xml")
        yield Fault(
            f"A tag stands in {where}, where nothing is filled in. Move it into the text, a header or a footer."
        )
