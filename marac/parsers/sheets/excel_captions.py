"""The captions of controls that a program gave and no person wrote."""

import re

_NUMBERED = re.compile(r"(?:Check|Tick|Option|List|Combo|Drop)\s?(?:Box|Button|Down)?\s*\d+", re.IGNORECASE)


def is_given_caption(caption: str) -> bool:
    """Whether this is what Excel writes beside a new control: `Check Box 12`."""
    return _NUMBERED.fullmatch(caption.strip()) is not None
