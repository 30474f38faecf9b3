"""What people did to the register's workbook, read back into the register; never more than is sure, and never in silence."""

from marac.read_back.result import ReadBack
from marac.read_back.story import read_back

__all__ = ["ReadBack", "read_back"]
