"""The description of the HTTP API as a plain page, made from its OpenAPI document."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import Response

from app.web.frame import frame_of, page
from app.web.markup import esc

_EXAMPLE = """curl -s http://127.0.0.1:7860/api/v1/ask -H 'Content-Type: application/json' \\
     -d '{"question": "Wann ist Torgau beigetreten?"}'"""


def docs_page(spec: dict[str, Any], request: HTTPConnection) -> Response:
    """Every operation with its parameters and body."""
    frame = frame_of(request)
    schemas = spec.get("components", {}).get("schemas", {})
    rows = [
        _operation(path, method, operation, schemas)
        for path, methods in spec["paths"].items()
        for method, operation in methods.items()
    ]
    body = (
        f"<h1>{esc(frame.t('nav_api'))}</h1><p>{esc(spec['info']['description'])}</p>"
        f'<p><a href="/api/openapi.json">OpenAPI (JSON)</a></p><pre class="code" tabindex="0">{esc(_EXAMPLE)}</pre>'
        f"{''.join(rows)}"
    )
    return page(frame, frame.t("nav_api"), body)


def _operation(path: str, method: str, operation: dict[str, Any], schemas: dict[str, Any]) -> str:
    title = f"{method.upper()} {path}"
    parts = [f"<h2><code>{esc(title)}</code></h2><p>{esc(operation.get('summary', ''))}</p>"]
    names = [f"<li><code>{esc(p['name'])}</code> ({esc(p['in'])})</li>" for p in operation.get("parameters", [])]
    content = operation.get("requestBody", {}).get("content", {})
    for media, description in content.items():
        schema = _resolved(description.get("schema", {}), schemas)
        names += [_field(name, value, schema) for name, value in schema.get("properties", {}).items()]
        parts.append(f"<p>{esc(media)}</p>")
    if names:
        parts.append(f"<ul>{''.join(names)}</ul>")
    return f"<section>{''.join(parts)}</section>"


def _field(name: str, value: dict[str, Any], schema: dict[str, Any]) -> str:
    must = ", Pflicht" if name in schema.get("required", []) else ""
    rules = {k: v for k, v in value.items() if k in {"type", "maxLength", "minimum", "maximum", "pattern", "default"}}
    for option in value.get("anyOf", []):
        rules.update({k: v for k, v in option.items() if k in {"type", "pattern"} and v != "null"})
    return f"<li><code>{esc(name)}</code>{must} <small>{esc(json.dumps(rules, ensure_ascii=False))}</small></li>"


def _resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """The schema itself where it is only named."""
    reference = schema.get("$ref", "")
    found: dict[str, Any] = schemas.get(reference.rsplit("/", 1)[-1], schema)
    return found
