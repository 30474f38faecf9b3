"""`marac parse`: what forms and saved messages say, without registering anything."""

import hashlib
import json
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from marac.commands.evidence import pictures_of
from marac.commands.working import reader_within
from marac.intake.findings import referrals_in
from marac.intake.opening.mail import is_mail, parts_in
from marac.intake.opening.message import Found, UnsafeMessageError, shown
from marac.intake.originals import Originals
from marac.intake.reading.reader import Reader, unreadable
from marac.record import to_record
from marac.referral import Reading
from marac.register.deliveries import Part
from marac.settings import settings_from
from marac.settings.agencies import agencies_path
from marac.settings.shape import Reading as ReadingLimits


def parse(arguments: Namespace) -> int:
    """Print what each file says."""
    if arguments.json and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    with (
        reader_within(_limits(arguments.config.absolute())) as reader,
        tempfile.TemporaryDirectory(prefix="marac-") as folder,
    ):
        originals = Originals(Path(folder) / "originals")
        for path in arguments.files:
            record = _judged(_record(path, reader, originals, arguments.evidence))
            print(json.dumps(record, ensure_ascii=False) if arguments.json else _words(record))
            if record["kind"] == "unreadable":
                print(f"{path}: {_why(record)}", file=sys.stderr)
    return 0


def _limits(settings: Path) -> ReadingLimits:
    """Those of the working folder; the usual ones where this is none."""
    in_folder = settings.is_file() and agencies_path(settings).is_file()
    return settings_from(settings).reading if in_folder else ReadingLimits()


def _record(path: Path, reader: Reader, originals: Originals, evidence: Path | None) -> dict[str, Any]:
    """The record of one file; of a message or an archive, the first referral's, with all of them in `referrals`.

    With a folder for evidence, each referral has `pictures`: the file in it for each value, by the value's path.
    """
    try:
        content = path.read_bytes()
    except OSError:
        return {"file": path.name, "sha256": None, **to_record(unreadable("This file cannot be opened."))}
    about = {"file": path.name, "sha256": hashlib.sha256(content).hexdigest()}
    try:
        parts = list(_parts(content, None if is_mail(content, path.name) else path.name, reader, originals))
    except UnsafeMessageError as error:
        return {**about, **to_record(unreadable(str(error)))}
    pictures = pictures_of(path.name, parts, reader, originals, evidence) if evidence else []
    shown_by = {part.id: {"pictures": dict(each)} for part, each in zip(parts, pictures, strict=False)}
    if len(parts) == 1 and parts[0].role == "form" and parts[0].reading:
        return {**about, **to_record(parts[0].reading), **shown_by.get(parts[0].id, {})}
    return {**about, **_several(parts, shown_by)}


def _judged(record: dict[str, Any]) -> dict[str, Any]:
    """The record with a verdict: `accept`, `flag` for a person's eyes, or `quarantine` where nothing could be read."""
    reasons = sorted({problem["code"] for problem in record["problems"]})
    verdict = "quarantine" if record["kind"] == "unreadable" else "flag" if reasons else "accept"
    return {**record, "verdict": verdict, "reasons": reasons}


def _parts(content: bytes, name: str | None, reader: Reader, originals: Originals) -> Iterator[Part]:
    """The parts of a message, or of a bare file of this name, each with what it says; one a form."""
    number = 0
    for found in parts_in(content, name):
        if found.role not in {"form", "body"}:
            continue
        sha256 = originals.keep(found.document.content)
        readings = (unreadable(found.refused),) if found.refused else _read(reader, originals.path(sha256), found)
        for form, reading in enumerate(readings, 1):
            number += 1
            yield Part(number, number, sha256, found.source, found.document.media_type, found.role, 1, reading, form)


def _read(reader: Reader, path: Path, found: Found) -> tuple[Reading, ...]:
    return reader.readings(path, found.source, found.document.media_type)


def _several(parts: list[Part], shown_by: Mapping[int, dict[str, Any]]) -> dict[str, Any]:
    found = referrals_in(parts)
    referrals = [
        {"source": entry.source, **to_record(entry.reading), **shown_by.get(entry.part.id, {})} for entry in found
    ]
    best = found[0].reading if found else _best(parts)
    return {**to_record(best), "referrals": referrals}


def _best(parts: list[Part]) -> Reading:
    """Where there is no referral: what the first attachment was taken for, or that there was nothing."""
    readings = [part.reading for part in sorted(parts, key=lambda part: part.role != "form") if part.reading]
    return readings[0] if readings else Reading("other")


def _why(record: dict[str, Any]) -> str:
    return next((problem["message"] for problem in record["problems"]), "This file cannot be read.")


def _words(record: dict[str, Any]) -> str:
    """The record for a person; of several referrals each, with its place in the message."""
    lines = [f"{record['file']}: {record['kind']}"]
    several = record.get("referrals", [])
    for number, each in enumerate(several if len(several) > 1 else [record], 1):
        if len(several) > 1:
            lines.append(f"  referral {number} of {len(several)}, in {shown(str(each['source']))}:")
        lines += _leaves(each)
    return "\n".join(lines)


def _leaves(record: dict[str, Any]) -> Iterator[str]:
    for path, evidence in record["evidence"].items():
        doubt = "" if evidence["confidence"] >= 0.8 else "   (not sure)"
        yield f"  {path:34} {_value(record['referral'], path)}   [{evidence['where']}]{doubt}"
    yield from (f"  ! {problem['message']}" for problem in record["problems"])
    if "pictures" in record:
        yield f"  pictures of {len(record['pictures'])} of {len(record['evidence'])} places are in the folder of evidence"


def _value(referral: Any, path: str) -> str:
    for key in path.split("."):
        referral = referral[int(key)] if isinstance(referral, list) else (referral or {}).get(key)
    text = shown(str(referral))
    return text if len(text) <= 100 else text[:97] + "…"
