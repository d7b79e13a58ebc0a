"""Reads an XML file piece by piece: one subtree at a time, each element with its line, however long the file is.

Documents with a type declaration or entities are refused: nothing in a feed of listings needs them, and they are how a small file fills a
memory or reads another file.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax import SAXParseException  # only the exception; parsing is defusedxml's
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from directory.domain.errors import InvalidInput
from directory.services.exchange.records import FeedFile

CHUNK = 1 << 16
MAX_DEPTH = 60
MAX_ELEMENTS = 2_000_000
MAX_CHARACTERS = 100_000_000
"""A piece with more elements or more text than this is no single agency."""


class BrokenXml(Exception):
    """The document stops being XML; the message says where and why, for a person to read."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass
class Element:
    """An element: its tag without namespace, attributes, own text, children, and the line it begins on."""

    tag: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element"] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self._words).strip()

    def add_text(self, words: str) -> None:
        self._words.append(words)

    def all(self, tag: str) -> list["Element"]:
        """Children of this name."""
        return [child for child in self.children if child.tag == tag]

    def first(self, *path: str) -> "Element | None":
        """The first descendant along a path of names."""
        found: Element | None = self
        for tag in path:
            found = next((child for child in found.children if child.tag == tag), None) if found else None
        return found

    def words(self, *path: str) -> str:
        """The text of the first descendant along a path, "" where there is none."""
        found = self.first(*path)
        return found.text if found else ""

    def says(self, attribute: str) -> bool:
        """Whether an attribute is true."""
        return self.attributes.get(attribute, "").strip().casefold() in ("true", "1", "yes")

    @property
    def is_empty(self) -> bool:
        return not self.text and all(child.is_empty for child in self.children)


class _Collector(ContentHandler):
    """Builds a tree for each element called `tag`; what lies outside of them is passed over."""

    def __init__(self, tag: str) -> None:
        super().__init__()
        self._tag = tag
        self._open: list[Element] = []
        self._depth = 0
        self._elements = 0
        self._characters = 0
        self._locator: Locator | None = None
        self.done: list[Element] = []
        self.root: str = ""

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802
        self._locator = locator

    @property
    def line(self) -> int:
        return int(self._locator.getLineNumber() or 1) if self._locator else 1

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        tag = name.rpartition(":")[2]
        self.root = self.root or tag
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise BrokenXml(self.line, f"Elements lie more than {MAX_DEPTH} deep, which no feed of listings needs.")
        if not self._open and tag != self._tag:
            return
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise BrokenXml(self.line, f"One {self._tag} holds more than {MAX_ELEMENTS:,} elements.")
        element = Element(tag, self.line, {key.rpartition(":")[2]: value for key, value in attrs.items()})
        if self._open:
            self._open[-1].children.append(element)
        self._open.append(element)

    def characters(self, content: str) -> None:
        if not self._open:
            return
        self._characters += len(content)
        if self._characters > MAX_CHARACTERS:
            raise BrokenXml(self.line, f"One {self._tag} holds more than {MAX_CHARACTERS:,} characters.")
        self._open[-1].add_text(content)

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802
        self._depth -= 1
        if not self._open:
            return
        closed = self._open.pop()
        if not self._open:
            self._elements = self._characters = 0
            self.done.append(closed)


def pieces(file: FeedFile, tag: str) -> Iterator[Element]:
    """Every element called `tag` with all that is in it, in the order of the file.

    Raises BrokenXml where the file stops being XML (what came before was given), InvalidInput for declarations that are not accepted.
    """
    collector = _Collector(tag)
    parser = _parser(collector)
    with Path(file.path).open("rb") as raw:
        more = True
        while more:
            chunk = raw.read(CHUNK)
            more = bool(chunk)
            broken = _fed(parser, chunk, file)
            yield from collector.done
            collector.done.clear()
            if broken:
                raise broken


def _parser(collector: _Collector) -> DefusedExpatParser:
    parser = DefusedExpatParser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setContentHandler(collector)
    collector.setDocumentLocator(parser)  # a parser that is fed gives no locator of its own accord
    return parser


def _fed(parser: DefusedExpatParser, chunk: bytes, file: FeedFile) -> BrokenXml | None:
    """Gives the next bytes to the parser, none for the end; says what broke there."""
    try:
        if chunk:
            parser.feed(chunk)
        else:
            parser.close()
    except DefusedXmlException:
        raise InvalidInput(
            "file", f"{file.name} holds a document type or entities, which are not accepted; export it again without a DOCTYPE."
        ) from None
    except SAXParseException as error:
        line = int(error.getLineNumber() or 1)
        return BrokenXml(line, f"From here on the file is not XML ({error.getMessage()}); export it again.")
    except BrokenXml as error:
        return error
    return None


def root_of(head: bytes) -> str:
    """The name of the outermost element, from the first bytes of a file; "" where it cannot be told."""
    collector = _Collector("")
    parser = _parser(collector)
    with suppress(DefusedXmlException, SAXParseException, BrokenXml):
        parser.feed(head)
    return collector.root
