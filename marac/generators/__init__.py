"""From cases to documents: the agenda, research packs and action letters, filled into Word templates."""
