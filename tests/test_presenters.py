"""`marac case presenter`: who presents a case is said by a person, and never somebody who must not hear of it."""

from pathlib import Path

import openpyxl
import pytest

from marac.fortnight import Interest
from marac.register.interests import add_interest
from marac.register.presenters import every_presenter
from tests.two_agency_meetings import opened, two_agency_folder
from tests.working_folder import AFTER_CUT_OFF, MEETING, WorkingFolder, copied

BY = ("--by", "A Person")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> WorkingFolder:
    return two_agency_folder(tmp_path_factory.mktemp("original"))


@pytest.fixture
def folder(original: WorkingFolder, tmp_path: Path) -> WorkingFolder:
    return copied(original, tmp_path / "marac")


def presented_by(folder: WorkingFolder) -> object:
    """What the sheet of cases says of the only case."""
    sheet = openpyxl.load_workbook(folder.path / "register.xlsx")["Cases"]
    rows = list(sheet.iter_rows(values_only=True))
    heads = next(number for number, row in enumerate(rows) if "Presented by" in row)
    return rows[heads + 1][rows[heads].index("Presented by")]


def test_a_substitute_presents_at_the_meeting_that_the_case_is_on(folder: WorkingFolder) -> None:
    done = folder.marac("case", "presenter", "M26-0001", "Sgt Ada Wynne", "--agency", "police", *BY)
    assert done.returncode == 0, done.stderr
    assert "M26-0001 is presented by Sgt Ada Wynne on Thursday 26 November 2026." in done.stdout
    with opened(folder) as office, office.store.reading() as connection:
        (word,) = every_presenter(connection)
    assert (word.meeting, word.agency, word.by, word.on) == (MEETING, "police", "A Person", AFTER_CUT_OFF)
    assert presented_by(folder) == "Sgt Ada Wynne (Carrowdale Police), instead of the referrer"


def test_who_must_not_hear_of_a_case_cannot_present_it(folder: WorkingFolder) -> None:
    with opened(folder) as office, office.store.changing() as connection:
        add_interest(connection, Interest("M26-0001", "police", "held", "A Person", AFTER_CUT_OFF, "An officer."))
    refused = folder.marac("case", "presenter", "M26-0001", "Sgt Ada Wynne", "--agency", "police", *BY)
    assert refused.returncode != 0
    assert "M26-0001 is held back from Carrowdale Police, so nobody there can present it." in refused.stderr
    refused = folder.marac("case", "presenter", "M26-0001", "lukasz zolc", *BY)
    assert "the name of somebody who must not receive anything about M26-0001" in refused.stderr
    unknown = folder.marac("case", "presenter", "M26-0001", "Sgt Ada Wynne", "--agency", "navy", *BY)
    assert "There is no agency 'navy' in agencies.toml. Its ids: " in unknown.stderr
    with opened(folder) as office, office.store.reading() as connection:
        assert every_presenter(connection) == ()
