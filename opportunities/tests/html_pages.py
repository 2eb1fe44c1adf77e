"""A page as a browser reads it: where its links lead, and what its forms would send unchanged."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

# What programs read of a page, and nobody else.
FOR_MACHINES = re.compile(
    r"href|src|action|formaction|id|for|name|value|min|max|step|data-.+|hx-.+"
)
GROUPED = re.compile(r"\d,\d{3}(?!\d)")
PUSHED = ("submit", "button", "image", "reset", "file")


@dataclass
class Form:
    action: str
    sent: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str | None, value: str) -> None:
        if name:
            self.sent.setdefault(name, []).append(value)


class Page(HTMLParser):
    def __init__(self, response) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.attributes: list[tuple[str, str, str]] = []
        self._textarea: str | None = None
        self._select: dict[str, str | None] | None = None
        self._options: list[tuple[bool, str]] = []
        self.feed(response.content.decode())

    def grouped_numbers(self) -> Iterator[str]:
        """Yield numbers written for people where a program reads them."""
        for tag, name, value in self.attributes:
            if FOR_MACHINES.fullmatch(name) and GROUPED.search(value):
                yield f"<{tag} {name}={value!r}>"

    def main_form(self) -> dict[str, list[str]]:
        return max((form.sent for form in self.forms), key=len)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.attributes += [(tag, name, value) for name, value in given.items()]
        match tag:
            case "a":
                self.links.append(given.get("href", ""))
            case "form":
                self.forms.append(Form(given.get("action", "")))
            case "input" if given.get("type") not in PUSHED and "disabled" not in given:
                is_choice = given.get("type") in ("checkbox", "radio")
                if not is_choice or "checked" in given:
                    self._send(given.get("name"), given.get("value", "on" if is_choice else ""))
            case "textarea":
                self._textarea, self._text = given.get("name", ""), ""
            case "select":
                self._select, self._options = dict(attrs), []
            case "option" if self._select is not None:
                self._options.append(("selected" in given, given.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea is not None:
            self._send(self._textarea, self._text.removeprefix("\n"))
            self._textarea = None
        if tag == "select" and self._select is not None:
            for value in self._chosen("multiple" in self._select):
                self._send(self._select.get("name"), value)
            self._select = None

    def _chosen(self, takes_many: bool) -> list[str]:
        chosen = [value for is_chosen, value in self._options if is_chosen]
        return chosen or ([] if takes_many else [value for _, value in self._options[:1]])

    def _send(self, name: str | None, value: str) -> None:
        if self.forms:
            self.forms[-1].add(name, value)
