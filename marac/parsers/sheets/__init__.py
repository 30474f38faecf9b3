"""Spreadsheets as blocks: Excel new and old, binary Excel, OpenDocument."""
