"""The one table of what each kind of document shows: an address that reaches the wrong person can kill.

What is not in it is shown to nobody; decision 0024 gives the reason of each row.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

Stage = Literal[
    "agenda", "agency-agenda", "list", "research", "returns", "minutes", "letter", "outcome", "flags", "flags-ending",
    "reminder", "idva-referral", "evidence", "transfer",
]  # fmt: skip
"""Each kind of document, which says who reads it: `agenda`, `returns` and `minutes` the chair and the coordinator,
`outcome` whoever tells the victim, `evidence` the victim's solicitor, `transfer` another MARAC, all others an agency."""
Field = Literal[
    "reference", "victim.name", "victim.aliases", "victim.date_of_birth", "victim.address", "victim.phone",
    "perpetrator.name", "perpetrator.aliases", "perpetrator.date_of_birth", "perpetrator.relationship",
    "perpetrator.address", "perpetrator.phone", "child.name", "child.date_of_birth", "child.address", "child.school",
    "with_children", "referring_agency", "presenter", "criteria", "reason", "repeat", "origin", "contact_warning",
    "contact_notes", "flags", "linked", "undecided", "own_actions", "others_actions", "returns", "minutes",
]  # fmt: skip
Shown = Literal["yes", "no", "area", "child"]
"""`area`: only where the area's settings say so. `child`: only to an agency that keeps files on children."""

_TABLE = """
                            agenda  agency-agenda  list  research  returns  minutes  letter  outcome  flags  flags-ending  reminder  idva-referral  evidence  transfer
reference                   yes     yes            yes   yes       yes      yes      yes     yes      yes    yes           yes       yes            yes       yes
victim.name                 yes     yes            yes   yes       yes      yes      yes     yes      yes    yes           yes       yes            yes       yes
victim.aliases              yes     yes            yes   yes       no       no       no      no       yes    yes           no        yes            no        yes
victim.date_of_birth        yes     yes            yes   yes       yes      yes      no      no       yes    yes           no        yes            yes       yes
victim.address              no      no             area  area      no       no       no      no       no     no            no        yes            no        yes
victim.phone                no      no             no    no        no       no       no      no       no     no            no        yes            no        yes
perpetrator.name            yes     yes            yes   yes       yes      yes      no      no       yes    yes           no        yes            yes       yes
perpetrator.aliases         yes     yes            yes   yes       no       no       no      no       yes    yes           no        yes            no        yes
perpetrator.date_of_birth   yes     yes            yes   yes       yes      yes      no      no       yes    yes           no        yes            no        yes
perpetrator.relationship    yes     yes            yes   yes       no       yes      no      no       no     no            no        yes            yes       yes
perpetrator.address         no      no             area  area      no       no       no      no       no     no            no        yes            no        yes
perpetrator.phone           no      no             no    no        no       no       no      no       no     no            no        no             no        yes
child.name                  yes     yes            yes   yes       yes      yes      child   no       child  child         no        yes            no        yes
child.date_of_birth         yes     yes            yes   yes       no       yes      child   no       child  child         no        yes            no        yes
child.address               no      no             no    no        no       no       no      no       no     no            no        no             no        yes
child.school                no      no             no    no        no       no       no      no       no     no            no        no             no        yes
with_children               yes     yes            yes   yes       yes      yes      yes     no       yes    yes           yes       yes            no        yes
referring_agency            yes     yes            yes   yes       yes      yes      no      yes      no     no            no        yes            no        yes
presenter                   yes     yes            no    no        yes      yes      no      no       no     no            no        yes            no        no
criteria                    yes     no             no    no        no       no       no      no       no     no            no        yes            no        yes
reason                      no      no             no    no        no       no       no      no       no     no            no        yes            no        yes
repeat                      yes     yes            yes   yes       yes      yes      no      no       no     no            no        yes            no        yes
origin                      yes     yes            no    no        yes      yes      no      no       no     no            no        yes            no        yes
contact_warning             yes     yes            yes   yes       yes      yes      yes     yes      no     no            yes       yes            no        yes
contact_notes               yes     no             no    no        no       yes      no      yes      no     no            no        yes            no        yes
flags                       yes     no             no    no        no       no       no      no       no     no            no        no             no        no
linked                      yes     no             no    no        no       no       no      no       no     no            no        no             no        no
undecided                   yes     yes            yes   yes       yes      yes      no      no       no     no            no        no             no        no
own_actions                 yes     yes            no    no        no       yes      yes     yes      no     no            yes       no             no        yes
others_actions              yes     no             no    no        no       yes      no      yes      no     no            no        no             no        yes
returns                     no      no             no    no        yes      no       no      no       no     no            no        no             no        no
minutes                     no      no             no    no        no       no       no      no       no     no            no        no             no        yes
"""


def _read(table: str) -> Mapping[Field, Mapping[Stage, Shown]]:
    heading, *rows = [line.split() for line in table.split("\n") if line]
    verdicts = {row[0]: dict(zip(heading, row[1:], strict=True)) for row in rows}
    if set(verdicts) != set(get_args(Field)) or set(heading) != set(get_args(Stage)):
        raise AssertionError("the table of audiences and its fields do not agree")
    if not {verdict for row in verdicts.values() for verdict in row.values()} <= set(get_args(Shown)):
        raise AssertionError("the table of audiences holds a verdict that is none")
    return MappingProxyType(verdicts)  # type: ignore[arg-type]


TABLE: Mapping[Field, Mapping[Stage, Shown]] = _read(_TABLE)
"""Field to document to whether it is shown."""

_CONTACT_DETAILS: tuple[Field, ...] = (
    "victim.address", "victim.phone", "perpetrator.address", "perpetrator.phone", "child.address",
)  # fmt: skip

ADDRESS_STAGES: frozenset[Stage] = frozenset(
    stage for name in _CONTACT_DETAILS for stage, verdict in TABLE[name].items() if verdict != "no"
)
"""The kinds of document that may print an address or a telephone number, some of them only where the area says so."""
