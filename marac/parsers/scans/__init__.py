"""Pictures of pages as print: lines, boxes, and the words that Tesseract reads between them."""
