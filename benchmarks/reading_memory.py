"""How much memory the processes that read forms come to hold, over every file of a folder, one after the other.

Run: python benchmarks/reading_memory.py [FOLDER]
Prints the peak of each process in megabytes; the goal is at most 150. Linux only: it reads /proc.
"""

import re
import sys
from pathlib import Path

from marac.intake.reading.reader import Reader

FORMS = Path(__file__).parents[1] / "tests" / "forms"
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


def peak(process: int) -> float:
    """Megabytes that a process has held at most."""
    found = _PEAK.search(Path(f"/proc/{process}/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FORMS
    files = [path for path in sorted(folder.iterdir()) if path.suffix not in {".json", ".md", ".py"}]
    with Reader() as reader:
        for path in files:
            reader.readings(path, path.name, "application/octet-stream")
        peaks = [peak(process) for process in reader.process_ids]
    names = ("forms", "scanned pages")
    print(
        f"{len(files)} files; "
        + ", ".join(f"{name}: peak {each:.0f} MB" for name, each in zip(names, peaks, strict=False))
    )


main()
