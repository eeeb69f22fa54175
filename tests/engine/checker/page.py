"""The web page of an assessment as a reader meets it: texts, numbers that are links, rows of tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "td", "th", "summary", "dt", "dd"}
VOID = {"br", "hr", "img", "meta", "link", "input", "col"}
PREFIX = "#figure-"


@dataclass
class Passage:
    """One block of text. `figures` are (id, text as shown); `finding`, `chart`, `section` say where it stands."""

    tag: str
    classes: str
    finding: str
    chart: str
    section: str
    text: str = ""
    figures: list[tuple[str, str]] = field(default_factory=list)


class Page(HTMLParser):
    """Reads a page. `passages` in order; `rows` are the rows of tables as lists of passages."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.passages: list[Passage] = []
        self.rows: list[list[Passage]] = []
        self.labels: list[tuple[str, str]] = []  # chart id, alternative text
        self._open: list[tuple[str, str]] = []
        self._texts: list[Passage] = []
        self._link: str | None = None
        self._shown = ""
        self._section = ""
        self._skip = 0
        self.feed(html)

    def _inside(self, prefix: str) -> str:
        return next((name for _, name in reversed(self._open) if name.startswith(prefix)), "")

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        known = {name: value or "" for name, value in attributes}
        if tag in ("svg", "style", "script"):
            self._skip += 1
        name = known.get("id", "")
        self._open.append((tag, name))
        if tag in ("h2", "h3") and name:
            self._section = name
        if known.get("role") == "img":
            self.labels.append((self._inside("chart-"), known.get("aria-label", "")))
        if tag == "tr":
            self.rows.append([])
        if tag in BLOCKS:
            passage = Passage(
                tag, known.get("class", ""), self._inside("finding-"), self._inside("chart-"), self._section
            )
            self._texts.append(passage)
            self.passages.append(passage)
            if tag in ("td", "th") and self.rows:
                self.rows[-1].append(passage)
        if tag == "a" and known.get("href", "").startswith(PREFIX):
            self._link, self._shown = known["href"].removeprefix(PREFIX), ""

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        while self._open:
            closed, _ = self._open.pop()
            if closed == tag:
                break
        if tag in ("svg", "style", "script"):
            self._skip -= 1
        if tag in BLOCKS and self._texts:
            self._texts.pop()
        if tag == "a" and self._link is not None:
            if self._texts:
                self._texts[-1].figures.append((self._link, self._shown))
            self._link = None

    def handle_data(self, data: str) -> None:
        if self._skip:
            return
        if self._link is not None:
            self._shown += data
        if self._texts:
            self._texts[-1].text += data
