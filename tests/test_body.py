import pytest

from marac.document import HTML, TEXT, Document
from marac.parsers import read
from marac.parsers.blocks import Line, Table
from marac.parsers.body.body import Body
from marac.referral import Reading

FORM = """Victim name: Ann Moss
Victim DOB: 3/4/91
Victim telephone: 07700 900111
Perpetrator name: Ben Moss
Has consent been given?: Yes
Reason for referral: He took her keys.
"""
FORM_TABLE = "".join(
    (
        "<table>",
        *(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in (line.split(":", 1) for line in FORM.splitlines())),
        "</table>",
    )
)
HEAD = "From: Joan Platt <joan@police.example>\nSent: 3 June 2024 10:00\nTo: Desk\nSubject: Referral for Ann Moss\n\n"
SIGNATURE = "Kind regards\n\nJoan Platt\nSupport Worker\nTel: 01632 960222\n"


def plain(text: str) -> Reading:
    return read(Document("body", TEXT, text.encode()))


def html(text: str) -> Reading:
    return read(Document("body", HTML, text.encode()))


def test_a_referral_typed_into_a_mail_is_read() -> None:
    reading = plain(f"Hello,\nThe form would not open, so here it is.\n\n{FORM}")
    assert reading.kind == "referral"
    assert (reading.referral.victim.name, reading.referral.victim.phone) == ("Ann Moss", "07700900111")
    assert reading.referral.reason == "He took her keys."
    assert reading.evidence["victim.name"].where == "mail, line 4"


def test_a_signature_is_no_part_of_the_form() -> None:
    reading = plain(f"{FORM}\n{SIGNATURE}")
    assert reading.referral.referrer.phone is None
    assert reading.referral.reason == "He took her keys."


def test_a_form_below_the_signature_is_still_read() -> None:
    assert plain(f"Please see below.\n{SIGNATURE}\n{FORM}").referral.victim.name == "Ann Moss"


@pytest.mark.parametrize(
    "earlier",
    [
        "".join(f"> {line}\n" for line in FORM.splitlines()),
        f"On Mon, 3 Jun 2024 at 10:00, Joan wrote:\n{FORM}",
        f"-----Original Message-----\nFrom: Joan\n{FORM}",
        f"From: Joan Platt\nSent: 3 June 2024 10:00\nTo: MARAC\nSubject: referral\n\n{FORM}",
    ],
)
def test_an_earlier_mail_is_not_read_as_if_it_had_been_sent_now(earlier: str) -> None:
    reading = plain(f"Thank you, will it be heard on Thursday?\n\n{earlier}")
    assert reading.kind == "other"
    assert reading.referral.victim.name is None


def test_a_forwarded_referral_is_reported_and_not_lost() -> None:
    reading = plain(f"See below.\n\n-----Original Message-----\nFrom: Joan\nSent: today\nTo: us\n\n{FORM}")
    assert [problem.code for problem in reading.problems] == ["unclear"]


def test_a_disclaimer_with_the_word_victim_is_no_form() -> None:
    words = "Please find attached the referral.\n\n***** This email is confidential and intended solely for the victim of fate to whom it is addressed. *****\n"
    assert plain(words).kind == "other"


def test_chatter_about_a_referral_is_no_referral() -> None:
    reading = plain(
        "Hi, did you get the MARAC referral for our client? The perpetrator has moved. Consent was given. Thanks, Jo"
    )
    assert reading.kind == "other"
    assert reading.problems == ()


def test_a_table_in_an_html_mail_is_a_table() -> None:
    rows = "".join(
        f"<tr><td><b>{a}</b></td><td>{b}</td></tr>" for a, b in (line.split(":", 1) for line in FORM.splitlines())
    )
    reading = html(f"<html><body><p>Hi</p><table>{rows}</table><p>Thanks<br>Jo</p></body></html>")
    assert reading.referral.victim.name == "Ann Moss"
    assert reading.evidence["victim.name"].where == "mail, table 1, row 1"


def test_a_table_that_only_lays_out_a_mail_is_read_as_its_lines() -> None:
    words = "<table><tr><td><table><tr><td>Victim name: Ann Moss</td></tr></table></td></tr></table>"
    blocks = list(Body().blocks(Document("body", HTML, words.encode())))
    assert [block.text for block in blocks if isinstance(block, Line)] == ["Victim name: Ann Moss"]


def test_struck_words_and_ticked_boxes_of_html_are_seen() -> None:
    words = (
        "<table><tr><td>Consent</td><td><s>Yes</s> / No</td><td><input type=checkbox checked> aware</td></tr></table>"
    )
    (table,) = Body().blocks(Document("body", HTML, words.encode()))
    assert isinstance(table, Table)
    assert table.cells[1].spans[0].struck
    assert table.cells[2].spans[0].ticked


def test_what_an_html_mail_hides_or_quotes_is_not_read() -> None:
    words = "<p style='display:none'>Victim name: Eve</p><blockquote>Victim name: Eve</blockquote><script>Victim</script><p>Hello</p>"
    blocks = list(Body().blocks(Document("body", HTML, words.encode())))
    assert [block.text for block in blocks if isinstance(block, Line)] == ["Hello"]


@pytest.mark.parametrize("charset", ["utf-8", "cp1252"])
def test_letters_with_accents_survive_the_usual_character_sets(charset: str) -> None:
    (line,) = Body().blocks(Document("body", f"text/plain; charset={charset}", "Victim name: Zoë".encode(charset)))
    assert isinstance(line, Line)
    assert line.text == "Victim name: Zoë"


def test_a_charset_that_nobody_knows_does_not_stop_the_reading() -> None:
    (line,) = Body().blocks(Document("body", "text/plain; charset=x-unknown", b"Victim"))
    assert isinstance(line, Line)
    assert line.text == "Victim"


@pytest.mark.parametrize(
    "page",
    [
        "<html><head></head><body><p>Please see below.</p></body></html>{}",
        "<html><body><p>Please see below.</p></body>{}</html>",
        "<div>CAUTION: this came from outside.</div><html><head><title>x</title></head><body>{}</body></html><p>Scanned.</p>",
        "<html><body><p>CAUTION</p></body></html><html><head><style>p {{}}</style></head><body>{}</body></html>",
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html><body>{}</body></html>',
    ],
)
def test_an_html_mail_is_read_to_its_end_whatever_was_put_before_or_behind_it(page: str) -> None:
    assert html(page.format(FORM_TABLE)).referral.victim.name == "Ann Moss"


def test_the_history_below_the_headers_of_outlook_on_the_web_is_an_earlier_mail() -> None:
    head = "<b>De :</b> Joan<br><b>Envoy\N{LATIN SMALL LETTER E WITH ACUTE} :</b> lundi"
    reading = html(f'<p>Thank you.</p><hr><div id="divRplyFwdMsg">{head}</div><div>{FORM_TABLE}</div>')
    assert reading.kind == "other"


def test_of_the_mails_passed_on_the_newest_referral_is_read_without_the_headers_above_it() -> None:
    text = f"For you.\n\n{HEAD}See Joan's mail.\n\n{HEAD}{FORM}\n{SIGNATURE}"
    reading = read(Document("body", "text/plain; forwarded=2", text.encode()))
    assert (reading.kind, reading.referral.victim.name) == ("referral", "Ann Moss")
    assert reading.referral.date is None
    assert reading.referral.reason == "He took her keys."
    assert read(Document("body", "text/plain; forwarded=1", text.encode())).kind == "other"


def test_a_form_that_begins_with_its_date_right_below_the_headers_keeps_it() -> None:
    text = f"{HEAD}Date: 01/06/2024\n{FORM}"
    assert str(read(Document("body", "text/plain; forwarded=1", text.encode())).referral.date) == "2024-06-01"


def test_an_older_referral_about_somebody_else_below_the_one_passed_on_is_told() -> None:
    text = f"For you.\n\n{HEAD}{FORM}\n{HEAD}{FORM.replace('Ann Moss', 'Zephyrine Quill')}"
    reading = read(Document("body", "text/plain; forwarded=2", text.encode()))
    assert reading.referral.victim.name == "Ann Moss"
    assert "unclear" in [problem.code for problem in reading.problems]


def test_a_referral_pasted_in_two_columns_is_read_and_a_stray_tab_is_no_column() -> None:
    pasted = FORM.replace("?: ", "?\t").replace(": ", "\t")
    assert plain(f"Pasted from our system.\n\n{pasted}").referral == plain(FORM).referral
    assert plain("Hello\tall,\nthe meeting is\tat noon.").kind == "other"
