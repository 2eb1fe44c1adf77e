"""Serve drafts, versions, decisions, conditions and templates over HTTP."""

from typing import Any, ClassVar

from django.http import Http404
from django.utils.functional import cached_property
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from assessments.analytics.comparison import compare
from assessments.api.bodies import DraftSaveSerializer, SettleSerializer, ThreadAnswerSerializer
from assessments.api.serializers.comparison import ComparisonSerializer
from assessments.api.serializers.decisions import (
    ConditionSerializer,
    DecisionSerializer,
    ReasonsSerializer,
)
from assessments.api.serializers.documents import serializer_of
from assessments.api.serializers.drafts import (
    DraftConflictSerializer,
    DraftSerializer,
    conflict_response,
    draft_for,
)
from assessments.api.serializers.review_threads import ReviewThreadSerializer
from assessments.api.serializers.templates import TemplateDetailSerializer, TemplateSerializer
from assessments.api.serializers.versions import VersionDetailSerializer, VersionSerializer
from assessments.decisions.conditions import condition_settle, conditions_of, settlements_of
from assessments.decisions.review_threads import states_to_set, thread_answer
from assessments.drafts.drafts import save_answers
from assessments.drafts.problems import Conflict
from assessments.drafts.review_threads import threads_of
from assessments.models import (
    Assessment,
    AssessmentTemplate,
    Condition,
    ConditionState,
    Decision,
    ReviewThread,
    TemplateStatus,
)
from assessments.models.reasons import NoBidReason, OverrideReason
from assessments.permissions import VIEW_ASSESSMENT, VIEW_CONDITION, VIEW_DECISION, VIEW_TEMPLATE
from assessments.record.facts import chosen_decision, decision_record, decisions_of
from assessments.record.parts import Record
from opportunities.access import permissions
from opportunities.access.roles import user_of
from opportunities.api.detail import visible_opportunity
from opportunities.api.strict_filters import AnyOfChoices, AnyOfWords, StrictFilterSet
from opportunities.api.transition_bodies import actor_kwargs
from opportunities.models import Opportunity

VERSION_NO = {"type": "integer", "minimum": 1, "maximum": 999_999_999}
NO_TEMPLATE = OpenApiResponse(description="No template is active.")
REFUSED = OpenApiResponse(description="You have no right to do this; `detail` says who has.")


class AssessmentDraft(APIView):
    rights: ClassVar = {"GET": VIEW_ASSESSMENT, "PATCH": permissions.WORK_ON}

    @extend_schema(
        summary="Get the draft and what it lacks",
        responses={200: DraftSerializer, 409: NO_TEMPLATE},
    )
    def get(self, request: Request, pk: int) -> Response:
        return Response(draft_for(visible_opportunity(request, pk)))

    @extend_schema(
        summary="Save some answers",
        description="Saves all of it or nothing; what is not sent stays. The first save starts it.",
        request=DraftSaveSerializer,
        responses={
            200: DraftSerializer,
            403: REFUSED,
            (409, "application/problem+json"): OpenApiResponse(
                DraftConflictSerializer,
                "Someone has saved it since: `current` holds the draft as it is now, `saves` "
                "what they saved. Or it takes no answers in this state; see `guard`.",
            ),
        },
    )
    def patch(self, request: Request, pk: int) -> Response:
        sent = DraftSaveSerializer.read(request)
        version = sent.pop("lock_version")
        try:
            save_answers(opportunity=pk, expected_version=version, **sent, **actor_kwargs(request))
        except Conflict as conflict:
            raise conflict_response(conflict) from conflict
        return Response(draft_for(visible_opportunity(request, pk)))


@extend_schema_view(get=extend_schema(summary="List the versions of its assessment, newest first"))
class AssessmentVersions(generics.ListAPIView[Assessment]):
    rights: ClassVar = {"GET": VIEW_ASSESSMENT}
    queryset = Assessment.objects.all()
    serializer_class = VersionSerializer

    def get_queryset(self) -> Any:
        versions = visible_opportunity(self.request, self.kwargs["pk"]).assessments
        return versions.select_related("assessor", "submitted_by")


class AssessmentVersion(APIView):
    rights: ClassVar = {"GET": VIEW_ASSESSMENT}

    @extend_schema(
        summary="Get one version as it was submitted, with its own questions",
        responses=VersionDetailSerializer,
    )
    def get(self, request: Request, pk: int, version_no: int) -> Response:
        version = _version(visible_opportunity(request, pk), version_no)
        return Response(VersionDetailSerializer(version).data)


class AssessmentComparison(APIView):
    rights: ClassVar = {"GET": VIEW_ASSESSMENT}

    @extend_schema(
        summary="Compare two versions, criterion by criterion",
        parameters=[
            OpenApiParameter(name, VERSION_NO, required=True, description="Its version_no.")
            for name in ("older", "newer")
        ],
        responses=ComparisonSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        opportunity = visible_opportunity(request, pk)
        older, newer = (_version(opportunity, _number(request, n)) for n in ("older", "newer"))
        return Response(ComparisonSerializer(compare(older, newer)).data)


@extend_schema_view(get=extend_schema(summary="List its decisions but undone ones, newest first"))
class Decisions(generics.ListAPIView[Decision]):
    rights: ClassVar = {"GET": VIEW_DECISION}
    queryset = Decision.objects.all()
    serializer_class = DecisionSerializer

    def get_serializer_context(self) -> dict[str, Any]:
        context = dict(super().get_serializer_context())
        if not getattr(self, "swagger_fake_view", False):
            conditions = conditions_of(self.opportunity)
            context["settlements"] = settlements_of(
                conditions, self.opportunity, user_of(self.request)
            )
        return context

    @cached_property
    def opportunity(self) -> Opportunity:
        return visible_opportunity(self.request, self.kwargs["pk"])

    def get_queryset(self) -> Any:
        decisions = Decision.objects.standing(self.opportunity)
        people = ("decided_by", "first_approved_by", "assessment")
        return decisions.select_related(*people).prefetch_related(
            "conditions__owner", "conditions__settled_by"
        )


class Conditions(APIView):
    rights: ClassVar = {"GET": VIEW_CONDITION}

    @extend_schema(
        summary="List the conditions of the latest decision",
        responses=ConditionSerializer(many=True),
    )
    def get(self, request: Request, pk: int) -> Response:
        opportunity = visible_opportunity(request, pk)
        conditions = conditions_of(opportunity)
        context = {"settlements": settlements_of(conditions, opportunity, user_of(request))}
        return Response(ConditionSerializer(conditions, many=True, context=context).data)


class ReviewThreads(APIView):
    rights: ClassVar = {"GET": VIEW_ASSESSMENT}

    @extend_schema(
        summary="List the review comments on its assessment, with replies",
        responses=ReviewThreadSerializer(many=True),
    )
    def get(self, request: Request, pk: int) -> Response:
        return Response(_threads_for(request, visible_opportunity(request, pk)))


class ReviewThreadAnswer(APIView):
    rights: ClassVar = {"POST": permissions.WORK_ON}

    @extend_schema(
        summary="Reply to a review comment, address, settle or reopen it",
        request=ThreadAnswerSerializer,
        responses={
            200: ReviewThreadSerializer(many=True),
            403: REFUSED,
            409: OpenApiResponse(description="It is in this state already, or the review is over."),
        },
    )
    def post(self, request: Request, pk: int, thread_id: int) -> Response:
        opportunity = visible_opportunity(request, pk)
        threads = ReviewThread.objects.filter(assessment__opportunity=opportunity)
        if not threads.filter(pk=thread_id).exists():
            raise Http404(f"This opportunity has no review comment {thread_id}.")
        sent = ThreadAnswerSerializer.read(request)
        thread_answer(thread=thread_id, **sent, **actor_kwargs(request))
        return Response(_threads_for(request, opportunity))


class ConditionSettling(APIView):
    # The owner of a condition can be anybody who sees it.
    rights: ClassVar = {"POST": VIEW_CONDITION}

    @extend_schema(
        summary="Mark a condition as met, or waive it",
        request=SettleSerializer,
        responses={
            200: ConditionSerializer,
            403: REFUSED,
            409: OpenApiResponse(description="It no longer counts, or is already settled."),
        },
    )
    def post(self, request: Request, pk: int, condition_id: int) -> Response:
        conditions = Condition.objects.filter(
            decision__opportunity=visible_opportunity(request, pk)
        )
        if not conditions.filter(pk=condition_id).exists():
            raise Http404(f"This opportunity has no condition {condition_id}.")
        sent = SettleSerializer.read(request)
        sent["state"] = ConditionState(sent["state"])
        settled = condition_settle(condition=condition_id, **sent, **actor_kwargs(request))
        return Response(ConditionSerializer(settled).data)


RecordSerializer = serializer_of(Record)


class DecisionRecord(APIView):
    rights: ClassVar = {"GET": VIEW_DECISION}

    @extend_schema(
        summary="Get the decision record in words, as on its page and in its PDF",
        parameters=[OpenApiParameter("decision", str, description="Id of an earlier decision.")],
        responses=RecordSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        opportunity = visible_opportunity(request, pk)
        wanted = request.query_params.get("decision")
        decision = chosen_decision(decisions_of(opportunity), wanted)
        record: Any = decision_record(opportunity, decision)
        return Response(RecordSerializer(record).data)


class Reasons(APIView):
    rights: ClassVar = {"GET": VIEW_DECISION}

    @extend_schema(summary="List the reason codes of decisions", responses=ReasonsSerializer)
    def get(self, request: Request) -> Response:
        reasons = {"no_bid": NoBidReason, "override": OverrideReason}
        codes = {
            name: [{"code": code, "label": label} for code, label in choices.choices]
            for name, choices in reasons.items()
        }
        return Response(ReasonsSerializer(codes).data)


class TemplateFilter(StrictFilterSet):
    status = AnyOfChoices(TemplateStatus)
    practice = AnyOfWords()


@extend_schema_view(get=extend_schema(summary="List the assessment templates, all versions"))
class Templates(generics.ListAPIView[AssessmentTemplate]):
    rights: ClassVar = {"GET": VIEW_TEMPLATE}
    queryset = AssessmentTemplate.objects.all()
    serializer_class = TemplateSerializer
    filterset_class = TemplateFilter


@extend_schema_view(get=extend_schema(summary="Get a template with all its questions"))
class TemplateDetail(generics.RetrieveAPIView[AssessmentTemplate]):
    rights: ClassVar = {"GET": VIEW_TEMPLATE}
    queryset = AssessmentTemplate.objects.all()
    serializer_class = TemplateDetailSerializer


def _threads_for(request: Request, opportunity: Opportunity) -> Any:
    context = {"states": states_to_set(opportunity, user_of(request))}
    return ReviewThreadSerializer(threads_of(opportunity), many=True, context=context).data


def _version(opportunity: Any, number: int) -> Assessment:
    versions = opportunity.assessments.select_related("assessor", "submitted_by", "template")
    # A larger number does not fit the column.
    if number < 2**31 and (found := versions.filter(version_no=number).first()):
        return found
    raise Http404(f"Its assessment has no version {number}.")


def _number(request: Request, name: str) -> int:
    text = request.query_params.get(name, "")
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    raise serializers.ValidationError({name: ["Enter the number of a version."]})
