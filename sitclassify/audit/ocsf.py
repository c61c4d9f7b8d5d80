"""Audit events as OCSF API Activity with the profiles `ai_operation` and `security_control`.

Source: https://schema.ocsf.io (class 6003; objects message_context, ai_model, data_classification).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

_SCHEMA = "1.8.0"  # of OCSF
_CLASS = 6003  # API Activity
_CREATE, _READ = 1, 2  # activities: a prompt is sent, an answer is read
_ROLES = {"user": 1, "assistant": 2, "tool": 3}
_OTHER = 99
_OUTCOMES = {  # action -> (allowed 1, denied 2 or modified 4; disposition; severity)
    "allow": (1, 1, 1),  # Allowed, informational
    "audit": (1, 17, 2),  # Logged, low
    "warn": (1, 19, 3),  # Alert, medium
    "redact": (4, 11, 3),  # Corrected, medium
    "block": (2, 2, 4),  # Blocked, high
}


def to_ocsf(event: Mapping[str, Any]) -> dict[str, Any]:
    """One event of version 1 as an OCSF event; the whole event is kept under `unmapped`.

    What is not known is left out, except where OCSF asks for it: there it is `unknown`.
    """
    action, disposition, severity = _OUTCOMES[event["decision"]["action"]]
    activity = _READ if event["activity"].startswith("download") else _CREATE
    application = event["application"] or "unknown"
    return {
        "category_uid": _CLASS // 1000,
        "class_uid": _CLASS,
        "activity_id": activity,
        "type_uid": _CLASS * 100 + activity,
        "time": int(datetime.fromisoformat(event["time"]).timestamp() * 1000),
        "severity_id": severity,
        "status_id": 1,
        "action_id": action,
        "disposition_id": disposition,
        "is_alert": severity > 2,
        "metadata": _metadata(event),
        "actor": {"user": {"uid": event["user"] or "unknown"}, "app_name": application},
        "api": {
            "operation": event["activity"],
            "service": {"name": event["provider"] or "unknown"},
            "request": {"uid": event["message"] or event["id"]},
        },
        "src_endpoint": {"name": application},
        "message_context": {
            "uid": event["thread"] or "unknown",
            "ai_role_id": _ROLES.get(event["role"], _OTHER),
            "ai_role": event["role"],
            "application": {"name": application},
        },
        "ai_model": {
            "name": event["model"] or "unknown",
            "ai_provider": event["provider"] or "unknown",
        },
        "policy": {"uid": event["decision"]["policies"], "name": _deciding(event)},
        "resources": [_resource(event)],
        "unmapped": {"sitclassify": dict(event)},
    }


def _metadata(event: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "version": _SCHEMA,
        "profiles": ["ai_operation", "security_control", "data_classification"],
        "product": {"name": "sitclassify", "vendor_name": "sitclassify", "version": event["catalogue"]},
        "uid": event["id"],
        "sequence": event["origin"]["sequence"],
        **({"tenant_uid": event["tenant"]} if event["tenant"] else {}),
    }  # fmt: skip


def _deciding(event: Mapping[str, Any]) -> str:
    rules = event["decision"]["rules"]
    return f"{rules[0]['policy']}/{rules[0]['rule']}" if rules else "none"


def _resource(event: Mapping[str, Any]) -> dict[str, Any]:
    """The message, with what was found in it; no values."""
    found = [{"type": sit, "count": count} for sit, count in event["counts"].items()]
    return {
        "type": "message",
        "uid": event["message"] or event["id"],
        "data_classifications": [
            {
                "category_id": _OTHER,
                "status_id": 1 if event["complete"] else 2,
                "size": sum(part["length"] for part in event["parts"]),
                "total": sum(event["counts"].values()),
                "discovery_details": found,
            }
        ],
    }
