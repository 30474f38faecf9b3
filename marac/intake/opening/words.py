"""The text of a mail as plain words, where no more is needed of it: the text of an HTML mail without its tags.

It takes time in proportion to the text, however it is built, and nothing of it is parsed.
"""

import html
import re
from collections.abc import Callable

from marac.document import HTML

_TAG = re.compile(r"(<[^<>]{1,5000}>)")
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:]*)")
_UNSEEN = re.compile(r"<(?:style|script|title)\b[^<>]{0,500}>[^<]*", re.IGNORECASE)
_BREAKS = frozenset(
    ("br", "p", "div", "li", "ul", "ol", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "table")
)
_CELLS = frozenset(("td", "th"))
_DEEPEST_ROW = 20
_TAB = "\x01"  # between the cells of a row that is done, so that a table around it takes them for one cell
_LONGEST_CELL = 200
_MOST_LINES_IN_CELL = 4


def words_of(content: bytes, media_type: str, target: Callable[[str], str] = lambda _: "") -> str:
    """The text of a mail in lines, the cells of a row with a tab between them.

    Args:
        content: the text as it was sent, in UTF-8.
        media_type: whether it is HTML.
        target: what to write for a tag, such as the address that it links to.
    """
    text = content.decode("utf-8", errors="replace")
    return _of_html(text, target) if media_type.partition(";")[0].strip().lower() == HTML else text


def _of_html(text: str, target: Callable[[str], str]) -> str:
    out: list[str] = []
    rows: list[int] = []
    breaks = "<pre" in text.lower()
    for number, piece in enumerate(_TAG.split(_UNSEEN.sub(" ", _without_comments(text)))):
        name = found[1].lower() if (found := _NAME.match(piece)) else ""
        if number % 2 == 0:  # between two tags
            out.append(html.unescape(piece) if breaks else _on_one_line(html.unescape(piece)))
        elif name == "tr" and piece[1] != "/" and len(rows) < _DEEPEST_ROW:
            rows.append(len(out))
        elif name == "tr" and rows and piece[1] == "/":
            start = rows.pop()
            out[start:] = [_row("".join(out[start:]))]
        elif name in _CELLS:
            out.append("\t" if piece[1] == "/" and rows else "")
        else:
            out.append("\n" if name in _BREAKS else target(piece))
    return re.sub(r"\n[ ]*(?:\n[ ]*)+", "\n\n", "".join(out)).replace(_TAB, "\t")


def _without_comments(text: str) -> str:
    """The text without its comments; one that does not end is none."""
    first, *others = text.split("<!--")
    return first + "".join(
        after if ends else before for before, ends, after in (each.partition("-->") for each in others)
    )


def _on_one_line(text: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text)


def _row(text: str) -> str:
    """A row of a table on one line, its cells apart; the lines of one that only lays out the mail."""
    cells = [cell.strip() for cell in text.removesuffix("\t").split("\t")]
    lays_out = any(
        len(cell) > _LONGEST_CELL or cell.count("\n") > _MOST_LINES_IN_CELL or _TAB in cell for cell in cells
    )
    if len(cells) < 2 or lays_out:
        return "\n" + "\n".join(cells) + "\n"
    return "\n" + _TAB.join(" ".join(cell.split()) for cell in cells) + "\n"
