"""A fault of a template: what is wrong, in words for whoever edits it, and where in the file it stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from marac.generators.word_file import FILLED_PART, MAIN_PART, W, own_text, parsed

_TEXT_BOX = f"{W}txbxContent"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands."""

    part: str
    """The part of the file, such as `word/document.xml`."""
    paragraph: int
    """Which of the part's paragraphs, counted from 0 in the order of the file."""
    where: str
    """The place as a person finds it: `in row 2 of the table under “Cases with children”`."""
    quoted: str
    """The tag, or the words of the paragraph."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong."""

    what: str
    """What, and what to do about it."""
    place: Place | None = None
    """None where it is in the file as a whole."""

    def __str__(self) -> str:
        if self.place is None:
            return self.what
        return f"{self.what} It stands {self.place.where}: “{self.place.quoted}”."


class Story:
    """One part of the template whose tags are filled: the text, a header or a footer."""

    def __init__(self, part: str, root: etree._Element) -> None:
        self.part = part
        self.root = root
        self.paragraphs = list(root.iter(f"{W}p"))
        self._number = {paragraph: number for number, paragraph in enumerate(self.paragraphs)}

    def place(self, node: etree._Element, quoted: str = "") -> Place:
        """The place of a paragraph, or of anything in one; of anything else, the place of the paragraph before it."""
        inside = [node, *node.iterancestors()]
        paragraph = next((each for each in inside if each.tag == f"{W}p"), None)
        if paragraph is None:
            paragraph = next((each for each in node.iter(f"{W}p")), self.paragraphs[0] if self.paragraphs else None)
        if paragraph is None:
            return Place(self.part, 0, "in an empty part of the file", shortened(quoted))
        words = quoted or own_text(paragraph)
        return Place(self.part, self._number[paragraph], self._where(paragraph), shortened(words))

    def _where(self, paragraph: etree._Element) -> str:
        steps = [self._row_of(paragraph)]
        if any(True for _ in paragraph.iterancestors(_TEXT_BOX)):
            steps.append("in a text box")
        if self.part != MAIN_PART:
            steps.append("in a footer" if "footer" in self.part else "in a header")
        else:
            steps.append(self._under(paragraph))
        told = " ".join(step for step in steps if step)
        return told or f"in paragraph {self._number[paragraph] + 1}"

    def _row_of(self, paragraph: etree._Element) -> str:
        row = next(paragraph.iterancestors(f"{W}tr"), None)
        table = next(paragraph.iterancestors(f"{W}tbl"), None)
        if row is None or table is None:
            return ""
        rows = [each for each in table.iter(f"{W}tr") if next(each.iterancestors(f"{W}tbl")) is table]
        return f"in row {rows.index(row) + 1} of the table"

    def _under(self, paragraph: etree._Element) -> str:
        """The heading before it; where there is none, the last words before its table."""
        table = next(reversed([*paragraph.iterancestors(f"{W}tbl")]), None)
        before = self.paragraphs[: self._number[paragraph]]
        headings = (each for each in reversed(before) if _is_heading(each) and own_text(each).strip())
        found = next(headings, None)
        if found is None and table is not None:
            outside = (each for each in reversed(before) if not any(node is table for node in each.iterancestors()))
            found = next((each for each in outside if own_text(each).strip()), None)
        return f"under “{shortened(own_text(found))}”" if found is not None else ""


def stories(parts: Mapping[str, bytes]) -> tuple[Story, ...]:
    """The parts whose tags are filled.

    Raises:
        TemplateError: one of them is damaged.
    """
    return tuple(Story(name, parsed(content)) for name, content in parts.items() if FILLED_PART.fullmatch(name))


def shortened(text: str) -> str:
    """Enough of the text to find it by, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= 70 else f"{line[:67]}…"


def _is_heading(paragraph: etree._Element) -> bool:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    named = (style.get(f"{W}val") or "").lower() if style is not None else ""
    return named.startswith(("heading", "title")) or paragraph.find(f"{W}pPr/{W}outlineLvl") is not None
