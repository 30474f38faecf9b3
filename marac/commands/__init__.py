"""What each command does. The work itself is elsewhere; here is what is asked, called and said."""
