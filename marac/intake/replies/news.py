"""What an agency says beside its answers, or in them, that may not wait: a person looks at once. Pure."""

from collections.abc import Iterator

from marac.intake.replies.said import Said
from marac.triage.news import LOOK_NOW, news_that_may_not_wait


def news_in(said: Said) -> tuple[str, ...]:
    """A sentence for each case or action about which a message tells a new danger or a changed contact, with the words.

    The answers are taken all the same; the message waits until a person has read it.
    """
    told: dict[str, list[str]] = {}
    for subject, words, headed in _words(said):
        told.setdefault(subject, []).extend(news_that_may_not_wait(words, under_headings=headed))
    return tuple(_sentence(subject, tuple(dict.fromkeys(news))) for subject, news in told.items() if news)


def _words(said: Said) -> Iterator[tuple[str, str, bool]]:
    """Whom the words are about, the words, and whether they stand under the headings of a research form."""
    for answer in said.cases:
        words = "\n".join(answer.told) if answer.headed else answer.words
        yield answer.case, words, answer.headed
    for report in said.actions:
        yield f"Action {report.action}", report.words or report.note, False
    for words in (*said.rest, *said.remarks, said.nothing_on_any, said.all_done):
        yield "", words, False


def _sentence(subject: str, news: tuple[str, ...]) -> str:
    shown = " ".join(f"\u201c{words}\u201d" for words in news)
    return f"{LOOK_NOW} {subject}{': ' if subject else ''}{shown}"
