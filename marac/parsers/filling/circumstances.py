"""Answers about how a person lives: relationship, housing, language, disability. Pure."""

import datetime as dt
import re

from marac.parsers.dictionary.wordings import plain
from marac.parsers.filling.answers import UNSURE, Answer, Leaf, Read, with_part
from marac.parsers.filling.said import POINTER, text_of, yes_of
from marac.parsers.filling.values import is_unknown, yes_or_no


def disability(answer: Answer, _latest: dt.date | None) -> Read:
    """A disability as a yes or no, in words, or both (`Yes – arthritis`)."""
    said = yes_of(answer.value)
    if said.yes is not None:
        yield Leaf("disabled", said.yes, 1.0 if said.certain else UNSURE)
        if said.yes and said.rest and not POINTER.match(said.rest):
            yield Leaf("disability", said.rest)
        return
    words = text_of(answer.value)
    if words and plain(words) not in ("yes no", "y n"):
        yield Leaf("disability", words)


def language(answer: Answer, _latest: dt.date | None) -> Read:
    """A language, and whether an interpreter is needed (`Polish, needs interpreter`)."""
    words = text_of(answer.value)
    if not words:
        return
    both = re.fullmatch(r"(?P<language>.*?)[\s/,;–-]+(?P<said>yes|no|y|n)\W*", words, re.IGNORECASE)
    if both and "interpret" in answer.label.casefold():
        yield from _both(both["language"].strip(), both["said"])
        return
    found = re.search(
        r"[\s,;(–-]*\b(?P<no>no |not |doesn[’']t |does not )?\w*\s?(?:(?:needs?|requires?|needing|requiring|require|with)\s+(?:an? )?)?interpreter\b(?P<after>.*)$",
        words,
        re.IGNORECASE,
    )
    if found is None:
        yield Leaf("language", words)
        return
    language = words[: found.start()].strip(" ,;(–-.")
    if language:
        yield Leaf("language", language)
    after = yes_or_no(found["after"].strip(" :?)–-.")).yes
    refused = found["no"] or re.search(r"\b(?:no|not|without)\b", found[0], re.IGNORECASE)
    yield Leaf("interpreter", after if after is not None else not refused, 0.85)


def _both(language: str, said: str) -> Read:
    """The two answers to `Language / interpreter needed?` (`Polish / Y`)."""
    if language and not is_unknown(language):
        yield Leaf("language", language)
    yield Leaf("interpreter", said[0] in "yY", 0.9)


def relationship(answer: Answer, _latest: dt.date | None) -> Read:
    """The relationship, as written or as the one marked of several printed."""
    writing = answer.value
    if not writing.boxed and writing.text.count("/") >= 2:
        parts = [part.strip() for part in writing.words.split("/")]
        chosen = writing.chosen(part for part in parts if part)
        if chosen:
            yield Leaf("relationship", chosen)
            return
        if sum(answer.vocabulary.option(part) is not None for part in parts) >= 3:
            return
    words = text_of(writing)
    if words:
        yield Leaf("relationship", words)


def parent(answer: Answer, latest: dt.date | None) -> Read:
    """`Is the perpetrator the parent of the children?`, with the relationship's boxes printed in the same cell."""
    ticked = [option for option in answer.value.options() if option.ticked and answer.vocabulary.option(option.text)]
    if ticked:
        yield Leaf("relationship", ticked[0].text)
        return
    for line in answer.value.lines:
        words = line.partition("Specify")[0].strip(" :")
        if answer.vocabulary.option(words):
            yield Leaf("relationship", words)
            return
    below = answer.value.text.partition("\n")[2]
    if below.count("/") >= 2:
        start = len(answer.value.text) - len(below)
        yield from relationship(with_part(answer, start), latest)


def housing(answer: Answer, _latest: dt.date | None) -> Read:
    """The tenure, as written or as the one marked of several printed."""
    writing = answer.value
    if not writing.boxed and writing.text.count("/") >= 1:
        parts = [part.strip() for part in writing.words.split("/")]
        if len(parts) > 1 and all(answer.vocabulary.option(part) for part in parts):
            chosen = writing.chosen(parts)
            if chosen:
                yield Leaf("housing", chosen)
            return
    words = text_of(writing)
    if words:
        yield Leaf("housing", words)
