"""Events as the page sends them to Gradio: values that their components can have, and files that were uploaded here."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import gradio as gr
from pydantic import (
    BaseModel,
    BeforeValidator,
    Field,
    StrictInt,
    StrictStr,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from ...access import UNDECLARED, Caller, declared_need, require_role


class BadEvent(ValueError):
    """The page has no such event, or its components can't have these values."""


class _Text(BaseModel):
    type: Literal["text"]
    text: StrictStr


class _ChatMessage(BaseModel):
    """A message of text. Gradio also knows files, which it fetches or copies, and components, which it creates."""

    role: Literal["user", "assistant"]
    content: list[_Text]


class _Upload(BaseModel):
    path: StrictStr
    meta: dict[Literal["_type"], Literal["gradio.FileData"]]

    @field_validator("path")
    @classmethod
    def _is_uploaded(cls, path: str, info: ValidationInfo) -> str:
        if path not in (info.context or ()):
            raise ValueError("not an upload of this app")
        return path


class _ExampleText(BaseModel):
    text: StrictStr


class _Example(BaseModel):
    """A chosen example question."""

    index: StrictInt
    value: _ExampleText


def _only_example(event_data: Any) -> Any:
    try:
        return _Example.model_validate(event_data)
    except ValidationError:
        return None  # other events send data of their own, which no handler of the page reads


class _Event(BaseModel):
    fn_index: StrictInt
    session_hash: Annotated[StrictStr, Field(pattern=r"^[A-Za-z0-9]{1,40}$")]
    trigger_id: StrictInt | None = None
    event_data: Annotated[_Example | None, BeforeValidator(_only_example)] = None
    data: list[Any]


_Scalar = StrictStr | StrictInt | None
_VALUES: dict[type, Any] = {
    gr.Textbox: StrictStr | None,
    gr.Radio: _Scalar,
    gr.Dropdown: _Scalar,
    gr.Chatbot: list[_ChatMessage],
    gr.File: list[_Upload] | None,
    gr.State: Annotated[None, BeforeValidator(lambda _: None)],  # kept by the server; what the browser sends is ignored
    gr.BrowserState: Annotated[list[Any], Field(max_length=0)],  # of the history of chats, which the page doesn't keep
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
