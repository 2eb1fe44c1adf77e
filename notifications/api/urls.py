from django.urls import path

from notifications.api.bell import MarkRead, Notifications, Unread
from notifications.api.calendar import MyCalendar
from notifications.api.switches import MyNotifications

urlpatterns = [
    path("notifications", Notifications.as_view(), name="notifications"),
    path("notifications/unread", Unread.as_view(), name="notifications-unread"),
    path("notifications/read", MarkRead.as_view(), name="notifications-read"),
    path("me/calendar", MyCalendar.as_view(), name="my-calendar"),
    path("me/notifications", MyNotifications.as_view(), name="my-notifications"),
]
