"""What a file or a mail says in reply to what was asked: a form of ours that came back, or the mail's own lines. Pure."""

from collections.abc import Sequence

from marac.document import Document
from marac.parsers.answers.action_form import action_form
from marac.parsers.answers.own_words import own_lines
from marac.parsers.answers.reply_lines import reply_lines
from marac.parsers.answers.research_form import research_form
from marac.parsers.blocks import Block
from marac.reply import Reply


def reply_in_form(blocks: Sequence[Block]) -> Reply | None:
    """What a file says; None where it is no form of ours."""
    return research_form(blocks) or action_form(blocks)


def reply_in_mail(document: Document) -> Reply | None:
    """What a mail's own words say; None where they are courtesies."""
    return reply_lines(own_lines(document))
