"""Which SAs there are to choose from, and how much each of them has on the desk."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Count
from django.utils import timezone

from opportunities import conditions
from opportunities.models import Opportunity
from opportunities.presentation import person
from opportunities.roles import Role, people_with
from opportunities.sorting import sort_key


@dataclass(frozen=True)
class Load:
    sa: User
    open: int
    """Assigned and not yet submitted."""
    overdue: int

    def __str__(self) -> str:
        late = f", {self.overdue} overdue" if self.overdue else ""
        return f"{person(self.sa)} – {self.open} open{late}"


def load_of_sas(now: datetime | None = None) -> list[Load]:
    """Of every active SA, those with the least work first; in two queries."""
    late = conditions.overdue(now or timezone.now())
    counts = (
        Opportunity.objects.in_assessment()
        .order_by()
        .values_list("assigned_sa")
        .annotate(open=Count("pk"), overdue=Count("pk", filter=late))
    )
    loads = {sa: figures for sa, *figures in counts}
    everybody = [Load(sa, *loads.get(sa.pk, (0, 0))) for sa in people_with(Role.SA)]
    return sorted(everybody, key=lambda load: (load.open, sort_key(load.sa.username)))
