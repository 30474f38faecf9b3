"""Slips of the fingers, in names and in dates."""

import datetime as dt
import random

_NEAR = {key: row[max(0, i - 1) : i + 2] for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm") for i, key in enumerate(row)}


def mistyped(name: str, dice: random.Random) -> str:
    """A name with one slip of the fingers: a letter left out, doubled, changed for its neighbour, or two changed round."""
    if len(name) < 3:
        return name + name[-1]
    at = dice.randrange(1, len(name) - 1)
    kind = dice.randrange(4)
    if kind == 0:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + name[at] + name[at:]
    if kind == 2 and name[at] != name[at + 1]:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + dice.choice(_NEAR.get(name[at].lower(), "aeiou")) + name[at + 1 :]


def one_digit_off(born: dt.date, dice: random.Random) -> dt.date:
    """A date of birth with one digit of it wrong, still the date of somebody alive."""
    for _try in range(50):
        digits = list(f"{born:%Y%m%d}")
        at = dice.randrange(2, 8)
        digits[at] = str(dice.randrange(10))
        try:
            wrong = dt.datetime.strptime("".join(digits), "%Y%m%d").date()  # noqa: DTZ007 - a date of birth
        except ValueError:
            continue
        if wrong != born and 1920 < wrong.year < 2012:
            return wrong
    return born
