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
