"""Refuse forms of the admin that would write over what somebody else changed meanwhile."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format

from opportunities.admin import form_state
from opportunities.lists.presentation import person

SHOWN = "as_shown"
# Of a page in a browser, before it is saved.
LONGEST_OPEN = timedelta(days=365)


@dataclass(frozen=True)
class PageState:
    """Hold what the page shows now, and what changed since it was shown before."""

    now: str
    who: str = ""
    meanwhile: list[form_state.Change] = field(default_factory=list)
    is_refused: bool = False


class VersionedAdmin(admin.ModelAdmin):
    change_form_before_template = "admin/versioned.html"
    are_fields_independent = False
    """If so, two people who changed different fields both keep their change, unasked."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """Return the object, locked while a form is saved, so that nobody comes between."""
        found = super().get_object(request, object_id, from_field)
        if found and request.method == "POST" and connection.in_atomic_block:
            found.refresh_from_db(from_queryset=self.model._default_manager.select_for_update())
        return found

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None or not change:
            return form
        forms = [form(instance=obj), *self._rows_below(request, obj)]
        now = {
            "at": timezone.now().isoformat(),
            "rows": form_state.written(form_state.rows_of(forms)),
        }
        state = PageState(json.dumps(now))
        if request.method == "POST":
            state = self._compared(request, obj, state, forms)
        request.page_state = state  # type: ignore[attr-defined]
        return _refusing(form) if state.is_refused else form

    def _compared(
        self, request: HttpRequest, obj: Any, state: PageState, forms: list[ModelForm]
    ) -> PageState:
        """Add what changed since the page was shown, and put the newer values into its fields."""
        at, rows = _read(request.POST.get(SHOWN, ""))
        meanwhile = list(form_state.changes(rows, forms))
        if not meanwhile:
            return state
        request.POST = data = request.POST.copy()  # type: ignore[assignment]
        is_apart = form_state.take_over(data, rows, forms)
        is_refused = not (is_apart and self.are_fields_independent)
        return replace(
            state, who=self._who(request, obj, at), meanwhile=meanwhile, is_refused=is_refused
        )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        state = context["page_state"] = getattr(request, "page_state", None)
        if state and state.is_refused:
            # Else the theme asks to correct errors "below", where there are none.
            context["errors"] = None
        return super().render_change_form(request, context, *args, **kwargs)

    def last_change(self, obj: Any, since: datetime) -> tuple[Any, datetime] | None:
        """Return who changed it last, and when; None where that is not on record."""
        entries = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(obj),
            object_id=quote(obj.pk),
            action_time__gte=since,
        )
        entry = entries.select_related("user").first()
        return (entry.user, entry.action_time) if entry else None

    def _rows_below(self, request: HttpRequest, obj: Any) -> Iterator[ModelForm]:
        for formset, inline in self.get_formsets_with_inlines(request, obj):
            rows = formset(
                instance=obj,
                prefix=formset.get_default_prefix(),
                queryset=inline.get_queryset(request),
            )
            yield from rows.initial_forms

    def _who(self, request: HttpRequest, obj: Any, since: datetime) -> str:
        found = self.last_change(obj, since)
        if found is None:
            return "Someone changed this while you were editing:"
        who = "You" if found[0] == request.user else person(found[0])
        when = date_format(timezone.localtime(found[1]), "DATETIME_FORMAT")
        return f"{who} changed this at {when}, while you were editing:"


def _read(sent: str) -> tuple[datetime, form_state.Rows]:
    """Read what the form had shown; one that does not say has seen nothing."""
    now = timezone.now()
    try:
        state = json.loads(sent)
        at, rows = datetime.fromisoformat(state["at"]), form_state.read(state["rows"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return now, {}
    is_sound = at.tzinfo is not None and now - LONGEST_OPEN < at <= now
    return (at, rows) if is_sound else (now, rows)


def _refusing(form: type[ModelForm]) -> type[ModelForm]:
    class Refusing(form):  # type: ignore[misc, valid-type]
        def clean(self) -> Any:
            cleaned = super().clean()
            self.add_error(None, "Someone has changed this in the meantime.")
            return cleaned

    return Refusing
