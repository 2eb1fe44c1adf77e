"""Answer calendar programs, which know nothing but a secret address."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from notifications.calendar.address import owner_of
from notifications.calendar.dates import entries_of
from notifications.calendar.ics import calendar_of


@require_safe
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    owner = owner_of(key)
    if owner is None:
        answer = HttpResponse("There is no such calendar.", status=404, content_type="text/plain")
    else:
        answer = HttpResponse(calendar_of(entries_of(owner)), content_type="text/calendar")
        answer["Content-Disposition"] = 'inline; filename="bqs.ics"'
    answer["Cache-Control"] = "private, no-cache"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
