"""From documents to agencies: sealing a file for one agency's key, and the message that carries it."""
