"""Single values of the register that a person changed in the workbook, and that no form holds."""

from sqlalchemy import Connection, update

from marac.register.schema import cases


def set_agency(connection: Connection, case: str, agency: str | None) -> None:
    """Note which agency referred a case. It belongs into the transaction that counts the case's version up."""
    connection.execute(update(cases).where(cases.c.reference == case).values(agency=agency))
