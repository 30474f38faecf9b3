"""Risk checklists: which rows are questions, by their wording, and how each is answered, by two routes."""
