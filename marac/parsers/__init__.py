"""From the bytes of a file to what it says: one format recognises it, layout finds the answers, the dictionary reads them."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from marac.document import Document
from marac.parsers.answers.replies import reply_in_form, reply_in_mail
from marac.parsers.blocks import Allowance, Block, Format, NeedsTime, UnreadableDocument
from marac.parsers.body.body import earlier_mails, forwarded_mails, is_passed_on
from marac.parsers.dictionary.dictionary import vocabulary_of
from marac.parsers.dictionary.vocabulary import Vocabulary
from marac.parsers.formats import format_of
from marac.parsers.forms_apart import filled_in, forms_in
from marac.parsers.layout.row_exports import upright
from marac.parsers.paper import reading
from marac.parsers.second import held_against
from marac.referral import Problem, Reading

Understood = Callable[[Sequence[Block]], Reading]
"""What blocks say on this day by this dictionary."""

_ENDLESS = "The file is built in a way no form is, so it was not read to its end."


def read(document: Document, today: dt.date | None = None, allowance: Allowance | None = None) -> Reading:
    """What a file says; of several forms in it, the first. All else as `readings`."""
    return readings(document, today, allowance)[0]


def readings(
    document: Document, today: dt.date | None = None, allowance: Allowance | None = None
) -> tuple[Reading, ...]:
    """What a file says, one reading for each form in it and at least one.

    Never raises for bad input: such a file is a reading of kind `unreadable` that says why. The format is told by the
    bytes, never by the name. Only a mail's own body goes by its media type. `today` bounds dates of birth where the
    form bears no date; without it, it is the day of the clock.

    Raises:
        NeedsTime: the file has scanned pages, and the allowance has not the time for them.
        SettingsError: the area's own wordings, which the allowance names, have a mistake.
    """
    from marac.parsers.unreadable import why_unreadable

    allowance = allowance or Allowance()
    vocabulary = vocabulary_of(allowance.wordings)
    understood = partial(reading, today=today or dt.date.today(), vocabulary=vocabulary)
    is_mail = document.media_type.startswith("text/")
    try:
        if is_mail and is_passed_on(document):
            return _with_reply(document, _passed_on(document, understood, vocabulary))
        form = format_of(document, allowance)
        if form is None:
            return (_unreadable(why_unreadable(document)),)
        blocks = list(form.blocks(document))
        if not is_mail and (reply := reply_in_form(blocks)) is not None:
            return (Reading("research" if reply.source == "research form" else "other", reply=reply),)
        found = _forms(blocks, understood, vocabulary)
        if len(found) == 1 and allowance.twice:
            found = [_read_again(found[0], form, document, understood, vocabulary)]
    except UnreadableDocument as error:
        return (_unreadable(str(error)),)
    except (MemoryError, RecursionError):
        return (_unreadable(_ENDLESS),)
    if found[0].kind == "other" and is_mail:
        found = [_with_quoted(document, found[0], understood)]
    return _with_reply(document, found) if is_mail else tuple(found)


def _with_reply(document: Document, found: Sequence[Reading]) -> tuple[Reading, ...]:
    """The readings of a mail, the first with what the mail's own words say in reply."""
    return replace(found[0], reply=reply_in_mail(document)), *found[1:]


def _forms(blocks: Sequence[Block], understood: Understood, vocabulary: Vocabulary) -> list[Reading]:
    """The readings of the forms in a file, each told that it was not alone."""
    forms = [
        form
        for stretch in upright(blocks, vocabulary)
        for form in forms_in(stretch, lambda each: understood(each).kind == "referral")
    ]
    found = filled_in([understood(form) for form in forms])
    if len(forms) == 1:
        return found
    note = Problem(
        "unclear", "", f"The file holds {len(forms)} referral forms, read one by one. Look whether that is right."
    )
    return [replace(each, problems=(*each.problems, note)) for each in found]


def _read_again(
    first: Reading, form: Format, document: Document, understood: Understood, vocabulary: Vocabulary
) -> Reading:
    """The reading, held against what a second library makes of the same file where there is one."""
    if first.kind not in {"referral", "checklist"}:
        return first
    try:
        blocks = form.blocks_again(document)
        return first if blocks is None else held_against(first, understood(upright(list(blocks), vocabulary)[0]))
    except (UnreadableDocument, NeedsTime, MemoryError, RecursionError):
        return first  # the second way fails where the first did not: there is nothing to hold against it


def _with_quoted(document: Document, found: Reading, understood: Understood) -> Reading:
    """A mail without a form that quotes one: a person must look, because what is quoted is not read as sent."""
    if not any(understood(mail).kind == "referral" for mail in earlier_mails(document)):
        return found
    words = "An earlier mail quoted in this one looks like a referral. Open it and look."
    return replace(found, problems=(Problem("unclear", "", words),))


def _passed_on(document: Document, understood: Understood, vocabulary: Vocabulary) -> list[Reading]:
    """The forms in the newest mail passed on that holds one; an older one about somebody else is told."""
    each = [_forms(mail, understood, vocabulary) for mail in forwarded_mails(document)]
    holding = [forms for forms in each if forms[0].kind == "referral" and not forms[0].blank]
    if not holding:
        return [Reading("other")]
    newest, *older = holding
    victims = {form.referral.victim.name for form in newest}
    if all(form.referral.victim.name in victims for forms in older for form in forms):
        return newest
    note = Problem("unclear", "", "Below this referral an older one is quoted, which was not read. Open it and look.")
    return [replace(form, problems=(*form.problems, note)) for form in newest]


def _unreadable(message: str) -> Reading:
    return Reading("unreadable", problems=(Problem("unreadable", "", message),))


__all__ = ["Allowance", "NeedsTime", "read", "reading", "readings"]
