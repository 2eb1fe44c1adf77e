"""Let administrators keep endpoints: test them, and renew the secrets of webhooks."""

import uuid
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextInputWidget

from audit.models import AuditKind
from notifications.channels import chat, webhook
from notifications.models import Endpoint
from notifications.models.endpoint import EndpointKind
from notifications.models.services import service_at
from opportunities.admin.recorded import RecordedAdmin
from opportunities.admin.versioned import VersionedAdmin
from outbox.channels import NotDelivered

TEST = "BQS: a test"


class EndpointForm(forms.ModelForm):
    address = forms.CharField(
        required=False,
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "off"}),
        help_text=Endpoint._meta.get_field("address").help_text,
    )

    class Meta:
        model = Endpoint
        fields = ("name", "kind", "address", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # It is never shown again; a blank one is kept.
        self.initial["address"] = ""
        self._kept = self.instance.address

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["address"] = cleaned.get("address") or self._kept
        if fault := _fault_of(cleaned.get("kind", ""), cleaned["address"]):
            self.add_error("address", fault)
        return cleaned


def _fault_of(kind: str, address: str) -> str:
    if kind == EndpointKind.APPRISE:
        return "" if service_at(address) else "Apprise does not know this kind of address."
    parts = urlsplit(address)
    schemes = {"https", "http"} if settings.WEBHOOK_ALLOW_PRIVATE else {"https"}
    is_sound = parts.scheme in schemes and parts.hostname and "@" not in parts.netloc
    return "" if is_sound else "Write an address that begins with https://."


@admin.register(Endpoint)
class EndpointAdmin(RecordedAdmin, VersionedAdmin, ModelAdmin):
    form = EndpointForm
    recorded_as = AuditKind.ENDPOINT_CHANGED
    actions = ("send_test", "renew_secret", "finish_rotation")
    list_display = ("name", "kind", "shown_address", "is_active", "rotated_at")
    readonly_fields = ("shown_address", "rotated_at")
    fields: ClassVar = ["name", "kind", "shown_address", "address", "rotated_at", "is_active"]

    @admin.display(description="address, cut")
    def shown_address(self, endpoint: Endpoint) -> str:
        return endpoint.shown_address if endpoint.pk else "–"

    def details_of(self, endpoint: Endpoint) -> dict[str, Any]:
        shown = endpoint.shown_address
        return {"name": endpoint.name, "address": shown, "is_active": endpoint.is_active}

    def response_add(self, request: HttpRequest, obj: Endpoint, *args: Any) -> HttpResponse:
        return self._first_secret(request, obj) or super().response_add(request, obj, *args)

    def response_change(self, request: HttpRequest, obj: Endpoint) -> HttpResponse:
        return self._first_secret(request, obj) or super().response_change(request, obj)

    def _first_secret(self, request: HttpRequest, obj: Endpoint) -> HttpResponse | None:
        """Give it to a webhook without one: it is new, was a chat, or had to be entered again."""
        is_unsigned = obj.kind == EndpointKind.WEBHOOK and not obj.secret
        return self._renewed(request, [obj]) if is_unsigned else None

    @admin.action(description="Send a test", permissions=["change"])
    def send_test(self, request: HttpRequest, queryset: QuerySet[Endpoint]) -> None:
        for endpoint in queryset:
            level, words = _tested(endpoint)
            self.message_user(request, f"{endpoint}: {words}", level)

    @admin.action(description="Renew the secret", permissions=["change"])
    def renew_secret(self, request: HttpRequest, queryset: QuerySet[Endpoint]) -> HttpResponse:
        return self._renewed(request, list(queryset.filter(kind=EndpointKind.WEBHOOK)))

    @admin.action(description="Finish the rotation", permissions=["change"])
    def finish_rotation(self, request: HttpRequest, queryset: QuerySet[Endpoint]) -> None:
        for endpoint in queryset:
            endpoint.finish_rotation()
            self.record("rotation finished", endpoint)
        self.message_user(request, "Only the newest secret signs now.", messages.SUCCESS)

    def _renewed(self, request: HttpRequest, endpoints: list[Endpoint]) -> HttpResponse:
        """Show the secrets on a page of their own: a message would be kept in a cookie."""
        secrets = [(endpoint.name, endpoint.renew_secret()) for endpoint in endpoints]
        for endpoint in endpoints:
            self.record("secret renewed", endpoint)
        context = {**self.admin_site.each_context(request), "secrets": secrets, "opts": self.opts}
        context["title"] = "Copy the secret now"
        return TemplateResponse(request, "admin/notifications/endpoint/secrets.html", context)


def _tested(endpoint: Endpoint) -> tuple[int, str]:
    """Return the real answer, and how it is to be shown."""
    try:
        if endpoint.kind == EndpointKind.APPRISE:
            chat.send(endpoint, TEST, f"Sent from {settings.SITE_URL}.")
            return messages.SUCCESS, "It was taken."
        key = uuid.uuid4()
        payload = {"id": key, "event": "test", "at": timezone.now(), "deal": "", "body": {}}
        answer = webhook.post(endpoint, payload, key)
    except NotDelivered as failure:
        return messages.ERROR, failure.words
    return (messages.SUCCESS if answer.is_good else messages.ERROR), str(answer)
