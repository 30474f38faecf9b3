"""Where in a mail an earlier one begins that it answers or passes on, and what each of those says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from marac.parsers.blocks import Block, Line, Span, Table

QUOTED = re.compile(r"^\s*(?:>|\|\s)")
"""The mark before a quoted line."""

_MARKS = re.compile(r"^(?:\s*(?:>|\|(?=\s)))+\s?")
_MARKER = re.compile(
    r"^\s*(?:-{3,}\s*(?:original|forwarded) (?:message|e-?mail)|_{10,}\s*$|begin forwarded message"
    r"|on .{6,200}\bwrote:\s*$)",
    re.IGNORECASE,
)
_PASSED_ON = re.compile(r"^\s*(?:-{3,}\s*forwarded|begin forwarded)\b", re.IGNORECASE)
_NAMES = "from|sent|to|cc|bcc|date|subject|importance|reply-to|attachments"
_HEADER = re.compile(rf"^\s*\*?(?P<name>{_NAMES})\*?\s*:", re.IGNORECASE)
_FROM = re.compile(r"^\s*\*?from\*?\s*:", re.IGNORECASE)
_TELLING = re.compile(r"(?m)^\s*\*?(?:sent|date|to|subject)\*?\s*:", re.IGNORECASE)
_WRAPPED = re.compile(r"^\s*on .{6,200}$", re.IGNORECASE)
_WROTE = re.compile(r"\bwrote:\s*$", re.IGNORECASE)
_ONLY_ADDRESSES = re.compile(r"^[^:]*(?:<[^<>\s]+@[^<>\s]+>|;)\s*[;,]?\s*$")
_LONGEST_HALF = 120
_LONGEST_HEAD = 20
_MOST_MAILS = 20


@dataclass(frozen=True, slots=True)
class EarlierMail:
    """A mail below the words of whoever sent this one."""

    head: tuple[str, ...] = field(repr=False)
    """The lines that tell of it: a marker, `From:` and the others."""
    blocks: tuple[Block, ...] = field(repr=False)
    """What it says, without marks of quotation."""

    @property
    def writer(self) -> str:
        """Who wrote it, as its head says it: a name, an address, both or nothing."""
        named = next((text for text in self.head if _FROM.match(text)), "")
        if named:
            return _FROM.sub("", named.partition("\n")[0]).strip(" *")
        return next((text for text in self.head if _WRAPPED.match(text) or _WROTE.search(text)), "")

    @property
    def passed_on(self) -> bool:
        """Whether a mail program marked it as passed on, and not as answered."""
        return any(_PASSED_ON.match(text) for text in self.head)


def beginning_of_earlier_mail(blocks: Sequence[Block]) -> int:
    """Where the first mail below begins: at its marker, or at a `From:` with more header lines after it."""
    for index, block in enumerate(blocks):
        if isinstance(block, Line) and (_MARKER.match(block.text) or _begins(block, blocks[index + 1 : index + 5])):
            return index
    return len(blocks)


def mails_below(blocks: Sequence[Block]) -> Iterator[EarlierMail]:
    """The mails below the sender's own words, the newest first.

    Args:
        blocks: the whole mail, its quotes among them.
    """
    quotes = (number for number, each in enumerate(blocks) if isinstance(each, Line) and QUOTED.match(each.text))
    start = min(beginning_of_earlier_mail(blocks), next(quotes, len(blocks)))
    rest = [_unmarked(block) for block in blocks[start:]]
    for _ in range(_MOST_MAILS):
        if not rest:
            return
        head = _end_of_head(rest)
        end = head + beginning_of_earlier_mail(rest[head:])
        yield EarlierMail(tuple(_lines(rest[:head])), tuple(rest[head:end]))
        rest = rest[end:]


def _begins(block: Line, after: Sequence[Block]) -> bool:
    """Whether this is the first header line of a mail, or the first half of `On Monday Joan Platt <...> wrote:`."""
    if _is_half(block, after):
        return True
    if not _FROM.match(block.text):
        return False
    headers = sum(_HEADER.match(each.text) is not None for each in after if isinstance(each, Line))
    return headers >= 2 or len(_TELLING.findall(block.text)) >= 2


def _is_half(block: Line, after: Sequence[Block]) -> bool:
    """Whether `On Monday Joan Platt` stands here and `<...> wrote:` below."""
    below = after[0].text if after and isinstance(after[0], Line) else ""
    return bool(_WRAPPED.match(block.text) and _WROTE.search(below) and len(below) <= _LONGEST_HALF)


def _end_of_head(blocks: Sequence[Block]) -> int:
    """How many of the first blocks are markers and headers.

    A name that comes again is the mail's own word: a form may begin with `Date:` right below the headers.
    """
    names, index = set[str](), 0
    while index < min(len(blocks), _LONGEST_HEAD):
        block = blocks[index]
        if isinstance(block, Table):
            if names or not _is_head(block):
                break
        elif header := _HEADER.match(block.text):
            named = _name(header["name"])
            if named in names:
                break
            names |= {named, *(_name(each) for each in _TELLING.findall(block.text))}
        elif names:
            if not _ONLY_ADDRESSES.match(block.text):
                break
        elif _is_half(block, blocks[index + 1 : index + 2]):
            index += 1
        elif not _MARKER.match(block.text):
            break
        index += 1
    return index


def _name(header: str) -> str:
    """The name of a header; Outlook's `Sent:` is what others call `Date:`."""
    name = header.strip(" *:\t\n").lower()
    return "date" if name == "sent" else name


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    """The text of these blocks, a row of a table as a line."""
    for block in blocks:
        if isinstance(block, Line):
            yield block.text
        else:
            rows = dict.fromkeys(cell.row for cell in block.cells)
            yield from (" ".join(cell.text.strip() for cell in block.cells if cell.row == row) for row in rows)


def _is_head(table: Table) -> bool:
    """Whether a table holds the headers of a mail, as Thunderbird shows those of one that is passed on."""
    firsts = [cell for cell in table.cells if cell.column == 0]
    return len(firsts) >= 2 and all(_HEADER.match(cell.text) for cell in firsts)


def _unmarked(block: Block) -> Block:
    """The block without the marks of quotation before it."""
    if not isinstance(block, Line) or not (marks := _MARKS.match(block.text)):
        return block
    spans, left = list[Span](), marks.end()
    for span in block.spans:
        cut = min(left, len(span.text))
        left -= cut
        spans.append(replace(span, text=span.text[cut:]))
    return replace(block, spans=tuple(span for span in spans if span.text or span.ticked is not None))
