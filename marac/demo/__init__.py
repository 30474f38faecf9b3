"""The invented town of Carrowdale: its people, its agencies, their forms and their mail, for `marac demo`."""
