"""Old Word, rich text and OpenDocument files, read through LibreOffice in a profile that lets nothing out."""

import http.server
import io
import json
import os
import stat
import subprocess
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from marac.intake.reading.libreoffice import LibreOffice, NotConvertedError, found_program
from marac.intake.reading.means import ReadingMeans
from marac.intake.reading.reader import Reader
from marac.intake.reading.word_kinds import OLE, is_locked, page_of, word_kind
from marac.parsers.blocks import NeedsTime
from marac.referral import Reading
from tests.old_forms import WORD_FORM, locked, old_form
from tests.scoring import score

TRUTH = json.loads(WORD_FORM.with_suffix(".truth.json").read_text(encoding="utf-8"))
WEB_ARCHIVE = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"
    b"<html><img src='http://elsewhere.example/a.png'><p>Dear all</p></html>\r\n--b--\r\n"
)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reading:
        yield reading


@pytest.fixture(scope="module")
def office() -> Iterator[LibreOffice]:
    made = LibreOffice()
    yield made
    made.close()


def read(reader: Reader, folder: Path, content: bytes, media_type: str = "application/octet-stream") -> Reading:
    path = folder / "form"
    path.write_bytes(content)
    return reader.read(path, "form.docx", media_type)


def open_document(body: str, extra: str = "") -> bytes:
    out, kind = io.BytesIO(), "application/vnd.oasis.opendocument.text"
    spaces = {"office": "office", "text": "text", "draw": "drawing", "svg": "svg-compatible"}
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in spaces.items()
    )
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/" '
            f'm:media-type="{kind}"/><m:file-entry m:full-path="content.xml" m:media-type="text/xml"/>{extra}</m:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'office:version="1.2"><office:body><office:text>{body}</office:text></office:body></office:document-content>',
        )
    return out.getvalue()


@pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
def test_an_old_form_says_what_the_word_form_says(kind: str, reader: Reader, tmp_path: Path) -> None:
    reading = read(reader, tmp_path, old_form(kind))
    tally = score(TRUTH, reading)
    assert reading.kind == "referral"
    assert tally.right >= 0.98 * tally.leaves, tally.errors
    assert not tally.silent


def test_a_web_page_under_a_word_name_is_read(reader: Reader, tmp_path: Path) -> None:
    reading = read(reader, tmp_path, old_form("html"), "application/msword")
    assert reading.referral.victim.name == TRUTH["referral"]["victim"]["name"]


def test_kinds_are_told_by_their_bytes() -> None:
    assert [word_kind(old_form(kind)) for kind in ("doc", "rtf", "odt", "html")] == ["doc", "rtf", "odt", "html"]
    assert word_kind(WEB_ARCHIVE) == "html"
    assert word_kind(b"<html><p>a mail's own text</p>", "text/html") is None
    for other in (b"", b"PK\x03\x04", OLE, OLE + bytes(5000), b"%PDF-1.7", b"Dear all", WORD_FORM.read_bytes()):
        assert word_kind(other) is None


def test_a_page_loses_its_references_and_keeps_its_words() -> None:
    assert page_of(WEB_ARCHIVE).strip() == b"<html><img ><p>Dear all</p></html>"


def test_a_locked_file_is_said_to_have_a_password(reader: Reader, tmp_path: Path) -> None:
    assert "password" in read(reader, tmp_path, locked(old_form("doc"))).problems[0].message
    assert is_locked(open_document("", "<m:encryption-data/>"), "odt")
    assert not is_locked(open_document(""), "odt")


def test_a_broken_file_is_unreadable_or_empty_and_the_next_is_read(reader: Reader, tmp_path: Path) -> None:
    for content in (old_form("doc")[:5000], b"{\\rtf1", open_document("<text:p")):
        assert read(reader, tmp_path, content).kind in {"unreadable", "other"}
    assert read(reader, tmp_path, old_form("rtf")).kind == "referral"


def test_without_libreoffice_the_file_waits_for_a_person(tmp_path: Path) -> None:
    missing = tmp_path / "soffice"
    assert found_program(missing) is None
    assert found_program() is not None
    with Reader(means=ReadingMeans(libreoffice=missing)) as reader:
        reading = read(reader, tmp_path, old_form("rtf"))
    assert reading.kind == "unreadable"
    assert "LibreOffice" in reading.problems[0].message


def test_without_patience_nothing_is_converted(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "form.rtf"
    path.write_bytes(old_form("rtf"))
    with pytest.raises(NeedsTime):
        reader.readings(path, "form.rtf", "application/rtf", patient=False)


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a web server, and what it was asked for."""
    paths: list[str] = []

    class Server(http.server.BaseHTTPRequestHandler):
        def _note(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        do_GET = do_HEAD = do_OPTIONS = do_PROPFIND = _note  # noqa: N815 - the names of the library

        def log_message(self, *_: object) -> None: ...

    with http.server.HTTPServer(("127.0.0.1", 0), Server) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", paths
        server.shutdown()
        thread.join()


def test_nothing_is_fetched_from_the_network(office: LibreOffice, asked: tuple[str, list[str]]) -> None:
    address, paths = asked
    picture = '<draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="as-char"><draw:image xlink:type="simple" xlink:href="{}/odt.png"/></draw:frame>'
    page = f'<html><link rel="stylesheet" href="{address}/a.css"><img src="{address}/a.png"><p>x</p></html>'
    rich = f'{{\\rtf1 {{\\field{{\\*\\fldinst INCLUDEPICTURE "{address}/rtf.png" \\\\d}}{{\\fldrslt x}}}} Dear all}}'
    with office._converted(page.encode(), "html", "a page", "docx:MS Word 2007 XML"):
        pass
    with office.as_word(open_document(f"<text:p>x {picture.format(address)}</text:p>"), "odt"):
        pass
    with office.as_word(rich.encode(), "rtf"):
        pass
    assert paths == []


def test_its_files_are_private_and_do_not_outlast_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    office = LibreOffice()
    with office.as_word(old_form("rtf"), "rtf") as converted:
        (place,) = tmp_path.iterdir()
        assert stat.S_IMODE(place.stat().st_mode) == 0o700
        assert stat.S_IMODE(converted.stat().st_mode) == 0o600
    assert [path.name for path in place.iterdir()] == ["profile"]
    office.close()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_behind_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.Popen(["true"])
    ended.wait()
    for number in (ended.pid, os.getpid()):
        (tmp_path / f"marac-office-{number}-x").mkdir()
    office = LibreOffice()
    office._place()
    office.close()
    assert [path.name for path in tmp_path.iterdir()] == [f"marac-office-{os.getpid()}-x"]


def test_a_document_is_printed_as_pages(office: LibreOffice) -> None:
    with office.as_pages(WORD_FORM.read_bytes(), "docx") as pages:
        assert pages.read_bytes().startswith(b"%PDF-")


def test_a_conversion_that_takes_too_long_is_ended_with_all_its_processes(tmp_path: Path) -> None:
    endless = tmp_path / "soffice"
    endless.write_text(f"#!/bin/sh\nsleep 600 & echo $! > {tmp_path}/child\nwait\n", encoding="utf-8")
    endless.chmod(0o700)
    office = LibreOffice(endless, deadline_seconds=1)
    with pytest.raises(NotConvertedError, match="within 1 seconds"), office.as_word(old_form("rtf"), "rtf"):
        pass
    office.close()
    child = int((tmp_path / "child").read_text())
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text().rpartition(")")[2].split()[0] in {"Z", "X"}


def test_it_is_told_no_password_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARAC_PASSWORD", "Otter-52")
    curious = tmp_path / "soffice"
    curious.write_text(f"#!/bin/sh\nenv > {tmp_path}/told\n", encoding="utf-8")
    curious.chmod(0o700)
    office = LibreOffice(curious)
    with pytest.raises(NotConvertedError), office.as_word(old_form("rtf"), "rtf"):
        pass
    office.close()
    told = (tmp_path / "told").read_text()
    assert "PATH=" in told
    assert "Otter" not in told
    assert f"HOME={os.environ.get('HOME')}\n" not in told
