"""What no database can keep in a text: cleaned where values enter it, the same on both, in what is looked up too."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, event

_MARK = "\N{REPLACEMENT CHARACTER}"


def storable(text: str) -> str:
    """The text with a mark in the place of each zero character (PostgreSQL keeps none) and each half of a surrogate pair."""
    if "\0" in text:
        text = text.replace("\0", _MARK)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            text = "".join(_MARK if "\ud800" <= letter <= "\udfff" else letter for letter in text)
    return text


def clean_texts(engine: Engine) -> None:
    """Make every statement's texts such as the database can keep."""
    event.listen(engine, "before_cursor_execute", _cleaned, retval=True)


def _cleaned(
    _connection: object, _cursor: object, statement: str, parameters: Any, _context: object, _many: bool
) -> tuple[str, Any]:
    return statement, _clean(parameters)


def _clean(value: Any) -> Any:
    """A parameter, or all of them; JSON is written with escapes, and stays as it is."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, Mapping):
        return {name: _clean(each) for name, each in value.items()}
    if type(value) in {tuple, list}:
        return type(value)(map(_clean, value))
    return value
