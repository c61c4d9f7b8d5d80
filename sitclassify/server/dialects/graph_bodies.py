"""Bodies of Microsoft Graph's `dataSecurityAndGovernance`, as far as they are read; all other fields are let be."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

ACTIVITIES = ("uploadText", "uploadFile", "downloadText", "downloadFile")


def _activity(value: Any) -> str | None:
    """By name, or by number as Microsoft's GitHub action sends it; None for what is neither."""
    if isinstance(value, int) and 1 <= value <= len(ACTIVITIES):
        return ACTIVITIES[value - 1]
    return value if isinstance(value, str) and value in ACTIVITIES else None


def _activities(value: Any) -> list[str]:
    asked = value.split(",") if isinstance(value, str) else value
    asked = asked if isinstance(asked, list) else [asked]
    known = [_activity(one.strip() if isinstance(one, str) else one) for one in asked]
    return [one for one in known if one is not None]


def kind_of(odata_type: str) -> str:
    """The last part of an `@odata.type`, which comes with and without a `#`."""
    return odata_type.rpartition(".")[2]


class _Body(BaseModel):
    model_config = ConfigDict(extra="ignore")


class Data(_Body):
    """Text, or a file as base64."""

    kind: str = Field("", alias="@odata.type")
    data: str | None = None


class Entry(_Body):
    """One message or file."""

    content: Data = Field(default_factory=lambda: Data.model_validate({}))
    identifier: str | None = None
    correlation: str | None = Field(None, alias="correlationId")
    is_truncated: bool = Field(False, alias="isTruncated")


class Activity(_Body):
    """What is done with the content; left out or unknown, it is a prompt."""

    activity: Annotated[str | None, BeforeValidator(_activity)] = None


class IntegratedApp(_Body):
    """The agent or application that asks."""

    name: str | None = None


class ProtectedApp(IntegratedApp):
    """The application that is protected, and its id."""

    location: dict[str, Any] = Field({}, alias="applicationLocation")


class Content(_Body):
    """What is to be looked at, and where it comes from."""

    entries: list[Entry] = Field([], alias="contentEntries", max_length=1000)
    activity: Activity = Field(default_factory=Activity, alias="activityMetadata")
    integrated_app: IntegratedApp = Field(
        default_factory=lambda: IntegratedApp.model_validate({}), alias="integratedAppMetadata"
    )
    protected_app: ProtectedApp = Field(
        default_factory=lambda: ProtectedApp.model_validate({}), alias="protectedAppMetadata"
    )


class Process(_Body):
    """processContent."""

    content: Content = Field(alias="contentToProcess")


class Requested(Process):
    """One of processContentAsync's."""

    request: str | None = Field(None, alias="requestId")
    user: str | None = Field(None, alias="userId")


class Batch(_Body):
    """processContentAsync."""

    requests: list[Requested] = Field(alias="processContentRequests", max_length=1000)


class Activities(_Body):
    """contentActivities."""

    id: str | None = None
    user: str | None = Field(None, alias="userId")
    content: Content = Field(alias="contentMetadata")


class Compute(_Body):
    """protectionScopes/compute."""

    activities: Annotated[list[str], BeforeValidator(_activities)] = []
    locations: list[dict[str, Any]] = []
