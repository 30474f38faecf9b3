"""The register: a database that is the record, and a workbook that is its face."""
