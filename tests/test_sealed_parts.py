"""Sealed, signed and locked mail, opened up as any other where the mailbox has the key, and said where it has not."""

import io
import subprocess
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
import pyzipper
from msoffcrypto.format.ooxml import OOXMLFile

from marac.document import TEXT
from marac.intake.opening.mail import parts_in
from marac.intake.opening.message import Found
from marac.intake.opening.sealed.own_keys import MailboxKeys
from marac.intake.opening.sealed.signed import NotSignedError, signed_content
from tests.openpgp_keys import KeyOwner, owners_folder
from tests.word_forms import word_form

FORM = word_form("Name of victim: Zephyrine Quill").content


def entity(name: str = "referral.docx", content: bytes = FORM) -> bytes:
    made = EmailMessage()
    made.set_content("Please find attached.\n")
    made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def mail(*attachments: tuple[str, str, bytes], text: str = "Please find attached.") -> bytes:
    made = EmailMessage()
    made["From"], made["Message-ID"] = "pc@police.example", "<1@police.example>"
    made.set_content(text)
    for name, media_type, content in attachments:
        main, sub = media_type.split("/")
        made.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return made.as_bytes()


def forms(parts: list[Found]) -> list[tuple[str, bytes]]:
    return [(part.source, part.document.content) for part in parts if part.role == "form"]


def texts(parts: list[Found]) -> list[str]:
    return [part.document.content.decode().strip() for part in parts if part.document.media_type == TEXT]


@pytest.fixture(scope="module")
def owner() -> Iterator[KeyOwner]:
    with owners_folder() as folder:
        yield KeyOwner(folder / "marac")


@pytest.fixture(scope="module")
def keys(owner: KeyOwner) -> MailboxKeys:
    return MailboxKeys(owner.home, owner.new_key("MARAC <marac@carrowdale.example>"))


@pytest.fixture
def sealed(owner: KeyOwner, keys: MailboxKeys) -> "Sealing":
    return Sealing(owner, str(keys.key))


class Sealing:
    def __init__(self, owner: KeyOwner, key: str) -> None:
        self.owner, self.key = owner, key

    def __call__(self, content: bytes, *how: str) -> bytes:
        options = ["--trust-model", "always", "--recipient", self.key, *how, "--encrypt"]
        return self.owner.gpg(*options, content=content).stdout


@pytest.mark.parametrize(
    "kind", ['encrypted; protocol="application/pgp-encrypted"', "mixed"], ids=["standard", "Exchange"]
)
def test_a_form_in_a_message_sealed_with_openpgp_is_found(kind: str, sealed: Sealing, keys: MailboxKeys) -> None:
    raw = (
        f"From: pc@police.example\nContent-Type: multipart/{kind}; boundary=b\n\n"
        "--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n\n"
        "--b\nContent-Type: application/octet-stream; name=encrypted.asc\n\n"
    ).encode() + sealed(entity(), "--armor")
    found = parts_in(raw + b"\n--b--\n", keys=keys)
    assert forms(found) == [("referral.docx", FORM)]
    assert texts(found) == ["Please find attached."]


def test_a_sealed_file_is_found_under_its_name_without_the_seal(sealed: Sealing, keys: MailboxKeys) -> None:
    for name, content in (("referral.docx.pgp", sealed(FORM)), ("referral.docx.asc", sealed(FORM, "--armor"))):
        assert forms(parts_in(mail((name, "application/octet-stream", content)), keys=keys)) == [
            ("referral.docx", FORM)
        ]
    assert forms(parts_in(sealed(FORM), "referral.docx.gpg", keys)) == [("referral.docx", FORM)]


def test_a_text_sealed_within_a_message_is_read_as_the_text(sealed: Sealing, keys: MailboxKeys) -> None:
    armour = sealed(b"Victim: Zephyrine Quill\n", "--armor").decode()
    found = parts_in(mail(text=f"Hello,\n{armour}\nPat"), keys=keys)
    assert texts(found)[0].split() == ["Hello,", "Victim:", "Zephyrine", "Quill", "Pat"]
    assert not found[0].refused


def test_what_cannot_be_unsealed_comes_with_its_lock_and_says_why(sealed: Sealing) -> None:
    raw = mail(("referral.docx.pgp", "application/octet-stream", sealed(FORM)), ("other.docx", "application/pdf", FORM))
    _, part, other = parts_in(raw)
    assert part.lock == "openpgp"
    assert "config.toml" in part.refused
    assert other.document.content == FORM
    armour = sealed(b"Victim", "--armor").decode()
    (text,) = parts_in(mail(text=armour))
    assert (text.lock, text.role) == ("openpgp", "form")
    assert text.refused


def test_a_damaged_sealed_file_is_never_used(sealed: Sealing, keys: MailboxKeys) -> None:
    content = bytearray(sealed(FORM))
    content[len(content) // 2] ^= 1
    *_, part = parts_in(mail(("referral.docx.pgp", "application/octet-stream", bytes(content))), keys=keys)
    assert part.refused
    assert part.document.content == bytes(content)


def test_the_form_in_a_sealed_bounce_is_not_opened(sealed: Sealing, keys: MailboxKeys) -> None:
    bounce = b"From: mailer-daemon@police.example\n" + entity()
    content = sealed(bounce)
    *_, note = parts_in(mail(("returned.pgp", "application/octet-stream", content)), keys=keys)
    assert "came back" in note.refused


def test_sealed_files_in_one_another_without_end_are_said(sealed: Sealing, keys: MailboxKeys) -> None:
    content = FORM
    for _ in range(11):
        content = sealed(content)
    *_, part = parts_in(mail(("referral.pgp", "application/octet-stream", content)), keys=keys)
    assert "nested" in part.refused


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificate")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=MARAC", "-days", "2"]
    command += ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "certificate.pem"


def cms(certificate: Path, content: bytes, *how: str) -> bytes:
    signer = ["-signer", str(certificate), "-inkey", str(certificate.with_name("key.pem"))]
    command = ["openssl", "cms", *how, *(signer if "-sign" in how else []), "-binary"]
    command += [str(certificate)] if "-encrypt" in how else []
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout


def as_smime(content: bytes) -> bytes:
    return mail(("smime.p7m", "application/pkcs7-mime", content))


@pytest.mark.parametrize("how", [("-outform", "DER"), ("-outform", "DER", "-stream"), ("-outform", "PEM")])
def test_a_message_that_is_signed_and_not_sealed_is_read_as_it_is(certificate: Path, how: tuple[str, ...]) -> None:
    signed = cms(certificate, entity(), "-sign", "-nodetach", *how)
    assert b"referral.docx" in signed_content(signed)
    assert forms(parts_in(as_smime(signed))) == [("referral.docx", FORM)]


def test_a_clear_signed_message_has_no_signature_among_its_forms(certificate: Path) -> None:
    signed = cms(certificate, entity(), "-sign", "-md", "sha256")
    assert b"multipart/signed" in signed
    assert forms(parts_in(b"From: pc@police.example\n" + signed)) == [("referral.docx", FORM)]


def test_a_form_that_calls_itself_a_signature_is_still_a_form() -> None:
    for media_type in ("application/pkcs7-signature", "application/pgp-signature", "application/pgp-encrypted"):
        assert forms(parts_in(mail(("referral.docx", media_type, FORM)))) == [("referral.docx", FORM)]


def test_a_message_sealed_with_smime_is_opened_with_the_certificate(certificate: Path) -> None:
    signed = cms(certificate, entity(), "-sign", "-nodetach", "-outform", "DER")
    sealed = cms(certificate, signed, "-encrypt", "-aes256", "-outform", "DER")
    keys = MailboxKeys(certificate.parent, certificate=certificate, certificate_key=certificate.with_name("key.pem"))
    assert forms(parts_in(as_smime(sealed), keys=keys)) == [("referral.docx", FORM)]
    *_, part = parts_in(as_smime(sealed))
    assert part.lock == "smime"
    assert "S/MIME" in part.refused


def test_a_damaged_signed_message_is_refused_in_words(certificate: Path) -> None:
    signed = cms(certificate, entity(), "-sign", "-nodetach", "-outform", "DER")
    for cut in (40, 200, len(signed) // 2):
        with pytest.raises(NotSignedError):
            signed_content(signed[:cut])
    *_, part = parts_in(as_smime(signed[: len(signed) // 2]))
    assert "signed message" in part.refused


def locked_word(password: str) -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(FORM)).encrypt(password, out)
    return out.getvalue()


def locked_archive() -> bytes:
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"harbour")
        archive.writestr("referral.docx", FORM)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "locked"), [("referral.docx", locked_word("harbour")), ("forms.zip", locked_archive())]
)
def test_a_file_with_a_password_comes_as_it_is_and_says_what_to_do(name: str, locked: bytes) -> None:
    for found in (parts_in(mail((name, "application/octet-stream", locked))), parts_in(locked, name)):
        part = found[-1]
        assert (part.lock, part.document.content) == ("password", locked)
        assert "marac message password" in part.refused


def test_a_file_with_the_password_that_office_gives_everybody_is_opened() -> None:
    *_, part = parts_in(mail(("referral.xlsx", "application/octet-stream", locked_word("VelvetSweatshop"))))
    assert part.document.content == FORM
    assert not part.refused
    assert part.lock is None
