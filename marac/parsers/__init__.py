"""From the bytes of a file to what it says: one format recognises it, layout finds the answers, the dictionary reads them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module

from marac.document import Document
from marac.parsers.blocks import Allowance, Block, Format, Line, NeedsTime, UnreadableDocument
from marac.referral import Evidence, Problem, Reading, Referral

_FORMATS = (("word", "Word"), ("pdf", "Pdf"), ("excel", "Excel"), ("body", "Body"))
_MAY_BE_REFERRAL = Problem(
    "unclear", "", "This may be a referral on a form that is not known. Open it and look; if it is one, type it in."
)
_UNREAD_LIST = Problem("unclear", "checklist", "The answers of this risk checklist were not read. Open it and look.")
_READ_KINDS = ("referral", "checklist")


def read(document: Document, today: dt.date | None = None, allowance: Allowance | None = None) -> Reading:
    """What a file says. Never raises for bad input: such a file is a reading of kind `unreadable` that says why.

    The format is told by the bytes, never by the name. Only a mail's own body goes by its media type. `today` bounds
    dates of birth where the form bears no date; without it, it is the day of the clock.

    Raises:
        NeedsTime: the file has scanned pages, and the allowance has not the time for them.
    """
    from marac.parsers.unreadable import why_unreadable

    today = today or dt.date.today()
    try:
        blocks = _blocks(document, allowance or Allowance())
    except UnreadableDocument as error:
        return _unreadable(str(error))
    except (MemoryError, RecursionError):
        return _unreadable("The file is built in a way no form is, so it was not read to its end.")
    if blocks is None:
        return _unreadable(why_unreadable(document))
    found = reading(blocks, today)
    if found.kind == "other" and document.media_type.startswith("text/"):
        return _with_quoted(document, found, today)
    return found


def _with_quoted(document: Document, found: Reading, today: dt.date) -> Reading:
    """A mail without a form that forwards one: a person must look, because what is quoted is not read as sent."""
    from marac.parsers.body import quoted

    if reading(quoted(document), today).kind != "referral":
        return found
    return replace(
        found,
        problems=(
            Problem("unclear", "", "An earlier mail quoted in this one looks like a referral. Open it and look."),
        ),
    )


def _blocks(document: Document, allowance: Allowance) -> list[Block] | None:
    recognised = [each for each in _formats(document, allowance) if each.recognises(document)]
    if not recognised:
        return None
    if len(recognised) > 1:
        raise UnreadableDocument("The file is two kinds of file at once, which no form is.")
    return list(recognised[0].blocks(document))


def _formats(document: Document, allowance: Allowance) -> list[Format]:
    """The formats that come into question, each imported only when its turn has come."""
    head = document.content[:1024]
    wanted = {"body"} if document.media_type.startswith("text/") else set()
    if head[:4] == b"PK\x03\x04":
        wanted |= {"word", "excel"}
    if b"%PDF-" in head:
        wanted |= {"pdf"}
    return [
        getattr(import_module(f"marac.parsers.{module}"), name)(allowance)
        for module, name in _FORMATS
        if module in wanted
    ]


def _unreadable(message: str) -> Reading:
    return Reading("unreadable", problems=(Problem("unreadable", "", message),))


def reading(blocks: Sequence[Block], today: dt.date) -> Reading:
    """What these blocks say. `today` bounds dates of birth where the form bears no date."""
    from marac.parsers.checklists import checklist_in
    from marac.parsers.fields import missing, referral_from
    from marac.parsers.kinds import kind_of, may_be_referral
    from marac.parsers.layout import page_of
    from marac.parsers.tally import checked
    from marac.parsers.unread import problems_of
    from marac.parsers.vocabulary import vocabulary

    found = checklist_in(blocks)
    page = page_of(blocks, vocabulary(), found.taken)
    given = page.answers
    kind = kind_of(blocks, given, found, page.nameless)
    if kind not in _READ_KINDS:
        doubtful = kind == "other" and may_be_referral(blocks, given, page.nameless)
        return Reading(kind, problems=(*([_MAY_BE_REFERRAL] if doubtful else []), *_unseen(blocks)))
    referral, evidence, problems = referral_from(given, today)
    referral, evidence, doubts = checked(referral, evidence, found)
    unread = [] if kind == "checklist" else problems_of(page.unread)
    problems = [*problems, *doubts, *unread, *_unseen(blocks), *_hidden(blocks)]
    if kind == "checklist":
        problems += [] if referral.checklist.answers else [_UNREAD_LIST]
        return _alone(referral, evidence, problems)
    result = Reading(kind, referral, evidence, tuple(problems))
    if result.blank:
        return replace(
            result, problems=(Problem("missing", "", "The form is blank: nobody has filled it in."), *problems)
        )
    return replace(result, problems=(*problems, *missing(referral)))


def _alone(referral: Referral, evidence: dict[str, Evidence], problems: Sequence[Problem]) -> Reading:
    """A checklist without a referral form: whom it is about, when, and its answers."""
    kept = Referral(
        date=referral.date,
        referrer=referral.referrer,
        victim=referral.victim,
        criteria=referral.criteria,
        checklist=referral.checklist,
    )
    paths = ("perpetrators", "children", "consent", "safety", "police", "reason")
    left = {path: proof for path, proof in evidence.items() if not path.startswith(paths)}
    return Reading("checklist", kept, left, tuple(each for each in problems if not each.path.startswith(paths)))


def _unseen(blocks: Sequence[Block]) -> list[Problem]:
    """What a format says it could not read (a scanned page, a stamp)."""
    said = dict.fromkeys(block.unread for block in blocks if isinstance(block, Line) and block.unread)
    return [Problem("unclear", "", sentence) for sentence in said]


def _hidden(blocks: Sequence[Block]) -> list[Problem]:
    spans = [
        span
        for block in blocks
        for span in (block.spans if isinstance(block, Line) else [s for c in block.cells for s in c.spans])
    ]
    if any(span.hidden and span.text.strip() for span in spans):
        return [Problem("unclear", "", "The file holds hidden text, which was not read. Open it and look.")]
    return []


__all__ = ["Allowance", "NeedsTime", "read", "reading"]
