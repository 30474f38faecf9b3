"""Prompts: what a form shows in a field that nobody has filled in (`Click here to enter text`). Pure."""

import re

_PROMPT = re.compile(
    r"\[?\b(?:click|tap|press)(?: or tap| or click)? (?:here )?to (?:enter|add|insert|select|type|choose)(?: an?| the| your)?[ \w]{0,24}\b\.?\]?"
    r"|\bclick here\b\.?|\bchoose (?:an? )?(?:item|option|building block)\b\.?|\bselect (?:an? )?(?:item|option|date)\b\.?"
    r"|\b(?:enter|type|insert) (?:text|date|name|details|your text) ?(?:here)?\b\.?"
    r"|\[(?:insert|enter|type|delete|please)[^\]\n]{0,60}\]|<(?:insert|enter|type)[^>\n]{0,60}>",
    re.IGNORECASE,
)
_PROMPTING = (
    "[", "<", "lick ", "ap here", "to enter", "hoose a", "hoose i", "elect ", "nter ", "nsert ", "ype text", "CLICK", "ENTER",
    "SELECT", "CHOOSE", "INSERT",
)  # fmt: skip
"""Parts of every prompt, cheap to look for; most texts hold none of them."""
_LONGEST_PROMPT = 60
_WHOLE_PROMPT = re.compile(
    r"(?:please )?(?:select|choose|pick)(?: one)?(?: from (?:the )?(?:list|following))?|drop ?down|d{1,2}[/.\- ]m{1,2}[/.\- ]y{2,4}|[_.…\-–—\s]{2,}",
    re.IGNORECASE,
)


def without_prompts(text: str) -> str:
    """The text without its prompts; empty where it is nothing else."""
    for part in _PROMPTING:
        if part in text:
            text = _PROMPT.sub(" ", text)
            break
    return "" if len(text) < _LONGEST_PROMPT and _WHOLE_PROMPT.fullmatch(text.strip()) else text
