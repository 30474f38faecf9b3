"""Word (.docx) as blocks: runs, controls, tables, and what is drawn or kept beside the text."""
