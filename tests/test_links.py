"""Mail that stands for something kept elsewhere: recognised by what it links to and what it says of it."""

import pytest

from marac.document import HTML, TEXT, Document
from marac.intake.opening.links import link_to_open
from marac.intake.opening.message import Found


def text(words: str) -> Found:
    return Found(Document("body", TEXT, words.encode()), "body", "body")


def page(words: str) -> Found:
    return Found(Document("body", HTML, words.encode()), "body", "body")


def file(name: str, content: bytes = b"form") -> Found:
    return Found(Document(name, "application/octet-stream", content), name, "form")


SAFE_LINK = (
    "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Freader.egress.com%2Fremote.aspx%3Fid%3D1&data=05"
)
REFERRAL = "MARAC referral. Victim: Zephyrine Quill, 1 Mill Lane. He said that he would kill her."


@pytest.mark.parametrize(
    ("service", "words"),
    [
        ("Egress", "You have received a secure message. Read it: https://switch.egress.com/ui/read?id=1"),
        ("Egress", f"Pat sent you an encrypted email. Open: {SAFE_LINK}"),
        ("Galaxkey", "Pat sent you a secure email. https://manager.galaxkey.com/view/1"),
        ("Mimecast", "You have a secure message from Pat. https://webmail-uk.mimecast.com/u/login?id=1"),
        (
            "Microsoft",
            "Read the message: https://outlook.office365.com/Encryption/retrieve.ashx?id=1 Protected message",
        ),
        ("Zix", "New ZixCorp secure email message. https://web1.zixmail.net/s/login?b=police"),
        ("Cisco", "You have received a secure message: https://res.cisco.com/websafe/pswdForgot.action"),
        ("WeTransfer", "pat sent you some files: https://we.tl/t-Abc123"),
        ("OneDrive", "Form here: https://police-my.sharepoint.com/:w:/g/personal/pat/Eabc?e=1"),
        ("OneDrive", "Pat has shared a file with you. https://1drv.ms/w/s!Abc"),
        ("Barracuda", "Read your encrypted message: https://encrypt.barracudanetworks.com/login?nid=1"),
        ("Objective", "Pat has shared a document with you: https://secure.objectiveconnect.co.uk/objects/1"),
        ("Dropbox", "Referral: https://www.dropbox.com/scl/fi/abc/form.docx?dl=0"),
        ("Google", "I've shared an item with you: https://drive.google.com/file/d/1abc/view"),
    ],
)
def test_a_notice_of_a_service_is_told_by_its_name(service: str, words: str) -> None:
    told = link_to_open([text(f"Hello,\n\n{words}\n\nKind regards\nPat")])
    assert told is not None
    assert told.startswith(service)


def test_the_link_behind_a_button_counts() -> None:
    button = '<style>a {color: red}</style><p>You have a secure message.</p><a class="b" href="https://switch.egress.com/r/1">Open</a>'
    assert link_to_open([page(button)]) == "Egress"


@pytest.mark.parametrize(
    ("service", "attachment"),
    [
        (
            "Microsoft",
            file("message.html", b"<html>This message is protected: Microsoft Purview Message Encryption</html>"),
        ),
        ("Microsoft", file("message_v2.rpmsg", b"\x76\xe8\x04\x60\xc4\x11\xe3\x86 sealed")),
        ("Cisco", file("securedoc_20261112T100000.html", b"<html>Cisco Registered Envelope</html>")),
        ("Egress", file("Referral.switch", b"sealed")),
        ("Proofpoint", file("SecureMessageAtt.html", b"<html>Proofpoint Encryption</html>")),
    ],
)
def test_a_file_that_a_service_attaches_in_place_of_the_form_is_told(service: str, attachment: Found) -> None:
    told = link_to_open([text("You have a message."), attachment])
    assert told is not None
    assert told.startswith(service)
    assert link_to_open([text("You have a message."), attachment, file("referral.docx")]) is None


@pytest.mark.parametrize(
    "words",
    [
        f"{REFERRAL}\n\nKind regards\nPat\nOur leaflets: https://police.sharepoint.com/:b:/s/leaflets/Eabc",
        f"{REFERRAL}\n\n-- \nPat\nSent with Egress. What is a secure message? https://www.egress.com/help",
        f"{REFERRAL}\nSee https://www.dropbox.com/ or https://wetransfer.com for large files.",
        f"{REFERRAL}\nScanned: https://protect-eu.mimecast.com/s/abc?domain=police.example. This is a secure email system.",
        "Thanks for the agenda.\n> You have received a secure message: https://switch.egress.com/ui/read?id=1",
        f"{REFERRAL}\nWe use https://switch.egress.com/ for large files.",
        REFERRAL,
    ],
    ids=["leaflet in a signature", "advertisement", "named", "rewritten link", "quoted", "link without notice", "none"],
)
def test_mail_that_only_mentions_a_service_is_no_notice(words: str) -> None:
    assert link_to_open([text(words)]) is None


def test_a_message_that_brings_its_form_is_no_notice() -> None:
    notice = text("You have a secure message: https://switch.egress.com/ui/read?id=1")
    assert link_to_open([notice, file("referral.docx")]) is None
    assert link_to_open([notice]) == "Egress"


def test_a_page_called_message_that_a_person_wrote_is_a_form() -> None:
    assert link_to_open([text("Attached."), file("message.html", b"<p>Referral for Zephyrine Quill</p>")]) is None


@pytest.mark.parametrize(
    "words",
    [
        "<style>" * 25_000,
        "<a href=" + "a" * 190_000,
        "href =  " * 25_000,
        "\n" * 190_000,
        "<" * 190_000,
        "shared " * 28_000,
    ],
    ids=["styles", "address", "targets", "lines", "tags", "words"],
)
def test_a_text_built_to_choke_is_looked_through(words: str) -> None:
    assert link_to_open([page(words), text(words)]) is None
