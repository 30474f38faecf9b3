"""What every test leaves as it found it."""

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    """The umask of an ordinary machine; commands make it stricter for their process, which here is the tests' own."""
    before = os.umask(0o022)
    yield
    os.umask(before)
