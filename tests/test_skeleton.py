"""Large attachments left out while a message is read: what is found is the same, and the memory stays small."""

import base64
import dataclasses
import re
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marac.intake.opening.message import Opened, UnsafeMessageError
from marac.intake.opening.mime import envelope, opened
from marac.intake.opening.skeleton import skeleton

FORM = bytes(range(256)) * 40
NEVER = 1 << 30
"""Longer than any message: then nothing is left out, as if there were no skeleton."""


def mail(*attachments: bytes, cte: str = "base64") -> bytes:
    made = EmailMessage()
    made["From"], made["Message-ID"] = "pc@police.example", "<1@police.example>"
    made.set_content("Please find attached.\n")
    for number, content in enumerate(attachments):
        made.add_attachment(content, maintype="application", subtype="pdf", filename=f"{number}.pdf", cte=cte)
    return made.as_bytes()


def told(raw: bytes, long: int) -> Opened | str:
    try:
        return opened(raw, long)
    except UnsafeMessageError as error:
        return str(error)


def same_either_way(raw: bytes, long: int = 64) -> Opened | str:
    plain = told(raw, NEVER)
    assert told(raw, long) == plain
    if isinstance(plain, Opened):
        assert envelope(raw, long) == dataclasses.replace(plain, parts=())
    return plain


def test_what_is_left_out_is_found_again_byte_for_byte() -> None:
    raw = mail(FORM, FORM[:77], FORM[::-1])
    assert len(skeleton(raw, 64).held) == 3
    assert len(skeleton(raw, 64).small) < 2_000
    found = same_either_way(raw)
    assert isinstance(found, Opened)
    assert [part.document.content for part in found.parts[1:]] == [FORM, FORM[:77], FORM[::-1]]


@pytest.mark.parametrize("path", sorted((Path(__file__).parent / "mail").glob("*.eml")), ids=lambda path: path.stem)
def test_every_sample_says_the_same_with_and_without_the_skeleton(path: Path) -> None:
    raw = path.read_bytes()
    assert isinstance(same_either_way(raw), Opened)
    assert skeleton(raw, 64).held or len(raw) < 5_000


def test_a_forwarded_message_with_a_large_form_is_found_as_before() -> None:
    outer = EmailMessage()
    outer["From"], outer["Message-ID"] = "dc@police.example", "<2@police.example>"
    outer.set_content("See below.\n")
    inner = EmailMessage()
    inner["From"] = "pc@police.example"
    inner.set_content("Attached.\n")
    inner.add_attachment(FORM, maintype="application", subtype="pdf", filename="form.pdf")
    outer.add_attachment(inner)
    found = same_either_way(outer.as_bytes())
    assert isinstance(found, Opened)
    assert found.parts[-1].document.content == FORM


def test_a_message_that_a_server_encoded_is_found_as_before() -> None:
    inner = mail(FORM)
    raw = (
        b"From: a@police.example\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(inner)
    )
    found = same_either_way(raw)
    assert isinstance(found, Opened)
    assert found.parts[0].document.content == inner


@pytest.mark.parametrize(
    "damaged",
    [
        mail(FORM)[:-3000],
        mail(FORM).replace(b"AQID", b"A!ID", 1),
        mail(FORM).replace(b"AQID", b"AQI", 1),
        mail(FORM).replace(b"AQID", b"A===", 1),
        mail(FORM).replace(b"\nCg", b"\n=\nCg", 1),
        mail(FORM).replace(b"Content-Disposition", b"AAAA\nContent-Disposition", 1),
    ],
    ids=["cut off", "bad letter", "letter lost", "padding inside", "padding on a line", "header broken"],
)
def test_damage_shows_with_large_attachments_as_with_small_ones(damaged: bytes) -> None:
    found = same_either_way(damaged)
    assert isinstance(found, Opened)
    assert found.damage or b"AAAA\nContent" in damaged


def test_lines_of_letters_in_a_text_stay_a_text() -> None:
    raw = b"From: a@police.example\nContent-Type: text/plain\n\nSee:\n" + b"QUJDREVGR0hJSktM\n" * 50 + b"Thanks\n"
    found = same_either_way(raw)
    assert isinstance(found, Opened)
    assert found.parts[0].document.content.startswith(b"See:\nQUJD")


def test_a_token_that_somebody_wrote_himself_stands_for_nothing() -> None:
    raw = mail(FORM).replace(b"Please find attached.", b"MARACheld0000000x000000z\nMARACheld0000001x000000z")
    found = same_either_way(raw)
    assert isinstance(found, Opened)
    assert b"MARACheld0000000x000000z" in found.parts[0].document.content


LINES = st.sampled_from(
    [
        *("QUJD" * 19, "QUJDRA==", "QUI=", "QUJDR", "--b", "--b--", "--c", "--c--", "", "Dear all,", "A!", "=", "\r"),
        "Content-Type: application/pdf; name=a.pdf",
        "Content-Type: multipart/mixed; boundary=c",
        "Content-Type: message/rfc822",
        "Content-Transfer-Encoding: base64",
        "Content-Transfer-Encoding: quoted-printable",
        "Content-Disposition: attachment; filename=QUJDQUJDQUJDQUJDQUJDQUJD",
        "X: QUJDQUJDQUJDQUJDQUJDQUJD",
        " QUJDQUJDQUJDQUJDQUJDQUJD",
        "From: pc@police.example",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(LINES, max_size=40), st.sampled_from(["\n", "\r\n"]), st.integers(4, 90))
def test_any_message_says_the_same_with_and_without_the_skeleton(lines: list[str], ending: str, long: int) -> None:
    head = ["From: a@police.example", "Content-Type: multipart/mixed; boundary=b", "", "--b"]
    raw = ending.join([*head, *lines]).encode()
    assert told(raw, long) == told(raw, NEVER)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=3000), max_size=4), st.integers(4, 500))
def test_any_attachments_arrive_byte_for_byte(contents: list[bytes], long: int) -> None:
    found = opened(mail(*contents), long)
    assert [part.document.content for part in found.parts[1:]] == contents
    assert not found.damage


MEASURED = """
import resource, sys
from marac.intake.opening.mail import {function}
{function}(b"From: a@b.example\\n\\nhello")
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
before = peak()
raw = open(sys.argv[1], "rb").read()
{function}(raw)
print((peak() - before) / len(raw))
"""


@pytest.mark.parametrize(("function", "most"), [("parts_in", 2.0), ("envelope_of", 1.3)])
def test_a_message_of_30_mb_takes_little_more_memory_than_its_bytes(tmp_path: Path, function: str, most: float) -> None:
    path = tmp_path / "large.eml"
    head, _, _ = mail(b"AQID").partition(b"AQID")
    path.write_bytes(head + base64.encodebytes(bytes(range(256)) * 4 * 1024 * 22))
    done = subprocess.run(
        [sys.executable, "-c", MEASURED.format(function=function), str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert float(done.stdout) < most


def test_a_long_run_that_is_too_short_to_leave_out_is_looked_at_once() -> None:
    raw = mail(FORM * 18)
    assert re.search(rb"[A-Za-z0-9+/=\r\n]{200000}", raw)
    assert skeleton(raw).held == {}
