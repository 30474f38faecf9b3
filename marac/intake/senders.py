"""Whether a message comes from whom it says: by the council's own mail gateway, and by the domains of the agencies.

An address in a message proves nothing, and neither does a report on it that anybody could have written. So only the
topmost report counts, and only where it is the gateway's own. Nobody is rejected by this: a person is told.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from marac.agency import Agency
from marac.intake.authentication import AuthenticationResults, Check, authentication_results
from marac.intake.opening.message import Opened
from marac.register.deliveries import SenderVerdict
from marac.settings.shape import Senders

MICROSOFT = "microsoft"
"""What stands in config.toml for Microsoft 365, whose reports name no server."""

_NO_POLICY = frozenset(("none", "bestguesspass", "temperror", "permerror"))
"""Results of DMARC that leave it to SPF and DKIM: the domain has no policy, or it could not be looked up."""
_SHOWABLE = re.compile(r"[a-z0-9.-]{1,100}")
_DOMAIN = re.compile(r"@([^\s@,;<>\"()]+)")
_RING = "Before you rely on this message, ring the agency on a number that you know."
_NAME_IT = (
    "To have senders checked, ask IT for the name of your mail gateway and write it in config.toml under [senders], "
    f'such as gateway = "{MICROSOFT}".'
)


def sender_check(opened: Opened, senders: Senders, agencies: Mapping[str, Agency]) -> tuple[SenderVerdict, str]:
    """The verdict on a message's sender, and the reason in words for the coordinator, which name no person.

    DMARC (RFC 7489) decides; where the domain has no policy, SPF or DKIM for the same domain do.

    Args:
        opened: The message; the topmost of its Authentication-Results is the last server's (RFC 8601, section 5).
        senders: Which mail gateway is believed.
        agencies: By id; their domains are compared whole, so that no look-alike and no subdomain counts.
    """
    domain = _domain(opened.sender)
    verdict, reason = _verdict(opened, domain, senders.gateway, agencies)
    if elsewhere := _answered_elsewhere(opened.reply_to, domain, agencies):
        told = f"Answers to this message would go elsewhere, to {_shown(elsewhere)}. Write to the agency's own address."
        return "unknown" if verdict == "confirmed" else verdict, f"{reason} {told}"
    return verdict, reason


def _verdict(
    opened: Opened, domain: str, gateway: str | None, agencies: Mapping[str, Agency]
) -> tuple[SenderVerdict, str]:
    header = opened.authentication[0] if opened.authentication else None
    report = authentication_results(header) if header is not None else None
    if failure := next(_failures(opened, domain, gateway, report), ""):
        return "failed", f"{failure} {_RING}"
    if not agencies:
        return "not checked", "agencies.toml lists no agency yet, so the sender could not be compared with any."
    if not _agencies_at(domain, agencies):
        return "unknown", _unknown(domain)
    if gateway is None:
        return "not checked", f"{_unproven(report, domain)} {_NAME_IT}"
    return "confirmed", f"Your mail gateway confirms that it came from {_shown(domain)}, the domain of a listed agency."


def _failures(opened: Opened, domain: str, gateway: str | None, report: AuthenticationResults | None) -> Iterator[str]:
    """What speaks against the sender, the worst first."""
    if len({author.lower() for author in opened.authors}) > 1:
        yield "The message names more than one sender, as no real message does."
    own = gateway is not None and report is not None and _is_of(report, gateway)
    if report is not None and _denies(report):
        who = "Your mail gateway" if own else "A mail server that the message passed"
        yield f"{who} says that it did not come from {_shown(domain)}, as it claims."
    if gateway is None or (opened.internal and gateway.strip().lower() == MICROSOFT):
        return
    if not opened.authentication:
        yield "Your mail gateway's report on who sent this is missing."
    elif report is None or not own:
        yield "The report on who sent this is not your own mail gateway's, or it cannot be read. It proves nothing."
    elif not _authenticated(report, domain):
        yield f"Your mail gateway could not confirm that it came from {_shown(domain)}."


def _is_of(report: AuthenticationResults, gateway: str) -> bool:
    """Whether the gateway itself wrote this report."""
    name = gateway.strip().lower()
    return report.server is None if name == MICROSOFT else report.server == name


def _denies(report: AuthenticationResults) -> bool:
    """Whether it says that somebody else sent the message; `compauth` is Microsoft's own sum of all checks."""
    return any(check.result == "fail" for check in (*report.of("dmarc"), *report.of("compauth")))


def _authenticated(report: AuthenticationResults, domain: str) -> bool:
    """Whether the report vouches for the domain. Where there are two results of DMARC, one may be written in."""
    dmarc = report.of("dmarc")
    if dmarc and all(check.result == "pass" for check in dmarc):
        return all(_vouches(check.values("header.from"), domain) for check in dmarc)
    if not all(check.result in _NO_POLICY for check in dmarc):
        return False
    return any(
        check.result == "pass" and _vouches(_signers(check), domain)
        for check in (*report.of("spf"), *report.of("dkim"))
    )


def _signers(check: Check) -> tuple[str, ...]:
    """The domains that a result of SPF or DKIM is about."""
    named = check.values("header.d") or check.values("header.i") if check.method == "dkim" else ()
    named = check.values("smtp.mailfrom") if check.method == "spf" else named
    return tuple(value.rpartition("@")[2] for value in named)


def _vouches(named: Iterable[str], domain: str) -> bool:
    """Whether what is named is the domain, or one above it; and nothing else is named beside it."""
    found = tuple(named)
    return bool(found) and all("." in each and f".{domain}".endswith(f".{each}") for each in found)


def _answered_elsewhere(reply_to: str | None, domain: str, agencies: Mapping[str, Agency]) -> str:
    """The domain that answers would go to, where it is neither the sender's nor the same agency's; else empty."""
    ours = {domain, *(each for agency in _agencies_at(domain, agencies) for each in agency.domains)}
    return next((each for each in _DOMAIN.findall((reply_to or "").lower()) if each not in ours), "")


def _agencies_at(domain: str, agencies: Mapping[str, Agency]) -> tuple[Agency, ...]:
    return tuple(agency for agency in agencies.values() if domain in agency.domains)


def _unknown(domain: str) -> str:
    if not domain:
        return "The message does not say who sent it. Look at it before you rely on it."
    return (
        f"No listed agency writes from {_shown(domain)}. If one does, ask it by telephone, and add the domain in "
        "agencies.toml."
    )


def _unproven(report: AuthenticationResults | None, domain: str) -> str:
    if report is None or not _authenticated(report, domain):
        return f"It was not checked whether this came from {_shown(domain)}."
    return f"A report on this message says that it came from {_shown(domain)}, but anybody can write such a report."


def _domain(address: str | None) -> str:
    return (address or "").rpartition("@")[2].lower()


def _shown(domain: str) -> str:
    """The domain, if it can be shown to a person as it is."""
    return domain if _SHOWABLE.fullmatch(domain) else "the domain that it names"
