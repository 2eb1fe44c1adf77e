"""Accounts in the theme of the site, and its first page."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin, StackedInline, TabularInline
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from accounts.authority import (
    ABOVE,
    SECOND_PERSON,
    grantable_groups,
    is_above,
    not_above,
    role_request_settle,
    roles_change,
)
from accounts.models import ApiToken, RoleRequest
from audit.recording import record
from bqs.admin_site.leaving import holding_context, warning_of
from bqs.admin_site.people_import import ImportsPeople
from opportunities.access.roles import user_of
from opportunities.admin.read_only import ReadOnlyAdmin
from opportunities.admin.small_tables import SearchesSmallTable
from opportunities.admin.versioned import VersionedAdmin
from opportunities.lists.presentation import person as name_of
from opportunities.models import PracticeMembership, Profile

BEYOND_ROLES = ("is_superuser", "user_permissions")
OF_OTHERS = ("groups", "is_staff")
OWN_PRACTICES = (
    "Ask a superuser to change your own practices, or those of people with rights you do not have."
)
GRANTABLE = "Only a superuser can assign roles with rights that you do not have."

admin.site.index_template = "admin/overview.html"
admin.site.index_title = "Overview"
# Its own form would be a door past the second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.unregister([Group, User])


class ApiTokenInline(TabularInline):
    """Tokens to look at; an action on the list of people revokes them."""

    model = ApiToken
    verbose_name = "API token"
    fields = readonly_fields = (
        *("name", "beginning", "scopes", "expires_at", "last_used_at", "last_used_from"),
    )

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_delete_permission = has_add_permission


class OfOthers:
    """Details that nobody changes on their own account, or on one with more rights."""

    def has_add_permission(self, request: HttpRequest, *about: Any) -> bool:
        return super().has_add_permission(request, *about) and _may_raise(request, *about)  # type: ignore[misc]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _may_raise(request, obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_raise(request, obj)  # type: ignore[misc]


def _may_raise(request: HttpRequest, about: User | PracticeMembership | None = None) -> bool:
    by: Any = request.user
    person = about.user if isinstance(about, PracticeMembership) else about
    return by.is_superuser or person is None or not (person == by or is_above(person, by))


class PracticeInline(OfOthers, TabularInline):
    model = PracticeMembership
    extra = 0
    verbose_name = "practice"


class ProfileInline(OfOthers, StackedInline):
    model = Profile
    can_delete = False


@admin.register(User)
class UserAdmin(ImportsPeople, SearchesSmallTable, VersionedAdmin, DjangoUserAdmin, ModelAdmin):
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    actions = ("revoke_api_tokens",)
    list_display = ("username", "full_name", "roles", "practices", "email", "is_active")
    list_filter = ("groups", "is_active", "is_staff")
    filter_horizontal = ("user_permissions",)
    inlines = (PracticeInline, ProfileInline, ApiTokenInline)
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
        """Return no inlines for a new account, which gets a name and a password first."""
        return self.inlines if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Fix what only a superuser grants, and one's own roles."""
        fixed = super().get_readonly_fields(request, obj)
        if request.user.is_superuser:
            return fixed
        return (*fixed, *BEYOND_ROLES, *(OF_OTHERS if obj == request.user else ()))

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or not is_above(obj, request.user))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Refuse: an account is deactivated, since what is on record refers to it."""
        return False

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["queryset"] = grantable_groups(request.user)
            kwargs["widget"] = UnfoldAdminCheckboxSelectMultipleWidget
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field and db_field.name == "groups" and not request.user.is_superuser:
            field.help_text = GRANTABLE
        return field

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        person = kwargs.get("obj")
        if person:
            context |= holding_context(request, person)
            if is_above(person, request.user):
                self.message_user(request, ABOVE.format(name_of(person)), messages.WARNING)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        has_left = change and "is_active" in form.changed_data and not obj.is_active
        if has_left and (warning := warning_of(obj)):
            self.message_user(request, warning, messages.WARNING)
        if fields := [name for name in form.changed_data if name != "groups"]:
            record("person.changed", about=obj, fields=fields)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Change roles by their own rule, which the form does not know."""
        roles = form.cleaned_data.pop("groups", None)
        super().save_related(request, form, formsets, change)
        if roles is not None:
            asked = roles_change(person=form.instance, roles=roles, by=user_of(request))
            if asked:
                self.message_user(request, SECOND_PERSON, messages.WARNING)

    @admin.action(description="Revoke API tokens", permissions=["change"])
    def revoke_api_tokens(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        people = not_above(queryset, request.user)
        count, _ = ApiToken.objects.filter(user__in=people).delete()
        self.message_user(request, f"API tokens revoked: {count}.", messages.SUCCESS)
        for person in set(queryset) - set(people):
            self.message_user(request, ABOVE.format(name_of(person)), messages.ERROR)


@admin.register(Group)
class GroupAdmin(VersionedAdmin, DjangoGroupAdmin, ModelAdmin):
    """Roles: superusers change their rights, others only look."""

    def has_add_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return request.user.is_superuser

    has_change_permission = has_delete_permission = has_add_permission

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        before = _rights_in(form.instance)
        super().save_related(request, form, formsets, change)
        if (after := _rights_in(form.instance)) != before:
            record("roles.changed", about=form.instance, before=before, after=after)


def _rights_in(group: Group) -> list[str]:
    return sorted(group.permissions.values_list("codename", flat=True))


@admin.register(RoleRequest)
class RoleRequestAdmin(ReadOnlyAdmin):
    """Roles that wait for a second person, and those that were settled."""

    list_display = ("person", "asked_roles", "state", "asked_by", "asked_at", "settled_by")
    list_filter = ("state",)
    list_select_related = ("person", "asked_by", "settled_by")
    actions = ("approve", "reject")

    def get_queryset(self, request: HttpRequest) -> QuerySet[RoleRequest]:
        return super().get_queryset(request).prefetch_related("roles")

    @admin.display(description="roles")
    def asked_roles(self, asked: RoleRequest) -> str:
        return ", ".join(sorted(role.name for role in asked.roles.all()))

    def has_view_permission(self, request: HttpRequest, obj: RoleRequest | None = None) -> bool:
        return request.user.has_perm("auth.change_user")

    @admin.action(description="Approve", permissions=["view"])
    def approve(self, request: HttpRequest, queryset: QuerySet[RoleRequest]) -> None:
        self._settle(request, queryset, is_approved=True)

    @admin.action(description="Reject", permissions=["view"])
    def reject(self, request: HttpRequest, queryset: QuerySet[RoleRequest]) -> None:
        self._settle(request, queryset, is_approved=False)

    def _settle(self, request: HttpRequest, queryset: Any, *, is_approved: bool) -> None:
        by, done = user_of(request), "Approved" if is_approved else "Rejected"
        for asked in queryset:
            try:
                role_request_settle(request=asked, is_approved=is_approved, by=by)
            except PermissionDenied as refusal:
                self.message_user(request, f"{asked.person}: {refusal}", messages.ERROR)
            else:
                self.message_user(request, f"{done}: {asked}.", messages.SUCCESS)


@admin.register(PracticeMembership)
class PracticeMembershipAdmin(OfOthers, SearchesSmallTable, VersionedAdmin, ModelAdmin):
    list_display = ("practice", "user", "is_lead")
    list_filter = ("practice", "is_lead")
    list_select_related = ("user",)
    search_fields = ("practice", "user__username", "user__first_name", "user__last_name")
    autocomplete_fields = ("user",)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        if not _may_raise(request, form.cleaned_data["user"]):
            raise PermissionDenied(OWN_PRACTICES)
        return super().save_form(request, form, change)
