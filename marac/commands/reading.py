"""`marac parse`: what forms and saved messages say, without registering anything."""

import hashlib
import json
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marac.document import Document
from marac.intake.archives import unpacked
from marac.intake.message import Found, UnsafeMessageError, opened, shown
from marac.intake.originals import Originals
from marac.intake.outcome import referrals_in
from marac.intake.reader import Reader, unreadable
from marac.record import to_record
from marac.referral import Reading
from marac.register.deliveries import Part

_MESSAGE_HEADERS = (
    b"from:",
    b"received:",
    b"return-path:",
    b"message-id:",
    b"date:",
    b"mime-version:",
    b"delivered-to:",
    b"subject:",
    b"to:",
)


def parse(arguments: Namespace) -> int:
    """Print what each file says."""
    if arguments.json and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    with Reader() as reader, tempfile.TemporaryDirectory(prefix="marac-") as folder:
        originals = Originals(Path(folder) / "originals")
        for path in arguments.files:
            record = _judged(_record(path, reader, originals))
            print(json.dumps(record, ensure_ascii=False) if arguments.json else _words(record))
            if record["kind"] == "unreadable":
                print(f"{path}: {_why(record)}", file=sys.stderr)
    return 0


def _record(path: Path, reader: Reader, originals: Originals) -> dict[str, Any]:
    """The record of one file; of a message or an archive, the first referral's, with all of them in `referrals`."""
    try:
        content = path.read_bytes()
    except OSError:
        return {"file": path.name, "sha256": None, **to_record(unreadable("This file cannot be opened."))}
    about = {"file": path.name, "sha256": hashlib.sha256(content).hexdigest()}
    try:
        parts = list(_parts(path.name, content, reader, originals))
    except UnsafeMessageError as error:
        return {**about, **to_record(unreadable(str(error)))}
    if len(parts) == 1 and parts[0].role == "form" and parts[0].reading:
        return {**about, **to_record(parts[0].reading)}
    return {**about, **_several(parts)}


def _judged(record: dict[str, Any]) -> dict[str, Any]:
    """The record with a verdict: `accept`, `flag` for a person's eyes, or `quarantine` where nothing could be read."""
    reasons = sorted({problem["code"] for problem in record["problems"]})
    verdict = "quarantine" if record["kind"] == "unreadable" else "flag" if reasons else "accept"
    return {**record, "verdict": verdict, "reasons": reasons}


def _parts(name: str, content: bytes, reader: Reader, originals: Originals) -> Iterator[Part]:
    for number, found in enumerate(_found(name, content), 1):
        if found.role == "picture":
            continue
        sha256 = originals.keep(found.document.content)
        reading = unreadable(found.refused) if found.refused else _read(reader, originals.path(sha256), found)
        yield Part(number, number, sha256, found.source, found.document.media_type, found.role, 1, reading)


def _read(reader: Reader, path: Path, found: Found) -> Reading:
    return reader.read(path, found.source, found.document.media_type)


def _found(name: str, content: bytes) -> Iterator[Found]:
    whole = Found(Document(name, "application/octet-stream", content), name, "form")
    for part in opened(content).parts if is_message(content) else (whole,):
        yield from unpacked(part)


def is_message(content: bytes) -> bool:
    """Whether these bytes begin as an e-mail does: with header lines."""
    first = content[:2000].lstrip(b"\xef\xbb\xbf").lower()
    return (
        any(first.startswith(header) or b"\n" + header in first for header in _MESSAGE_HEADERS[:6])
        and b":" in first.partition(b"\n")[0]
    )


def _several(parts: list[Part]) -> dict[str, Any]:
    found = referrals_in(parts)
    referrals = [{"source": entry.source, **to_record(entry.reading)} for entry in found]
    best = found[0].reading if found else _best(parts)
    return {**to_record(best), "referrals": referrals}


def _best(parts: list[Part]) -> Reading:
    """Where there is no referral: what the first attachment was taken for, or that there was nothing."""
    readings = [part.reading for part in sorted(parts, key=lambda part: part.role != "form") if part.reading]
    return readings[0] if readings else Reading("other")


def _why(record: dict[str, Any]) -> str:
    return next((problem["message"] for problem in record["problems"]), "This file cannot be read.")


def _words(record: dict[str, Any]) -> str:
    lines = [f"{record['file']}: {record['kind']}"]
    for path, evidence in record["evidence"].items():
        doubt = "" if evidence["confidence"] >= 0.8 else "   (not sure)"
        lines.append(f"  {path:34} {_value(record['referral'], path)}   [{evidence['where']}]{doubt}")
    lines += [f"  ! {problem['message']}" for problem in record["problems"]]
    return "\n".join(lines)


def _value(referral: Any, path: str) -> str:
    for key in path.split("."):
        referral = referral[int(key)] if isinstance(referral, list) else (referral or {}).get(key)
    text = shown(str(referral))
    return text if len(text) <= 100 else text[:97] + "…"
