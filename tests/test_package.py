"""What is installed: the package is whole, and lives beside the standard library."""

import mailbox
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import marac.mailbox

ROOT = Path(__file__).parent.parent
DATA = {".html", ".docx", ".txt", ".toml", ".mako"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    place = tmp_path_factory.mktemp("wheel")
    script = f"import os; os.chdir({str(ROOT)!r}); from hatchling.build import build_wheel; print(build_wheel({str(place)!r}))"
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
    return zipfile.ZipFile(next(place.glob("*.whl")))


def test_every_file_of_the_package_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    ours = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "marac").rglob("*")
        if path.suffix in {".py", ".typed", *DATA} or path.name == "py.typed"
    }
    packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert packed == ours
    assert {"marac/templates/agenda.docx", "marac/templates/research.docx", "marac/templates/letter.docx"} <= packed
    assert any(name.startswith("marac/register/migrations/versions/0001") for name in packed)


def test_the_wheel_starts_the_program_and_carries_the_licence(wheel: zipfile.ZipFile) -> None:
    entries = {name.rpartition("/")[2]: name for name in wheel.namelist()}
    assert b"marac = marac.cli:console" in wheel.read(entries["entry_points.txt"])
    assert b"MIT License" in wheel.read(entries["LICENSE"])


def test_the_standard_librarys_mailbox_and_ours_live_side_by_side() -> None:
    assert hasattr(mailbox, "Maildir")
    assert hasattr(marac.mailbox, "open_inbox")


def test_a_start_from_inside_the_package_is_explained() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import mailbox"], cwd=ROOT / "marac", capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode != 0
    assert "start the program with `marac`" in done.stderr


def test_requirements_are_pinned_by_hash_and_name_no_host() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        packages = [line for line in text.splitlines() if "==" in line and not line.strip().startswith("#")]
        assert packages
        assert all(line.rstrip().endswith("\\") for line in packages), path.name
        assert "://" not in text
