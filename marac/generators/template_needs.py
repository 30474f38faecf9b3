"""What a template of an area leaves out that marac's own prints, found by reading both and by filling both.

A loop that was deleted breaks nothing, and the agenda would be without its cases. So what tells one case from another,
what must be done by when, and what protects somebody may not be left out; the rest may, and is told.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from marac.errors import TemplateError
from marac.generators.fields import Field, Kind, fields_of, printable, record_fields
from marac.generators.fill import printed_by
from marac.generators.specimens import marked
from marac.generators.template_faults import Fault
from marac.generators.template_language import shown
from marac.generators.template_scope import Reading, whole_reading
from marac.meetings.safe_address import SafeAddress

_NEVER_LEFT_OUT = frozenset(
    ("reference", "case", "number", "action", "due", "alarm", "urgent", "contact_warning", "undecided",
     "version", "changes", "address_changed", "mark", "return_mark", "return_by", "late", "withheld", "leaves", "receipt",
     "in_confidence", "contact_notes", "until", "tell_by", "send_back_by")
)  # fmt: skip
"""Names of fields that marac's own templates print and that every template must: by them a case is told from another,
an answer or minutes are read back, an action is done in time, or somebody is kept safe."""
_NAMES_NEVER_LEFT_OUT = frozenset(("victim.name", "perpetrators.name"))


@dataclass(frozen=True, slots=True)
class LeftOut(Fault):
    """A field that marac's own template prints and this one does not."""

    refuses: bool = False
    """Whether the template cannot be used so."""


def own_template(kind: Kind) -> bytes:
    """The template of a kind that marac brings along.

    Raises:
        TemplateError: it is not there.
    """
    try:
        return (files("marac") / "templates" / f"{kind}.docx").read_bytes()
    except OSError:
        raise TemplateError(f"marac brings no template of the kind {kind}.") from None


@lru_cache(maxsize=8)  # asked twice of each template: what refuses it, and what is only told
def missing_from(template: bytes, kind: Kind) -> tuple[LeftOut, ...]:
    """Each field that marac's own template prints and this one does not, or only under another condition.

    Raises:
        TemplateError: the template cannot be read, or cannot be filled.
    """
    theirs, ours = whole_reading(template, kind), _our_reading(kind)
    used, of_ours = theirs.used, ours.used
    lists = sorted(path for path in ours.gone_through - theirs.gone_through if _entries_of(path, kind) is not None)
    found = [_list_left_out(path, kind) for path in lists]
    under = tuple(f"{path}." for path in lists)
    rest = sorted(path for path in of_ours - used if path not in lists and not path.startswith(under))
    found += (_left_out(path, "It does not print") for path in rest)
    found += (LeftOut(words) for words in _turned_round(theirs, ours))
    if not any(fault.refuses for fault in found):
        printed, expected = _printed(template, kind), _printed_by_ours(kind)
        found += (
            _left_out(path, "Under some condition it does not print")
            for path in dict.fromkeys(path for value, path in expected.items() if not _stands(value, printed))
            if path in used
        )
    return tuple(found)


def _list_left_out(path: str, kind: Kind) -> LeftOut:
    entries = _entries_of(path, kind) or {}
    needed = not entries.keys().isdisjoint({*_NEVER_LEFT_OUT, "name"})
    advice = (
        f"Loop over it with for, as in marac's own template: marac template copy {kind} brings you one."
        if needed
        else "If you mean it so, leave it."
    )
    words = f"It never goes through '{path}', so all of it would be missing from the document. {advice}"
    return LeftOut(words, refuses=needed)


def _left_out(path: str, begins: str) -> LeftOut:
    last_two = ".".join(path.split(".")[-2:])
    needed = path.rpartition(".")[2] in _NEVER_LEFT_OUT or last_two in _NAMES_NEVER_LEFT_OUT
    advice = "Every such document must say it." if needed else "If you mean it so, leave it."
    return LeftOut(f"{begins} '{path}', which marac's own does. {advice}", refuses=needed)


def _turned_round(theirs: Reading, ours: Reading) -> Iterator[str]:
    """The conditions that say the opposite of what they say in marac's own template."""
    for path in sorted(ours.affirmed.keys() | ours.denied.keys()):
        more_so = theirs.affirmed[path] - ours.affirmed[path]
        more_not = theirs.denied[path] - ours.denied[path]
        if more_so < 0 < more_not:
            yield f"It says something where '{path}' is not so; marac's own does where it is so. If you mean it so, leave it."
        if more_not < 0 < more_so:
            yield f"It says something where '{path}' is so; marac's own does where it is not. If you mean it so, leave it."


@lru_cache(maxsize=32)
def _our_reading(kind: Kind) -> Reading:
    return whole_reading(own_template(kind), kind)


@lru_cache(maxsize=32)
def _printed_by_ours(kind: Kind) -> Mapping[str, str]:
    """Each value that marac's own prints of the marked specimens, with the path of its field."""
    paths = {
        value: path for specimen in marked(kind) for value, path in _values(printable(specimen), fields_of(kind), "")
    }
    printed = _printed(own_template(kind), kind)
    return {value: path for value, path in paths.items() if _stands(value, printed)}


def _printed(template: bytes, kind: Kind) -> str:
    """Every value that a template prints of the marked specimens, a line each."""
    words = (word for specimen in marked(kind) for word in printed_by(template, printable(specimen)))
    return "\n".join(words)


def _stands(value: str, printed: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(value)}(?!\w)", printed) is not None


def _values(record: Mapping[str, object], fields: Mapping[str, Field], prefix: str) -> list[tuple[str, str]]:
    """Every value in a record as it is printed, with its path."""
    found: list[tuple[str, str]] = []
    for name, field in fields.items():
        value, path = record[name], f"{prefix}{name}"
        for each in value if isinstance(value, tuple) else (value,):
            if field.is_record and each is not None:
                found += _values(printable(each), record_fields(field.type), f"{path}.")
            elif isinstance(each, SafeAddress):
                found.append((shown(each.revealed()), path))
            elif field.type is not bool and each is not None:
                found.append((shown(each), path))
    return found


def _entries_of(path: str, kind: Kind) -> Mapping[str, Field] | None:
    """The fields of each entry of a list of records; None where the path is no such list."""
    fields, found = fields_of(kind), None
    for step in path.split("."):
        found = fields.get(step)
        if found is None:
            return None
        fields = record_fields(found.type) if found.is_record else {}
    return fields if found is not None and found.many and found.is_record else None
