"""Models of the project itself."""

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone

from opportunities.domain.policy import policy

LEAST_RATE = Decimal("0.00000001")
is_currency_code = RegexValidator(r"^[A-Z]{3}\Z", "Write three capital letters, such as USD.")


def reporting_currency() -> str:
    return str(policy.REPORTING_CURRENCY)


class DemoMark(models.Model):
    """Says, by being there, that a database is a demo's own, and whom the demo made."""

    people = models.JSONField(default=list, help_text="Ids of the accounts.")

    class Meta:
        db_table = "demo_mark"

    def __str__(self) -> str:
        return "a demo's database"


class Alarm(models.Model):
    """Something that is wrong, from when it was noticed until it was over."""

    cause = models.CharField(max_length=40, editable=False)
    sentence = models.TextField("what is wrong")
    since = models.DateTimeField()
    reminded_at = models.DateTimeField(
        "last mailed", null=True, help_text="To ALERT_TO: at first, each day, and at its end."
    )
    ended_at = models.DateTimeField("over", null=True)

    class Meta:
        db_table = "alarms"
        ordering: ClassVar = ["-since", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cause"], condition=models.Q(ended_at=None), name="one_alarm_of_a_cause"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cause} since {self.since:%Y-%m-%d %H:%M} UTC"


class ExchangeRate(models.Model):
    """Say what one unit of a currency is worth in the reporting currency, from a day on."""

    currency = models.CharField(max_length=3, validators=[is_currency_code])
    rate = models.DecimalField(
        max_digits=20,
        decimal_places=8,
        validators=[MinValueValidator(LEAST_RATE)],
        help_text="One unit of the currency in the reporting currency: 0.92 if 1 USD is 0.92 EUR.",
    )
    reporting_currency = models.CharField(max_length=3, default=reporting_currency, editable=False)
    valid_from = models.DateField(default=timezone.localdate)
    source = models.CharField(max_length=100, help_text="Such as ECB reference rates.")

    class Meta:
        db_table = "exchange_rates"
        ordering: ClassVar = ["currency", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["currency", "reporting_currency", "valid_from"],
                name="one_rate_a_day",
                violation_error_message="There is a rate of this currency from this day on.",
            )
        ]

    def __str__(self) -> str:
        return f"1 {self.currency} = {self.rate.normalize():f} {self.reporting_currency}"
