import dataclasses
import html
import io
import re
import subprocess
import urllib.parse
import zipfile
from pathlib import Path

import pytest

from marac.register.workbook.contents import RegisteredCase, generation_id
from marac.register.workbook.place import workbook
from marac.register.workbook.text import link_target
from tests import invented_cases
from tests.invented_register import contents
from tests.opened_workbook import cells, opened

FOLDERS = ("MARAC #1", "50%41 done", "Größe & [x] {y}", "plain", "../beside")


def links_in(file: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        relations = package.read("xl/worksheets/_rels/sheet2.xml.rels").decode()
    return re.findall(r'Target="([^"]*)" TargetMode="External"', relations)


def links_seen_by_libreoffice(file: Path) -> list[str]:
    folder = file.parent
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "fods", "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = file.with_suffix(".fods").read_text(encoding="utf-8")
    return [urllib.parse.unquote(html.unescape(each)) for each in re.findall(r'xlink:href="([^"]*[.]docx)"', saved)]


def test_a_link_leads_to_the_form_whatever_its_folder_is_called(tmp_path: Path) -> None:
    team = tmp_path / "team"
    for folder in FOLDERS:
        (team / folder).mkdir(parents=True)
        (team / folder / "form.docx").write_text(folder, encoding="utf-8")
    register = contents(*(invented_cases.case(f"M26-000{number}") for number in range(1, len(FOLDERS) + 1)))
    placed = [
        RegisteredCase(each.case, f"{folder}/form.docx") for each, folder in zip(register.cases, FOLDERS, strict=True)
    ]
    file = team / "register.xlsx"
    file.write_bytes(workbook(dataclasses.replace(register, cases=tuple(placed))))
    assert not any("#" in target or " " in target for target in links_in(file.read_bytes()))
    found = [(team / href).read_text(encoding="utf-8") for href in links_seen_by_libreoffice(file)]
    assert sorted(found) == sorted(FOLDERS)


def test_a_place_with_nothing_odd_in_it_is_a_link_as_it_is() -> None:
    assert link_target("../store/originals/ab/ab12.docx") == "../store/originals/ab/ab12.docx"


def test_more_cases_than_a_sheet_takes_links_still_have_their_forms_place_to_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("marac.register.workbook.file._LINKS", 2)
    cases = [invented_cases.case(f"M26-000{number}") for number in range(1, 4)]
    rows = cells(opened(contents(*cases))["Cases"])
    assert [row["Form"].value for row in rows] == ["open the form", "open the form", "store/forms/M26-0003.docx"]
    assert rows[2]["Form"].hyperlink is None


def test_whatever_changes_in_the_register_is_another_generation() -> None:
    before = contents()
    first = before.cases[0]
    changed = dataclasses.replace(first.case, agency="Another agency")
    assert generation_id(before) == generation_id(contents())
    others = (
        dataclasses.replace(before, cases=(RegisteredCase(changed, first.source), *before.cases[1:])),
        dataclasses.replace(before, cases=(RegisteredCase(first.case, "elsewhere.docx"), *before.cases[1:])),
        dataclasses.replace(before, cases=before.cases[::-1]),
        dataclasses.replace(before, actions=before.actions[1:]),
        dataclasses.replace(before, agencies=before.agencies[1:]),
        dataclasses.replace(before, marac="Southbridge MARAC"),
    )
    assert len({generation_id(each) for each in (before, *others)}) == len(others) + 1
