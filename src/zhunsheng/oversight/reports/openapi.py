"""What the OpenAPI document says of calls whose bodies are read by hand: for their size, as a stream, or by type."""

from typing import Any, Final

_PROBLEM: Final = {
    "description": "Refused (RFC 9457): `rule` names the rule, `field` the place, `remedy` what to do.",
    "content": {"application/problem+json": {"schema": {"type": "object"}}},
}
_REPORT: Final = {
    "type": "object",
    "description": "zhunsheng-report/1, see docs/formats/report.md",
    "required": ["format", "body", "number", "version"],
    "properties": {
        "format": {"const": "zhunsheng-report/1"},
        "body": {"type": "object"},
        "number": {"type": "string"},
        "version": {"type": "integer", "minimum": 1},
    },
}
_REGISTRATION: Final = {
    "type": "object",
    "description": "zhunsheng-registration/1: a report by number and digest alone, see docs/formats/registration.md",
    "required": ["format", "body", "number", "version", "issued"],
    "properties": {
        "format": {"const": "zhunsheng-registration/1"},
        "body": {"type": "object"},
        "number": {"type": "string"},
        "version": {"type": "integer", "minimum": 1},
        "issued": {"type": "string"},
        "business": {"enum": ["commissioned", "supervision", "enforcement", "licensing"]},
        "files": {
            "type": "array",
            "items": {"type": "object", "required": ["sha256"], "properties": {"sha256": {"type": "string"}}},
        },
        "content": {"type": "string", "description": "digest of the full data, which stay with the body"},
    },
}
_EITHER: Final = {"oneOf": [_REPORT, _REGISTRATION]}
_OUTCOME: Final = {
    "type": "object",
    "required": ["outcome", "digest", "code", "findings"],
    "properties": {
        "outcome": {"enum": ["accepted", "known"]},
        "digest": {"type": "string"},
        "code": {"type": "string"},
        "assurance": {"enum": ["signed", "eseal", "account", "publisher"]},
        "findings": {"type": "array", "items": {"type": "object"}},
        "promise": {"type": "object"},
        "receipt": {"type": "object"},
    },
}


def _json(schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _body(content: dict[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": content}


def _header(name: str, description: str) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": False, "description": description, "schema": {"type": "string"}}


_REFUSALS: Final = {
    "400": _PROBLEM,
    "401": _PROBLEM,
    "403": _PROBLEM,
    "413": _PROBLEM,
    "415": _PROBLEM,
    "422": _PROBLEM,
}
_ANY: Final = {"type": "object"}

SUBMIT: Final[dict[str, Any]] = {
    "parameters": [
        _header("Prefer", "`wait=5` waits up to five seconds for the seal."),
        _header("Idempotency-Key", "The same key with the same report gives the same answer."),
    ],
    "requestBody": _body(
        {
            "application/json": {"schema": _EITHER},
            "multipart/form-data": {
                "schema": {"type": "object", "properties": {"report": {"type": "string", "format": "binary"}}}
            },
        }
    ),
    "responses": {
        "200": _json(_OUTCOME, "Known: received before with exactly this content."),
        "201": _json(_OUTCOME, "Stored, with a promise or receipt and its findings."),
        "503": _PROBLEM,
        **_REFUSALS,
    },
}
BATCH: Final[dict[str, Any]] = {
    "requestBody": _body({"application/x-ndjson": {"schema": {"type": "string"}}}),
    "responses": {
        "200": {
            "description": "One answer a line, in order.",
            "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
        },
        **_REFUSALS,
    },
}
CHECK: Final[dict[str, Any]] = {
    "requestBody": _body({"application/json": {"schema": _EITHER}}),
    "responses": {"200": _json(_ANY, "What the arrival checks would find; nothing is stored."), **_REFUSALS},
}
VERIFY: Final[dict[str, Any]] = {
    "requestBody": _body({"text/plain": {"schema": {"type": "string"}}}),
    "responses": {
        "200": _json(_ANY, "One answer a line, in order; at most 200 lines."),
        "413": _PROBLEM,
        "422": _PROBLEM,
    },
}
ATTACHMENT: Final[dict[str, Any]] = {
    "requestBody": _body({"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}),
    "responses": {"201": _json(_ANY, "Digest, media type and size of the kept file."), **_REFUSALS},
}
READ: Final[dict[str, Any]] = {
    "responses": {"200": _json(_ANY, "The report, or for the public its state alone."), "404": _PROBLEM},
}
PROOF: Final[dict[str, Any]] = {
    "responses": {
        "200": _json(_ANY, "The receipt (zhunsheng-receipt/1)."),
        "202": _json(_ANY, "Received and not sealed yet."),
        "404": _PROBLEM,
    },
}
