from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from django.contrib.auth.models import Group, Permission, User
from factory.django import DjangoModelFactory

from opportunities.access.roles import Role
from opportunities.models import Opportunity, PracticeMembership, Profile


# What each role may as the migrations leave it: conftest.py reads it from the migrated database.
def permissions_named(codenames):
    return Permission.objects.filter(codename__in=codenames)


def group_of(role):
    return Group.objects.get(name=role)


class UserFactory(DjangoModelFactory):
    """A person; `permissions` takes codenames, `roles` Roles, `leads` and `practices` names.

    Who is given neither permissions nor roles reads as a viewer does; `reads=False` may nothing.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence("person{}".format)

    @factory.post_generation
    def permissions(self, create, codenames, **kwargs):
        if create and codenames:
            found = permissions_named(codenames)
            assert found.count() == len(codenames), f"unknown permission in {codenames}"
            self.user_permissions.set(found)

    @factory.post_generation
    def roles(self, create, roles, **kwargs):
        self.groups.set([group_of(role) for role in roles or ()])

    @factory.post_generation
    def reads(self, create, reads, **kwargs):
        has_rights = self.groups.exists() or self.user_permissions.exists()
        if reads or (reads is None and not has_rights):
            self.user_permissions.add(*group_of(Role.VIEWER).permissions.all())

    @factory.post_generation
    def crm_owner_name(self, create, name, **kwargs):
        if name:
            Profile.objects.create(user=self, crm_owner_name=name)

    @factory.post_generation
    def practices(self, create, names, **kwargs):
        for name in names or ():
            PracticeMembership.objects.create(user=self, practice=name)

    @factory.post_generation
    def leads(self, create, names, **kwargs):
        for name in names or ():
            PracticeMembership.objects.create(user=self, practice=name, is_lead=True)


class OpportunityFactory(DjangoModelFactory):
    class Meta:
        model = Opportunity

    remote_id = factory.Sequence(lambda n: str(300_000_000_000_000 + n))
    opty_number = factory.Sequence("OPTY-{}".format)
    name = factory.Sequence("Managed cloud {}".format)
    customer = "Northwind Rail"
    practice = "Cloud"
    geo = "EMEA"
    sector = "Transport"
    deal_value = Decimal("1250000.00")
    currency = "EUR"
    win_probability = Decimal("40.00")
    stage = "Proposal"
    crm_status = "OPEN"
    sales_owner = "Ana Silva"
    close_date = date(2027, 3, 31)
    crm_created_at = datetime(2026, 9, 1, 8, tzinfo=UTC)
    crm_updated_at = datetime(2026, 11, 1, 8, tzinfo=UTC)
