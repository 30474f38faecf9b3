"""The cells of a table that somebody filled in and no label took: each is told, so that none is lost in silence. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from marac.parsers.layout.label_answers import LabelAnswers
from marac.parsers.layout.page import Page
from marac.parsers.layout.squares import Row, Square, leads
from marac.parsers.layout.stories import is_story
from marac.parsers.layout.unread import own_label, shown

_SHORTEST = 4  # characters; fewer stand in other words by chance


@dataclass(frozen=True, slots=True)
class Taken:
    """How far a page had been read before a table."""

    answers: int
    unread: int
    loose: int
    ignored: int

    @classmethod
    def so_far(cls, page: Page) -> "Taken":
        """What the page holds now."""
        return cls(len(page.answers), len(page.unread), len(page.loose), len(page.ignored))

    def since(self, page: Page) -> str:
        """All the words that the page has taken since, in one text."""
        taken = [*page.answers[self.answers :], *(answer for _, answer, _ in page.loose[self.loose :])]
        words = [part for answer in taken for part in (answer.label, answer.value.text)]
        left = [part for each in page.unread[self.unread :] for part in (each.label, each.words)]
        return "\n".join((*words, *left, *page.ignored[self.ignored :]))


def leave_unclaimed(page: Page, rows: Iterable[Row], answers: LabelAnswers, before: Taken) -> None:
    """Notes the cells that bear an unknown label with its words, a tick, or words typed into a field, and went nowhere."""
    said: str | None = None
    for row in rows:
        is_lone = sum(square.role != "blank" for square in row) == 1
        for square in row:
            if (is_lone and not square.writing.entered) or not _may_hold_words(square) or is_story(square.writing):
                continue
            own = own_label(square.writing, typed=True)
            if own is None and (square.role != "text" or not (square.writing.ticked or square.writing.entered)):
                continue
            said = before.since(page) if said is None else said
            if not _is_in(square, said):
                label, words = own or ("", square.writing)
                page.leave(label, words, answers.where(square), answers.columns.scope(square))


def _may_hold_words(square: Square) -> bool:
    """Whether a cell may hold an unknown label and its words: no label is in it, or only words that are another's answer."""
    if square.role == "pairs":
        return len(square.found) == 1 and not square.found[0].value and not leads(square)
    return square.role in ("text", "prompt")


def _is_in(square: Square, said: str) -> bool:
    text = square.writing.text.strip()
    return len(text) < _SHORTEST or text in said or shown(square.writing) in said
