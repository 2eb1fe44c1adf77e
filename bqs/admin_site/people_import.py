"""Import people in the admin: upload a file, look at what it changes, and apply it."""

from base64 import b64decode, b64encode
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from unfold.widgets import UnfoldAdminFileFieldWidget

from accounts.authority import SECOND_PERSON
from accounts.people_import import COLUMNS, PeopleImport
from opportunities.access.roles import user_of

NEEDED = (
    "auth.add_user",
    "auth.change_user",
    *(f"opportunities.{verb}_practicemembership" for verb in ("add", "change", "delete")),
    *(f"opportunities.{verb}_profile" for verb in ("add", "change")),
)
"""The rights that the same changes need by hand."""


class PeopleFile(forms.Form):
    """Takes the file as it is uploaded, then as the preview sends it again."""

    file = forms.FileField(required=False, label="CSV file", widget=UnfoldAdminFileFieldWidget)
    content = forms.CharField(required=False, widget=forms.HiddenInput)

    def read(self) -> bytes:
        upload = self.cleaned_data["file"]
        return upload.read() if upload else b64decode(self.cleaned_data["content"])


class ImportsPeople(ModelAdmin):
    """Adds the page to the list of people."""

    list_before_template = "admin/auth/user/import_link.html"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        more = {**(extra_context or {}), "may_import": request.user.has_perms(NEEDED)}
        return super().changelist_view(request, more)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.import_people)
        return [path("import/", view, name="auth_user_import"), *super().get_urls()]

    def import_people(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perms(NEEDED):
            raise PermissionDenied
        people, content = PeopleImport(by=user_of(request)), b""
        form = PeopleFile(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                content = form.read()
            except ValueError:
                raise PermissionDenied from None
            people.read(content)
            if "apply" in request.POST and not people.faults:
                count = len(people.changed)
                if people.apply():
                    messages.warning(request, SECOND_PERSON)
                messages.success(request, f"People made or changed: {count}.")
                return redirect("admin:auth_user_changelist")
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            **{"title": "Import people", "form": form, "columns": COLUMNS, "people": people},
            "content": b64encode(content).decode(),
        }
        return TemplateResponse(request, "admin/auth/user/import.html", context)
