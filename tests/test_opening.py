"""Messages in messages, in archives, and under any name: the forms in them are found."""

import io
import tracemalloc
import zipfile
from dataclasses import replace
from email.message import EmailMessage

from marac.document import MESSAGE, WORD
from marac.intake.opening.mail import envelope_of, is_mail, opened_mail, parts_in
from tests.outlook_messages import attached, file_of_streams, outlook_message

OUTLOOK = file_of_streams(outlook_message(attachments=(attached("referral.docx", b"form"),)))


def mail(*attachments: tuple[str, str, bytes]) -> bytes:
    made = EmailMessage()
    made["From"], made["Message-ID"], made["To"] = "pc@police.example", "<1@police.example>", "marac@carrowdale.example"
    made.set_content("Please find attached.\n")
    for name, media_type, content in attachments:
        main, sub = media_type.split("/")
        made.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return made.as_bytes()


def zipped(name: str, content: bytes, **others: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, inside in {name: content, **others}.items():
            archive.writestr(each, inside)
    return out.getvalue()


def forms_in(raw: bytes, name: str | None = None) -> list[tuple[str, bytes]]:
    return [(part.source, part.document.content) for part in parts_in(raw, name) if part.role == "form"]


WITH_FORM = mail(("referral.docx", WORD, b"form"))


def test_an_outlook_message_attached_to_any_message_is_opened_whatever_it_is_called() -> None:
    for name in ("Fwd.msg", "Fwd", "referral.docx"):
        assert forms_in(mail((name, "application/octet-stream", OUTLOOK))) == [("referral.docx", b"form")]


def test_a_saved_message_attached_as_a_file_is_opened() -> None:
    assert forms_in(mail(("Fwd.eml", "application/octet-stream", WITH_FORM))) == [("referral.docx", b"form")]
    assert forms_in(file_of_streams(outlook_message(attachments=(attached("Fwd.eml", WITH_FORM),)))) == [
        ("referral.docx", b"form")
    ]


def test_a_message_that_a_server_encoded_is_opened() -> None:
    raw = mail(("Fwd.eml", "application/octet-stream", WITH_FORM))
    assert forms_in(raw.replace(b"Content-Type: application/octet-stream", f"Content-Type: {MESSAGE}".encode())) == [
        ("referral.docx", b"form")
    ]


def test_messages_in_archives_and_archives_in_messages_are_opened() -> None:
    assert forms_in(zipped("old/Fwd.msg", OUTLOOK), "documents.zip") == [("referral.docx", b"form")]
    archive = zipped("referral.docx", b"form")
    assert forms_in(mail(("documents.zip", "application/zip", archive))) == [("documents.zip/referral.docx", b"form")]


def test_an_archive_in_an_archive_is_opened_and_one_in_that_is_left_for_a_person() -> None:
    inner = zipped("referral.docx", b"form")
    outer = zipped("inner.zip", inner)
    assert forms_in(outer, "documents.zip") == [("documents.zip/inner.zip/referral.docx", b"form")]
    (deep,) = parts_in(zipped("outer.zip", outer), "documents.zip")
    assert (deep.source, deep.document.content) == ("documents.zip/outer.zip/inner.zip", inner)
    assert "archive within an archive" in deep.refused
    (again,) = parts_in(zipped("Fwd.eml", mail(("outer.zip", "application/zip", outer))), "documents.zip")[1:]
    assert "archive within an archive" in again.refused


def test_what_a_mac_leaves_in_an_archive_is_no_file_at_any_depth() -> None:
    inner = zipped("a/__MACOSX/._referral.docx", b"fork", **{"a/referral.docx": b"form"})
    outer = zipped("inner.zip", inner, **{"__MACOSX/._inner.zip": b"fork"})
    assert forms_in(outer, "documents.zip") == [("documents.zip/inner.zip/a/referral.docx", b"form")]


def bomb(archives: int, files: int, size: int) -> bytes:
    inner = zipped("0.bin", bytes(size), **{f"{number}.bin": bytes(size) for number in range(1, files)})
    return zipped("0.zip", inner, **{f"{number}.zip": inner for number in range(1, archives)})


def test_a_flood_packed_in_archives_is_refused_before_it_is_unpacked_and_the_form_beside_it_is_found() -> None:
    flood = bomb(10, 10, 10 * 1024 * 1024)
    assert len(flood) < 2 * 1024 * 1024
    tracemalloc.start()
    found = parts_in(mail(("documents.zip", "application/zip", flood), ("referral.docx", WORD, b"form")))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 40 * 1024 * 1024  # none of the files of ten megabytes was unpacked beyond their packed ones
    assert ["more than any referral" in part.refused for part in found] == [False, *[True] * 10, False]
    assert found[-1].source == "referral.docx"


def test_all_archives_of_a_message_share_one_measure() -> None:
    thirty = zipped("0.txt", b"x", **{f"{number}.txt": b"x" for number in range(1, 30)})
    found = parts_in(mail(("a.zip", "application/zip", thirty), ("b.zip", "application/zip", thirty)))
    assert [part.source for part in found if part.refused] == ["b.zip"]
    nested = parts_in(zipped("a.zip", thirty, **{"b.zip": thirty}), "documents.zip")
    assert [part.source for part in nested if part.refused] == ["documents.zip/b.zip"]


def test_a_note_that_only_begins_like_a_message_stays_a_file() -> None:
    note = b"From: her sister\nShe rang and said that he is back.\n"
    assert forms_in(mail(("note.txt", "text/plain", note))) == [("note.txt", note)]


def test_what_is_not_opened_says_why_and_hides_no_form_beside_it() -> None:
    cut = OUTLOOK[: len(OUTLOOK) // 2]
    parts = parts_in(mail(("Fwd.msg", "application/octet-stream", cut), ("referral.docx", WORD, b"form")))
    assert [part.source for part in parts] == ["body", "Fwd.msg", "referral.docx"]


def test_an_empty_message_and_a_very_deep_one_are_said() -> None:
    content = WITH_FORM
    for _ in range(12):
        content = mail(("Fwd.eml", "application/octet-stream", content))
    *_, deep = parts_in(content)
    assert "nested" in deep.refused
    message = zipped("empty.eml", b"From: a@police.example\nSubject: nothing\n\n")
    (nothing,) = parts_in(mail(("documents.zip", "application/zip", message)))[1:]
    assert "Nothing is in it" in nothing.refused


def test_a_saved_message_is_told_from_a_saved_page() -> None:
    page = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>x\r\n--b--"
    assert is_mail(WITH_FORM)
    assert is_mail(OUTLOOK, "form.doc")
    assert not is_mail(page, "form.doc")
    assert is_mail(page, "saved.eml")


def test_a_clear_signed_message_that_outlook_saved_is_opened() -> None:
    entity = WITH_FORM[WITH_FORM.index(b"MIME-Version") :]
    signed = (
        b'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=s\r\n\r\n--s\r\n'
        + entity
        + b"\r\n--s\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n"
        + b"Content-Transfer-Encoding: base64\r\n\r\nMIIBAAA=\r\n--s--\r\n"
    )
    saved = outlook_message(
        texts={0x001A: "IPM.Note.SMIME.MultipartSigned"}, attachments=(attached("smime.p7m", signed),)
    )
    assert forms_in(file_of_streams(saved)) == [("referral.docx", b"form")]


def test_a_forwarded_message_in_any_alphabet_is_opened() -> None:
    raw = b"From: pc@police.example\nContent-Type: message/global\n\n" + WITH_FORM
    assert forms_in(raw) == [("referral.docx", b"form")]


def test_a_piece_of_a_message_and_a_link_to_one_are_said() -> None:
    for kind in ("message/partial; id=1; number=1", "message/external-body; access-type=URL"):
        raw = f"From: pc@police.example\nContent-Type: {kind}\n\nContent-Type: application/pdf\n\nx".encode()
        (part,) = parts_in(raw)
        assert part.role == "form"
        assert "Ask the sender" in part.refused


def test_the_envelope_says_what_the_whole_message_says() -> None:
    for raw in (WITH_FORM, OUTLOOK, mail(("Fwd.msg", "application/octet-stream", OUTLOOK)), WITH_FORM[:-90]):
        assert envelope_of(raw) == replace(opened_mail(raw), parts=())
