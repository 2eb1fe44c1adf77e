"""Assessments over HTTP: the draft, its versions, what was decided on them, and the templates."""

from typing import Any

from django.http import Http404
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from assessments.api import examples
from assessments.api.bodies import DraftSaveSerializer, SettleSerializer
from assessments.api.drafting import draft_for, in_conflict
from assessments.api.serializers.comparison import ComparisonSerializer
from assessments.api.serializers.decisions import (
    ConditionSerializer,
    DecisionSerializer,
    ReasonsSerializer,
)
from assessments.api.serializers.documents import serializer_of
from assessments.api.serializers.drafts import DraftConflictSerializer, DraftSerializer
from assessments.api.serializers.templates import TemplateDetailSerializer, TemplateSerializer
from assessments.api.serializers.versions import VersionDetailSerializer, VersionSerializer
from assessments.comparison import compare
from assessments.conditions import condition_settle, conditions_of, settlements_on
from assessments.drafts import save_answers
from assessments.models import (
    Assessment,
    AssessmentTemplate,
    ConditionState,
    Decision,
    TemplateStatus,
)
from assessments.problems import Conflict
from assessments.reasons import NoBidReason, OverrideReason
from assessments.record import Record, decision_record, decisions_of
from opportunities.api.detail import in_sight
from opportunities.api.said import said_by
from opportunities.api.strict_filters import AnyOfChoices, AnyOfWords, StrictFilterSet
from opportunities.models import Opportunity
from opportunities.roles import user_of

VERSION_NO = {"type": "integer", "minimum": 1, "maximum": 999_999_999}
REFUSED = OpenApiResponse(description="It is not for you; `detail` says for whom.")


class AssessmentDraft(APIView):
    @extend_schema(
        summary="What is to be filled in now, and what is missing",
        responses={200: DraftSerializer, 409: OpenApiResponse(description="No template asks.")},
        examples=[OpenApiExample("A draft", examples.DRAFT, response_only=True)],
    )
    def get(self, request: Request, pk: int) -> Response:
        return Response(draft_for(in_sight(request, pk)))

    @extend_schema(
        summary="Save some answers; what is not named stays",
        description="All of it is kept or nothing. The first save starts the assessment.",
        request=DraftSaveSerializer,
        responses={
            200: DraftSerializer,
            403: REFUSED,
            (409, "application/problem+json"): OpenApiResponse(
                DraftConflictSerializer,
                "Saved by somebody since: `current` holds the draft as it is, "
                "`saves` what was saved since. Or its state takes no answers; see `guard`.",
            ),
        },
        examples=[
            OpenApiExample("One answer", examples.SAVE, request_only=True),
            OpenApiExample("A draft", examples.DRAFT, response_only=True),
        ],
    )
    def patch(self, request: Request, pk: int) -> Response:
        body = DraftSaveSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        sent = dict(body.validated_data)
        version = sent.pop("lock_version")
        try:
            save_answers(opportunity=pk, expected_version=version, **sent, **said_by(request))
        except Conflict as conflict:
            raise in_conflict(conflict) from conflict
        return Response(draft_for(in_sight(request, pk)))


@extend_schema_view(
    get=extend_schema(
        summary="The versions of its assessment, newest first",
        examples=[OpenApiExample("A version", examples.VERSION)],
    )
)
class AssessmentVersions(generics.ListAPIView[Assessment]):
    queryset = Assessment.objects.all()
    serializer_class = VersionSerializer

    def get_queryset(self) -> Any:
        versions = in_sight(self.request, self.kwargs["pk"]).assessments
        return versions.select_related("assessor", "submitted_by")


class AssessmentVersion(APIView):
    @extend_schema(
        summary="One version as it was submitted, with its own questions",
        responses=VersionDetailSerializer,
        examples=[OpenApiExample("A version", examples.VERSION_DETAIL)],
    )
    def get(self, request: Request, pk: int, version_no: int) -> Response:
        version = _version(in_sight(request, pk), version_no)
        return Response(VersionDetailSerializer(version).data)


class AssessmentComparison(APIView):
    @extend_schema(
        summary="What differs between two versions, and what each criterion did to the score",
        parameters=[
            OpenApiParameter(name, VERSION_NO, required=True, description="Its version_no.")
            for name in ("older", "newer")
        ],
        responses=ComparisonSerializer,
        examples=[OpenApiExample("A comparison", examples.COMPARISON)],
    )
    def get(self, request: Request, pk: int) -> Response:
        opportunity = in_sight(request, pk)
        older, newer = (_version(opportunity, _number(request, n)) for n in ("older", "newer"))
        return Response(ComparisonSerializer(compare(older, newer)).data)


@extend_schema_view(
    get=extend_schema(
        summary="Every decision that was ever made on it, newest first",
        examples=[OpenApiExample("A decision", examples.DECISION)],
    )
)
class Decisions(generics.ListAPIView[Decision]):
    queryset = Decision.objects.all()
    serializer_class = DecisionSerializer

    def get_serializer_context(self) -> dict[str, Any]:
        """Beside the view: what may be said of the conditions."""
        context = dict(super().get_serializer_context())
        if getattr(self, "swagger_fake_view", False):
            return context
        return {**context, **_settlements(self.request, in_sight(self.request, self.kwargs["pk"]))}

    def get_queryset(self) -> Any:
        decisions = Decision.objects.filter(opportunity=in_sight(self.request, self.kwargs["pk"]))
        people = ("decided_by", "first_approved_by", "assessment")
        return decisions.select_related(*people).prefetch_related(
            "conditions__owner", "conditions__settled_by"
        )


def _settlements(request: Request, opportunity: Opportunity) -> dict[str, Any]:
    return {"settlements": settlements_on(opportunity, user_of(request))}


class Conditions(APIView):
    @extend_schema(
        summary="The conditions of the decision that counts now",
        responses=ConditionSerializer(many=True),
        examples=[OpenApiExample("A condition", examples.CONDITION)],
    )
    def get(self, request: Request, pk: int) -> Response:
        opportunity = in_sight(request, pk)
        context = _settlements(request, opportunity)
        conditions = conditions_of(opportunity)
        return Response(ConditionSerializer(conditions, many=True, context=context).data)


class ConditionSettling(APIView):
    @extend_schema(
        summary="Say that a condition is met, or waive it",
        request=SettleSerializer,
        responses={
            200: ConditionSerializer,
            403: REFUSED,
            409: OpenApiResponse(description="It no longer counts, or is settled already."),
        },
        examples=[
            OpenApiExample("Met", {"state": "MET", "reason": "Signed today."}, request_only=True),
            OpenApiExample("As it is now", examples.CONDITION, response_only=True),
        ],
    )
    def post(self, request: Request, pk: int, condition_id: int) -> Response:
        of_this = {each.pk for each in _all_conditions(in_sight(request, pk))}
        if condition_id not in of_this:
            raise Http404(f"This opportunity has no condition {condition_id}.")
        body = SettleSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        sent = {**body.validated_data, "state": ConditionState(body.validated_data["state"])}
        settled = condition_settle(condition=condition_id, **sent, **said_by(request))
        return Response(ConditionSerializer(settled).data)


RecordSerializer = serializer_of(Record)


class DecisionRecord(APIView):
    @extend_schema(
        summary="The decision record in words, as its page and its PDF show it",
        parameters=[
            OpenApiParameter("decision", str, description="Id of an earlier decision."),
        ],
        responses=RecordSerializer,
        examples=[OpenApiExample("A record", examples.RECORD)],
    )
    def get(self, request: Request, pk: int) -> Response:
        opportunity = in_sight(request, pk)
        decision = _chosen(request, decisions_of(opportunity))
        record: Any = decision_record(opportunity, decision)
        return Response(RecordSerializer(record).data)


class Reasons(APIView):
    @extend_schema(
        summary="The reason codes that decisions take",
        responses=ReasonsSerializer,
        examples=[OpenApiExample("Codes", examples.REASONS)],
    )
    def get(self, request: Request) -> Response:
        codes = {"no_bid": _codes(NoBidReason), "override": _codes(OverrideReason)}
        return Response(ReasonsSerializer(codes).data)


class TemplateFilter(StrictFilterSet):
    status = AnyOfChoices(TemplateStatus)
    practice = AnyOfWords()

    class Meta:
        model = AssessmentTemplate
        fields = ()


@extend_schema_view(
    get=extend_schema(
        summary="Assessment templates, all versions",
        examples=[OpenApiExample("A template", examples.TEMPLATE)],
    )
)
class Templates(generics.ListAPIView[AssessmentTemplate]):
    queryset = AssessmentTemplate.objects.all()
    serializer_class = TemplateSerializer
    filter_backends = (DjangoFilterBackend,)
    filterset_class = TemplateFilter


@extend_schema_view(
    get=extend_schema(
        summary="A template with everything it asks",
        examples=[OpenApiExample("A template", examples.TEMPLATE_DETAIL)],
    )
)
class TemplateDetail(generics.RetrieveAPIView[AssessmentTemplate]):
    queryset = AssessmentTemplate.objects.all()
    serializer_class = TemplateDetailSerializer


def _version(opportunity: Any, number: int) -> Assessment:
    versions = opportunity.assessments.select_related("assessor", "submitted_by", "template")
    # Beyond what a column holds is not there either.
    if number < 2**31 and (found := versions.filter(version_no=number).first()):
        return found
    raise Http404(f"There is no version {number} of its assessment.")


def _number(request: Request, name: str) -> int:
    text = request.query_params.get(name, "")
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    raise serializers.ValidationError({name: ["Write the number of a version."]})


def _all_conditions(opportunity: Any) -> Any:
    return [
        condition
        for decision in Decision.objects.filter(opportunity=opportunity).prefetch_related(
            "conditions"
        )
        for condition in decision.conditions.all()
    ]


def _chosen(request: Request, decisions: list[Decision]) -> Decision | None:
    """The one that is asked for, else the last."""
    wanted = request.query_params.get("decision")
    if wanted is None:
        return decisions[0] if decisions else None
    for decision in decisions:
        if str(decision.pk) == wanted:
            return decision
    raise Http404("There is no such decision on this opportunity.")


def _codes(reasons: Any) -> list[dict[str, str]]:
    return [{"code": code, "label": label} for code, label in reasons.choices]
