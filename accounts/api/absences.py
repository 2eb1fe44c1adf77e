"""Say when you are away, and who has your work meanwhile."""

from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError as Refused
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from audit.models import AuditKind
from audit.recording import record
from opportunities.access.roles import user_of
from opportunities.api.representation import PersonSerializer
from opportunities.api.rights import OWN
from opportunities.api.strict_bodies import IdField, StrictSerializer
from opportunities.models import Absence


class AbsenceSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    person = PersonSerializer(source="user")
    deputy = PersonSerializer()
    starts = serializers.DateField()
    ends = serializers.DateField(help_text="The last day, in the time zone of the site.")


class NewAbsenceSerializer(StrictSerializer):
    deputy = IdField(help_text="Somebody with the same role, who has your work meanwhile.")
    starts = serializers.DateField()
    ends = serializers.DateField()

    def validate_ends(self, ends: Any) -> Any:
        if ends < timezone.localdate():
            raise serializers.ValidationError("Choose a last day that is not over.")
        return ends


class Absences(APIView):
    rights: ClassVar = {"GET": OWN, "POST": OWN}

    @extend_schema(
        summary="When you are away, and for whom you stand in",
        responses=AbsenceSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        user = user_of(request)
        rows = Absence.objects.filter(Q(user=user) | Q(deputy=user))
        rows = rows.filter(ends__gte=timezone.localdate()).select_related("user", "deputy")
        return Response(AbsenceSerializer(rows, many=True).data)

    @extend_schema(
        summary="Name a deputy for the days on which you are away",
        request=NewAbsenceSerializer,
        responses={201: AbsenceSerializer},
    )
    def post(self, request: Request) -> Response:
        absence = add_absence(user_of(request), NewAbsenceSerializer.read(request))
        return Response(AbsenceSerializer(absence).data, status=201)


class OneAbsence(APIView):
    rights: ClassVar = {"DELETE": OWN}

    @extend_schema(summary="Be there again, or call an absence off", responses={204: None})
    @transaction.atomic
    def delete(self, request: Request, pk: int) -> Response:
        absence = Absence.objects.filter(user=user_of(request), pk=pk).first()
        if absence is None:
            raise Http404(f"There is no absence {pk} of yours.")
        record_absence("deleted", absence)
        absence.delete()
        return Response(status=204)


@transaction.atomic
def add_absence(user: User, sent: dict[str, Any]) -> Absence:
    """Store it. Raises: ValidationError."""
    deputy = User.objects.filter(pk=sent["deputy"], is_active=True).first()
    if deputy is None:
        raise serializers.ValidationError({"deputy": ["Choose an active person."]})
    absence = Absence(**{**sent, "user": user, "deputy": deputy})
    try:
        absence.full_clean()
    except Refused as fault:
        words = fault.message_dict
        raise serializers.ValidationError({field_of(name): words[name] for name in words}) from None
    absence.save()
    record_absence("added", absence)
    return absence


def field_of(name: str) -> str:
    """Return the field that a fault of both days or both people belongs to."""
    return "ends" if name == "__all__" else name


def record_absence(what: str, absence: Absence) -> None:
    record(
        AuditKind.ABSENCE_CHANGED,
        about=absence.user,
        what=what,
        deputy=absence.deputy_id,
        starts=absence.starts,
        ends=absence.ends,
    )
