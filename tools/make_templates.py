"""Makes the Word templates that are shipped in marac/templates: `python tools/make_templates.py [FOLDER]`.

The shipped files are exactly what this makes: change the wording in the files beside it, run it, and look at the
result as a picture.
"""

import sys
from pathlib import Path

from agenda_template import agenda
from letter_template import letter
from research_template import research
from word_layout import saved

SHIPPED = Path(__file__).parent.parent / "marac" / "templates"


def templates() -> dict[str, bytes]:
    """Every shipped Word template: file name to content."""
    return {"agenda.docx": saved(agenda()), "research.docx": saved(research()), "letter.docx": saved(letter())}


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED
    for file_name, content in templates().items():
        (folder / file_name).write_bytes(content)
