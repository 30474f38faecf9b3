"""Software for the person who coordinates a MARAC.

From a secure mailbox of referral forms to a register, an agenda, research packs and sealed action letters.
"""
