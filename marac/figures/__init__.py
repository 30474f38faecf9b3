"""What is counted: the SafeLives quarterly return, how long things take, and what of it may be made public. Pure."""
