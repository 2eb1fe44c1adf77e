from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from django.contrib.auth.models import Permission, User
from factory.django import DjangoModelFactory

from opportunities.models import Opportunity


class UserFactory(DjangoModelFactory):
    """A person; `permissions` takes codenames: UserFactory(permissions=["view_opportunity"])."""

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


class OpportunityFactory(DjangoModelFactory):
    class Meta:
        model = Opportunity

    remote_id = factory.Sequence(lambda n: str(300_000_000_000_000 + n))
    opty_number = factory.Sequence("OPTY-{}".format)
    name = factory.Sequence("Managed cloud {}".format)
    customer = "Northwind Rail"
    practice = "Cloud"
    geo = "EMEA"
    deal_value = Decimal("1250000.00")
    currency = "EUR"
    win_probability = Decimal("40.00")
    stage = "Proposal"
    crm_status = "OPEN"
    sales_owner = "Ana Silva"
    close_date = date(2027, 3, 31)
    crm_created_at = datetime(2026, 9, 1, 8, tzinfo=UTC)
    crm_updated_at = datetime(2026, 11, 1, 8, tzinfo=UTC)
