"""`python -m marac`: for computers on which the `marac` program itself may not be started."""

from marac.cli import console

console()
