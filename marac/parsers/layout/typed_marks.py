"""Boxes and strokes that people type and forms print as characters, told from the words around them."""

import re

from marac.parsers.blocks import Span

ON, OFF = "\ue000", "\ue001"
"""A ticked and an empty box inside a text (private characters that no form holds)."""

_TYPED_BOX = re.compile(
    r"\[[ \u2002]*[xX✓✔][ \u2002]*\]|\([ \u2002]*[xX✓✔][ \u2002]*\)|\[[ \u2002_]*\]|\([ \u2002_]+\)"
)
_DRAWN_BOX = re.compile(
    r"(?<![\w_])_{1,4}[xX✓✔√]_{1,4}(?![\w_])|(?<![\w_])_{2,4}(?=[ \u2002]{0,2}(?:yes|no)\b)", re.IGNORECASE
)
"""A stroke to put a mark on beside Yes or No, with or without the mark."""
_DRAWN_MARK = re.compile(r"(?<![\w_])_{1,4}[xX✓✔√]_{1,4}(?![\w_])")
_DRAWN_LIST = re.compile(r"(?<![\w_])(?:_{1,4}[xX✓✔√]_{1,4}|_{2,4})(?![\w_])")
"""Strokes to put a mark on, in a text that has a mark on one of them."""
_ON_A_LINE = re.compile(
    r"(?<![\w_])_{1,}[ \u2002]?(yes|no|y|n|n/a)[ \u2002]?_{3,}(?![ \u2002]*(?:yes|no|y|n)\b)", re.IGNORECASE
)
"""An answer typed on a printed line, which is no stroke to mark beside a printed Yes or No."""
_LEADER = r"(?:[.…]{4,}|…{2,}|\.{3}(?=\s*$|\s+[A-Z][\w ]{2,30}:)|_{3,})(?!\s*(?:yes|no|y|n)\b)[ \u2002]*"
_LEADERS = re.compile(rf"(?<!\bno)(?<!\byes)(?<!\bno )(?<!\byes )[ \u2002]*{_LEADER}", re.IGNORECASE)
"""Dots and strokes to write on: they end what stands before them, but for a label."""
_LEADERS_AFTER_LABEL = re.compile(r"([:?])[ \u2002]*(?:[.…]{4,}|_{2,})(?=[^\s_.…])")
_NEXT_QUESTION = re.compile(f"([{ON}{OFF}] ?(?:Yes|No)) (?=[A-Z][a-z]+ [a-z]+)")
"""A question that follows the boxes of the one before it in the same line."""


def marked(span: Span) -> str:
    """The words of a span, with a character for each box in it; what only leads the eye to an answer is left out."""
    if span.ticked is not None:
        return ON if span.ticked else OFF
    text = span.text
    if "_" in text:
        text = _ON_A_LINE.sub(r" \1 ", text)
        drawn = _DRAWN_LIST if _DRAWN_MARK.search(text) else _DRAWN_BOX
        text = drawn.sub(lambda found: ON if found[0].strip("_") else OFF, text)
    if "[" in text or "(" in text:
        text = _TYPED_BOX.sub(lambda found: ON if found[0].strip("[]() \u2002_") else OFF, text)
    if "..." in text or "…" in text or "___" in text:
        text = _LEADERS.sub("\t", _LEADERS_AFTER_LABEL.sub(r"\1 ", text))
    return _NEXT_QUESTION.sub(r"\1\t", text) if ON in text or OFF in text else text
