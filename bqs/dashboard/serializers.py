"""Describe the dashboard in JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bqs.dashboard.figure import Figure
from bqs.models import ExchangeRate
from opportunities.api.representation import AmountField, UtcDateTimeField
from opportunities.domain.amounts import trimmed
from opportunities.domain.policy import policy

PARAMETERS = {
    "type": "object",
    "additionalProperties": {"type": "array", "items": {"type": "string"}},
    "description": "Parameters of /api/opportunities that bring exactly these rows.",
}


def share(help_text: str = "Percent; null if there is nothing to divide by.") -> Any:
    return serializers.DecimalField(4, 1, allow_null=True, read_only=True, help_text=help_text)


def days(help_text: str, **more: Any) -> Any:
    return serializers.DecimalField(
        7, 1, allow_null=True, read_only=True, help_text=help_text, **more
    )


class NarrowedSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    filter = serializers.SerializerMethodField()

    @extend_schema_field(PARAMETERS)
    def get_filter(self, figure: Figure) -> dict[str, list[str]]:
        own = {
            name: [str(each) for each in value] if isinstance(value, list) else [str(value)]
            for name, value in figure.narrowed.items()
        }
        return {**self.context["bar"], **own}


class ReportedAmounts(serializers.ListSerializer[Any]):
    """Amounts in the reporting currency; those without a rate stay apart."""

    def to_representation(self, amounts: Any) -> list[Any]:
        return super().to_representation(self.context["reporting"].totals(amounts))


class AmountSerializer(NarrowedSerializer):
    currency = serializers.CharField(allow_null=True)
    value = AmountField(
        30, help_text="In the reporting currency: of all that has a rate. In another: of it alone."
    )

    class Meta:
        list_serializer_class = ReportedAmounts


class ExchangeRateSerializer(serializers.ModelSerializer[ExchangeRate]):
    class Meta:
        model = ExchangeRate
        fields = ("currency", "rate", "valid_from", "source")
        read_only_fields = fields


class ReportingSerializer(serializers.Serializer[Any]):
    currency = serializers.CharField(
        allow_null=True, help_text="That amounts are added up in; null where each is by itself."
    )
    rates = ExchangeRateSerializer(
        many=True, help_text="The newest valid ones; what has none stays apart."
    )


class FigureSerializer(NarrowedSerializer):
    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class ValuedFigureSerializer(FigureSerializer):
    values = AmountSerializer(many=True, source="amounts")


class PracticeAndGeoSerializer(ValuedFigureSerializer):
    practice = serializers.CharField(allow_null=True)
    geo = serializers.CharField(allow_null=True)
    average_score = share("Of the newest scored versions; null where nothing is scored.")


class PeriodSerializer(serializers.Serializer[Any]):
    first = serializers.DateField()
    last = serializers.DateField(help_text="Included.")


class FirstAnswersSerializer(FigureSerializer):
    late = FigureSerializer(help_text="First answers after the target.")
    in_time_percent = share()
    median_days = days("Working days.", source="took.median")
    nine_of_ten_days = days(
        "Nine of ten took so many working days or fewer.", source="took.nine_of_ten"
    )


class FirstAssessmentSerializer(serializers.Serializer[Any]):
    target_days = serializers.SerializerMethodField(help_text="Working days.")
    whole = FirstAnswersSerializer()
    weeks = FirstAnswersSerializer(many=True, help_text="Named by their first day; oldest first.")

    def get_target_days(self, value: Any) -> float:
        return float(policy.CLOCK_FIRST_ANSWER_DAYS)


class WorkloadOfSaSerializer(FigureSerializer):
    steps = FigureSerializer(many=True)
    overdue = FigureSerializer()


class WorkloadSerializer(serializers.Serializer[Any]):
    limit = serializers.SerializerMethodField(help_text="Open work that counts as a full workload.")
    people = WorkloadOfSaSerializer(
        many=True, help_text="`name` is the id; highest workload first."
    )

    def get_limit(self, value: Any) -> int:
        return int(policy.SA_LOAD_LIMIT)


class DecidedMonthSerializer(FigureSerializer):
    outcomes = ValuedFigureSerializer(many=True)
    overrides = FigureSerializer()
    unscored = FigureSerializer()
    override_percent = share("Of those with a score to go against.")


class ReasonShareSerializer(FigureSerializer):
    percent = share()
    percent_so_far = share("With all that are more frequent.")


class BandWinRateSerializer(FigureSerializer):
    won = FigureSerializer()
    lost = FigureSerializer()
    percent = share("Of the won among won and lost; null where there are too few to say.")


class RatedByPracticeSerializer(FigureSerializer):
    practice = serializers.CharField(allow_null=True)
    average = serializers.DecimalField(3, 2, help_text="Of the ratings 0 to 5.")


class RatedSerializer(FigureSerializer):
    average = serializers.DecimalField(3, 2, help_text="Of the ratings 0 to 5.")
    by_practice = RatedByPracticeSerializer(many=True)


class CoverageSerializer(serializers.Serializer[Any]):
    limits = serializers.SerializerMethodField(
        help_text="Minimum value of a deal that counts, by currency."
    )
    closed = FigureSerializer()
    decided = FigureSerializer()
    bypassed = FigureSerializer()
    percent = share("Of the decided among the closed.")

    def get_limits(self, value: Any) -> dict[str, str]:
        return {
            currency: str(trimmed(value))
            for currency, value in policy.DECISION_REQUIRED_MIN_VALUE.items()
        }


class StageSerializer(FigureSerializer):
    percent_of_all = share()
    percent_of_former = share("Of the stage before.")
    median_days = days("Working days since the stage before; null where it is no move of ours.")


class DeadlineWeekSerializer(FigureSerializer):
    undecided = FigureSerializer()


class SummarySerializer(serializers.Serializer[Any]):
    figures = FigureSerializer(many=True)
    open_value = AmountSerializer(many=True)
    average_win_probability = share("Of what is open in the CRM, as sales sees it.")


class DashboardSerializer(serializers.Serializer[Any]):
    synced_at = UtcDateTimeField(allow_null=True, help_text="When the mirror was last complete.")
    reporting = ReportingSerializer()
    period = PeriodSerializer(
        help_text="Days of the figures about the past; all others are current."
    )
    summary = SummarySerializer()
    my_work = FigureSerializer(many=True)
    attention = FigureSerializer(many=True)
    pipeline = ValuedFigureSerializer(many=True, help_text="By state.")
    first_assessment = FirstAssessmentSerializer()
    age = FigureSerializer(many=True, help_text="By state (name) and working days in it (label).")
    load = WorkloadSerializer()
    decisions = DecidedMonthSerializer(many=True, help_text="Newest month first.")
    practice_and_geo = PracticeAndGeoSerializer(many=True, help_text="What is open in the CRM.")
    scores = FigureSerializer(
        many=True, help_text="Scored deals open in the CRM, by the least score of each step (name)."
    )
    deadlines = DeadlineWeekSerializer(
        many=True, help_text="Bids due, by week (name: its Monday), this week first."
    )
    win_rate = BandWinRateSerializer(many=True, help_text="Of the bids decided in the period.")
    criteria = RatedSerializer(many=True, help_text="Average ratings, lowest first.")
    no_bid_reasons = ReasonShareSerializer(many=True, help_text="Most frequent first.")
    coverage = CoverageSerializer()
    funnel = StageSerializer(many=True, help_text="Opportunities first seen in the period.")
