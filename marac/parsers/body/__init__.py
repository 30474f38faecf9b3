"""The body of a message as blocks, plain or HTML."""
