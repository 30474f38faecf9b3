"""Taking over the spreadsheet that a coordinator has kept until now: looked at first, and taken when a person says so."""
