"""The words of a mail itself, for referrals that were typed into it: plain text and HTML, without quotes and signatures."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from marac.document import Document
from marac.parsers.blocks import Allowance, Block, Line, Span, Table
from marac.parsers.body.earlier_mails import QUOTED, beginning_of_earlier_mail, mails_below
from marac.parsers.marks import pieces

_FORWARDED = re.compile(r";\s*forwarded=(\d{1,2})\b")
_SIGNED = re.compile(
    r"^\s*(?:--\s*$|(?:(?:with )?(?:kind(?:est)?|best|warm(?:est)?|many)\s+(?:regards|thanks|wishes)|regards|thanks(?: (?:again|in advance|and regards|very much))?|thank you|yours (?:sincerely|faithfully|truly)|cheers|sent from my \w+)\s*[,.!]*\s*$)",
    re.IGNORECASE,
)
_DISCLAIMED = re.compile(
    r"^\W*(?:this (?:e-?mail|message|communication)\b.*\b(?:confidential|intended|privileged|addressed|attachments?)|disclaimer\b|confidentiality notice|the information (?:contained )?in this e-?mail)",
    re.IGNORECASE,
)
_TWO_COLUMNS = re.compile(r"^[ ]*([^\t:]{2,60}?)[ ?]*(?:\t+|[ ]{4,})(\S.*)$")
_FEWEST_ROWS = 5  # so many lines of two columns are a table, as systems write it when it is pasted into a mail
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


def forwarded_mails(document: Document) -> Iterator[list[Block]]:
    """What the sender passed on, the newest mail first; none where the media type does not say `forwarded=`.

    How many of the mails below the sender's own words are passed on, whoever opened the message has told from its
    headers: `text/html; forwarded=2`.
    """
    told = _FORWARDED.search(document.media_type)
    return islice(earlier_mails(document), int(told[1]) if told else 0)


def is_passed_on(document: Document) -> bool:
    """Whether what is to be read is what the sender passed on, and not the sender's own words."""
    return _FORWARDED.search(document.media_type) is not None


def earlier_mails(document: Document) -> Iterator[list[Block]]:
    """The mails below the sender's own words, the newest first, each without its headers, signature and disclaimer."""
    return (written(mail.blocks) for mail in mails_below(_all_blocks(document, quotes=True)))


def as_sent(document: Document) -> list[Block]:
    """Everything in a mail as it was sent, but for what its mail program marks as a quote in HTML."""
    return _all_blocks(document)


def is_closing(text: str) -> bool:
    """Whether a line ends what the sender wrote: a greeting, a mark before a signature, or a disclaimer."""
    return _SIGNED.match(text) is not None or _DISCLAIMED.match(text) is not None


def written(blocks: Sequence[Block]) -> list[Block]:
    """The blocks up to an earlier mail, a disclaimer or a signature, without quoted lines."""
    own = [
        block
        for block in blocks[: beginning_of_earlier_mail(blocks)]
        if not (isinstance(block, Line) and QUOTED.match(block.text))
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


def _all_blocks(document: Document, *, quotes: bool = False) -> list[Block]:
    if document.media_type.casefold().startswith("text/html"):
        from marac.parsers.body.body_html import html_blocks

        return html_blocks(_decoded(document), quotes=quotes)
    lines = _decoded(document).splitlines()
    columns = sum(_TWO_COLUMNS.match(line) is not None for line in lines) >= _FEWEST_ROWS
    return [
        Line(tuple(_spans(_TWO_COLUMNS.sub(r"\1: \2", text) if columns else text)), f"mail, line {number}")
        for number, text in enumerate(lines, 1)
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
