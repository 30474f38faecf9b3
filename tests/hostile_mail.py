"""Messages and files that were made to choke, to overrun or to deceive whoever opens them; each is small."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from email.message import EmailMessage

_HEAD = b"From: pat@carrowdale-police.example\r\nDate: Thu, 12 Nov 2026 10:00:00 +0000\r\n"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/{part}" ContentType="application/'
    'vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
)
_LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{part}"/></Relationships>'
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_EXCEL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SELF_DRAWING = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>endobj "
    b"4 0 obj<</Length 5>>stream\n/F Do\nendstream endobj 5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    b"/Resources<</XObject<</F 5 0 R>>>>/Length 11>>stream\n/F Do /F Do\nendstream endobj trailer<</Root 1 0 R>>\n%%EOF"
)

_LYING_WINMAIL = b"\x78\x9f\x3e\x22\x01\x00\x01\x03\x90\x06\x00\x08\x00\x00\x00\xff\xff\xff\xff\x1e\x00\x00\x10\x00\x00"


def hostile_messages(form: bytes) -> dict[str, bytes]:
    """Raw messages by what is wrong with them; `form` is a sound Word form, to be cut and renamed."""
    files = {**_hostile_files(form), **_deceiving_names(form)}
    return {
        **{what: _mail(name, content) for what, (name, content) in files.items()},
        **_hostile_headers(),
        **_hostile_bodies(),
    }


def _hostile_files(form: bytes) -> Mapping[str, tuple[str, bytes]]:
    return {
        "a zip bomb": ("form.docx", word("<w:p/>", extra={"word/media/picture.bin": bytes(45_000_000)})),
        "a cell that spans two thousand million": ("form.docx", word(_cell(2_000_000_000))),
        "a document type with an entity": (
            "form.docx",
            word("<w:p/>", before='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        ),
        "the last cell of a sheet": (
            "form.xlsx",
            excel('<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
        ),
        "a sheet merged into one cell": (
            "form.xlsx",
            excel('<sheetData/><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        ),
        "a PDF that draws itself": ("form.pdf", _SELF_DRAWING),
        "a PDF that unpacks to a flood": ("form.pdf", _flood()),
        "a PDF that is cut off": ("form.pdf", _SELF_DRAWING[:300]),
        "a form that is cut off": ("form.docx", form[: len(form) // 2]),
        "an empty file": ("form.docx", b""),
        "two kinds of file at once": ("form.pdf", b"%PDF-1.4\n%%EOF\n" + form),
        "a locked file": (
            "form.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        ),
        "a locked archive": ("forms.zip", _locked({"form.docx": form})),
        "archives in an archive": ("forms.zip", _zip({"one.zip": _zip({"two.zip": _zip({"form.docx": form})})})),
        "a winmail.dat that lies about a number": ("winmail.dat", _LYING_WINMAIL),
        "a winmail.dat of nothing": ("winmail.dat", b"\x78\x9f\x3e\x22\x01\x00" + b"\x01" * 5_000),
        "a sealed file that is none": ("form.docx.pgp", b"-----BEGIN PGP MESSAGE-----\n\n" + b"A" * 5_000),
        "a signed file without an end": (
            "smime.p7m",
            b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80" * 400,
        ),
        "an archive of sixty files": ("forms.zip", _zip({f"{number}.docx": b"x" for number in range(60)})),
    }


def _deceiving_names(form: bytes) -> Mapping[str, tuple[str, bytes]]:
    names = ("../../../etc/passwd", r"C:\x\y.docx", "NUL", "x.docx:evil.exe", "a\u202excod.exe", "n" * 5_000 + ".docx")
    return {f"a file named {name[:20]!r}": (name, form[: -1 - place]) for place, name in enumerate(names)}


def _hostile_headers() -> dict[str, bytes]:
    attachment = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Disposition: attachment; "
    return {
        "300 kB of headers": b"X-A: " + b"a" * 300_000 + b"\r\n" + _HEAD + b"\r\nhello",
        "parameters without end": _HEAD + b"Content-Type: text/plain" + b";a" * 100_000 + b"\r\n\r\nhello",
        "a file name without end": _HEAD
        + attachment
        + b'filename="'
        + b';\\"a' * 300_000
        + b'"\r\n\r\njunk\r\n--x--\r\n',
        "a file name in forty thousand pieces": _HEAD
        + attachment
        + b";".join(b"\r\n filename*%d=a" % n for n in range(40_000))
        + b"\r\n\r\njunk\r\n--x--\r\n",
        "a file name with a header in it": _HEAD
        + attachment
        + b"filename*=utf-8''a%0D%0ABcc:%20evil%00.docx\r\n\r\njunk\r\n--x--\r\n",
        "a file name that is no text": _HEAD
        + attachment
        + b"filename*=utf-8''%ff%ed%a0%80.docx\r\n\r\njunk\r\n--x--\r\n",
        "brackets without end": b"From: " + b"(a" * 4_000 + b"<x@y.example>\r\n\r\nhello",
        "a sender that is no text": b'From: "\xed\xa0\x80" <x\xed\xa0\x80@\xff.example>\r\nMessage-ID: <\xff\xfe>\r\n\r\nhello',
        "five thousand answers": b"From: "
        + b"a@b.example, " * 5_000
        + b"\r\nReferences: "
        + b"<a@b>" * 20_000
        + b"\r\n\r\nhello",
        "a bounce of blank lines": b"From: mailer-daemon@b.example\r\nContent-Type: text/plain\r\n\r\n"
        + b"> \r\n" * 60_000,
        "a day before all calendars": b"From: a@b.example\r\nDate: Fri, 31 Dec 9999 23:59:59 -1400\r\n\r\nhello",
        "a character set that is none": _HEAD + b'Content-Type: text/plain; charset="utf-8\x00x"\r\n\r\nhello',
    }


def _hostile_bodies() -> dict[str, bytes]:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(1500))
    return {
        "messages in messages without end": b"Content-Type: message/rfc822\r\n\r\n" * 1000 + _HEAD + b"\r\nhello",
        "parts in parts without end": _HEAD + nested + b"\r\n--b0--",
        "three thousand parts": _HEAD
        + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n"
        + b"--x\r\n\r\nhello\r\n" * 3000
        + b"--x--",
        "twenty thousand open tables": _HEAD + b"Content-Type: text/html\r\n\r\n" + b"<div><table><tr><td>" * 20_000,
        "bytes of nothing": bytes(5_000),
        "a body without a head": b"\r\n\r\nhello",
    }


def word(body: str, before: str = "", extra: Mapping[str, bytes] | None = None) -> bytes:
    """A Word file with this body, and nothing that Word would add."""
    main = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    return _package(
        "word/document.xml", "wordprocessingml.document", {"word/document.xml": main.encode(), **(extra or {})}
    )


def excel(sheet: str) -> bytes:
    """An Excel file with this in its one sheet."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = f'<workbook xmlns="{_EXCEL}" xmlns:r="{relations}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
    parts = {
        "xl/workbook.xml": book.encode(),
        "xl/_rels/workbook.xml.rels": _LINKS.format(kind="worksheet", part="worksheets/sheet1.xml").encode(),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_EXCEL}">{sheet}</worksheet>'.encode(),
    }
    return _package("xl/workbook.xml", "spreadsheetml.sheet", parts)


def _package(part: str, kind: str, parts: Mapping[str, bytes]) -> bytes:
    links = _LINKS.format(kind="officeDocument", part=part).encode()
    return _zip({"[Content_Types].xml": _TYPES.format(part=part, kind=kind).encode(), "_rels/.rels": links, **parts})


def _cell(span: int) -> str:
    return f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'


def _flood() -> bytes:
    packed = zlib.compress(b"0 0 m " * 10_000_000, 9)
    head = _SELF_DRAWING.partition(b"4 0 obj")[0]
    body = (
        b"4 0 obj<</Filter/FlateDecode/Length "
        + str(len(packed)).encode()
        + b">>stream\n"
        + packed
        + b"\nendstream endobj"
    )
    return head + body + b" trailer<</Root 1 0 R>>\n%%EOF"


def _zip(parts: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def _locked(parts: Mapping[str, bytes]) -> bytes:
    """An archive that says of its first file that it is encrypted."""
    content = bytearray(_zip(parts))
    content[6] |= 1
    content[content.find(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def _mail(name: str, content: bytes) -> bytes:
    message = EmailMessage()
    message["From"] = "Pat Vale <pat@carrowdale-police.example>"
    message["Subject"] = "Referral for Zephyrine Quill"
    message["Date"] = "Thu, 12 Nov 2026 10:00:00 +0000"
    message.set_content("Please find the form attached.")
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()
