"""Columns of a table of children: what a label asks for there, where it differs from what it asks of an adult. Pure."""

from collections.abc import Mapping, Sequence

from marac.parsers.dictionary.people_words import PeopleWords
from marac.parsers.dictionary.wordings import BRACKETS, NUMBERING, TableMaker, parts_of, plain, plain_table

_RELATIONSHIPS = ("relationship_to_victim", "relationship_to_perpetrator", "relationship_to_both")


class ChildColumns:
    """The labels of such columns: `rows` are the dictionary's wordings by key, `labels` the keys by plain wording."""

    def __init__(
        self,
        rows: Mapping[str, Sequence[str]],
        labels: Mapping[str, str],
        people: PeopleWords,
        table: TableMaker = plain_table,
    ) -> None:
        self._keys = table("children", {plain(wording): key for key in _RELATIONSHIPS for wording in rows[key]})
        self._squeezed = {words.replace(" ", ""): words for words in self._keys}
        self._labels = labels
        self._people = people

    def key(self, label: str) -> str | None:
        """The key of a column of a table of children, where it differs from that of an adult."""
        words = plain(label)
        bare = plain(BRACKETS.sub(" ", NUMBERING.sub("", label)))
        whole = self._squeezed.get(bare.replace(" ", ""), "")
        key = self._keys.get(words) or self._keys.get(bare) or self._keys.get(whole)
        return key or self._relation(bare) or self._key_in_parts(label)

    def _relation(self, words: str) -> str | None:
        """To whom a column says the child is related, in whatever words for that person."""
        person = self._people.related_to(words)
        return f"relationship_to_{person}" if person in ("victim", "perpetrator") else None

    def _key_in_parts(self, label: str) -> str | None:
        """What is asked of a child by a label of two parts (`Occupation / school`, `Perthynas / Relationship to victim`)."""
        parts = parts_of(label)
        keys = {key for part in parts if (key := self.key(part))}
        schools = {part for part in parts if self._labels.get(plain(part)) == "school"}
        if schools:
            return "school"
        return keys.pop() if len(keys) == 1 else None
