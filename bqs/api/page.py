"""Configure the API's schema and the page that shows it: a part of the settings."""

from typing import Any

from bqs import __version__

SERVED_HERE = "The site that this schema was read from."
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "BQS, the bid qualification system",
    "DESCRIPTION": "Sales opportunities mirrored from Oracle CRM, and what people decide on them.",
    "OAS_VERSION": "3.1.0",
    "VERSION": __version__,
    # No PATCH leaves out what its body requires: each view reads the whole body.
    "COMPONENT_SPLIT_PATCH": False,
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["opportunities.api.rights.HoldsRight"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "bqs.api.description.describe_all",
    ],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "FieldKind": "opportunities.domain.fields.Kind",
        "KindEnum": "assessments.scoring.rules.AnswerKind",
        "WorkflowStatus": "opportunities.domain.states.WorkflowStatus",
        "RunStatus": "sync.models.SyncStatus",
        "RunChangeKind": "sync.models.RunChangeKind",
        "WorkflowAction": "opportunities.domain.states.Action",
        "AskedFor": "opportunities.domain.states.InputField",
        "SyncTrigger": "sync.models.Trigger",
        "CapTrigger": "assessments.scoring.rules.CapTrigger",
        "Recommendation": "assessments.scoring.rules.Recommendation",
        "AssessmentStatus": "assessments.models.AssessmentStatus",
        "TemplateStatus": "assessments.models.TemplateStatus",
        "NoticeChannel": "notifications.api.switches.CHANNELS",
        "ReviewThreadState": "assessments.models.ThreadState",
    },
    # The docs page loads nothing from outside.
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "validatorUrl": None},
}
