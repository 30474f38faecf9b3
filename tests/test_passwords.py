"""Passwords for a locked file, found in the words of the mail that tells them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.document import HTML
from marac.intake.opening.locked.passwords import passwords_in
from marac.intake.opening.words import words_of

SIGNATURE = """

Kind regards

Joanne Moss
IDVA
Leeds IDVA Service
Tel: 07700 900875
My working days are Monday to Thursday.

***** This email and any files with it are confidential and intended solely for the individual to whom they are
addressed. If you have forgotten your password: ask 0113 496 0123. Your password is Secret123 by default. *****
"""

TELLING = [
    ("Password for the referral I just sent: Harbour-824!", "Harbour-824!"),
    ("The password is Harbour-824!", "Harbour-824!"),
    ("The password is Harbour-824.", "Harbour-824"),
    ("Hi,\n\npw: Harbour824\n\nThanks", "Harbour824"),
    ("PW = kestrel77", "kestrel77"),
    ("Passphrase - Harbour-824!", "Harbour-824!"),
    ("Password:\n\nHarbour-824!\n\nThanks", "Harbour-824!"),
    ("Password\nHarbour-824!", "Harbour-824!"),
    ("Please find the password below.\n\nHarbour-824!", "Harbour-824!"),
    ("The password is below:\n\n   Harbour-824!", "Harbour-824!"),
    ("The password for the attachment is as follows: Harbour-824!", "Harbour-824!"),
    ("The password is “Harbour-824!”.", "Harbour-824!"),
    ('the password is "open sesame now"', "open sesame now"),
    ("The password is 'bluebell'.", "bluebell"),
    ("The password is *Harbour-824!*", "Harbour-824!"),
    ("The password is bluebell", "bluebell"),
    ("the password is bluebell.", "bluebell"),
    ("Password: purple monkey dishwasher", "purple monkey dishwasher"),
    ("Password: purple-monkey-dishwasher", "purple-monkey-dishwasher"),
    ("The password is PurpleMonkeyDishwasher, all one word.", "PurpleMonkeyDishwasher"),
    ("The password is three random words: purple monkey dishwasher", "purple monkey dishwasher"),
    ("The passphrase is purple monkey dishwasher.", "purple monkey dishwasher"),
    ("Password (case sensitive): HARbour824", "HARbour824"),
    ("Password to open the form is: Harbour824", "Harbour824"),
    ("Pass: Harbour824", "Harbour824"),
    ("PIN: 482915", "482915"),
    ("Passcode for the zip is 482915", "482915"),
    ("Harbour-824! is the password for the referral.", "Harbour-824!"),
    ("Please use Harbour-824! as the password.", "Harbour-824!"),
    ("You can open it with the password Harbour-824! and let me know.", "Harbour-824!"),
    ("The file can be opened using Harbour-824!", "Harbour-824!"),
    ("As promised, password for form.docx is Harbour824", "Harbour824"),
    ("The password for the referral that I sent this\nmorning is\nHarbour-824!", "Harbour-824!"),
    ("Here is the password: Harbour-824!", "Harbour-824!"),
    ("Further to my last email the password is: Harbour-824!. Regards", "Harbour-824!"),
    ("password-Harbour824\npassword: Harbour824", "Harbour824"),
    ("The password is P@ssw0rd£1", "P@ssw0rd£1"),
    ("password is Marac2024", "Marac2024"),
    ("Password\u00a0:\u00a0Harbour-824!", "Harbour-824!"),
    ("> Password: Harbour-824!", "Harbour-824!"),
    ("It is password protected. The password is Harbour-824!", "Harbour-824!"),
    ("Password:| Harbour-824!", "Harbour-824!"),
    ("The password to both documents has been set to Harbour-824!", "Harbour-824!"),
    ("Access code: HB-22-91", "HB-22-91"),
    ("p/w Harbour-824!", "Harbour-824!"),
    ("Pwd for M24 referral => Harbour-824!", "Harbour-824!"),
    ("password is Harbour–824", "Harbour-824"),
    ("Password: Harbour 824", "Harbour 824"),
    ("Password: Sunny Day 12!", "Sunny Day 12!"),
    ("Password: Harbour-824!<https://links.example/x>", "Harbour-824!"),
    ("It is password protected with Harbour-824!", "Harbour-824!"),
    ("Passwords: form Harbour824, DASH River991", "River991"),
    ("Password: apple tree (with the space)", "apple tree"),
    ("Please don't share this. Password: Harbour-824!", "Harbour-824!"),
    ("I will not ring. The password we agreed is Bluebell22", "Bluebell22"),
]

TELLING_NONE = [
    "Referral attached. The password will follow in a separate email.",
    "Please find attached. I will ring with the password.",
    "Password to follow separately.",
    "Password to follow - Joanne",
    "I will text you the password - ref: the usual one",
    "I'll call you with the password: 07700 900123",
    "Call me for the password: 0113 496 0123.",
    "If you have forgotten your password, visit https://portal.example/reset.",
    "Could you send me the password please? It is: urgent",
    "The attachment is password protected.",
    "Password protected: referral attached",
    "The password is the same as last time.",
    "The password is the victim's date of birth.",
    "The password is being sent separately.",
    "The password will be sent by text message.",
    "The password is not working.",
    "The password is wrong.",
    "What is the password?",
    "This is the password protected form that we spoke about.",
    "Passwords are never asked for by e-mail.",
    "Your password is going to expire: visit https://portal.example",
    "Please ring reception for the password.",
    "We changed our password policy: see the intranet",
    "The password is available on request.",
    "Please see the referral for Ms Smith. She passed the message on.",
    "",
    "Please find attached a MARAC referral.",
    "The password has been sent under separate cover.",
    "Contact joanne.moss@idva.example for the password: joanne.moss@idva.example",
    "I can't open it, what's the password?",
    "Password follows by text.",
    "Password: see text message",
    "Password: TBC",
    "Password: as discussed",
    "Password:",
    "The zip can be opened with 7-Zip, and is encrypted using AES-256.",
    "The password will be sent by Jo Moss: 12 High Street",
    "The password is your team's telephone number without spaces",
    "The password is in my next email.",
    "The password is on its way",
    "Password sent separately: please confirm receipt",
    "Her pin number is not known. Pinned to the door was a note.",
    "The document is encrypted and the password will be provided by telephone: 0113 496 0123.",
]


@pytest.mark.parametrize(("mail", "password"), TELLING)
def test_the_password_that_a_mail_tells_is_the_first_tried(mail: str, password: str) -> None:
    assert password in passwords_in(mail)[:3], passwords_in(mail)
    assert password in passwords_in(f"Hello,\n\n{mail}{SIGNATURE}")[:3], passwords_in(f"Hello,\n\n{mail}{SIGNATURE}")


@pytest.mark.parametrize("mail", TELLING_NONE)
def test_a_mail_that_only_speaks_of_passwords_tells_none(mail: str) -> None:
    assert passwords_in(mail) == ()
    assert passwords_in(f"Hello,\n\n{mail}{SIGNATURE}") == ()


@given(st.text(alphabet=st.sampled_from("password is: \n-'\"A1!.>will follow"), max_size=300))
def test_any_text_gives_few_candidates_and_no_error(text: str) -> None:
    found = passwords_in(text)
    assert len(found) <= 12
    assert all(0 < len(each) <= 200 for each in found)


def test_a_password_in_the_paragraph_below_is_told_by_an_html_mail_of_outlook() -> None:
    page = (
        "<html><head><style><!-- p {margin:0} --></style></head><body><!-- a note -->"
        "<p class=MsoNormal><span>Passcode for the\r\ndocument:<o:p></o:p></span></p>\r\n<p class=MsoNormal><o:p>&nbsp;</o:p></p>"
        "<p class=MsoNormal><span>maRac2024&#35;east<o:p></o:p></span></p><p>Thanks</p></body></html>"
    )
    assert passwords_in(words_of(page.encode(), HTML))[0] == "maRac2024#east"


OUTLOOK_TABLE = (
    "<table><tr><td><p class=MsoNormal><b>Document</b></p></td><td><p>Pass<b>word</b><o:p></o:p></p></td></tr>\n<tr>\n"
    "<td><p>ref&nbsp;A</p></td>\n<td><p>Dove-Harbour-31</p></td></tr><tr><td>ref B</td><td>purple horse battery</td></tr></table>"
)


@pytest.mark.parametrize(
    "table",
    [
        "Document\tPassword\nref A\tDove-Harbour-31\nref B\tpurple horse battery",
        "> Document\tPassword to open\n> ref A\tDove-Harbour-31\n> ref B\tpurple horse battery",
        "| Password | File |\n|---|---|\n| Dove-Harbour-31 | a.docx |\n| purple horse battery | b.docx |",
        words_of(OUTLOOK_TABLE.encode(), HTML),
        words_of(f"<table><tr><td><p>Hi</p>{OUTLOOK_TABLE}</td></tr></table>".encode(), HTML),
    ],
)
def test_each_cell_of_a_column_of_passwords_is_a_candidate(table: str) -> None:
    assert passwords_in(f"Passwords\n\n{table}\n\nThanks\nJo\t07700 900111") == (
        "Dove-Harbour-31",
        "purple horse battery",
    )


def test_the_cell_beside_the_word_is_a_password_and_the_rows_below_are_none() -> None:
    assert passwords_in("Password\tDove-31-Meadow\nOpens\treferral2024.docx") == ("Dove-31-Meadow",)


def test_a_column_of_promises_tells_none() -> None:
    assert (
        passwords_in("Document\tPassword\na.docx\tto follow by text\nb.docx\twill ring you\nc.docx\t0113 496 0123")
        == ()
    )
