"""PDF as blocks: letters and drawings by pdfium, and again by pdfplumber; the form fields; tables, boxes and lines from geometry."""
