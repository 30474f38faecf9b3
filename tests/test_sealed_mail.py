import dataclasses
import datetime as dt
import email
import email.policy
from collections.abc import Iterator

import pytest

from marac.agency import Agency
from marac.delivery.composing import plain_address
from marac.delivery.openpgp import Keyring
from marac.delivery.sealed_mail import recipient, sealed_mail, shipped_cover
from marac.errors import SealingError, TemplateError
from tests.invented_cases import HOUSING, MARAC, MEETING, actions, fortnight, people_named
from tests.openpgp_keys import KeyOwner, owners_folder

LETTER = b"The letter of one agency. " * 100
MADE = dt.datetime(2026, 12, 4, 9, 30, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def agency() -> Iterator[KeyOwner]:
    with owners_folder() as folder:
        yield KeyOwner(folder / "h")


@pytest.fixture(scope="module")
def sealed(agency: KeyOwner, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    fingerprint = agency.new_key("Housing <marac@homes.example>")
    keyring = Keyring(tmp_path_factory.mktemp("keys") / "keyring")
    keyring.add(agency.public_key(fingerprint), fingerprint)
    return keyring.seal(LETTER, fingerprint)


def mail(
    sealed: bytes, agency: Agency = HOUSING, *, sender: str = "marac@northbridge.example", cover: str | None = None
) -> bytes:
    return sealed_mail(
        sealed,
        "letter",
        agency,
        MEETING.date,
        sender=sender,
        coordinator="Zoë Marsh",
        marac=MARAC,
        message_id="<a1b2c3@northbridge.example>",
        date=MADE,
        cover=cover,
    )


def test_the_agency_opens_the_attachment_of_the_message(sealed: bytes, agency: KeyOwner) -> None:
    message = email.message_from_bytes(mail(sealed), policy=email.policy.default)
    (attachment,) = message.iter_attachments()
    assert attachment.get_filename() == "letter.docx.pgp"
    assert attachment.get_content_type() == "application/octet-stream"
    assert agency.opened(attachment.get_content()) == LETTER


def test_the_message_goes_to_one_address_under_a_subject_that_holds_only_the_day(sealed: bytes) -> None:
    message = email.message_from_bytes(mail(sealed), policy=email.policy.default)
    assert message["To"] == "marac@homes.example"
    assert message["From"] == "marac@northbridge.example"
    assert message["Subject"] == "Sealed papers for the meeting on 3 December 2026"
    assert message["Message-ID"] == "<a1b2c3@northbridge.example>"
    assert message["Date"].datetime == MADE
    assert not {"Cc", "Bcc", "Reply-To"} & set(message.keys())


def test_the_cover_text_tells_how_to_open_the_file_and_names_nobody_of_any_case(sealed: bytes) -> None:
    message = email.message_from_bytes(mail(sealed), policy=email.policy.default)
    body = message.get_body()
    assert body is not None
    text = body.get_content()
    assert "gpg --output letter.docx --decrypt letter.docx.pgp" in text
    assert "$" not in text
    assert "Zoë Marsh" in text
    references = [case.reference for case in fortnight()]
    for word in (*people_named(fortnight()), *references, *(action.text for action in actions())):
        assert word not in text


def test_the_same_arguments_give_the_same_bytes(sealed: bytes) -> None:
    assert mail(sealed) == mail(sealed)


def test_lines_are_short_and_end_as_mail_demands(sealed: bytes) -> None:
    lines = mail(sealed).split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert not any(b"\n" in line for line in lines)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "marac",
        "marac@homes",
        "marac@homes.example, other@homes.example",
        "marac@homes.example;other@else.example",
        "MARAC <marac@homes.example>",
        '"marac@homes.example" <other@else.example>',
        "marac@homes.example)other@else.example",
        "marac@homes.example\r\nBcc: other@else.example",
        "marac@h\N{CYRILLIC SMALL LETTER O}mes.example",
        "marac@homes.example ",
        "@homes.example",
        "marac@homes.example.",
        "marac..desk@homes.example",
        f"{'m' * 250}@homes.example",
    ],
)
def test_an_address_that_is_not_one_plain_address_is_written_to_by_nobody(sealed: bytes, address: str) -> None:
    with pytest.raises(SealingError, match="not one plain address"):
        plain_address(address)
    with pytest.raises(SealingError):
        mail(sealed, dataclasses.replace(HOUSING, email=address))
    with pytest.raises(SealingError):
        mail(sealed, sender=address)


@pytest.mark.parametrize("domains", [(), ("else.example",), ("example",), ("desk.homes.example",), ("omes.example",)])
def test_an_address_outside_the_agencys_own_domains_is_refused(domains: tuple[str, ...]) -> None:
    with pytest.raises(SealingError, match="'housing'"):
        recipient(dataclasses.replace(HOUSING, domains=domains))


def test_a_domain_is_the_same_in_capitals() -> None:
    assert recipient(dataclasses.replace(HOUSING, email="MARAC@Homes.Example")) == "MARAC@Homes.Example"


@pytest.mark.parametrize("content", [b"", LETTER, b"PK\x03\x04" + LETTER])
def test_what_is_not_sealed_gets_no_message(content: bytes) -> None:
    with pytest.raises(SealingError, match="not sealed"):
        mail(content)


def test_an_unknown_field_in_the_areas_own_cover_text_is_told_in_words(sealed: bytes) -> None:
    assert b"Ours" in mail(sealed, cover="Ours: $file")
    for cover in ("Dear $victim", "It costs 5 $ or so"):
        with pytest.raises(TemplateError, match=r"Known: \$file"):
            mail(sealed, cover=cover)


def test_the_shipped_cover_text_is_in_the_package() -> None:
    assert "$file" in shipped_cover()
