from django.urls import path

from notifications.api.switches import MyNotifications

urlpatterns = [
    path("me/notifications", MyNotifications.as_view(), name="my-notifications"),
]
