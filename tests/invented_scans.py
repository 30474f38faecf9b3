"""Scanned forms made on the spot: ruled tables, boxes and print, turned, stained and sent as pictures."""

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

DOTS = 200  # to the inch
WIDE, HIGH = round(8.27 * DOTS), round(11.69 * DOTS)
_LEFT, _ROW, _LABEL = 150, 64, 520

Answers = Sequence[tuple[str, str]]

FORM: Answers = (
    ("Referring agency", "Oak Tree Refuge"),
    ("Contact name", "Graham Sykes"),
    ("Telephone", "01632 960782"),
    ("Date", "07/05/2022"),
    ("Victim name", "Nadia Begum"),
    ("Victim DOB", "01/04/1996"),
    ("Victim address", "12 Orchard Way, Chester"),
    ("Victim telephone", "07700 900011"),
    ("Perpetrator name", "Tyrone Bailey"),
    ("Perpetrator DOB", "01/01/1969"),
)


def page(answers: Answers = FORM, title: str = "MARAC referral form") -> Image.Image:
    """A form: a title, and a ruled table with a label and an answer in each row."""
    made, pen = blank()
    pen.text((_LEFT, 120), title, font=ImageFont.load_default(52), fill=0)
    top = 260
    for label, answer in answers:
        for x0, x1, words in ((_LEFT, _LABEL, label), (_LABEL, WIDE - _LEFT, answer)):
            pen.rectangle((x0, top, x1, top + _ROW), outline=0, width=2)
            pen.text((x0 + 14, top + 14), words, font=ImageFont.load_default(32), fill=0)
        top += _ROW
    return made


def blank() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """An empty page of A4, and a pen for it."""
    made = Image.new("L", (WIDE, HIGH), 255)
    return made, ImageDraw.Draw(made)


def scanned(made: Image.Image, turn: float = 0.0, grain: float = 6.0) -> Image.Image:
    """The page as a scanner sees it: turned by some degrees, on grey paper with a grain."""
    turned = made.rotate(turn, Image.Resampling.BICUBIC, fillcolor=255)
    dots = np.asarray(turned, np.float32) * 0.92 + np.random.default_rng(1).normal(0, grain, (HIGH, WIDE))
    return Image.fromarray(np.clip(dots, 0, 255).astype(np.uint8))


def saved(*pages: Image.Image, kind: str = "PNG") -> bytes:
    """The bytes of a picture; a TIFF or PDF holds several pages."""
    out = io.BytesIO()
    several = {"save_all": True, "append_images": list(pages[1:])} if kind in {"TIFF", "PDF"} else {}
    pages[0].save(out, kind, dpi=(DOTS, DOTS), **several)
    return out.getvalue()
