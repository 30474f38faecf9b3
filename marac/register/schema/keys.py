"""Texts from outside by which rows are looked up: however long somebody made one, it has room in an index."""

import hashlib

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator

_MARK = "\N{HORIZONTAL ELLIPSIS}"


class Key(TypeDecorator[str]):
    """A text of so many bytes at most; of a longer one, its beginning and the sha256 of it all.

    It is shortened in what is looked up too, so the same text finds the same row. PostgreSQL refuses to index more than
    2,704 bytes, and mail may bring a Message-ID of any length.
    """

    impl = String
    cache_ok = True

    def __init__(self, longest: int) -> None:
        """Name how many bytes of UTF-8 there is room for."""
        super().__init__(longest)
        self.longest = longest

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - the same on both
        """The text as it is kept."""
        if value is None or len(whole := value.encode(errors="replace")) <= self.longest:
            return value
        mark = _MARK + hashlib.sha256(whole).hexdigest()
        return whole[: self.longest - len(mark.encode())].decode(errors="ignore") + mark
