"""The API's documentation: the schema, and one plain page, without scripts or requests to the outside."""

from __future__ import annotations

import json
import re
from typing import Any

from fastapi import FastAPI
from markupsafe import Markup

from ..access import UNDECLARED, Role, Routes, declared_need
from ..messages import api as texts

_PAGE = Markup("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}: HTTP API</title>
<style>
body {{ font: 1rem/1.55 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }}
code, pre {{ font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .9em; }}
pre {{ background: #8881; padding: .7rem; overflow-x: auto; border-radius: 4px; }}
h2 {{ margin-top: 2.2rem; border-top: 1px solid #8886; padding-top: 1rem; }}
</style>
</head>
<body>
<h1>{title}: HTTP API</h1>
<p>{summary} Machine-readable schema: <a href="/openapi.json">/openapi.json</a>.</p>
{operations}
</body>
</html>
""")
_OPERATION = Markup("<h2><code>{method} {path}</code></h2>\n<p>{text}</p>\n{parts}")


def complete_schema(app: FastAPI, has_language_model: bool) -> None:
    """Let the app serve a schema that says exactly what it accepts, where FastAPI can't."""
    make = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = make()
            for name, body in schema["components"]["schemas"].items():
                if name.startswith("Body_"):
                    _accept_any_file(body)
            _describe_access(app, schema)
            if not has_language_model:
                mode = schema["components"]["schemas"]["AskBody"]["properties"]["mode"]
                mode["anyOf"] = [{"type": "string", "const": "quotes"}, {"type": "null"}]
        return app.openapi_schema or {}

    app.openapi = openapi  # type: ignore[method-assign]  # the documented way


def _describe_access(app: FastAPI, schema: dict[str, Any]) -> None:
    """Declare the token, which a server without tokens doesn't need, and the role that each operation needs."""
    bearer = {"type": "http", "scheme": "bearer", "description": texts.BEARER}
    schema["components"]["securitySchemes"] = {"token": bearer}
    schema["security"] = [{"token": []}, {}]
    for route in Routes(app):
        need = declared_need(route.target) or UNDECLARED
        path = re.sub(r":\w+\}", "}", route.path)
        for method in route.methods or ():
            if operation := schema["paths"].get(path, {}).get(method.lower()):
                operation["x-role"] = need.role.label
                if need.role is Role.OPEN:
                    operation["security"] = []


def _accept_any_file(body: dict[str, Any]) -> None:
    """A file has no JSON type: OpenAPI 3.1 describes it by its media type only."""
    for field in body["properties"].values():
        field.get("items", field).pop("type", None)


def docs_page(schema: dict[str, Any]) -> str:
    """The documentation page of an OpenAPI schema."""
    operations = [
        _operation(method.upper(), path, operation, schema)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    info = schema["info"]
    return str(
        _PAGE.format(title=info["title"], summary=info.get("summary", ""), operations=Markup("\n").join(operations))
    )


def _operation(method: str, path: str, operation: dict[str, Any], schema: dict[str, Any]) -> Markup:
    parts = [Markup("<p>Role: {}</p>").format(operation["x-role"])] if "x-role" in operation else []
    parts += [_parameter(parameter) for parameter in operation.get("parameters", ())]
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" in content:
        body = json.dumps(_example(content["application/json"]["schema"], schema), ensure_ascii=False)
        parts.append(_code(f"curl -s -X {method} http://127.0.0.1:7860{path} -d '{body}'"))
    elif content:
        parts.append(_code(f"curl -s -X {method} http://127.0.0.1:7860{path} -F files=@article.txt"))
    else:
        verb = "" if method == "GET" else f"-X {method} "
        parts.append(_code(f"curl -s {verb}http://127.0.0.1:7860{path.replace('{article_id}', '1')}"))
    for status, response in operation.get("responses", {}).items():
        parts.append(Markup("<p><strong>{}</strong> {}</p>").format(status, response["description"]))
        body_schema = response.get("content", {}).get("application/json", {}).get("schema")
        if body_schema and status.startswith("2"):
            parts.append(_code(json.dumps(_example(body_schema, schema), indent=1, ensure_ascii=False)))
    return _OPERATION.format(
        method=method, path=path, text=operation.get("description", ""), parts=Markup("\n").join(parts)
    )


def _parameter(parameter: dict[str, Any]) -> Markup:
    default = parameter.get("schema", {}).get("default")
    return Markup("<p><code>{}</code> ({}) {}{}</p>").format(
        parameter["name"],
        parameter["in"],
        parameter.get("description", ""),
        f", default {default}" if default not in (None, "") else "",
    )


def _code(text: str) -> Markup:
    return Markup("<pre>{}</pre>").format(text)


def _example(part: dict[str, Any], schema: dict[str, Any]) -> Any:
    """An example value for a schema: the given example if there is one, else made from the type."""
    if "$ref" in part:
        return _example(schema["components"]["schemas"][part["$ref"].rsplit("/", 1)[1]], schema)
    if part.get("examples"):
        return part["examples"][0]
    if "anyOf" in part:
        return _example(part["anyOf"][0], schema)
    if part.get("type") == "object":
        return {name: _example(value, schema) for name, value in part.get("properties", {}).items()}
    if part.get("type") == "array":
        return [_example(part.get("items", {}), schema)]
    samples = {"integer": 1, "number": 0.9, "boolean": False, "string": "…"}
    return samples.get(str(part.get("type")))
