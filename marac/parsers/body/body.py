"""The words of a mail itself, for referrals that were typed into it: plain text and HTML, without quotes and signatures."""

import re
from collections.abc import Iterable, Sequence

from marac.document import Document
from marac.parsers.blocks import Allowance, Block, Line, Span, Table
from marac.parsers.marks import pieces

_QUOTED = re.compile(r"^\s*(?:>|\|\s)")
_EARLIER = re.compile(
    r"^\s*(?:-{3,}\s*(?:original|forwarded) message|_{10,}\s*$|begin forwarded message|on .{6,120}\bwrote:\s*$)",
    re.IGNORECASE,
)
_HEADER = re.compile(r"^\s*\*?(?:from|sent|to|cc|date|subject|importance|reply-to)\*?\s*:", re.IGNORECASE)
_FROM = re.compile(r"^\s*\*?from\*?\s*:", re.IGNORECASE)
_SIGNED = re.compile(
    r"^\s*(?:--\s*$|(?:(?:with )?(?:kind(?:est)?|best|warm(?:est)?|many)\s+(?:regards|thanks|wishes)|regards|thanks(?: (?:again|in advance|and regards|very much))?|thank you|yours (?:sincerely|faithfully|truly)|cheers|sent from my \w+)\s*[,.!]*\s*$)",
    re.IGNORECASE,
)
_DISCLAIMED = re.compile(
    r"^\W*(?:this (?:e-?mail|message|communication)\b.*\b(?:confidential|intended|privileged|addressed|attachments?)|disclaimer\b|confidentiality notice|the information (?:contained )?in this e-?mail)",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"^\W*(?:victim|client|perpetrator|suspect|name of victim|referring agency|reason for referral|risk assessment score|dash score)\b",
    re.IGNORECASE,
)


class Body:
    """A mail body, which this program took out of the mail and whose media type it therefore knows."""

    name = "mail text"

    def __init__(self, allowance: Allowance | None = None) -> None:
        self._allowance = allowance or Allowance()

    def recognises(self, document: Document) -> bool:
        """Whether this is a mail's own text."""
        return document.media_type.partition(";")[0].strip().casefold() in ("text/plain", "text/html")

    def blocks(self, document: Document) -> Iterable[Block]:
        """The lines and tables that the sender wrote: no quoted mail, no signature, no disclaimer."""
        return written(_all_blocks(document))

    def blocks_again(self, document: Document) -> Iterable[Block] | None:  # noqa: ARG002 - one way so far
        """There is no second way yet."""
        return None


def quoted(document: Document) -> list[Block]:
    """What stands in the mail below the sender's own words: the mail answered or forwarded."""
    blocks = _all_blocks(document)
    end = _earlier_mail(blocks)
    rest = [_unquoted(block) for block in blocks[end:]]
    return [block for block in rest if not (isinstance(block, Line) and _HEADER.match(block.text))]


def written(blocks: Sequence[Block]) -> list[Block]:
    """The blocks up to an earlier mail, a disclaimer or a signature, without quoted lines."""
    own = [
        block
        for block in blocks[: _earlier_mail(blocks)]
        if not (isinstance(block, Line) and _QUOTED.match(block.text))
    ]
    end = next(
        (index for index, block in enumerate(own) if isinstance(block, Line) and _DISCLAIMED.match(block.text)),
        len(own),
    )
    own = own[:end]
    for index, block in enumerate(own):
        if (
            isinstance(block, Line)
            and _SIGNED.match(block.text)
            and not any(_is_form(each) for each in own[index + 1 :])
        ):
            return own[:index]
    return own


def _is_form(block: Block) -> bool:
    """Whether a line or a table after a greeting is a form's, so that the greeting ends nothing."""
    return isinstance(block, Table) or _FORM.match(block.text) is not None


def _earlier_mail(blocks: Sequence[Block]) -> int:
    """Where the mail answered or forwarded begins: at its marker, or at a `From:` with more header lines after it."""
    for index, block in enumerate(blocks):
        if not isinstance(block, Line):
            continue
        if _EARLIER.match(block.text):
            return index
        after = [each for each in blocks[index + 1 : index + 5] if isinstance(each, Line)]
        if _FROM.match(block.text) and sum(_HEADER.match(each.text) is not None for each in after) >= 2:
            return index
        if (
            _FROM.match(block.text)
            and len(re.findall(r"(?m)^\s*\*?(?:sent|to|subject)\*?\s*:", block.text, re.IGNORECASE)) >= 2
        ):
            return index
    return len(blocks)


def _unquoted(block: Block) -> Block:
    if isinstance(block, Line) and _QUOTED.match(block.text):
        return Line((Span(_QUOTED.sub("", block.text)),), block.where)
    return block


def _all_blocks(document: Document) -> list[Block]:
    if document.media_type.casefold().startswith("text/html"):
        from marac.parsers.body.body_html import html_blocks

        return html_blocks(_decoded(document))
    return [
        Line(tuple(_spans(text)), f"mail, line {number}")
        for number, text in enumerate(_decoded(document).splitlines(), 1)
        if text.strip()
    ]


def _decoded(document: Document) -> str:
    """The text, in the character set the media type names, else UTF-8, else what Outlook writes in the west."""
    named = re.search(r"charset=\"?([\w.-]+)", document.media_type, re.IGNORECASE)
    for charset in (*([named[1]] if named else []), "utf-8-sig"):
        try:
            return document.content.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
    return document.content.decode("cp1252", "replace")


def _spans(text: str) -> Iterable[Span]:
    for piece in pieces(text):
        yield Span(ticked=piece) if isinstance(piece, bool) else Span(piece)
