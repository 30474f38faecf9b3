"""Whether people, and couples, are the same: weights of evidence, a probability, and the reasons in words."""
