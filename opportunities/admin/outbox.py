"""List what happened and what was delivered because of it; both can be sent anew."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django_tasks_db.admin import DBTaskResult
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from audit.models import AuditKind
from audit.recording import record
from opportunities.access.permissions import TRY_AGAIN
from opportunities.access.roles import access_of
from opportunities.admin.bulk import TOO_MANY
from opportunities.admin.read_only import ReadOnlyAdmin
from opportunities.lists.presentation import badge
from opportunities.models import Opportunity
from opportunities.workflow.bulk import MOST_ROWS
from outbox.models import Delivery, DeliveryQuerySet, DeliveryState, Event

COLOURS = {
    DeliveryState.WAITING: "info",
    DeliveryState.DELIVERED: "success",
    DeliveryState.GIVEN_UP: "danger",
}


class OutboxAdmin(ReadOnlyAdmin):
    deal = "deal"

    def get_queryset(self, request: HttpRequest) -> Any:
        access, rows = access_of(request.user), super().get_queryset(request)
        if access.sees_everything:
            return rows
        seen = Opportunity.objects.visible_to(access).order_by().values("remote_id")
        return rows.filter(Q(**{self.deal: ""}) | Q(**{f"{self.deal}__in": seen}))


@admin.register(Event)
class EventAdmin(OutboxAdmin):
    list_display = ("at", "name", "deal", "actor", "expanded_at")
    list_display_links = ("name",)
    list_select_related = ("actor",)
    search_fields = ("name", "deal")
    fields: ClassVar = ["id", "name", "at", "deal", "actor", "source", "body", "expanded_at"]


@admin.register(Delivery)
class DeliveryAdmin(OutboxAdmin):
    deal = "event__deal"
    actions = ("try_again", "send_again", "give_up")
    list_display = (
        *("created_at", "subject", "channel", "target", "shown_state", "tries", "last_failure"),
    )
    list_display_links = ("subject",)
    list_filter = (("state", ChoicesDropdownFilter), "channel")
    search_fields = ("target", "subject")
    fields: ClassVar = [
        *("id", "subject", "channel", "target", "recipient", "event", "shown_state", "tries"),
        *("created_at", "next_try", "delivered_at", "failed_at", "last_failure"),
    ]
    readonly_fields = ("shown_state", "next_try")

    @admin.display(description="state", ordering="state")
    def shown_state(self, delivery: Delivery) -> str:
        return badge(DeliveryState(delivery.state), COLOURS)

    @admin.display(description="next try", empty_value="–")
    def next_try(self, delivery: Delivery) -> datetime | None:
        return delivery.next_try_at if delivery.state == DeliveryState.WAITING else None

    def has_try_again_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(TRY_AGAIN)

    @admin.action(description="Try again", permissions=["try_again"])
    def try_again(self, request: HttpRequest, queryset: DeliveryQuerySet) -> None:
        """Skip what was delivered: nobody wants it twice."""
        count = queryset.exclude(state=DeliveryState.DELIVERED).try_anew()
        self.message_user(request, f"Messages to be tried now: {count}.", messages.SUCCESS)

    @admin.action(description="Send again", permissions=["try_again"])
    @transaction.atomic
    def send_again(self, request: HttpRequest, queryset: DeliveryQuerySet) -> None:
        """Repeat what was delivered, for who lost it; that somebody did is on record."""
        delivered = queryset.filter(state=DeliveryState.DELIVERED).select_for_update(of=("self",))
        if len(ids := [each.pk for each in delivered[: MOST_ROWS + 1]]) > MOST_ROWS:
            # One click would send a whole month's mails once more.
            self.message_user(request, TOO_MANY, messages.ERROR)
            return
        if ids:
            Delivery.objects.filter(pk__in=ids).try_anew()
            record(AuditKind.MESSAGES_REPEATED, messages=ids)
        self.message_user(request, f"Messages to be sent again: {len(ids)}.", messages.SUCCESS)

    @admin.action(description="Give up", permissions=["try_again"])
    def give_up(self, request: HttpRequest, queryset: DeliveryQuerySet) -> None:
        """Try no more; it has not failed, so that no alarm tells of it."""
        waiting = queryset.filter(state=DeliveryState.WAITING)
        count = waiting.update(state=DeliveryState.GIVEN_UP)
        self.message_user(request, f"Messages given up: {count}.", messages.SUCCESS)


# The queue's own page has no place in this site: what is queued is a sync, and Syncs shows it.
admin.site.unregister(DBTaskResult)
