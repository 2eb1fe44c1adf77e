"""Shares, medians and nine of ten, of working days."""

from dataclasses import dataclass
from decimal import Decimal
from statistics import median, quantiles


@dataclass(frozen=True)
class Durations:
    days: list[float]

    @property
    def median(self) -> Decimal | None:
        return _tenths(median(self.days)) if self.days else None

    @property
    def nine_of_ten(self) -> Decimal | None:
        """So many days or fewer nine of ten took: the 90th percentile."""
        if len(self.days) < 2:
            return self.median
        return _tenths(quantiles(self.days, n=10, method="inclusive")[-1])


def _tenths(number: float) -> Decimal:
    return Decimal(number).quantize(Decimal("0.1"))
