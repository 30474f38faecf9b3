"""Questions that have a label among their words (`Which GP practice are they registered with?`). Pure."""

import re

_WHOSE = r"(?:the|that|this|their|his|her|each|any|an?|my|our)"
_WHO = r"(?:they|he|she|you|we|them|him|us|it|(?:that |this |the )?(?:person|victim|perpetrator|child|children|client))"
_FIRST = re.compile(
    rf"(?:(?:and |if so |if yes )?(?:what|which|who|whats)(?: (?:is|are|was|were|s|would be))?"
    rf"|how (?:would|do|does|did) {_WHO} (?:describe|identify|define|record|see)"
    rf"|please (?:can you )?(?:give|state|enter|provide|tell us|confirm|record|write|add|insert|list)(?: us)?|tell us|give|enter|state|confirm)"
    rf"(?: {_WHOSE})*(?: persons)?(?: {_WHOSE})* (?P<noun>.+)"
)
_OWN = re.compile(r"(?:their|his her|his or her|his|her) (?P<noun>.+)")
_LAST = re.compile(
    rf"(?: (?:can|could|may|should|would|will|do|does|did|is|are|was|has|have|{_WHO}|reach|contact|call|ring|use|attend|attends|go|goes|going|registered|with|at|on|for|by|to|from|have|speak|speaks|belong|work|works|currently|now|known|usually|be|reached|contacted))+$"
)


def asked_nouns(words: str) -> tuple[str, ...]:
    """What plain words that ask something ask for, as a label would say it: the whole, then less how it is asked."""
    asked = _FIRST.fullmatch(words) or _OWN.fullmatch(words)
    if asked is None:
        return ()
    noun = asked["noun"]
    less = _LAST.sub("", noun)
    return (noun, less) if less and less != noun else (noun,)
