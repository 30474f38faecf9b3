"""What a person says about whether two cases are of one couple: asked back where the forms say otherwise, and undone."""

from sqlalchemy import Connection

from marac.case import LIVE, Case, Decision, FlagCode
from marac.errors import UsageError
from marac.office import Office
from marac.register.merges import join, take_apart
from marac.register.verdicts import verdicts_about
from marac.triage.history import likely_same_couple

_OF_ONE_COUPLE: frozenset[FlagCode] = frozenset(
    {"duplicate", "possible duplicate", "repeat", "possible repeat", "heard before", "transferred in"}
)
"""Flags that said already that the two may be one couple."""


def refuse_unless_alike(connection: Connection, case: Case, other: Case, office: Office) -> None:
    """Ask back where the forms say that these are two couples.

    Raises:
        UsageError: the forms do not look like one couple.
    """
    if any(
        flag.code in _OF_ONE_COUPLE and flag.other_case == there.reference
        for case, there in _both_ways(case, other)
        for flag in case.flags
    ):
        return
    verdicts = verdicts_about(connection, {case.reference, other.reference})
    if likely_same_couple(case, other, verdicts) < office.settings.rules.matching.ask:
        raise UsageError(
            f"{case.reference} and {other.reference} do not look like one couple: their forms name different people, or "
            "too little to tell. Look at both. If they are one all the same, say it again with --although-different, and "
            "say in --reason how you know."
        )


def refuse_draft(case: Case, other: Case) -> None:
    """A case cannot be carried on by a draft: nobody would hear it.

    Raises:
        UsageError: the other case is a draft.
    """
    if other.state == "draft":
        raise UsageError(
            f"{other.reference} is a draft, and a draft is not heard. Say it the other way round: marac case decide "
            f"{other.reference} same-as {case.reference}. Or say first that it is a referral: marac case decide "
            f"{other.reference} accept."
        )


def one_couple(connection: Connection, case: Case, other: Case) -> str:
    """Let `same-as` take effect, and what to say about it.

    Only cases that are both still to be heard become one item: what was heard stays a hearing of its own, and a new
    referral of its couple is never folded into it unseen.
    """
    if case.marac == other.marac and other.state in LIVE and case.state in LIVE | {"draft", "joined"}:
        join(connection, case, other.reference)
        return f"{case.reference} is the same case as {other.reference}: one item on the agenda, with both referrers."
    where = f" of the MARAC {other.marac}" if other.marac != case.marac else ""
    return (
        f"{case.reference} and {other.reference}{where} are the same couple. They stay two cases, because only what is "
        "still to be heard here becomes one item; each names the other."
    )


def two_couples(connection: Connection, case: Case, other: Case, decision: Decision) -> str:
    """Let `not-same-as` take effect, also where the two were joined, and what to say about it."""
    said = f"{case.reference} is not the same case as {other.reference}. You are not asked again."
    for joined, to in _both_ways(case, other):
        if joined.joined_to == to.reference:
            before = take_apart(connection, joined, decision.on)
            said += f" {before.reference} stands by itself again, as {before.state}."
    return f"{said} If somebody stands in both all the same, say so: marac case person --help."


def _both_ways(case: Case, other: Case) -> tuple[tuple[Case, Case], tuple[Case, Case]]:
    return (case, other), (other, case)
