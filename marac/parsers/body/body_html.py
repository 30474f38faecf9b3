"""HTML mail to blocks: tables as tables, everything else as lines. Nothing is fetched and no script is run."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree, html

from marac.parsers.blocks import Block, Cell, Line, Span, Table
from marac.parsers.marks import pieces

EARLIER_MAIL = "-----Original Message-----"
"""The line that stands where a mail program marks the beginning of an earlier mail without a word."""

_SKIPPED = frozenset(("script", "style", "head", "title", "meta", "link", "img", "object", "svg", "template"))
_BREAKING = frozenset(
    (
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "section",
        "article",
        "header",
        "footer",
        "dl",
        "dt",
        "dd",
        "pre",
        "hr",
        "center",
        "blockquote",
        "form",
        "fieldset",
        "body",
    )
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_QUOTES = re.compile(r"gmail_quote|yahoo_quoted|moz-cite|moz-forward|protonmail_quote", re.IGNORECASE)
_FROM_HERE_ON = "divRplyFwdMsg"  # Outlook on the web: the headers of the earlier mail, which itself stands below
_ENDS = re.compile(r"</(?:html|body)\b[^<>]{0,100}>|<\?xml\b[^<>]{0,200}>|\x00", re.IGNORECASE)
"""What does not end a mail: gateways and mailers put their own text, and whole tables, after it."""
_DEEPEST = 200


@dataclass(slots=True)
class _Text:
    """Spans in the making."""

    spans: list[Span] = field(default_factory=list)

    def add(self, text: str | None, look: Span) -> None:
        if text:
            for piece in pieces(re.sub(r"[ \t\r\n\f]+", " ", text)):
                self.spans.append(Span(ticked=piece) if isinstance(piece, bool) else replace(look, text=piece))

    def end_line(self) -> None:
        if self.spans and not self.spans[-1].text.endswith("\n"):
            self.spans.append(Span("\n"))

    @property
    def filled(self) -> bool:
        return any(span.ticked is not None or span.text.strip() for span in self.spans)


def html_blocks(text: str, *, quotes: bool = False) -> list[Block]:
    """The lines and tables of an HTML mail, in reading order, to the end of what was sent.

    Args:
        text: the mail.
        quotes: whether the mails that it quotes are read too, each below a line `EARLIER_MAIL`.
    """
    try:
        root = html.document_fromstring(
            _ENDS.sub("", text), parser=html.HTMLParser(remove_comments=True, no_network=True, huge_tree=False)
        )
    except (etree.ParserError, ValueError):
        return []
    return list(_Reader(quotes).read(root))


class _Reader:
    def __init__(self, quotes: bool) -> None:
        self._quotes = quotes
        self._tables = 0
        self._lines = 0
        self._text = _Text()

    def read(self, root: html.HtmlElement) -> Iterator[Block]:
        yield from self._walk(root, Span(), 0)
        yield from self._line()

    def _walk(self, element: html.HtmlElement, look: Span, depth: int, heading: bool = False) -> Iterator[Block]:
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED or depth > _DEEPEST or _is_hidden(element):
            return
        quote = _is_quote(element)
        if not self._quotes and (quote or tag == "blockquote"):
            return
        if quote or element.get("id") == _FROM_HERE_ON:
            yield from self._earlier_mail()
        if tag == "table":
            yield from self._line()
            yield from self._table(element, depth)
            return
        if tag == "br":
            yield from self._line(heading)
            return
        if tag in _BREAKING:
            yield from self._line()
        look, heading = _looked(element, look), heading or tag in _HEADINGS
        if tag == "input":
            _add_input(self._text, element)
        self._text.add(element.text, look)
        for child in element:
            yield from self._walk(child, look, depth + 1, heading)
            self._text.add(child.tail, look)
        if tag in _BREAKING:
            yield from self._line(heading)

    def _earlier_mail(self) -> Iterator[Block]:
        """A line to say that from here on an earlier mail is quoted."""
        yield from self._line()
        yield Line((Span(EARLIER_MAIL),), f"mail, line {self._lines}")

    def _line(self, heading: bool = False) -> Iterator[Block]:
        if self._text.filled:
            self._lines += 1
            yield Line(tuple(self._text.spans), f"mail, line {self._lines}", heading)
        self._text = _Text()

    def _table(self, table: html.HtmlElement, depth: int) -> Iterator[Block]:
        """A table; one that only lays out the mail (tables inside its cells) is read as its contents."""
        inner = [each for each in table.iter("table") if each is not table]
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        if inner or max((len(row) for row in rows), default=0) < 2:
            for row in rows:
                for cell in row:
                    yield from self._cell_blocks(cell, depth)
            return
        self._tables += 1
        cells = tuple(_cells(rows))
        if cells:
            yield Table(cells, f"mail, table {self._tables}")

    def _cell_blocks(self, cell: html.HtmlElement, depth: int) -> Iterator[Block]:
        look = _looked(cell, Span())
        self._text.add(cell.text, look)
        for child in cell:
            yield from self._walk(child, look, depth + 2)
            self._text.add(child.tail, look)
        yield from self._line()


def _cells(rows: list[html.HtmlElement]) -> Iterator[Cell]:
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while (number, column) in taken:
                column += 1
            width, height = _count(cell.get("colspan")), _count(cell.get("rowspan"))
            taken.update((number + down, column + along) for down in range(height) for along in range(width))
            yield Cell(
                number,
                column,
                _cell_spans(cell),
                height,
                width,
                "background" in (cell.get("style") or "") or bool(cell.get("bgcolor")),
            )
            column += width


def _count(text: str | None) -> int:
    return min(max(int(text), 1), 50) if text and text.isdecimal() else 1


def _cell_spans(cell: html.HtmlElement) -> tuple[Span, ...]:
    text = _Text()
    _fill(text, cell, _looked(cell, Span()), 0)
    while text.spans and text.spans[-1].ticked is None and not text.spans[-1].text.strip():
        text.spans.pop()
    return tuple(text.spans)


def _fill(text: _Text, element: html.HtmlElement, look: Span, depth: int) -> None:
    if depth > _DEEPEST:
        return
    if element.tag == "input":
        _add_input(text, element)
    text.add(element.text, look)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in (*_SKIPPED, "blockquote") and not _is_hidden(child):
            if child.tag == "br" or child.tag in _BREAKING:
                text.end_line()
            _fill(text, child, _looked(child, look), depth + 1)
            if child.tag in _BREAKING:
                text.end_line()
        text.add(child.tail, look)


def _add_input(text: _Text, element: html.HtmlElement) -> None:
    if (element.get("type") or "").casefold() in ("checkbox", "radio"):
        text.spans.append(Span(ticked="checked" in element.attrib))
    elif element.get("value"):
        text.spans.append(Span(element.get("value") or "", entered=True))


def _looked(element: html.HtmlElement, look: Span) -> Span:
    tag, style = element.tag, (element.get("style") or "").casefold()
    return replace(
        look,
        bold=look.bold or tag in ("b", "strong", "th") or bool(re.search(r"font-weight:\s*(?:bold|[6-9]00)", style)),
        underlined=look.underlined or tag in ("u", "ins") or "underline" in style,
        struck=look.struck or tag in ("s", "strike", "del") or "line-through" in style,
        highlighted=look.highlighted
        or tag == "mark"
        or (tag == "span" and "background" in style and "white" not in style),
    )


def _is_hidden(element: html.HtmlElement) -> bool:
    return bool(
        re.search(r"display:\s*none|visibility:\s*hidden|mso-hide:\s*all", (element.get("style") or "").casefold())
    )


def _is_quote(element: html.HtmlElement) -> bool:
    """Whether a mail program quotes an earlier mail here; a bare `blockquote` may only be set in from the margin."""
    cited = element.tag == "blockquote" and (element.get("type") or "").casefold() == "cite"
    return cited or bool(_QUOTES.search(f"{element.get('class') or ''} {element.get('id') or ''}"))
