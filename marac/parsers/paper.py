"""From the blocks of one paper to what it says: which kind it is, whose the answers are, and what a person must look at. Pure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from marac.parsers.blocks import Block, Line
from marac.parsers.dictionary.vocabulary import Vocabulary
from marac.referral import Evidence, Problem, Reading, Referral

_MAY_BE_REFERRAL = Problem(
    "unclear", "", "This may be a referral on a form that is not known. Open it and look; if it is one, type it in."
)
_UNREAD_LIST = Problem("unclear", "checklist", "The answers of this risk checklist were not read. Open it and look.")
_READ_KINDS = ("referral", "checklist")
_SEVERAL = 3  # facts about people whose headings were not read; a list of questions alone asks for hardly any


def reading(blocks: Sequence[Block], today: dt.date, vocabulary: Vocabulary) -> Reading:
    """What these blocks say by this dictionary. `today` bounds dates of birth where the form bears no date."""
    from marac.parsers.checklists.checklists import checklist_in
    from marac.parsers.checklists.tally import but_for_merit, checked
    from marac.parsers.filling.fields import missing, referral_from
    from marac.parsers.kinds import kind_of, may_be_referral
    from marac.parsers.layout.layout import page_of
    from marac.parsers.layout.owners import strangers
    from marac.parsers.layout.tabbed_lines import with_tables
    from marac.parsers.layout.unread import problems_of

    blocks = with_tables(blocks, vocabulary)
    found = checklist_in(blocks)
    page = page_of(blocks, vocabulary, found.taken)
    given = page.answers
    kind = kind_of(blocks, given, found, page.nameless)
    if kind == "checklist" and len(strangers(given)) >= _SEVERAL:
        kind = "referral"
    if kind not in _READ_KINDS:
        doubtful = may_be_referral(kind, blocks, given, page.nameless)
        return Reading(kind, problems=(*([_MAY_BE_REFERRAL] if doubtful else []), *_unseen(blocks)))
    referral, evidence, problems = referral_from(given, today)
    referral, evidence, doubts = checked(referral, evidence, found)
    graded = {(proof.text, proof.where) for proof in (found.graded.proofs.values() if found.graded else ())}
    left = [each for each in page.unread if (each.words, each.where) not in graded]
    unread = [] if kind == "checklist" else problems_of(left)
    problems = [*but_for_merit(problems, referral), *doubts, *unread, *_unseen(blocks), *_hidden(blocks)]
    if kind == "checklist":
        problems += [] if referral.checklist.answers or referral.checklist.kind else [_UNREAD_LIST]
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
