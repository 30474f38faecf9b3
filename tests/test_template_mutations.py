import itertools
import random

import pytest

from marac.generators.fields import RECORDS, Kind, printable
from marac.generators.fill import filled, printed_by
from marac.generators.specimens import emptiest, longest, marked
from marac.generators.strict_template import letters_of
from marac.generators.template_check import faults, remarks
from marac.generators.template_needs import own_template
from marac.generators.word_file import FILLED_PART, parsed, unpacked
from marac.meetings.audience_table import ADDRESS_STAGES
from tests.template_mutations import SLIPS, Mutation, mutations, one_of

SEED = 20261203
MOST = 80


def letters(content: bytes) -> str:
    parts = unpacked(content)
    return "".join(letters_of(parsed(parts[name])) for name in sorted(parts) if FILLED_PART.fullmatch(name))


def values_lost(template: bytes, mutated: bytes, kind: Kind) -> list[str]:
    """What marac's own document holds of the fullest, the emptiest and the marked cases, and the mutated one does not."""
    lost: list[str] = []
    for specimen in (longest(kind), emptiest(kind), *marked(kind)):
        values = printable(specimen)
        made = letters(filled(mutated, values, name="x.docx", safe_addresses=kind in ADDRESS_STAGES).content)
        lost += (value for value in printed_by(template, values) if "".join(value.split()) not in made)
    return lost


def told_of(mutation: Mutation, kind: Kind) -> list[str]:
    """What the check says of a mutated template."""
    return [*map(str, faults(mutation.content, kind))] or [*map(str, remarks(mutation.content, kind))]


def test_no_slip_of_the_hand_loses_a_value_silently() -> None:
    chance = random.Random(SEED)  # noqa: S311 - a draw that is the same each time
    for kind, slip in chance.sample(list(itertools.product(RECORDS, SLIPS)), MOST):
        mutation = one_of(own_template(kind), slip, chance)
        if mutation is not None and not told_of(mutation, kind):
            assert values_lost(own_template(kind), mutation.content, kind) == [], (kind, mutation.slip, mutation.detail)


@pytest.mark.parametrize(
    "slip", ["tracked changes", "a comment", "a field that runs", "something embedded", "a file inside", "a link that is fetched"]
)  # fmt: skip
def test_what_would_travel_or_run_is_always_refused(slip: str) -> None:
    for mutation in mutations(own_template("letter"), slip):
        assert faults(mutation.content, "letter"), mutation.detail
