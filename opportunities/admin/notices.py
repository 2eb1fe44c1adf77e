"""List the e-mails to people, and whether each was sent."""

from datetime import datetime
from typing import ClassVar

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from opportunities.access.permissions import SEND_AGAIN
from opportunities.access.roles import access_of
from opportunities.admin.read_only import ReadOnlyAdmin
from opportunities.lists.presentation import badge
from opportunities.models import Notice, NoticeState, Opportunity
from opportunities.notices.sending import wake

COLOURS = {
    NoticeState.WAITING: "info",
    NoticeState.SENT: "success",
    NoticeState.GIVEN_UP: "danger",
}


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    actions = ("send_again",)
    list_display = ("created_at", "subject", "address", "shown_state", "tries", "last_failure")
    list_display_links = ("subject",)
    list_filter = (("state", ChoicesDropdownFilter),)
    search_fields = ("address", "subject")
    fields: ClassVar = [
        *("subject", "address", "recipient", "event", "shown_state", "tries"),
        *("created_at", "next_try", "sent_at", "last_failure"),
    ]
    readonly_fields = ("shown_state", "next_try")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        access, rows = access_of(request.user), super().get_queryset(request)
        seen = Opportunity.objects.visible_to(access).order_by().values("remote_id")
        return rows if access.sees_everything else rows.filter(event__opportunity__in=seen)

    @admin.display(description="state", ordering="state")
    def shown_state(self, notice: Notice) -> str:
        return badge(NoticeState(notice.state), COLOURS)

    @admin.display(description="next try", empty_value="–")
    def next_try(self, notice: Notice) -> datetime | None:
        return notice.next_try_at if notice.state == NoticeState.WAITING else None

    def has_send_again_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(SEND_AGAIN)

    @admin.action(description="Send again", permissions=["send_again"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Notice]) -> None:
        """Skip what was sent: nobody wants it twice."""
        unsent = queryset.exclude(state=NoticeState.SENT)
        count = unsent.update(state=NoticeState.WAITING, tries=0, next_try_at=timezone.now())
        transaction.on_commit(wake, robust=True)
        self.message_user(request, f"Notices to be sent now: {count}.", messages.SUCCESS)
