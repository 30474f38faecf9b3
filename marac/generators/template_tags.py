"""Where the tags of a template stand, and whether they stand where their words and their ends are safe."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from marac.generators.word_file import W, own_text, parsed

FILLED_PART = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_HALF = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_COMMAND = re.compile(r"\{%(?P<scope>tr|tc|p|r)?(?=\s)\s*(?P<word>\w*)")
_OPENS = {"for": "endfor", "if": "endif"}
_SCOPE_WORDS = {"": "paragraph", "p": "list of paragraphs", "tr": "table"}


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag, with the paragraph, and the row and table where there are any, that it stands in."""

    text: str
    paragraph: etree._Element
    row: etree._Element | None
    table: etree._Element | None

    @property
    def scope(self) -> str:
        """What the tag repeats or leaves out: `tr` rows, `p` paragraphs, nothing for words in one paragraph."""
        found = _COMMAND.match(self.text)
        return (found["scope"] or "") if found else ""

    @property
    def word(self) -> str:
        """`for`, `endif`, … or nothing for a tag that prints."""
        found = _COMMAND.match(self.text)
        return found["word"] if found else ""

    @property
    def place(self) -> etree._Element | None:
        """What the tag's end must stand in too."""
        match self.scope:
            case "tr":
                return self.table
            case "p":
                return self.paragraph.getparent()
            case _:
                return self.paragraph


def structure_faults(parts: Mapping[str, bytes]) -> tuple[str, ...]:
    """What is wrong with the places of the template's tags, each in one sentence."""
    found: list[str] = []
    for name, content in parts.items():
        if FILLED_PART.fullmatch(name):
            root = parsed(content)
            tags = [tag for paragraph in root.iter(f"{W}p") for tag in _tags_in(paragraph)]
            found += _half_tags(root)
            for tag in tags:
                found += _faults_of(tag)
            found += _pairing_faults(tags)
        elif name.endswith(".xml") and name.startswith(("word/", "docProps/")) and b"{" in content:
            found += _tags_out_of_place(name, parsed(content))
    return tuple(dict.fromkeys(found))


def _tags_in(paragraph: etree._Element) -> Iterator[Tag]:
    row = next(paragraph.iterancestors(f"{W}tr"), None)
    table = next(paragraph.iterancestors(f"{W}tbl"), None)
    for found in _TAG.finditer(own_text(paragraph)):
        yield Tag(found[0], paragraph, row, table)


def _half_tags(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter(f"{W}p"):
        rest = _TAG.sub("", own_text(paragraph))
        if _HALF.search(rest):
            yield f"The tag in “{shortened(own_text(paragraph))}” has no end in its paragraph, or no beginning."


def _faults_of(tag: Tag) -> Iterator[str]:
    if tag.text[2:3] in {"-", "+"} or tag.text[-3:-2] in {"-", "+"}:
        yield f"The tag {shortened(tag.text)} has a minus or plus sign at its edge. Write it without."
    if tag.text.startswith("{{") and re.match(r"\{\{(tr|tc|p|r)\s", tag.text):
        yield f"The tag {shortened(tag.text)} cannot be used here. To print a field, write {{{{ field }}}}."
    if tag.text.startswith("{%") and (tag.scope in {"tc", "r"} or not tag.word):
        yield f"The tag {shortened(tag.text)} cannot be used here. Use {{% …, {{%p … or {{%tr …"
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


def _pairing_faults(tags: list[Tag]) -> Iterator[str]:
    waiting: list[Tag] = []
    for tag in tags:
        if tag.word in _OPENS:
            waiting.append(tag)
        elif tag.word in {"endfor", "endif", "else", "elif"}:
            if not waiting or (tag.word.startswith("end") and _OPENS[waiting[-1].word] != tag.word):
                yield _unmatched(tag, waiting)
                return
            begun = waiting[-1]
            if tag.scope != begun.scope or tag.place is not begun.place:
                where = _SCOPE_WORDS.get(begun.scope, "place")
                yield f"{shortened(begun.text)} and its {shortened(tag.text)} must stand in the same {where}, and be written alike."
            if tag.word.startswith("end"):
                waiting.pop()
    for tag in waiting:
        yield f"{shortened(tag.text)} is never closed. Write {{%{tag.scope} {_OPENS[tag.word]} %}} where it ends."


def _unmatched(tag: Tag, waiting: list[Tag]) -> str:
    if not waiting:
        return f"{shortened(tag.text)} closes nothing: there is no beginning before it."
    return f"{shortened(waiting[-1].text)} is never closed: {shortened(tag.text)} comes first."


def _tags_out_of_place(name: str, root: etree._Element) -> Iterator[str]:
    if re.search(r"\{\{|\{%", "".join(map(str, root.itertext()))):
        where = name.removeprefix("word/").removeprefix("docProps/").removesuffix(".xml")
        yield f"A tag stands in {where}, where nothing is filled in. Move it into the text, a header or a footer."


def shortened(text: str) -> str:
    """Enough of the text to find it by, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= 70 else f"{line[:67]}…"
