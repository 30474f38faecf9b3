"""The register's face: `register.xlsx`, written from the store, and read back when a person has edited it."""
