"""The flags of live cases when an agency's signature was entered, changed or taken out of agencies.toml."""

from sqlalchemy import Connection

from marac.case import LIVE, Case
from marac.register.cases import cases_in_states
from marac.register.flagging import flag_anew
from marac.triage import Rules
from marac.triage.protocol import referrer_signed


def flag_signatures_anew(connection: Connection, rules: Rules) -> tuple[str, ...]:
    """Bring live cases and drafts up to date whose flags speak of another signature than their agency has now.

    Nothing is remembered for this: each case's own flag is held against the rule, which costs less than reading the cases.

    Args:
        connection: a transaction that changes the register.
        rules: the area's, with its agencies.

    Returns:
        The references of the cases whose flags were worked out anew.
    """
    outdated = [case for case in cases_in_states(connection, {*LIVE, "draft"}) if _outdated(case, rules)]
    for case in outdated:
        flag_anew(connection, case, rules)
    return tuple(case.reference for case in outdated)


def _outdated(case: Case, rules: Rules) -> bool:
    had = tuple(flag for flag in case.flags if flag.code == "agency has not signed")
    return had != referrer_signed(case, rules.agencies)
