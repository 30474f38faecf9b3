"""How a page of a PDF is shown: from the places in the file to points from the top left of what a reader sees."""

from dataclasses import dataclass

Matrix = tuple[float, float, float, float, float, float]
"""As a PDF writes it (PDF 32000-1, 8.3.3): x' = a x + c y + e, y' = b x + d y + f."""


def times(first: Matrix, then: Matrix) -> Matrix:
    """One transformation after another."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


@dataclass(frozen=True, slots=True)
class View:
    """The part of a page that is shown, and how it is turned."""

    left: float
    low: float
    right: float
    high: float
    turn: int = 0
    """Degrees clockwise: 0, 90, 180 or 270."""

    @property
    def width(self) -> float:
        """Points, as shown."""
        return self.high - self.low if self.turn in {90, 270} else self.right - self.left

    @property
    def height(self) -> float:
        """Points, as shown."""
        return self.right - self.left if self.turn in {90, 270} else self.high - self.low

    @property
    def matrix(self) -> Matrix:
        """From a place in the file to points from the top left."""
        if self.turn == 90:
            return (0, 1, 1, 0, -self.low, -self.left)
        if self.turn == 180:
            return (-1, 0, 0, 1, self.right, -self.low)
        if self.turn == 270:
            return (0, -1, -1, 0, self.high, self.right)
        return (1, 0, 0, -1, -self.left, self.high)

    def rectangle(self, rectangle: list[float]) -> tuple[float, float, float, float]:
        """Left, top, right and bottom, as shown, of two opposite corners in the file."""
        a, b, c, d, e, f = self.matrix
        x0, y0, x1, y1 = rectangle[:4]
        xs, ys = (a * x0 + c * y0 + e, a * x1 + c * y1 + e), (b * x0 + d * y0 + f, b * x1 + d * y1 + f)
        return min(xs), min(ys), max(xs), max(ys)


def view(media: list[float], crop: list[float], turn: int) -> View:
    """The view of a page with these boxes: what both of them show; the whole of it where they show nothing together."""
    m, c = _ordered(media), _ordered(crop)
    both = (max(m[0], c[0]), max(m[1], c[1]), min(m[2], c[2]), min(m[3], c[3]))
    shown = both if both[0] < both[2] and both[1] < both[3] else m
    return View(*shown, turn % 360)


def _ordered(box: list[float]) -> tuple[float, float, float, float]:
    return min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])
