"""Read a page as a reader does: its words, its links, its forms."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from werkzeug.datastructures import MultiDict

_SILENT = {"script", "style", "template"}
_EMPTY = {"meta", "link", "input", "br", "img", "hr"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in _EMPTY:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not any(element.tag in _SILENT for element in self.open):
            for element in self.open:
                element.words.append(data)


@dataclass(frozen=True)
class Page:
    """A page that was read. `find` gives elements by tag and attributes, `class_` being one of their classes."""

    elements: tuple[Element, ...]

    def find(self, tag: str, class_: str = "", **attributes: str) -> list[Element]:
        return [
            element
            for element in self.elements
            if element.tag == tag
            and (not class_ or class_ in element.attributes.get("class", "").split())
            and all(element.attributes.get(name.strip("_")) == value for name, value in attributes.items())
        ]

    def one(self, tag: str, class_: str = "", **attributes: str) -> Element:
        (found,) = self.find(tag, class_, **attributes)
        return found

    @property
    def text(self) -> str:
        return self.one("body").text

    def links(self) -> list[str]:
        return [element.attributes["href"] for element in self.find("a") if "href" in element.attributes]

    def headings(self) -> list[str]:
        return [element.text for element in self.elements if element.tag in ("h1", "h2")]


def read(html: str) -> Page:
    reader = _Reader()
    reader.feed(html)
    return Page(tuple(reader.elements))


def form_of(page: Page) -> MultiDict[str, str]:
    """What a browser would send of the page's form, without a button."""
    found: MultiDict[str, str] = MultiDict()
    chosen = ""
    for element in page.elements:
        name = element.attributes.get("name", "")
        kind = element.attributes.get("type", "")
        if element.tag == "input" and name and kind not in ("checkbox", "radio", "search"):
            found.add(name, element.attributes.get("value", ""))
        elif element.tag == "input" and name and kind in ("checkbox", "radio") and "checked" in element.attributes:
            found.add(name, element.attributes.get("value", "on"))
        elif element.tag == "textarea":
            found.add(name, element.words[0] if element.words else "")
        elif element.tag == "select":
            chosen = name
            found.add(name, "")
        elif element.tag == "option" and "selected" in element.attributes and chosen:
            found.setlist(chosen, [*found.getlist(chosen)[:-1], element.attributes.get("value", "")])
    return found
