"""Whether a page of a PDF ends too soon: a library would read its beginning and say nothing."""

import zlib
from typing import Any

import pikepdf


def is_cut_off(page: pikepdf.Page) -> bool:
    """Whether what a page draws is compressed, and the end of it is not there."""
    contents: Any = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return any(isinstance(stream, pikepdf.Stream) and _ends_early(stream) for stream in streams)


def _ends_early(stream: pikepdf.Stream) -> bool:
    filters: Any = stream.get("/Filter")
    if isinstance(filters, pikepdf.Array):
        filters = filters[0] if len(filters) == 1 else None
    if filters not in (pikepdf.Name.FlateDecode, pikepdf.Name.Fl):
        return False
    raw, inflating = stream.read_raw_bytes(), zlib.decompressobj()
    try:
        while raw and not inflating.eof:
            inflating.decompress(raw, 1 << 20)
            raw = inflating.unconsumed_tail
    except zlib.error:
        return True
    return not inflating.eof
