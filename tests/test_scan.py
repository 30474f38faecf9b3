"""Scans and pictures: read by OCR, with their boxes and rings, whichever way up."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from marac.document import Document
from marac.parsers import Allowance, NeedsTime, read
from marac.parsers.blocks import UnreadableDocument
from marac.parsers.pdf.shapes import Piece
from marac.parsers.scans.doubts import is_hard_to_read
from marac.parsers.scans.mended import mend, mend_postcodes
from marac.parsers.scans.models import models_found
from marac.parsers.scans.paper import take_dust
from marac.parsers.scans.scan import scanned as read_page
from marac.parsers.scans.words import Word
from marac.referral import Reading
from tests import invented_scans as scans


def _read(content: bytes, allowance: Allowance | None = None) -> Reading:
    return read(Document("scan", "application/octet-stream", content), allowance=allowance)


def _pieces(page: Image.Image) -> list[Piece]:
    return read_page(np.asarray(page), 1, 595.0, 842.0, None).pieces


def _said(reading: Reading) -> tuple[str | None, ...]:
    referral = reading.referral
    assert referral is not None
    names = (referral.referrer.name, referral.victim.name, referral.perpetrators[0].name)
    return (*names, str(referral.victim.date_of_birth), referral.victim.phone)


SAID = ("Graham Sykes", "Nadia Begum", "Tyrone Bailey", "1996-04-01", "07700900011")


def test_a_form_scanned_askew_is_read_like_a_typed_one_and_says_that_it_was_a_picture() -> None:
    reading = _read(scans.saved(scans.scanned(scans.page(), turn=1.3), kind="JPEG"))
    assert reading.kind == "referral"
    assert _said(reading) == SAID
    assert any("Compare it with the file" in problem.message for problem in reading.problems)


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270])
def test_a_page_scanned_upside_down_or_on_its_side_is_read(turn: Image.Transpose) -> None:
    assert _said(_read(scans.saved(scans.scanned(scans.page()).transpose(turn)))) == SAID


def test_all_pages_of_a_fax_are_read() -> None:
    pages = [scans.page(scans.FORM[:4]), scans.page(scans.FORM[4:])]
    fax = [page.point(lambda dot: 255 * (dot > 150)).convert("1") for page in pages]
    assert _said(_read(scans.saved(*fax, kind="TIFF"))) == SAID


def test_a_scanned_pdf_is_read_like_the_picture_in_it() -> None:
    assert _said(_read(scans.saved(scans.scanned(scans.page()), kind="PDF"))) == SAID


def test_an_empty_page_is_no_referral_and_says_so() -> None:
    reading = _read(scans.saved(scans.scanned(scans.blank()[0])))
    assert reading.kind == "unreadable"
    assert "no words were found" in reading.problems[0].message


def test_ticked_and_empty_boxes_are_told_apart_by_their_ink() -> None:
    page, pen = scans.blank()
    for number, (name, mark) in enumerate([("Yes", True), ("No", False), ("Not known", True), ("Other", False)]):
        top = 400 + 120 * number
        pen.rectangle((200, top, 228, top + 28), outline=0, width=2)
        if mark:
            pen.line((204, top + 14, 212, top + 24, 226, top + 2), fill=0, width=3)
        pen.text((260, top - 4), name, font=ImageFont.load_default(32), fill=0)
    boxes = sorted((piece for piece in _pieces(scans.scanned(page)) if piece.room), key=lambda piece: piece.base)
    assert [piece.ticked for piece in boxes] == [True, False, True, False]


def test_a_ring_around_a_word_marks_it_and_is_never_sure() -> None:
    page = scans.page([*scans.FORM, ("Is the number safe to call?", "        Yes / No")])
    ImageDraw.Draw(page).ellipse((580, 904, 650, 958), outline=40, width=4)
    marked = [piece for piece in _pieces(scans.scanned(page)) if piece.highlighted]
    assert [piece.text.strip() for piece in marked] == ["Yes"]
    assert marked[0].sureness < 0.8


def test_an_underlined_letter_of_a_choice_is_known_from_the_other() -> None:
    page, pen = scans.blank()
    pen.text((300, 500), "Is it safe to call this number?", font=ImageFont.load_default(32), fill=0)
    pen.text((300, 600), "Y / N", font=ImageFont.load_default(32), fill=0)
    left = 300 + pen.textlength("Y / ", font=ImageFont.load_default(32))
    pen.line((left, 642, left + 24, 642), fill=0, width=2)
    found = read_page(np.asarray(page), 1, 595.0, 842.0, None)
    lines = [shape for shape in found.shapes if shape.is_across]
    assert [round(shape.x0 / 72 * scans.DOTS) // 20 for shape in lines] == [round(left) // 20]


def test_without_the_model_a_scan_says_what_to_do(tmp_path: Path) -> None:
    assert models_found(tmp_path) is None
    reading = _read(scans.saved(scans.page()), Allowance(models=tmp_path))
    assert reading.kind == "unreadable"
    assert "marac doctor" in reading.problems[0].message


def test_the_model_is_looked_for_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tessdata").mkdir()
    (tmp_path / "tessdata" / "eng.traineddata").touch()
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert models_found(None) == tmp_path / "tessdata"


def test_a_picture_waits_where_there_is_no_time_for_it() -> None:
    with pytest.raises(NeedsTime):
        _read(scans.saved(scans.page()), Allowance(patient=False))


@pytest.mark.parametrize("cut", [40, 900])
def test_a_picture_that_is_cut_off_is_unreadable(cut: int) -> None:
    assert _read(scans.saved(scans.page())[:cut]).kind == "unreadable"


def test_a_logo_is_too_small_to_be_a_form() -> None:
    reading = _read(scans.saved(Image.new("L", (200, 80), 255)))
    assert "too small" in reading.problems[0].message


def test_a_model_that_is_no_model_is_one_sentence_too(tmp_path: Path) -> None:
    (tmp_path / "eng.traineddata").write_bytes(b"no model")
    with pytest.raises(UnreadableDocument, match="marac doctor"):
        read_page(np.full((800, 600), 255, np.uint8), 1, 595.0, 842.0, tmp_path)


def test_a_postcode_whose_shape_proves_a_digit_is_mended_and_unsure() -> None:
    halves = [Word(0, 0, 60, 20, 20, 26, 1, 0.9, [(letter, 0, 20) for letter in text]) for text in ("BLO", "2YY")]
    mend_postcodes(halves)
    assert [word.text for word in halves] == ["BL0", "2YY"]
    assert halves[0].sureness < 0.8


def _word(text: str, sureness: float = 0.95, line: int = 1) -> Word:
    return Word(0, 0, 20 * len(text), 20, 20, 26, line, sureness, [(letter, 0, 20) for letter in text])


def test_a_capital_i_read_as_a_small_l_is_mended_in_a_name_and_unsure() -> None:
    name = [_word("loana"), _word("Popescu"), _word("late", line=2), _word("home", line=2)]
    mend(name)
    assert [word.text for word in name] == ["Ioana", "Popescu", "late", "home"]
    assert name[0].sureness < 0.8 <= name[1].sureness


def test_a_printed_yes_and_no_that_nothing_marks_is_a_doubt_on_a_scan() -> None:
    reading = _read(scans.saved(scans.scanned(scans.page([*scans.FORM, ("Is the victim aware?", "Yes / No")]))))
    assert any(problem.path == "consent.aware" for problem in reading.problems)


def test_a_yes_that_is_struck_out_leaves_the_no() -> None:
    page = scans.page([*scans.FORM, ("Is the victim aware?", "Yes / No")])
    font = ImageFont.load_default(32)
    ImageDraw.Draw(page).line((534, 934, 534 + font.getlength("Yes"), 934), fill=0, width=3)
    referral = _read(scans.saved(scans.scanned(page))).referral
    assert referral is not None
    assert referral.consent.aware is False


def test_an_accent_that_the_english_model_does_not_know_makes_its_word_unsure() -> None:
    page = scans.page([("Victim name", "Monika Zajac"), ("Victim address", "12 Orchard Way")])
    above_the_c = 534 + ImageFont.load_default(32).getlength("Monika Zajac") - 10
    ImageDraw.Draw(page).line((above_the_c, 280, above_the_c + 5, 274), fill=0, width=4)
    sure = {piece.text.strip(): piece.sureness for piece in _pieces(scans.scanned(page))}
    assert sure["Monika"] > 0.8
    assert all(sureness < 0.8 for text, sureness in sure.items() if text.startswith("Zaj"))


def test_the_dust_of_a_fax_is_painted_over_and_clean_paper_left_alone() -> None:
    page = scans.page()
    clean = np.array(page)
    assert not take_dust(clean)
    pen, spots = ImageDraw.Draw(page), np.random.default_rng(3)
    for x, y in zip(spots.integers(0, scans.WIDE, 250), spots.integers(1000, scans.HIGH, 250), strict=True):
        pen.rectangle((x, y, x + 1, y + 1), fill=0)
    dusty = np.array(page)
    assert take_dust(dusty)
    assert (dusty[1010:] < 100).sum() < 0.25 * (np.asarray(page)[1010:] < 100).sum()
    assert (dusty[:900] == clean[:900]).all()


def test_a_page_that_the_engine_is_unsure_of_is_hard_to_read() -> None:
    assert is_hard_to_read([_word("something", 0.6, line) for line in range(9)])
    assert not is_hard_to_read([_word("something", 0.95, line) for line in range(9)])
