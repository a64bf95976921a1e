"""Events as the page sends them to Gradio: values that their components can have, and files that were uploaded here."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import gradio as gr
from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    TypeAdapter,
    ValidationInfo,
    field_validator,
)

from ...access import UNDECLARED, Caller, declared_need, require_role


class BadEvent(ValueError):
    """The page has no such event, or its components can't have these values."""


class _Upload(BaseModel):
    path: StrictStr
    meta: dict[Literal["_type"], Literal["gradio.FileData"]]

    @field_validator("path")
    @classmethod
    def _is_uploaded(cls, path: str, info: ValidationInfo) -> str:
        if path not in (info.context or ()):
            raise ValueError("not an upload of this app")
        return path


class _Event(BaseModel):
    fn_index: StrictInt
    session_hash: Annotated[StrictStr, Field(pattern=r"^[A-Za-z0-9]{1,40}$")]
    trigger_id: StrictInt | None = None
    event_data: Annotated[None, BeforeValidator(lambda _: None)] = None  # no handler of the page reads it
    data: list[Any]


class _Stop(BaseModel):
    """What stops an event or ends its generator."""

    event_id: Annotated[StrictStr, Field(pattern=r"^[A-Za-z0-9]{1,40}$")]
    session_hash: Annotated[StrictStr, Field(pattern=r"^[A-Za-z0-9]{1,40}$")] | None = None
    fn_index: StrictInt | None = None


_Scalar = StrictStr | StrictInt | None
_Scalars = Annotated[list[StrictStr | StrictInt], Field(max_length=1_000)]
_VALUES: dict[type, Any] = {
    gr.Textbox: StrictStr | None,
    gr.Radio: _Scalar,
    gr.Dropdown: _Scalar | _Scalars,
    gr.Checkbox: StrictBool,
    gr.CheckboxGroup: _Scalars,
    gr.DateTime: Annotated[StrictStr, Field(max_length=40)] | None,
    gr.File: list[_Upload] | None,
    gr.State: Annotated[None, BeforeValidator(lambda _: None)],  # kept by the server; what the browser sends is ignored
}


class Events:
    """The events of a page, with the values that the inputs of each can have."""

    def __init__(self, page: gr.Blocks) -> None:
        self._uploads = page.upload_file_set  # grows with each upload
        self._needs = {number: declared_need(event) or UNDECLARED for number, event in page.fns.items()}
        self._inputs = {
            number: [TypeAdapter(_VALUES[type(component)]) for component in event.inputs]
            for number, event in page.fns.items()
        }

    def check(self, body: bytes, caller: Caller) -> bytes:
        """An event in JSON, rebuilt from what the page sends and nothing else.

        Raises:
            BadEvent: the page has no such event, or its components can't have these values.
            RoleMissing: the caller may not cause this event.
        """
        try:
            event = _Event.model_validate_json(body)
            inputs = self._inputs[event.fn_index]
            event.data = [
                kind.validate_python(value, context=self._uploads)
                for kind, value in zip(inputs, event.data, strict=True)
            ]
        except (KeyError, ValueError) as error:
            raise BadEvent(str(error)) from None
        require_role(caller, self._needs[event.fn_index].role)
        return event.model_dump_json().encode()


def check_stop(body: bytes) -> bytes:
    """A request that stops an event, in JSON, rebuilt from what the page sends and nothing else.

    Raises:
        BadEvent: it is something else. 6.31.0 answers some of it with an internal error.
    """
    try:
        return _Stop.model_validate_json(body).model_dump_json(exclude_none=True).encode()
    except ValueError as error:
        raise BadEvent(str(error)) from None
