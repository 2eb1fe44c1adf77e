"""Show the list of opportunities with counted tabs and the active filters."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.views.main import SEARCH_VAR, ChangeListSearchForm
from django.http import HttpRequest
from django.utils.text import capfirst
from unfold.views import ChangeList

from opportunities.access.roles import user_of
from opportunities.lists.tabs import TAB_BY_NAME, Tab, tab_counts, tabs_for
from opportunities.models import Opportunity
from opportunities.models.querysets import OpportunityQuerySet
from opportunities.models.search_text import refuse_long

TAB_VAR = "tab"


@dataclass(frozen=True)
class TabLink:
    label: str
    count: int
    address: str
    is_current: bool


@dataclass(frozen=True)
class Chip:
    """Show a filter that is on, and the address without it."""

    label: str
    value: str
    address: str


class SearchForm(ChangeListSearchForm):
    """Refuse a search that is too long."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields[SEARCH_VAR].validators.append(refuse_long)


class TabbedChangeList(ChangeList):
    search_form_class = SearchForm
    tab: Tab
    counts: dict[str, int]
    result_list: Any

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        return {
            name: value
            for name, value in super().get_filters_params(params).items()
            if name != TAB_VAR
        }

    def get_queryset(
        self, request: HttpRequest, exclude_parameters: Any = None
    ) -> OpportunityQuerySet:
        """Return the tab's rows; one query counts all tabs, and the pages from that count."""
        rows: OpportunityQuerySet = super().get_queryset(request, exclude_parameters)
        self.tabs = tabs_for(user_of(request))
        self.tab = TAB_BY_NAME.get(request.GET.get(TAB_VAR, ""), TAB_BY_NAME["all"])
        self.counts = tab_counts(rows, request.user)  # type: ignore[arg-type]
        request.rows_counted = self.counts[self.tab.name]  # type: ignore[attr-defined]
        return self.tab.of(rows, request.user)  # type: ignore[arg-type]

    def get_results(self, request: HttpRequest) -> None:
        """Look up what a row shows beside its own fields, for the rows of this page alone."""
        super().get_results(request)
        keys = list(self.result_list.values_list("pk", flat=True))
        shown = Opportunity.objects.filter(pk__in=keys).for_list()
        rows = {row.pk: row for row in shown.with_last_look(user_of(request))}
        self.result_list = [rows[key] for key in keys if key in rows]

    def tab_links(self) -> list[TabLink]:
        return [
            TabLink(
                tab.label,
                self.counts[tab.name],
                self.get_query_string({TAB_VAR: tab.name}),
                tab is self.tab,
            )
            for tab in self.tabs
        ]

    def chips(self) -> list[Chip]:
        return list(self._chips())

    def _chips(self) -> Iterator[Chip]:
        if self.query:
            address = self.get_query_string(remove=[SEARCH_VAR])
            yield Chip("Search", self.query, address)
        for spec in self.filter_specs:
            names = [name for name in spec.expected_parameters() if self._is_on(name)]
            if names:
                address = self.get_query_string(dict.fromkeys(names))
                yield Chip(capfirst(spec.title), self._in_words(spec, names), address)

    def without_filters(self) -> str:
        """Return the address of the same tab without filters."""
        return f"?{TAB_VAR}={self.tab.name}"

    def _is_on(self, name: str) -> bool:
        return any(self.filter_params.get(name, ()))

    def _in_words(self, spec: Any, names: list[str]) -> str:
        words = dict(_choices_of(spec))
        return " – ".join(
            ", ".join(str(words.get(value, value)) for value in self.filter_params[name] if value)
            for name in names
        )


def _choices_of(spec: Any) -> list[tuple[str, str]]:
    """Return value and word of each choice."""
    field = getattr(spec, "field", None)
    if field is not None:
        return list(field.choices or [])
    return list(getattr(spec, "lookup_choices", ()))
