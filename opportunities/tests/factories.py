from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from django.contrib.auth.models import Group, Permission, User
from factory.django import DjangoModelFactory

from opportunities.models import Opportunity, PracticeMembership, Profile


class UserFactory(DjangoModelFactory):
    """A person; `permissions` takes codenames, `roles` Roles, `leads` and `practices` names."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence("person{}".format)

    @factory.post_generation
    def permissions(self, create, codenames, **kwargs):
        if create and codenames:
            found = Permission.objects.filter(codename__in=codenames)
            assert found.count() == len(codenames), f"unknown permission in {codenames}"
            self.user_permissions.set(found)

    @factory.post_generation
    def roles(self, create, roles, **kwargs):
        # Tests with real transactions empty the tables, and the groups with them.
        groups = [Group.objects.get_or_create(name=role)[0] for role in roles or ()]
        self.groups.set(groups)

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
