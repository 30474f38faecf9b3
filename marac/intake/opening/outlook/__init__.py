"""What Outlook makes: its saved messages, and winmail.dat."""
