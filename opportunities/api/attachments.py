"""Serve the files and links of an opportunity."""

import logging
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import generics, serializers
from rest_framework.exceptions import APIException, ErrorDetail, ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from opportunities.access import permissions
from opportunities.access.roles import access_of, user_of
from opportunities.api.detail import visible_opportunity
from opportunities.api.representation import PersonSerializer, StoredSerializer
from opportunities.api.strict_bodies import StrictSerializer, TextField
from opportunities.api.transition_bodies import actor_kwargs
from opportunities.api.transitions import REFUSALS
from opportunities.attachments.file_types import FileRefused
from opportunities.attachments.keeping import (
    attach_file,
    attach_link,
    attachment_remove,
    attachment_restore,
    may_remove,
)
from opportunities.models import Attachment, Opportunity

log = logging.getLogger(__name__)
# Opened in a browser after all, it runs nothing and loads nothing.
SAFE_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}
UPLOAD = {
    "type": "object",
    "properties": {"file": {"type": "string", "format": "binary"}},
    "required": ["file"],
}


class FileTooLarge(APIException):
    status_code = 413
    default_code = "file_too_large"


class AttachmentSerializer(StoredSerializer[Attachment]):
    added_by = PersonSerializer()
    removed_by = PersonSerializer(allow_null=True)
    may_remove = serializers.SerializerMethodField(help_text="And restore it.")

    class Meta:
        model = Attachment
        fields = (
            *("id", "name", "url", "content_type", "size", "sha256"),
            *("added_by", "added_at", "removed_by", "removed_at", "may_remove"),
        )

    def get_may_remove(self, attachment: Attachment) -> bool:
        access = access_of(self.context["request"].user)
        return may_remove(attachment, self.context["opportunity"], access)


class LinkOrderSerializer(StrictSerializer):
    title = TextField(max_length=200)
    url = serializers.RegexField(
        r"^https?://[^\s\x00-\x1f]+\Z",
        max_length=2000,
        error_messages={"invalid": "Write an address that begins with https:// or http://."},
    )


class ADownload(BaseRenderer):
    media_type, format = "application/octet-stream", "file"


def attachments_of(request: Request, opportunity: Opportunity) -> "QuerySet[Attachment]":
    """Return those on the list, and the removed ones that this person may restore."""
    rows = opportunity.attachments.select_related("added_by", "removed_by")
    access = access_of(request.user)
    if access.may_work and access.runs_desk_for(opportunity):
        return rows
    return rows.filter(Q(removed_at=None) | Q(added_by=user_of(request)))


def attachment_or_404(request: Request, pk: int, attachment_id: int) -> Attachment:
    rows = attachments_of(request, visible_opportunity(request, pk))
    found = rows.filter(pk=attachment_id).select_related("opportunity").first()
    if found is None:
        raise Http404(f"There is no attachment {attachment_id}.")
    return found


def shown(request: Request, attachment: Attachment) -> Any:
    context = {"request": request, "opportunity": attachment.opportunity}
    return AttachmentSerializer(attachment, context=context).data


@extend_schema_view(
    get=extend_schema(
        summary="Its files and links, newest first",
        description="Removed ones are there for those who may restore them.",
    )
)
class Attachments(generics.ListAPIView[Attachment]):
    rights: ClassVar = {"GET": permissions.VIEW, "POST": permissions.COMMENT}
    queryset = Attachment.objects.all()
    serializer_class = AttachmentSerializer
    parser_classes = (MultiPartParser,)

    def get_queryset(self) -> "QuerySet[Attachment]":
        self.opportunity = visible_opportunity(self.request, self.kwargs["pk"])
        return attachments_of(self.request, self.opportunity)

    def get_serializer_context(self) -> dict[str, Any]:
        opportunity = getattr(self, "opportunity", None)
        return {**super().get_serializer_context(), "opportunity": opportunity}

    @extend_schema(
        summary="Attach a file",
        description="Types and sizes are those of ATTACHMENT_TYPES, ATTACHMENT_MAX_MB and "
        "ATTACHMENT_TOTAL_MB; a scanner of the site may refuse it.",
        request={"multipart/form-data": UPLOAD},
        responses={201: AttachmentSerializer, **REFUSALS},
    )
    def post(self, request: Request, pk: int) -> Response:
        file = request.FILES.get("file")
        if file is None:
            raise ValidationError({"file": ["Send a file."]})
        opportunity = visible_opportunity(request, pk)
        try:
            attachment = attach_file(
                opportunity=opportunity,
                name=file.name or "",
                file=file.file,
                size=file.size,
                **actor_kwargs(request),
            )
        except FileRefused as refusal:
            if refusal.code == "too_large":
                raise FileTooLarge(str(refusal)) from refusal
            detail = ErrorDetail(str(refusal), refusal.code)
            raise ValidationError({"file": [detail]}) from refusal
        return Response(shown(request, attachment), status=201)


class Links(APIView):
    rights: ClassVar = {"POST": permissions.COMMENT}

    @extend_schema(
        summary="Attach a link as evidence",
        request=LinkOrderSerializer,
        responses={201: AttachmentSerializer, **REFUSALS},
    )
    def post(self, request: Request, pk: int) -> Response:
        link = LinkOrderSerializer.read(request)
        opportunity = visible_opportunity(request, pk)
        attached = attach_link(opportunity=opportunity, **link, **actor_kwargs(request))
        return Response(shown(request, attached), status=201)


class OneAttachment(APIView):
    rights: ClassVar = {"GET": permissions.VIEW, "DELETE": permissions.COMMENT}

    def get_renderers(self) -> list[BaseRenderer]:
        is_file = self.request and self.request.method in ("GET", "HEAD")
        return [ADownload()] if is_file else super().get_renderers()

    @extend_schema(
        summary="Download the file",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: int, attachment_id: int) -> HttpResponseBase:
        found = attachment_or_404(request, pk, attachment_id)
        if not found.stored_as:
            raise Http404("This is a link, not a file. Open its address.")
        try:
            file = found.open()
        except FileNotFoundError as lost:
            log.error("The file of attachment %s is not in ATTACHMENT_FOLDER", found.pk)
            raise Http404("The file is missing. Ask an administrator.") from lost
        return FileResponse(
            file,
            as_attachment=True,
            filename=found.name,
            content_type=found.content_type,
            headers=SAFE_HEADERS,
        )

    @extend_schema(
        summary="Remove it from the list; it stays on record",
        request=None,
        responses={204: OpenApiResponse(description="Removed."), 403: REFUSALS[403]},
    )
    def delete(self, request: Request, pk: int, attachment_id: int) -> Response:
        found = attachment_or_404(request, pk, attachment_id)
        attachment_remove(attachment=found, **actor_kwargs(request))
        return Response(status=204)


class RestoreAttachment(APIView):
    rights: ClassVar = {"POST": permissions.COMMENT}

    @extend_schema(
        summary="Put a removed one back",
        request=None,
        responses={200: AttachmentSerializer, 403: REFUSALS[403]},
    )
    def post(self, request: Request, pk: int, attachment_id: int) -> Response:
        found = attachment_or_404(request, pk, attachment_id)
        attachment_restore(attachment=found, **actor_kwargs(request))
        return Response(shown(request, found))
