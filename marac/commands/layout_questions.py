"""What `marac layout learn` asks: for each label that was not understood, which field it is. It also takes the answers as words."""

from collections.abc import Sequence

from marac.errors import UsageError
from marac.intake.opening.message import shown
from marac.parsers.blocks import Block
from marac.parsers.dictionary.additions import Addition
from marac.parsers.dictionary.field_names import NOTHING_TO_READ, Field, field_called, listed_fields
from marac.parsers.dictionary.learning import Strange, addition_for, has_text, may_be_personal
from marac.parsers.dictionary.wordings import plain
from marac.referral import Reading

_HELP = "number or field, Enter = leave it, - = nothing to read, ? = the list"
_YES = ("y", "yes")


def asked(strange: Sequence[Strange], reading: Reading) -> list[Addition]:
    """What a person says of each label; labels that they leave are left out. The end of the input leaves the rest."""
    found = []
    for number, each in enumerate(strange, 1):
        print(f"\n{number} of {len(strange)}   “{shown(each.label)}”")
        print(f"         beside it: “{shown(each.words)}” ({each.where})")
        said = _answer(f"Which field is it? [{_HELP}]: ")
        if said is None:
            print("\nThe answers ended here; the labels that are left stay as they are.")
            break
        if said and _may_be_written(each.label, reading):
            found.append(addition_for(each.label, each.section, _field(said)))
    return found


def said_in_words(
    words: Sequence[str], strange: Sequence[Strange], reading: Reading, blocks: Sequence[Block]
) -> list[Addition]:
    """What `--say "LABEL=FIELD"` says of labels.

    Raises:
        UsageError: it names no such field, or a label that is not on this form or may hold somebody's own data.
    """
    sections = {plain(each.label): each.section for each in strange}
    found = []
    for each in words:
        label, mark, name = each.rpartition("=")
        label = " ".join(label.split())
        if not mark or not label:
            raise UsageError(
                f'“{shown(each)}” says nothing of a label. Write it as "LABEL=FIELD", such as "Family doctor=victim.gp".'
            )
        field = None if name.strip() == NOTHING_TO_READ else field_called(name)
        if field is None and name.strip() != NOTHING_TO_READ:
            raise UsageError(
                f"There is no field {name.strip()!r}. It is one of these, by its number or its path:\n{listed_fields()}"
            )
        if plain(label) not in sections and not has_text(blocks, label):
            raise UsageError(f"“{shown(label)}” does not stand on this form. Write the label as it is printed there.")
        if may_be_personal(label, reading):
            raise UsageError(
                f"“{shown(label)}” may hold somebody's own data. Leave out --say, and answer the questions instead."
            )
        found.append(addition_for(label, sections.get(plain(label)), field))
    return found


def agreed(question: str) -> bool:
    """Whether a person says yes; the end of the input is a no."""
    return (_typed(f"{question} [y/N]: ") or "").strip().casefold() in _YES


def _answer(question: str) -> str | None:
    """What was typed, once it makes sense: empty for a label to leave; None where the input ends."""
    while (typed := _typed(question)) is not None:
        said = typed.strip()
        if said == "?":
            print(listed_fields())
        elif not said or said == NOTHING_TO_READ or field_called(said):
            return said
        else:
            print("There is no such field. Type ? for the list.")
    return None


def _field(said: str) -> Field | None:
    return None if said == NOTHING_TO_READ else field_called(said)


def _may_be_written(label: str, reading: Reading) -> bool:
    """Whether the label may go into the file; one that may be personal only if a person looks and agrees."""
    if not may_be_personal(label, reading):
        return True
    print(
        f"“{shown(label)}” has a figure or a name in it. Only printed labels belong into the file, nothing about anybody."
    )
    return agreed("Is it printed on the empty form?")


def _typed(question: str) -> str | None:
    try:
        return input(question)
    except EOFError:
        return None
