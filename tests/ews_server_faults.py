"""What goes wrong on a pretended Exchange server, on demand."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.ews_server_soap import busy, response, soap_fault


@dataclass(frozen=True)
class Reply:
    """What goes over the line: `sent` of the bytes of `body`, all where it is None; nothing at all for the status 0."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    sent: int | None = None
    framed: bool = True


@dataclass
class Fault:
    """Something that goes wrong with an operation, so many times: before it is done, or after."""

    operation: str
    reply: Callable[[Reply], Reply]
    done_first: bool = False
    times: int = 1


def status(code: int, words: str = "", **headers: str) -> Callable[[Reply], Reply]:
    return lambda _: Reply(words.encode(), code, headers)


def throttled(milliseconds: int) -> Callable[[Reply], Reply]:
    return lambda _: Reply(busy(milliseconds), 500)


def refused(operation: str, code: str) -> Callable[[Reply], Reply]:
    return lambda _: Reply(response(operation, code=code))


def refused_whole(code: str) -> Callable[[Reply], Reply]:
    return lambda _: Reply(soap_fault(code), 500)


def lost(_: Reply) -> Reply:
    """The line is cut before the reply."""
    return Reply(status=0)


def cut_short(reply: Reply) -> Reply:
    """The line is cut in the middle of the reply."""
    return Reply(reply.body, sent=len(reply.body) * 2 // 3)


def cut_short_unnoticed(reply: Reply) -> Reply:
    """The same, but the reply does not say how long it is, as from some gateways."""
    return Reply(reply.body, sent=len(reply.body) * 2 // 3, framed=False)


CUTS = (cut_short, cut_short_unnoticed)
