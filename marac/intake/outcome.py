"""What becomes of a message, decided from what was read in it and from its circumstances. Nothing is done here.

When in doubt a person is asked, and a message that no rule speaks of is one for a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from marac.intake.circumstances import Circumstances
from marac.intake.findings import Registrable, checklists_in, reading_of, referrals_in
from marac.intake.opening.outlook.outlook import RTF
from marac.intake.replies.asked import ACTIONS, OUTCOMES, RESEARCH
from marac.intake.replies.matching import Answered
from marac.intake.unlocking import still_locked
from marac.referral import Reading
from marac.register.deliveries import Part

Disposition = Literal[
    "new_referral",
    "new_referrals",
    "revision",
    "duplicate_message",
    "duplicate_referral",
    "possible_match",
    "locked",
    "password",
    "no_referral",
    "auto_reply",
    "bounce",
    "list_mail",
    "own_mail",
    "link_to_open",
    "joined",
    "research_return",
    "action_update",
    "victim_told",
    "transfer",
    "transfer_waits",
    "receipt",
    "unreadable",
    "quarantined",
]

_WHAT_ELSE = {
    "checklist": "is a risk checklist without a referral form. Ask the sender for the form.",
    "another's checklist": "is a risk checklist that fits no form beside it by the victim's name, or not only one. Look whose it is.",
    "research": "looks like a research return on a form that this program did not make. Enter it by hand: marac returns enter.",
    "minutes": "looks like minutes of a meeting. It was not registered.",
    "other": "is not a referral form that this program knows. Look whether it is one.",
}
_RESEARCH_BY_HAND = "An answer to a research request, of which nothing was understood. Read it, and enter what it says: marac returns enter"
_ACTIONS_BY_HAND = "An answer to a letter of actions, of which nothing was understood. Read it, and enter what was done: marac action outcome"
_TOLD_BY_HAND = "An answer to an outcome note, of which nothing was understood. Read it, and when the victim was told, note that: marac case told"
_NOTHING_READ = "Nothing in this answer was understood. Read it, and enter what it says by hand."
_IF_IT_IS_ONE = "If it is a referral all the same, release it, and it is taken in."
_NOT_WHOLE = "The message seems not to have arrived whole. Compare it with the mailbox, or ask the sender."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to enter in the books, and which referrals to register."""

    state: Literal["done", "needs_person"]
    disposition: Disposition
    reasons: tuple[str, ...] = field(default=(), repr=False)
    referrals: tuple[Registrable, ...] = field(default=(), repr=False)


def outcome(parts: Sequence[Part], about: Circumstances, answered: Answered | None = None) -> Outcome:
    """What becomes of a message with these parts, all of which were read; `answered` is what it says in reply."""
    if closed := _never_a_referral(parts, about):
        return closed
    referrals = referrals_in(parts)
    doubts = (*_of_the_message(about), *_doubts(parts, referrals))
    if referrals:
        disposition: Disposition = "new_referral" if len(referrals) == 1 else "new_referrals"
        doubts = (*(answered.reasons if answered else ()), *doubts)
        return Outcome("needs_person" if doubts else "done", disposition, doubts, referrals)
    return _without_referral(parts, about, doubts, answered)


def is_never_read(parts: Sequence[Part], about: Circumstances) -> bool:
    """Whether nothing in a message is entered, whatever it says: it bounced, a program wrote it, or we did."""
    return _never_a_referral(parts, about) is not None


def _never_a_referral(parts: Sequence[Part], about: Circumstances) -> Outcome | None:
    """What becomes of mail that is never registered, whatever is in it; None for all other mail."""
    if about.ours:
        return Outcome("done", "own_mail", ("Written by this program.",))
    if about.bounce:
        return _bounced(about)
    kinds: tuple[tuple[bool, Disposition, str], ...] = (
        (about.replied, "auto_reply", "An automatic reply"),
        (about.list_mail, "list_mail", "Sent through a mailing list"),
        (about.from_ourselves, "own_mail", "Sent from the MARAC's own address"),
    )
    for true, disposition, words in kinds:
        if true and not _may_matter(parts, about):
            return Outcome("done", disposition, (f"{words}.",))
        if true:
            reason = f"{words}, and there is a form or another file in it. Nothing was registered. {_IF_IT_IS_ONE}"
            return Outcome("needs_person", disposition, (reason,))
    return None


def _may_matter(parts: Sequence[Part], about: Circumstances) -> bool:
    """Whether mail that is never registered may hold a referral or a checklist, or what nobody can read.

    Of papers that are neither, a person looks at what answers a request of ours, and at what the MARAC mailed to itself
    and is of no known kind.
    """
    opened = {part.unlocks for part in parts}
    left = [part for part in parts if part.id not in opened]
    papers = [reading_of(part) for part in left if part.role == "form"]
    known = {"minutes", "" if about.answers else "research", "" if about.from_ourselves else "other"}
    return bool(referrals_in(left) or checklists_in(left) or _closed(left)) or not all(
        _is_untouched(paper) or (paper.kind in known and not paper.problems) for paper in papers
    )


def _is_untouched(form: Reading) -> bool:
    """Whether this is a form that nobody filled in, and of which nothing was left unread."""
    return form.blank and all(problem.code == "missing" for problem in form.problems)


def _bounced(about: Circumstances) -> Outcome:
    if about.delayed:
        late = about.returned or ("A message that you sent is late; the server goes on trying.",)
        return Outcome("done", "bounce", late)
    lost = about.returned or ("A message that you sent could not be delivered.",)
    return Outcome("needs_person", "bounce", (*lost, "Nothing in this message was registered."))


def _password(about: Circumstances) -> Outcome:
    if about.opened:
        messages = ", ".join(f"message {number}" for number in about.opened)
        return Outcome("done", "password", (f"It tells the password that opens {messages}.",))
    reason = (
        "It seems to tell a password, and it fits no locked file from this sender. It is tried on what comes from them in "
        "the next days."
    )
    return Outcome("needs_person", "password", (reason,))


def _answer(
    parts: Sequence[Part], about: Circumstances, doubts: Sequence[str], answered: Answered | None
) -> Outcome | None:
    """What an answer to a document of ours is; None where the message is none."""
    if answered is not None:
        reasons = tuple(dict.fromkeys((*answered.reasons, *doubts)))
        if not (reasons or answered.returns or answered.reports or answered.told):
            reasons = (_NOTHING_READ,)
        return Outcome("needs_person" if reasons else "done", answered.disposition, reasons)
    kinds = {reading_of(part).kind for part in parts if part.role == "form"}
    if (about.answers in RESEARCH and not _closed(parts)) or "research" in kinds:
        return Outcome("needs_person", "research_return", tuple(dict.fromkeys((_RESEARCH_BY_HAND, *doubts))))
    if about.answers in ACTIONS and not _closed(parts):
        return Outcome("needs_person", "action_update", (_ACTIONS_BY_HAND, *doubts))
    if about.answers in OUTCOMES and not _closed(parts):
        return Outcome("needs_person", "victim_told", (_TOLD_BY_HAND, *doubts))
    return None


def _without_referral(
    parts: Sequence[Part], about: Circumstances, doubts: Sequence[str], answered: Answered | None
) -> Outcome:
    """What a message without a referral is: a person looks at each of them, but for answers that are clear."""
    kinds = {reading_of(part).kind for part in parts if part.role == "form"}
    if answer := _answer(parts, about, doubts, answered):
        return answer
    if about.tells_password and not _files(parts):
        return _password(about)
    if about.link and not kinds & {"referral", "checklist"} and not still_locked(parts):
        reason = f"It only links to {about.link}. Open it by hand, and drop the form into the inbox or send it to the mailbox."
        return Outcome("needs_person", "link_to_open", (reason, *_of_the_message(about)))
    if about.automatic and not doubts:
        reason = "Written by a program. Look whether it tells you anything."
        return Outcome("needs_person", "auto_reply", (reason,))
    if doubts:
        return Outcome("needs_person", _disposition_without_referral(parts), tuple(doubts))
    return Outcome(
        "needs_person", "no_referral", ("No referral was found in this message. Read it, in case it tells of one.",)
    )


def _files(parts: Sequence[Part]) -> bool:
    return any(part.role == "form" for part in parts)


def _of_the_message(about: Circumstances) -> tuple[str, ...]:
    """Why a person must look at the message itself."""
    return *([_NOT_WHOLE] if about.damage else []), *([about.doubt] if about.doubt else [])


def _doubts(parts: Sequence[Part], referrals: Sequence[Registrable]) -> tuple[str, ...]:
    """What in this message a person must look at, one sentence a part; a copy of what was used is no doubt."""
    used = {_bytes_of(part) for entry in referrals for part in (entry.part, entry.checklist) if part is not None}
    opened = {part.unlocks for part in parts}
    left = [
        part
        for part in parts
        if _bytes_of(part) not in used and part.id not in opened and (part.role == "form" or _hides(part, referrals))
    ]
    return tuple(words for part in left if (words := _doubt(part, bool(referrals))))


def _bytes_of(part: Part) -> tuple[str, int]:
    return part.sha256, part.form


def _hides(part: Part, referrals: Sequence[Registrable]) -> bool:
    """Whether this is the text of a message that could not be read, and may be the referral itself."""
    return part.role == "body" and part.media_type == RTF and reading_of(part).kind == "unreadable" and not referrals


def _doubt(part: Part, beside_a_form: bool) -> str:
    reading = reading_of(part)
    if reading.reply is not None and part.role == "form":
        return ""  # what it says is matched to what was asked, and what is in doubt there is told
    if reading.kind == "unreadable":
        return f"{part.source}: {reading.problems[0].message if reading.problems else 'cannot be read.'}"
    if reading.blank:
        return f"{part.source} is a referral form that nobody filled in. Ask the sender for the filled-in form."
    if reading.kind == "referral":
        return ""
    kind = "another's checklist" if reading.kind == "checklist" and beside_a_form else reading.kind
    return f"{part.source} {_WHAT_ELSE[kind]}"


def _closed(parts: Sequence[Part]) -> list[Part]:
    """The parts that nobody can read, and that may be the referral."""
    return [
        part for part in parts if (part.role == "form" or _hides(part, ())) and reading_of(part).kind == "unreadable"
    ]


def _disposition_without_referral(parts: Sequence[Part]) -> Disposition:
    closed = _closed(parts)
    locked = {part.id for part in still_locked(parts)}
    if any(part.id in locked or _names_a_password(part) for part in closed):
        return "locked"
    return "unreadable" if closed else "no_referral"


def _names_a_password(part: Part) -> bool:
    return any("password" in problem.message for problem in reading_of(part).problems)
