"""Makes the Word templates that are shipped in marac/templates: `python tools/make_templates.py [FOLDER]`.

The shipped files are exactly what this makes: change the wording in the files beside it, run it, and look at the
result as a picture.
"""

import sys
from pathlib import Path

from agenda_template import agency_agenda, agenda
from evidence_template import evidence
from flags_template import flags, flags_ending
from idva_template import idva_referral
from letter_template import letter
from list_template import list_of_cases
from minutes_template import minutes
from outcome_template import outcome
from reminder_template import reminder
from research_template import research
from returns_template import returns
from transfer_template import transfer
from word_layout import saved

SHIPPED = Path(__file__).parent.parent / "marac" / "templates"


def templates() -> dict[str, bytes]:
    """Every shipped Word template: file name to content."""
    made = {
        "agenda": agenda,
        "agency-agenda": agency_agenda,
        "list": list_of_cases,
        "research": research,
        "returns": returns,
        "minutes": minutes,
        "letter": letter,
        "outcome": outcome,
        "flags": flags,
        "flags-ending": flags_ending,
        "reminder": reminder,
        "idva-referral": idva_referral,
        "evidence": evidence,
        "transfer": transfer,
    }
    return {f"{kind}.docx": saved(template()) for kind, template in made.items()}


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED
    for file_name, content in templates().items():
        (folder / file_name).write_bytes(content)
