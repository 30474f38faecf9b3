"""What was sealed or signed, with OpenPGP or S/MIME, and the keys of our own that open it."""
