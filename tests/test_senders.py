"""Who sent a message: the gateway's own report decides, and whatever a stranger writes changes nothing."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.agency import Agency
from marac.intake.authentication import authentication_results
from marac.intake.opening.message import Opened
from marac.intake.senders import sender_check
from marac.register.deliveries import SenderVerdict
from marac.settings.shape import Senders
from tests.invented_cases import AGENCIES

LISTED = {agency.id: agency for agency in AGENCIES}
SENDER = "a.reese@police.example"
GATEWAY = Senders(gateway="mx.northbridge.example")
MICROSOFT = Senders(gateway="microsoft")
NOBODY_NAMED = Senders()

PASSED = "mx.northbridge.example; dmarc=pass (p=REJECT) header.from=police.example"
FAILED = "mx.northbridge.example; spf=fail smtp.mailfrom=evil.example; dmarc=fail header.from=police.example"
MICROSOFTS = (
    "spf=pass (sender IP is 192.0.2.7)\r\n smtp.mailfrom=police.example; dkim=pass (signature was verified)\r\n"
    " header.d=police.example;dmarc=pass action=none\r\n header.from=police.example;compauth=pass reason=100"
)
WITHIN_MICROSOFT = "dkim=none (message not signed) header.d=none;dmarc=none action=none header.from=police.example;"


def message(*authentication: str, sender: str | None = SENDER, **changes: object) -> Opened:
    plain = Opened(
        message_id="<1@police.example>",
        sender=sender,
        received=None,
        automatic=False,
        bounce=False,
        damage=(),
        parts=(),
        authors=(sender,) if sender else (),
        authentication=authentication,
    )
    return dataclasses.replace(plain, **changes)  # type: ignore[arg-type]


def verdict(opened: Opened, senders: Senders = GATEWAY) -> SenderVerdict:
    return sender_check(opened, senders, LISTED)[0]


def reason(opened: Opened, senders: Senders = GATEWAY) -> str:
    return sender_check(opened, senders, LISTED)[1]


def by_gateway(rest: str) -> Opened:
    return message(f"mx.northbridge.example; {rest}")


@pytest.mark.parametrize(
    "report",
    [
        PASSED,
        PASSED.upper(),
        "mx.northbridge.example 1; dmarc=pass header.from=police.example",
        "mx.northbridge.example;\r\n\tdkim=fail header.d=list.example;\r\n\tdmarc=pass\r\n\theader.from=police.example",
        'mx.northbridge.example (the border (inner)) 1; dmarc/1 = pass reason="as; it (should" header . from = police.example',
        '"mx.northbridge.example"; dmarc=pass header.from="police.example"',
        "mx.northbridge.example; dmarc=none header.from=police.example; dkim=pass header.d=police.example",
        "mx.northbridge.example; dkim=pass header.i=@police.example header.b=aGVs/bG8=",
        "mx.northbridge.example; dkim=fail header.d=police.example; dkim=pass header.d=police.example",
        "mx.northbridge.example; spf=pass smtp.mailfrom=a.reese@police.example",
        "mx.northbridge.example; dmarc=temperror; spf=pass smtp.mailfrom=police.example",
    ],
)
def test_a_listed_sender_whom_the_gateway_vouches_for_is_confirmed(report: str) -> None:
    assert verdict(message(report)) == "confirmed"


def test_the_reason_of_a_confirmation_tells_the_domain_and_no_person() -> None:
    told = reason(message(PASSED))
    assert told == "Your mail gateway confirms that it came from police.example, the domain of a listed agency."


def test_microsofts_report_which_names_no_server_is_read() -> None:
    assert verdict(message(MICROSOFTS), MICROSOFT) == "confirmed"
    assert verdict(message(MICROSOFTS.replace("compauth=pass", "compauth=softpass")), MICROSOFT) == "confirmed"


def test_an_older_report_of_microsofts_with_bare_domains_in_it_is_read() -> None:
    older = (
        "spf=pass (sender IP is 192.0.2.7) smtp.mailfrom=police.example; northbridge.example; dkim=pass (signature was"
        " verified) header.d=police.example; northbridge.example; dmarc=bestguesspass action=none header.from=police.example;"
    )
    assert verdict(message(older), MICROSOFT) == "confirmed"


@pytest.mark.parametrize("changed", [("compauth=pass", "compauth=fail"), ("dmarc=pass", "dmarc=fail")])
def test_a_failure_that_microsoft_reports_is_a_failure(changed: tuple[str, str]) -> None:
    opened = message(MICROSOFTS.replace(*changed))
    assert verdict(opened, MICROSOFT) == "failed"
    assert reason(opened, MICROSOFT).startswith("Your mail gateway says that it did not come from police.example")


def test_a_failure_is_told_with_what_to_do() -> None:
    assert reason(message(FAILED)) == (
        "Your mail gateway says that it did not come from police.example, as it claims. "
        "Before you rely on this message, ring the agency on a number that you know."
    )


@pytest.mark.parametrize(
    "rest",
    [
        "none",
        "dmarc=none header.from=police.example",
        "spf=softfail smtp.mailfrom=police.example",
        "spf=pass smtp.mailfrom=bulk.example; dkim=pass header.d=bulk.example; dmarc=none header.from=police.example",
        "dmarc=pass header.from=evil.example",
        "dmarc=pass",
        "dmarc=pass header.from=example",
        "dmarc=pass header.from=ice.example",
        "dmarc=pass header.from=police.example.evil.example",
        "dmarc=pass header.from=a.police.example",
        "dmarc=hardfail; spf=pass smtp.mailfrom=police.example",
    ],
)
def test_what_the_gateway_does_not_vouch_for_is_not_confirmed(rest: str) -> None:
    assert verdict(by_gateway(rest)) == "failed"
    assert "could not confirm that it came from police.example" in reason(by_gateway(rest))


def test_a_domain_above_the_senders_may_vouch_for_it() -> None:
    beneath = dataclasses.replace(AGENCIES[0], domains=("north.police.example",))
    opened = message(PASSED, sender="a.reese@north.police.example")
    assert sender_check(opened, GATEWAY, {"police": beneath})[0] == "confirmed"


@pytest.mark.parametrize(
    "rest",
    [
        "dmarc=pass header.from=police.example; dmarc=fail header.from=police.example",
        "dmarc=pass header.from=police.example; dmarc=none header.from=evil.example",
        "dmarc=pass header.from=police.example header.from=evil.example",
        'spf=pass smtp.mailfrom="a; dmarc=pass header.from=police.example; x"@evil.example; dmarc=none',
        "spf=pass (by a\\) ; dmarc=pass header.from=police.example; \\(b) smtp.mailfrom=evil.example; dmarc=none",
        "dkim=pass header.d=police.example header.d=evil.example",
    ],
)
def test_what_a_stranger_writes_into_the_gateways_report_confirms_nothing(rest: str) -> None:
    assert verdict(by_gateway(rest)) == "failed"


@pytest.mark.parametrize(
    "report",
    [
        "mx.evil.example; dmarc=pass header.from=police.example",
        "mx.northbridge.example.evil.example; dmarc=pass header.from=police.example",
        "dmarc=pass header.from=police.example",
        "mx.northbridge.example; dmarc=pass (header.from=police.example",
        'mx.northbridge.example; dmarc=pass header.from="police.example',
        "mx.northbridge.example) ; dmarc=pass header.from=police.example",
        "mx.northbridge.example with more words; dmarc=pass header.from=police.example",
        "",
        "mx.northbridge.example; dmarc=pass header.from=police.example;" + " x=y" * 10_000,
    ],
)
def test_a_report_that_is_not_the_gateways_own_proves_nothing(report: str) -> None:
    assert verdict(message(report)) == "failed"
    assert "not your own mail gateway's" in reason(message(report))


def test_a_report_with_a_server_is_not_microsofts() -> None:
    assert verdict(message(f"mx.evil.example; {MICROSOFTS}"), MICROSOFT) == "failed"


def test_only_the_topmost_report_counts() -> None:
    assert verdict(message("mx.evil.example; dmarc=none", PASSED)) == "failed"
    assert verdict(message(PASSED, FAILED)) == "confirmed"


def test_without_a_report_a_named_gateway_confirms_nothing() -> None:
    assert verdict(message()) == "failed"
    assert "Your mail gateway's report on who sent this is missing." in reason(message())


def test_mail_that_microsoft_only_moved_within_its_own_walls_is_not_confirmed() -> None:
    assert verdict(message(WITHIN_MICROSOFT), MICROSOFT) == "failed"


@pytest.mark.parametrize("authentication", [(), (PASSED,), ("nonsense (",)])
def test_where_no_gateway_is_named_nothing_is_checked_and_it_says_how(authentication: tuple[str, ...]) -> None:
    told = sender_check(message(*authentication), NOBODY_NAMED, LISTED)
    assert told[0] == "not checked"
    assert told[1].endswith('write it in config.toml under [senders], such as gateway = "microsoft".')


def test_where_no_gateway_is_named_a_pass_is_what_anybody_can_write() -> None:
    assert "but anybody can write such a report" in reason(message(PASSED), NOBODY_NAMED)


def test_where_no_gateway_is_named_a_failure_is_still_a_warning() -> None:
    opened = message(FAILED)
    assert verdict(opened, NOBODY_NAMED) == "failed"
    assert reason(opened, NOBODY_NAMED).startswith("A mail server that the message passed says")


def test_two_senders_in_one_message_are_a_failure() -> None:
    assert verdict(message(PASSED, authors=(SENDER, "b@police.example"))) == "failed"
    assert verdict(message(PASSED, authors=(SENDER, SENDER.upper()))) == "confirmed"


@pytest.mark.parametrize(
    "domain",
    [
        "webmail.example",
        "xn--polce-7ua.example",
        "mail.police.example",
        "police.example.",
        "polic\N{CYRILLIC SMALL LETTER IE}.example",
    ],
)
def test_a_domain_that_is_not_listed_whole_is_unknown(domain: str) -> None:
    told = sender_check(message(sender=f"a.reese@{domain}"), NOBODY_NAMED, LISTED)
    assert told[0] == "unknown"
    assert told[1].startswith("No listed agency writes from ")


def test_an_unknown_domain_that_the_gateway_vouches_for_stays_unknown() -> None:
    opened = message(PASSED.replace("police", "webmail"), sender="pat@webmail.example")
    assert verdict(opened) == "unknown"


def test_a_domain_that_would_mislead_the_eye_is_not_shown() -> None:
    told = reason(message(sender="a@polic\N{CYRILLIC SMALL LETTER IE}.example"), NOBODY_NAMED)
    assert told.startswith("No listed agency writes from the domain that it names.")


def test_a_message_without_a_sender_is_unknown() -> None:
    assert verdict(message(sender=None), NOBODY_NAMED) == "unknown"
    assert verdict(message(PASSED, sender=None)) == "failed"


def test_without_any_agency_nobody_can_be_known() -> None:
    assert sender_check(message(), NOBODY_NAMED, {})[0] == "not checked"
    assert sender_check(message(FAILED), NOBODY_NAMED, {})[0] == "failed"


def test_an_answer_that_would_go_elsewhere_takes_the_confirmation_away() -> None:
    opened = message(PASSED, reply_to="a.reese@webmail.example")
    assert verdict(opened) == "unknown"
    assert reason(opened).endswith(
        "Answers to this message would go elsewhere, to webmail.example. Write to the agency's own address."
    )


def test_an_answer_that_goes_to_the_same_agency_is_no_doubt() -> None:
    two = dataclasses.replace(AGENCIES[0], domains=("police.example", "police-secure.example"))
    for reply_to in ("desk@police.example", "desk@police-secure.example"):
        assert sender_check(message(PASSED, reply_to=reply_to), GATEWAY, {"police": two})[0] == "confirmed"


def test_the_answer_of_one_agency_to_another_is_a_doubt() -> None:
    assert verdict(message(PASSED, reply_to="marac@homes.example")) == "unknown"


def test_where_nothing_was_checked_an_answer_that_goes_elsewhere_is_told_as_well() -> None:
    opened = message(reply_to="a.reese@webmail.example")
    assert verdict(opened, NOBODY_NAMED) == "not checked"
    assert "to webmail.example" in reason(opened, NOBODY_NAMED)


def test_the_example_of_the_standard_with_comments_everywhere_is_read() -> None:
    """RFC 8601, appendix B.7."""
    told = authentication_results(
        "foo.example.net (foobar) 1 (baz);\r\n dkim (Because I like it) / 1 (One yay) = (wait for it) fail\r\n"
        " policy (A dot can go here) . (like that) expired\r\n (this surprised me) = (as I wasn't expecting it) 1362471462"
    )
    assert told is not None
    assert told.server == "foo.example.net"
    (dkim,) = told.of("dkim")
    assert (dkim.result, dkim.values("policy.expired")) == ("fail", ("1362471462",))


PIECES = st.sampled_from(
    [
        *'();="\\.@/, \t\r\n',
        *(
            "mx.northbridge.example",
            "1",
            "dmarc",
            "spf",
            "dkim",
            "pass",
            "fail",
            "none",
            "header.from",
            "police.example",
        ),
        *("smtp.mailfrom", "=?utf-8?b?", "\udc80", "\x00", "é", "\N{KELVIN SIGN}"),
    ]
)
HOSTILE = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))


@given(HOSTILE, st.none() | HOSTILE, st.none() | HOSTILE, st.sampled_from([GATEWAY, MICROSOFT, NOBODY_NAMED]))
def test_whatever_is_written_there_is_a_verdict_in_words(
    header: str, sender: str | None, reply_to: str | None, senders: Senders
) -> None:
    told, words = sender_check(message(header, sender=sender, reply_to=reply_to), senders, LISTED)
    assert told in {"confirmed", "not checked", "unknown", "failed"}
    assert words
    assert words.isprintable()


@given(st.lists(PIECES, max_size=60).map("".join))
def test_a_comment_or_a_quotation_never_confirms(inside: str) -> None:
    plain = inside.replace("\\", "").replace("(", "").replace(")", "").replace('"', "")
    assert verdict(by_gateway(f"spf=none ({plain})")) == "failed"
    assert verdict(by_gateway(f'spf=none reason="{plain}"')) == "failed"


def test_a_header_of_brackets_or_of_spaces_costs_no_time() -> None:
    for hostile in ("(" * 19_999, " " * 19_999, "a " * 9_999, "=" * 19_999, '"\\' * 9_999, "a.b " * 4_999):
        assert authentication_results(hostile) is None or verdict(message(hostile)) == "failed"


def test_agencies_that_share_a_domain_are_both_known() -> None:
    shared = Agency("beat", "Beat officers", "beat@police.example", ("police.example", "beat.example"))
    opened = message(PASSED, reply_to="pc@beat.example")
    assert sender_check(opened, GATEWAY, {**LISTED, "beat": shared})[0] == "confirmed"


def test_a_colleague_of_the_same_microsoft_organisation_is_believed_by_its_own_note_and_by_no_other_gateways() -> None:
    assert verdict(message(WITHIN_MICROSOFT, internal=True), MICROSOFT) == "confirmed"
    assert verdict(message(WITHIN_MICROSOFT), MICROSOFT) == "failed"
    assert verdict(message(WITHIN_MICROSOFT, internal=True), Senders(gateway="mx.council.example")) == "failed"
