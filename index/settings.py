"""Settings of the program. Only entry points read the environment; everything else is passed what it needs."""

from __future__ import annotations

import ipaddress
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from .embedding import BUNDLED, PrecisionSetting
from .errors import SettingsError

_PREFIX = "ARTICLES_"
_MIN_TOKEN = 16  # characters


class Settings(BaseSettings):
    """Settings with their defaults. Each can be set as an environment variable named `ARTICLES_…`."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="ignore", str_strip_whitespace=True)

    library: str = Field("library", description="directory of the library")
    embedder: str = Field(BUNDLED, description="the bundled model, or any sentence-transformers name or folder")
    precision: PrecisionSetting = Field("auto", description="of the bundled model's multiplications")
    caution: Literal["cautious", "balanced", "eager"] = Field("balanced", description="how sure an answer has to be")
    reader: str = Field("bundled", description="the model that reads passages: bundled, none, or a folder")
    host: str = Field("127.0.0.1", description="address on which the app listens; a public one needs a token")
    port: int = Field(7860, ge=1, le=65_535, description="port on which the app listens")
    update_minutes: int = Field(60, ge=0, le=100_000, description="minutes between updates of the feeds; 0: never")
    token: str = Field("", repr=False, description="if set, every request and the page need it")
    proxies: str = Field("127.0.0.1", description="reverse proxies whose X-Forwarded headers are believed")
    metrics: Literal["admin", "open", "off"] = Field("admin", description="who may read /metrics")
    log: Literal["text", "json"] = Field("text", description="form of the log")
    log_requests: Literal["none", "requests", "questions"] = Field("none", description="what else to log")
    llm_url: str = Field("", description="OpenAI-compatible server; without one, answers are exact quotes only")
    llm_model: str = Field("", description="name of the language model on that server")
    llm_key: str = Field("", repr=False, description="API key for that server; never shown or logged")
    llm_window: int = Field(8_192, ge=2_048, le=2_000_000, description="context window of the model in tokens")
    llm_seconds: int = Field(30, ge=1, le=600, description="time limit for a written answer in seconds")
    llm_unfounded: Literal["remove", "strike"] = Field("remove", description="how to handle unsupported sentences")

    @classmethod
    def from_environment(cls, **overrides: object) -> Settings:
        """Read the settings from the environment; `overrides` (command-line options) take precedence if not None.

        Unset and blank variables keep their defaults.

        Raises:
            SettingsError: a value isn't allowed; the message names the variable, the value and what is allowed.
        """
        given = {name: value for name, value in overrides.items() if value is not None}
        try:
            return cls(**given)  # type: ignore[arg-type]  # checked by pydantic
        except ValidationError as error:
            raise SettingsError(" ".join(_message(item, given) for item in error.errors())) from None

    @model_validator(mode="before")
    @classmethod
    def _drop_blank(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in values.items() if not isinstance(value, str) or value.strip()}

    @model_validator(mode="after")
    def _check_proxies(self) -> Self:
        for proxy in self.proxies.split(","):
            try:
                ipaddress.ip_network(proxy.strip(), strict=False)
            except ValueError:
                raise ValueError(
                    f"{_PREFIX}PROXIES contains {proxy.strip()!r}. It must be addresses or networks separated by"
                    " commas, such as 127.0.0.1,172.30.0.0/16."
                ) from None
        return self

    @model_validator(mode="after")
    def _check_language_model(self) -> Self:
        if self.llm_url and not self.llm_model:
            raise ValueError(
                f"{_PREFIX}LLM_URL is set, but {_PREFIX}LLM_MODEL isn't. Set it to the model's name on that server."
            )
        return self

    def check_access(self, has_named_tokens: bool = False) -> None:
        """Check that other machines can't use the app without a token.

        Args:
            has_named_tokens: whether tokens were made for the library, so that every request needs one.

        Raises:
            SettingsError: the token is too short, or is missing and `host` isn't a loopback address.
        """
        if self.token and len(self.token) < _MIN_TOKEN:
            raise SettingsError(f"{_PREFIX}TOKEN has {len(self.token)} characters. It must have at least {_MIN_TOKEN}.")
        if not (self.token or has_named_tokens or _is_loopback(self.host)):
            raise SettingsError(
                f"Other machines can reach {self.host}, so a token is required. Set {_PREFIX}TOKEN to a secret of at"
                f" least {_MIN_TOKEN} characters, make one with the command `token add`, or listen on 127.0.0.1."
            )


def _message(item: Any, overrides: dict[str, object]) -> str:
    """A pydantic error in words."""
    if not item["loc"]:
        return str(item["ctx"]["error"])
    name = str(item["loc"][0])
    label = name if name in overrides else f"{_PREFIX}{name.upper()}"
    return f"{label} is {item['input']!r}. It must be {_allowed(name)}."


def _allowed(name: str) -> str:
    schema = Settings.model_json_schema()["properties"][name]
    if "enum" in schema:
        *others, last = schema["enum"]
        return f"{', '.join(others)} or {last}"
    return f"a whole number from {schema['minimum']} to {schema['maximum']}"


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
