"""What the words of labels and headings mean: the shipped wordings, the area's own, and how the two are looked up."""
