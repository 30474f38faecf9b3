"""Slips of the hand, made on purpose: what becomes of a template when somebody edits it in Word."""

import copy
import itertools
import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from marac.generators.word_file import W, own_text, packed, parsed, unpacked

_AMONG = 40
MAIN = "word/document.xml"
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_END = re.compile(r"\{%\w*\s*end(?:for|if)\s*%\}")
_PRINTS = re.compile(r"\{\{.*?\}\}")
_CONDITION = re.compile(r"(\{%\w*\s*if )(not )?(.*?%\})")
_LOOP = re.compile(r"\{%\w*\s*for\s.*?%\}")
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True, slots=True)
class Mutation:
    """One changed template, and how it was changed."""

    slip: str
    content: bytes
    detail: str = ""


def mutations(template: bytes, slip: str) -> Iterator[Mutation]:
    """Every way in which this slip can befall this template."""
    for detail, parts in SLIPS[slip](unpacked(template)):
        yield Mutation(slip, packed(parts), detail)


def one_of(template: bytes, slip: str, chance: random.Random) -> Mutation | None:
    """One of the ways in which this slip can befall this template, among the first forty; None where there is none."""
    drawn = None
    for drawn in itertools.islice(mutations(template, slip), chance.randrange(1, _AMONG)):  # noqa: B007 - the last is meant
        pass
    return drawn


Changed = Iterator[tuple[str, dict[str, bytes]]]


def _each_tag(parts: Mapping[str, bytes], pattern: re.Pattern[str], change: Callable[[str], str]) -> Changed:
    """The template with one tag changed, for each tag."""
    for name in [name for name in parts if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name)]:
        xml = parts[name].decode("utf-8")
        for found in pattern.finditer(xml):
            new = change(found[0])
            if new != found[0]:
                yield f"{found[0]} > {new}", {**parts, name: _put(xml, found, new)}


def _put(xml: str, found: re.Match[str], new: str) -> bytes:
    return (xml[: found.start()] + new + xml[found.end() :]).encode("utf-8")


def _each_node(parts: Mapping[str, bytes], tag: str, change: Callable[[etree._Element], bool]) -> Changed:
    """The template with one node changed, for each node; a change says whether it could be made."""
    number = 0
    while True:
        root = parsed(parts[MAIN])
        nodes = list(root.iter(f"{W}{tag}"))
        if number >= len(nodes):
            return
        words = _words(nodes[number])[:50]
        if change(nodes[number]):
            yield f"{tag} {number}: {words}", {**parts, MAIN: etree.tostring(root, encoding="UTF-8", standalone=True)}
        number += 1


def _misspelt(tag: str) -> str:
    letters = [place for place in range(len(tag) - 1) if tag[place].isalpha() and tag[place + 1].isalpha()]
    place = letters[len(tag) * 7 % len(letters)] if letters else 0
    return tag[:place] + tag[place + 1] + tag[place] + tag[place + 2 :] if letters else tag


def _cut(tag: str) -> str:
    place = len(tag) // 2
    return tag[:place] + tag[place + 1 :]


def _split_into_runs(tag: str) -> str:
    middle = len(tag) // 2
    between = '</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">'
    return tag[:middle] + between + tag[middle:]


def _split_into_paragraphs(tag: str) -> str:
    middle = len(tag) // 2
    return tag[:middle] + "</w:t></w:r></w:p><w:p><w:r><w:t>" + tag[middle:]


def _curly(tag: str) -> str:
    return re.sub(r'"([^"]*)"', "“\\1”", tag)


def _low_quotes(tag: str) -> str:
    return re.sub(r'"([^"]*)"', "„\\1‟", tag)


def _condition_turned(tag: str) -> str:
    return _CONDITION.sub(lambda found: f"{found[1]}{'' if found[2] else 'not '}{found[3]}", tag)


def _removed(node: etree._Element) -> bool:
    parent = node.getparent()
    if parent is None or (node.tag == f"{W}p" and parent.tag == f"{W}tc" and len(parent.findall(f"{W}p")) == 1):
        return False
    parent.remove(node)
    return True


def _repeated(node: etree._Element) -> bool:
    node.addnext(copy.deepcopy(node))
    return True


def _moved_on(node: etree._Element) -> bool:
    following = node.getnext()
    if following is None or following.tag != node.tag or "{%" not in _words(node):
        return False
    following.addnext(node)
    return True


def _loops_taken_out(parts: Mapping[str, bytes]) -> Changed:
    """A whole loop over rows or paragraphs, taken out with all that is in it."""
    yield from _each_node(parts, "tr", lambda row: "{%tr for" in _words(row) and _taken_out(row))
    yield from _each_node(parts, "p", lambda paragraph: "{%p for" in _words(paragraph) and _taken_out(paragraph))


def _words(node: etree._Element) -> str:
    if node.tag == f"{W}p":
        return own_text(node)
    return "".join(map(str, node.itertext()))


def _taken_out(node: etree._Element) -> bool:
    depth, parent = 0, node.getparent()
    assert parent is not None
    here: etree._Element | None = node
    while here is not None:
        following, words = here.getnext(), _words(here) if here.tag == node.tag else ""
        depth += len(re.findall(r"\{%\w* (?:for|if)\b", words)) - len(_END.findall(words))
        parent.remove(here)
        if depth <= 0:
            return True
        here = following
    return True


def _loops_taken_off(parts: Mapping[str, bytes]) -> Changed:
    """A pair of if and endif, with all between them left in place."""
    xml = parts[MAIN].decode("utf-8")
    tags = list(_TAG.finditer(xml))
    for place, begun in enumerate(tags):
        if not _CONDITION.fullmatch(begun[0]):
            continue
        depth = 0
        for end in tags[place:]:
            depth += bool(re.match(r"\{%\w* (?:for|if)\b", end[0])) - bool(_END.fullmatch(end[0]))
            if depth == 0:
                without = xml[: begun.start()] + xml[begun.end() : end.start()] + xml[end.end() :]
                yield begun[0], {**parts, MAIN: without.encode("utf-8")}
                break


def _tags_swapped(parts: Mapping[str, bytes]) -> Changed:
    """Two tags that print, each in the other's place."""
    xml = parts[MAIN].decode("utf-8")
    tags = list(_PRINTS.finditer(xml))
    for one, other in zip(tags, tags[3:], strict=False):
        if one[0] != other[0]:
            between = xml[one.end() : other.start()]
            yield f"{one[0]} {other[0]}", {
                **parts, MAIN: (xml[: one.start()] + other[0] + between + one[0] + xml[other.end() :]).encode("utf-8")
            }  # fmt: skip


def _inserted(*pieces: str) -> Callable[[Mapping[str, bytes]], Changed]:
    """A piece of XML put into the first run of words of the text."""

    def changed(parts: Mapping[str, bytes]) -> Changed:
        xml = parts[MAIN].decode("utf-8")
        found = re.search(r"<w:t(?: [^>]*)?>[A-Za-z]", xml)
        assert found is not None
        run = xml.rindex("<w:r>", 0, found.start())
        for piece in pieces:
            yield piece, {**parts, MAIN: (xml[:run] + piece + xml[run:]).encode("utf-8")}

    return changed


def _files_added(parts: Mapping[str, bytes]) -> Changed:
    for name in (
        "word/vbaProject.bin",
        "word/embeddings/oleObject1.bin",
        "word/activeX/activeX1.xml",
        "word/afchunk1.rtf",
    ):
        yield name, {**parts, name: b"<x/>"}


def _links_added(parts: Mapping[str, bytes]) -> Changed:
    name = "word/_rels/document.xml.rels"
    for kind in ("image", "attachedTemplate", "oleObject", "frame", "subDocument"):
        link = f'<Relationship Id="rId99" Type="{_REL}/{kind}" Target="https://else.example/x" TargetMode="External"/>'
        yield kind, {**parts, name: parts[name].replace(b"</Relationships>", link.encode() + b"</Relationships>")}


def _broken_xml(parts: Mapping[str, bytes]) -> Changed:
    for share in (3, 5, 9):
        yield f"cut at 1/{share}", {**parts, MAIN: parts[MAIN][: len(parts[MAIN]) // share]}


def _tags(pattern: re.Pattern[str], change: Callable[[str], str]) -> Callable[[Mapping[str, bytes]], Changed]:
    return lambda parts: _each_tag(parts, pattern, change)


def _nodes(tag: str, change: Callable[[etree._Element], bool]) -> Callable[[Mapping[str, bytes]], Changed]:
    return lambda parts: _each_node(parts, tag, change)


def _field(code: str) -> str:
    return f'<w:fldSimple w:instr=" {code} x "><w:r><w:t>x</w:t></w:r></w:fldSimple>'


SLIPS: Mapping[str, Callable[[Mapping[str, bytes]], Changed]] = {
    "a tag is deleted": _tags(_TAG, lambda _: ""),
    "a tag stands twice": _tags(_TAG, lambda tag: tag + tag),
    "a tag is misspelt": _tags(_TAG, _misspelt),
    "a letter is lost": _tags(_TAG, _cut),
    "an end is deleted": _tags(_END, lambda _: ""),
    "a bracket is lost": _tags(_TAG, lambda tag: tag[:-1]),
    "a bracket is lost on each side": _tags(_PRINTS, lambda tag: tag[1:-1]),
    "all brackets are lost": _tags(_PRINTS, lambda tag: tag[2:-2]),
    "a bracket is too many": _tags(_TAG, lambda tag: "{" + tag),
    "blanks between brackets": _tags(_TAG, lambda tag: "{ " + tag[1:-1] + " }"),
    "capital letters": _tags(_TAG, str.upper),
    "Word splits a tag into runs": _tags(_TAG, _split_into_runs),
    "a tag is split by the return key": _tags(_TAG, _split_into_paragraphs),
    "curly quotes": _tags(_TAG, _curly),
    "low quotes": _tags(_TAG, _low_quotes),
    "a dash for an underscore": _tags(_TAG, lambda tag: tag.replace("_", "–")),
    "a blank for a point": _tags(_PRINTS, lambda tag: tag.replace(".", " ")),
    "a character that cannot be seen": _tags(_TAG, lambda tag: tag[:4] + "\u200b" + tag[4:]),
    "a condition is turned round": _tags(re.compile(r"\{%\w*\s*if .*?%\}"), _condition_turned),
    "a row tag becomes a paragraph tag": _tags(_TAG, lambda tag: tag.replace("{%tr ", "{%p ")),
    "a paragraph tag becomes a plain one": _tags(_TAG, lambda tag: tag.replace("{%p ", "{% ")),
    "a call": _tags(_PRINTS, lambda tag: tag[:-2].rstrip() + ".upper() }}"),
    "a loop is taken out": _loops_taken_out,
    "a condition is taken off": _loops_taken_off,
    "two tags change places": _tags_swapped,
    "a row is deleted": _nodes("tr", _removed),
    "a row stands twice": _nodes("tr", _repeated),
    "a row is moved": _nodes("tr", _moved_on),
    "a paragraph is deleted": _nodes("p", _removed),
    "a paragraph is moved": _nodes("p", _moved_on),
    "a table is deleted": _nodes("tbl", _removed),
    "tracked changes": _inserted(
        '<w:ins w:id="900" w:author="G"><w:r><w:t>new</w:t></w:r></w:ins>',
        '<w:del w:id="900" w:author="G"><w:r><w:delText>{{ marac }}</w:delText></w:r></w:del>',
        '<w:r><w:rPr><w:rPrChange w:id="1" w:author="G"/></w:rPr><w:t>x</w:t></w:r>',
    ),
    "a comment": _inserted('<w:r><w:commentReference w:id="1"/></w:r>'),
    "a field that runs": _inserted(*map(_field, ("INCLUDETEXT", "DDEAUTO", "INCLUDEPICTURE", "MERGEFIELD", "MACROBUTTON"))),
    "something embedded": _inserted("<w:r><w:object/></w:r>"),
    "a file inside": _files_added,
    "a link that is fetched": _links_added,
    "broken XML": _broken_xml,
}  # fmt: skip
"""Each slip, with every way in which it can befall the parts of a template."""
