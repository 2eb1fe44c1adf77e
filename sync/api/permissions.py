from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView


class MayStartSync(BasePermission):
    message = "You may not start a sync: ask an administrator for “Can start a sync”."

    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(request.user and request.user.has_perm("sync.trigger_sync"))
