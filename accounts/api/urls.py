from django.urls import path

from accounts.api import absences, login, me, people, saved_views, tokens

urlpatterns = [
    path("session", login.SessionView.as_view(), name="session"),
    path("token", login.TokenView.as_view(), name="token"),
    path("tokens", tokens.Tokens.as_view(), name="tokens"),
    path("tokens/<int:pk>", tokens.Token.as_view(), name="token-detail"),
    path("me", me.Me.as_view(), name="me"),
    path("me/preferences", me.MyPreferences.as_view(), name="preferences"),
    path("me/absences", absences.Absences.as_view(), name="absences"),
    path("me/absences/<int:pk>", absences.OneAbsence.as_view(), name="absence"),
    path("users", people.People.as_view(), name="users"),
    path("saved-views", saved_views.SavedViews.as_view(), name="saved-views"),
    path("saved-views/<int:pk>", saved_views.SavedViewDetail.as_view(), name="saved-view"),
]
