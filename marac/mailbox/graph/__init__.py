"""A mailbox in Microsoft 365 or NHSmail by Microsoft Graph: its inbox, its outbox, and the one client of both."""
