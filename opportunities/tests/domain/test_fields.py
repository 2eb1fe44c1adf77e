"""A new attribute of Oracle is a row of the catalogue and a column: docs/add-an-attribute.md."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import models

from bqs.analysts.tables import our_apps
from opportunities.domain.amounts import AmountField
from opportunities.domain.fields import FIELDS, Kind, Owner, Use, fields_for
from opportunities.models import Opportunity

COLUMN_OF_KIND = {
    Kind.TEXT: models.CharField,
    Kind.NAME: models.CharField,
    Kind.WORD: models.CharField,
    Kind.AMOUNT: AmountField,
    Kind.PERCENT: models.DecimalField,
    Kind.DATE: models.DateField,
    Kind.MOMENT: models.DateTimeField,
}
OF_THE_CRM = [field for field in FIELDS if field.owner is Owner.CRM]
APPS = [app.label for app in our_apps()]
NAMED_IN = {
    "opportunities/domain/fields.py",
    "opportunities/models/opportunity.py",
    # Here other tenants' words for it help a first contact; a field without any is guessed, too.
    "sync/discovery/likely_names.py",
}


def modules_that_name(field):
    base = Path(settings.BASE_DIR)
    for app in APPS:
        for path in (base / app).rglob("*.py"):
            is_code = not {"tests", "migrations"} & set(path.parts) and "test_" not in path.name
            if is_code and re.search(rf"\b{field}\b", path.read_text()):
                yield str(path.relative_to(base))


@pytest.mark.parametrize("field", ["sector", "crm_created_at"])
def test_a_field_without_a_rule_of_its_own_is_named_in_no_other_module(field):
    assert set(modules_that_name(field)) <= NAMED_IN


@pytest.mark.parametrize("field", OF_THE_CRM, ids=lambda field: field.name)
def test_a_field_of_the_crm_has_an_attribute_and_a_column_of_its_kind(field):
    assert field.attributes
    assert type(Opportunity._meta.get_field(field.name)) is COLUMN_OF_KIND[field.kind]


def test_each_field_and_each_label_is_there_once():
    assert len({field.name for field in FIELDS}) == len(FIELDS)
    assert len({field.label for field in FIELDS}) == len(FIELDS)


def test_a_column_of_the_admin_has_the_word_of_the_catalogue():
    words = [field for field in fields_for(Use.LIST) if field.kind is Kind.WORD]
    for field in words:
        assert Opportunity._meta.get_field(field.name).verbose_name == field.label.lower()
