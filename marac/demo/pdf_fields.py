"""The fields of a fillable PDF form: text, tick boxes, and radio buttons of which one is chosen."""

from typing import Any

from reportlab.lib.colors import HexColor, black
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.platypus import Flowable

BACKGROUND = HexColor("#F2F5FF")
ONE_LINE = 6 * mm


class Fields:
    """Numbers the fields of one form; PDF wants every field's name once."""

    def __init__(self) -> None:
        self._count = 0

    def name(self) -> str:
        """The next free name."""
        self._count += 1
        return f"field_{self._count:03d}"


class FilledText(Flowable):
    """A text field with its answer in it."""

    def __init__(self, answer: str, fields: Fields, width: float, least_height: float) -> None:
        super().__init__()
        self.name, self.width = fields.name(), width
        self.lines = simpleSplit(answer, "Helvetica", 8, width - 6)
        self.height = max(least_height, 10 * len(self.lines) + 5)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: ARG002, N803 - reportlab's
        """Width and height in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Place the field."""
        self.canv.acroForm.textfield(
            name=self.name, value="\n".join(self.lines), relative=True, x=0, y=0, width=int(self.width), height=int(self.height),
            fontName="Helvetica", fontSize=8, borderWidth=0, fillColor=BACKGROUND, textColor=black,
            fieldFlags="multiline" if self.height > ONE_LINE else "", maxlen=8000,
        )  # fmt: skip


class FilledBox:
    """A box beside its word: a tick box where it stands alone, else one radio button of its group."""

    def __init__(self, group: str, option: str, ticked: bool, *, alone: bool) -> None:
        self.group, self.option, self.ticked, self.alone = group, option, ticked, alone

    def draw_at(self, canvas: Any, x: float) -> None:
        """Place the box, `x` points from the left."""
        look = {"x": x, "y": 0, "size": 10, "relative": True, "borderWidth": 0.8, "borderColor": black}
        form = canvas.acroForm
        if self.alone:
            name = f"{self.group}_{self.option or 'box'}"
            form.checkbox(name=name, checked=self.ticked, buttonStyle="cross", fillColor=BACKGROUND, **look)
        else:
            form.radio(
                name=self.group, value=self.option, selected=self.ticked, buttonStyle="circle", shape="circle",
                fillColor=BACKGROUND, **look,
            )  # fmt: skip
