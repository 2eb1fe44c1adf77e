"""Accounts in the theme of the site, and its first page."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin, StackedInline, TabularInline
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from accounts.models import ApiToken
from bqs.leaving import holding_context, warning_of
from opportunities.admin.small_tables import SearchesSmallTable
from opportunities.admin.versioned import VersionedAdmin
from opportunities.models import PracticeMembership, Profile

BEYOND_ROLES = ("is_superuser", "user_permissions")

admin.site.index_template = "admin/overview.html"
admin.site.index_title = "Overview"
admin.site.unregister([Group, User])


class PracticeInline(TabularInline):
    model = PracticeMembership
    extra = 0
    verbose_name = "practice"


class ProfileInline(StackedInline):
    model = Profile
    can_delete = False


@admin.register(User)
class UserAdmin(SearchesSmallTable, VersionedAdmin, DjangoUserAdmin, ModelAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    actions = ("revoke_api_tokens",)
    list_display = ("username", "full_name", "roles", "practices", "email", "is_active")
    list_filter = ("groups", "is_active", "is_staff")
    inlines = (PracticeInline, ProfileInline)
    # Facts; the first moves while a page is open.
    readonly_fields = ("last_login", "date_joined")
    change_form_outer_before_template = "admin/auth/user/holding.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups", "practice_memberships")

    @admin.display(description="name", ordering=F("last_name__in_order"))
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description="roles")
    def roles(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())

    @admin.display(description="practices")
    def practices(self, user: User) -> str:
        return ", ".join(
            f"{each.practice} (leads it)" if each.is_lead else each.practice
            for each in user.practice_memberships.all()
        )

    def get_inlines(self, request: HttpRequest, obj: User | None) -> tuple[Any, ...]:
        """A new account has a name and a password first."""
        return self.inlines if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Who keeps accounts hands out roles, and no rights beyond: not to themselves either."""
        fixed = super().get_readonly_fields(request, obj)
        return fixed if request.user.is_superuser else (*fixed, *BEYOND_ROLES)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if kwargs.get("obj"):
            context |= holding_context(request, kwargs["obj"])
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        has_left = change and "is_active" in form.changed_data and not obj.is_active
        if has_left and (warning := warning_of(obj)):
            self.message_user(request, warning, messages.WARNING)

    @admin.action(description="Revoke API tokens", permissions=["change"])
    def revoke_api_tokens(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        count, _ = ApiToken.objects.filter(user__in=queryset).delete()
        self.message_user(request, f"API tokens revoked: {count}.", messages.SUCCESS)


@admin.register(Group)
class GroupAdmin(VersionedAdmin, DjangoGroupAdmin, ModelAdmin):
    pass


@admin.register(PracticeMembership)
class PracticeMembershipAdmin(SearchesSmallTable, VersionedAdmin, ModelAdmin):
    list_display = ("practice", "user", "is_lead")
    list_filter = ("practice", "is_lead")
    list_select_related = ("user",)
    search_fields = ("practice", "user__username", "user__first_name", "user__last_name")
    autocomplete_fields = ("user",)
