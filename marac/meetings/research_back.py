"""Who has answered about which case, of those who were asked. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from marac.fortnight import ResearchReturn
from marac.meetings.withholding import agency_of

NOT_HEADED = "Written in the mail, not under the headings of the form."
"""Noted with an answer that was a line of a mail: it does not tell facts from opinion."""


@dataclass(frozen=True, slots=True)
class Back:
    """What one reader was asked about for a meeting, and what is back of it."""

    reader: str
    asked: tuple[str, ...]
    answered: tuple[str, ...]
    """Those about which something was taken, `nothing_known` among them."""
    nothing_known: tuple[str, ...]
    waiting: tuple[str, ...]
    """Those about which something came that waits for a person."""

    @property
    def not_back(self) -> tuple[str, ...]:
        """The cases about which nothing came."""
        return tuple(case for case in self.asked if case not in {*self.answered, *self.waiting})


def what_is_back(asked: Mapping[str, Collection[str]], returns: Sequence[ResearchReturn]) -> tuple[Back, ...]:
    """What is back from each reader, in the order of `asked`; those who answered unasked come after them.

    Args:
        asked: Reader to the cases that it was asked about.
        returns: What came back for the meeting.
    """
    unasked = {each.agency: () for each in returns if each.state in {"taken", "waiting"}}
    everybody: dict[str, Collection[str]] = {**unasked, **asked}
    return tuple(
        _back(reader, everybody[reader], returns)
        for reader in (*asked, *(each for each in unasked if each not in asked))
    )


def _back(reader: str, asked: Collection[str], returns: Sequence[ResearchReturn]) -> Back:
    own = [
        each for each in returns if each.agency == reader or (each.agency == agency_of(reader) and each.case in asked)
    ]
    taken = [each for each in own if each.state == "taken"]
    answered = dict.fromkeys(each.case for each in taken)
    return Back(
        reader,
        tuple(asked),
        tuple(answered),
        tuple(dict.fromkeys(each.case for each in taken if each.nothing_known)),
        tuple(dict.fromkeys(each.case for each in own if each.state == "waiting" and each.case not in answered)),
    )
