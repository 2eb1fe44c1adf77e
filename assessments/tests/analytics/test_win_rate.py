from itertools import count

import pytest
from django.db.models import Count, Max
from django.utils import timezone

from assessments.analytics.win_rate import win_rate_by_band
from assessments.models import Assessment, Decision
from assessments.tests.factories import standard_template
from opportunities.domain.states import Action
from opportunities.models import Opportunity
from opportunities.tests.factories import OpportunityFactory, UserFactory
from opportunities.workflow.scores import set_deciding

pytestmark = pytest.mark.django_db
SCORES = {"HIGH": 80, "MIDDLE": 60, "LOW": 20}
number = count(1)


def decided(band, crm_outcome, decision="BID", deal=None):
    """With a decision on a version of that band, or on none."""
    deal = deal or OpportunityFactory(decision=decision, crm_outcome=crm_outcome)
    version = band and Assessment.objects.create(
        opportunity=deal,
        template=standard_template(),
        version_no=next(number),
        band=band,
        score=SCORES[band],
        status="DECIDED",
    )
    set_deciding(deal, version or None, "", is_override=False)
    deal.save()
    Decision.objects.create(
        opportunity=deal,
        assessment=version or None,
        action=Action.APPROVE,
        outcome=decision,
        decided_by=UserFactory(),
        decided_at=timezone.now(),
        crm_snapshot={},
    )
    return deal


def rates():
    counted = Opportunity.objects.values("decision", "deciding_band", "crm_outcome")
    return win_rate_by_band(counted.annotate(count=Count("pk"), best=Max("deciding_score")))


def test_won_of_those_won_or_lost_by_band_the_best_band_first():
    for outcome in ["WON"] * 4 + ["LOST"] * 2:
        decided("MIDDLE", outcome)
    for outcome in ["WON"] * 5 + ["LOST"]:
        decided("HIGH", outcome)
    assert [(each.band, str(each)) for each in rates()] == [
        ("HIGH", "83.3% of 6"),
        ("MIDDLE", "66.7% of 6"),
    ]


def test_under_six_are_too_few():
    for _ in range(5):
        decided("HIGH", "WON")
    (rate,) = rates()
    assert (rate.percent, str(rate)) == (None, "too few (5)")
    decided("HIGH", "WON")
    assert str(rates()[0]) == "100.0% of 6"


def test_cancelled_undecided_unscored_and_declined_deals_do_not_count():
    decided("HIGH", "CANCELLED")
    decided("HIGH", "OPEN")
    decided("HIGH", "UNKNOWN")
    decided(None, "WON")
    decided("HIGH", "WON", decision="NO_BID")
    assert rates() == []


def test_the_band_is_that_of_the_deciding_version_and_each_deal_counts_once():
    deal = decided("LOW", "WON")
    decided("HIGH", "WON", deal=deal)
    assert [(each.band, each.ended) for each in rates()] == [("HIGH", 1)]


def test_a_version_of_which_nothing_could_be_scored_is_in_no_band():
    deal = decided("", "WON")
    Opportunity.objects.filter(pk=deal.pk).update(deciding_band="")
    decided("HIGH", "LOST")
    assert [each.band for each in rates()] == ["HIGH"]
