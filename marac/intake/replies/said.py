"""What the parts of one message say together: its forms, and the lines of the mail itself. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from marac.intake.opening.message import FORWARDED
from marac.parsers.answers.courtesies import is_cover
from marac.register.deliveries import Part
from marac.reply import ActionAnswer, CaseAnswer, Mark, Reply

_FORM_AND_MAIL = "More than one thing is said about it in this message."
_SEVERAL_FORMS = "There is more than one filled-in form in this message."
_BESIDE = "There are words beside the answers that were not understood: see the message."
_CONTRARY = "The mail says that nothing is known on any of the cases, and something is said about one of them."

_NAME = re.compile(r"[A-Z][A-Za-z'\u2019-]+(?:\s+[A-Z][A-Za-z'\u2019-]+){0,2}")


@dataclass(frozen=True, slots=True)
class Said:
    """What a message says in reply."""

    forms: tuple[Reply, ...] = field(default=(), repr=False)
    lines: tuple[Reply, ...] = field(default=(), repr=False)
    """What the mail itself says, and what mails passed on below it say."""

    @property
    def replies(self) -> tuple[Reply, ...]:
        """All of it."""
        return (*self.forms, *self.lines)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What its forms bear, each mark once."""
        return tuple(dict.fromkeys(mark for form in self.forms for mark in form.marks))

    @property
    def cases(self) -> tuple[CaseAnswer, ...]:
        """The answers about cases; those about one case twice, and not the same, are in doubt."""
        found = [answer for reply in self.replies for answer in reply.cases]
        return tuple(_checked_once(found))

    @property
    def actions(self) -> tuple[ActionAnswer, ...]:
        """The reports on actions, likewise."""
        found = [answer for reply in self.replies for answer in reply.actions]
        numbers = [answer.action for answer in found]
        return tuple(
            replace(each, doubts=tuple(dict.fromkeys((*each.doubts, _FORM_AND_MAIL))))
            if numbers.count(each.action) > 1
            else each
            for each in found
        )

    @property
    def nothing_on_any(self) -> str:
        """The words that say so of every case."""
        return next((reply.nothing_on_any for reply in self.replies if reply.nothing_on_any), "")

    @property
    def all_done(self) -> str:
        """The words that say so of every action."""
        return next((reply.all_done for reply in self.replies if reply.all_done), "")

    @property
    def rest(self) -> tuple[str, ...]:
        """Words that were not understood."""
        return tuple(words for words in self._beside if words not in self.remarks)

    @property
    def remarks(self) -> tuple[str, ...]:
        """Words beside a form that only tell how it was made: they are shown, and hold nothing up."""
        return tuple(words for words in self._beside if is_cover(words)) if self.forms else ()

    @property
    def _beside(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(words for reply in self.replies for words in reply.rest))

    def signed_by(self, sender: str) -> "Said":
        """The same without a last line that is no more than the first name of the sender's address."""
        return replace(self, lines=tuple(_without_name(reply, sender) for reply in self.lines))

    @property
    def is_clear_somewhere(self) -> bool:
        """Whether the mail's lines hold at least one answer without a doubt that names its case or action."""
        cases = any(not answer.doubts and answer.case for answer in self.cases)
        return cases or any(not answer.doubts and answer.named for answer in self.actions)

    @property
    def doubts(self) -> tuple[str, ...]:
        """What puts all of it in doubt."""
        found = [doubt for reply in self.replies for doubt in reply.doubts]
        if len({form.source for form in self.forms}) < len(self.forms):
            found.append(_SEVERAL_FORMS)
        if self.rest:
            found.append(_BESIDE)
        others = any(not answer.nothing_known for answer in self.cases)
        if (
            self.nothing_on_any
            and others
            and "other" not in self.nothing_on_any.casefold()
            and "rest" not in self.nothing_on_any.casefold()
        ):
            found.append(_CONTRARY)
        return tuple(dict.fromkeys(found))


def _without_name(reply: Reply, sender: str) -> Reply:
    """A reply whose last words, if they are only the name under it, are left out."""
    last = reply.rest[-1].strip(" ,.-") if reply.rest else ""
    if _NAME.fullmatch(last) is None:
        return reply
    names = re.split(r"[._]", sender.partition("@")[0].casefold())
    own = [word.replace("-", "") for word in last.casefold().split()]
    is_name = all(any(name.replace("-", "").startswith(word) for name in names) for word in own)
    return replace(reply, rest=reply.rest[:-1]) if is_name else reply


def said_in(parts: Sequence[Part]) -> Said:
    """What the parts of a message say in reply."""
    forms, lines = list[Reply](), list[Reply]()
    bytes_seen, own = set[tuple[str, int]](), dict[str, list[Reply]]()
    for part in parts:
        reply = part.reading.reply if part.reading is not None else None
        if reply is None or (part.sha256, part.form) in bytes_seen:
            continue
        if part.role == "form":
            bytes_seen.add((part.sha256, part.form))
            if not any(_same(reply, form) for form in forms):
                forms.append(reply)
        elif part.role == "body":
            own.setdefault(FORWARDED if part.source == FORWARDED else "own", []).append(reply)
    for replies in own.values():  # plain and in HTML, a mail says the same twice
        lines.append(max(replies, key=lambda reply: (len(reply.cases) + len(reply.actions), len(reply.rest))))
    return Said(tuple(forms), tuple(lines))


def _same(one: Reply, other: Reply) -> bool:
    """Whether two forms say the same, as a Word file and the PDF that was made of it do."""
    return (one.source, one.marks, _told(one)) == (other.source, other.marks, _told(other))


def _told(reply: Reply) -> object:
    cases = {
        (each.case, each.nothing_known, tuple(" ".join(words.split()) for words in each.told), each.doubts)
        for each in reply.cases
    }
    return cases, {
        (each.action, each.outcome, each.day, " ".join(each.note.split()), each.doubts) for each in reply.actions
    }


def _checked_once(found: Sequence[CaseAnswer]) -> Iterable[CaseAnswer]:
    """The answers, each case once where all say that nothing is known; else those that are double in doubt."""
    seen = set[str]()
    for answer in found:
        same = [each for each in found if each.case == answer.case]
        if answer.case and len(same) > 1:
            if all(each.nothing_known and not each.doubts for each in same):
                if answer.case not in seen:
                    yield answer
            else:
                yield replace(answer, doubts=tuple(dict.fromkeys((*answer.doubts, _FORM_AND_MAIL))))
        else:
            yield answer
        seen.add(answer.case)
