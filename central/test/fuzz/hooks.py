"""Operations that get past the envelope: a real device's, with one field of the payload made strange.

Owns turning what the schema's fuzzer drew into such operations, the same ones for the same draw. Must not touch
a case that is broken on purpose: only a well-formed operation is replaced.
"""

import base64
import hashlib
import json
import pathlib
import random
import re

import schemathesis

OUTBOX = json.loads((pathlib.Path(__file__).parent.parent / "fixtures" / "demo-outbox.json").read_text())
DOCUMENT = next(op for op in OUTBOX if op["kind"] == "http_call")
STRANGE = [
    None, True, -1, 0, 2**53 - 1, 2**53, 1.5, "", "x", "x" * 70, "\u0000", "\ud800", "😀\ue000", "{}", "[", "0" * 64, "38.0800",
    "2026-11-23T10:00:00.000Z", [], {}, [[[]]], {"constructor": 1}, "__proto__",
]
IS_ID = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}")
HASH = re.compile(r"[0-9a-f]{64}")


def canonical(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def places(value, found, holder=None, key=None):
    if holder is not None:
        found.append((holder, key))
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, child in children:
        places(child, found, value, name)
    return found


def strange(op):
    """Another operation of the same name, drawn from the outbox and made strange."""
    drawn = random.Random(op["payload_hash"])
    like = drawn.choice(OUTBOX)
    payload = json.loads(like["payload"])
    for _ in range(drawn.choice([0, 1, 1, 1, 2])):
        holder, key = drawn.choice(places(payload, []) or [(payload, "x")])
        if drawn.random() < 0.2 and isinstance(holder, dict):
            holder.pop(key, None)
        else:
            holder[key] = drawn.choice(STRANGE)
    text = canonical(payload)
    op = {**op, **{name: like[name] for name in ("kind", "run_id", "step_id", "after")}}
    op["created_by"] = "Mike" if drawn.random() < 0.9 else op["created_by"]
    if drawn.random() < 0.1:
        op["after"] = drawn.choice(OUTBOX)["op_id"]
    if drawn.random() < 0.1:
        op["op_id"] = like["op_id"]
    op["payload"] = text
    op["payload_hash"] = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return op


def is_whole(op):
    return (
        isinstance(op, dict)
        and isinstance(op.get("payload"), str)
        and isinstance(op.get("payload_hash"), str)
        and HASH.fullmatch(op["payload_hash"]) is not None
    )


@schemathesis.hook
def map_body(ctx, body):
    if ctx.operation.path == "/v1/push" and isinstance(body, dict) and isinstance(body.get("ops"), list):
        # A body that breaks a rule elsewhere stays as it is.
        if body["ops"] and all(is_whole(op) for op in body["ops"]):
            return {**body, "ops": [strange(op) for op in body["ops"]]}
    if ctx.operation.path == "/v1/admin/reference" and isinstance(body, str):
        return reference(random.Random(body))
    return body


def reference(drawn):
    """Reference rows, some of them strange."""
    lines = []
    for _ in range(drawn.randrange(1, 5)):
        row = {"id": drawn.choice(["C1", "C2", "C10001"]), "name": "n", "customer_type": "district", "entitystatus": "active"}
        if drawn.random() < 0.5:
            row[drawn.choice([*row, "zip", "nothing"])] = drawn.choice(STRANGE)
        line = {"table": drawn.choice(["customers", "customers", "company", "users"]), "row": row}
        if drawn.random() < 0.2:
            line = {"table": "customers", "key": drawn.choice([["C2"], [], [1], "C2"]), "gone": True}
        lines.append(json.dumps(line))
    return "\n".join(lines)


@schemathesis.hook
def map_headers(ctx, headers):
    header = (headers or {}).get("FieldQuote-Op")
    if ctx.operation.path == "/api/quote/pdf" and isinstance(header, str) and re.fullmatch(r"[A-Za-z0-9_-]+", header):
        name = hashlib.sha256(header.encode()).hexdigest()
        op = strange({**DOCUMENT, "op_id": name, "payload_hash": name})
        if op["payload_hash"][0] < "8":
            op = {**DOCUMENT, "op_id": name}
        return {**headers, "FieldQuote-Op": base64.urlsafe_b64encode(json.dumps(op).encode()).decode().rstrip("=")}
    return headers


@schemathesis.hook
def map_path_parameters(ctx, path_parameters):
    """Every second quote is one that is there."""
    quote = (path_parameters or {}).get("quote_id")
    if isinstance(quote, str) and IS_ID.fullmatch(quote) and hashlib.sha256(quote.encode()).digest()[0] % 2:
        return {**path_parameters, "quote_id": json.loads(DOCUMENT["payload"])["quote_id"]}
    return path_parameters


def raw(ctx, value):
    """A body that is no JSON, as its bytes."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    data = getattr(value, "data", None)
    return data if isinstance(data, bytes) else json.dumps(value, default=str).encode()


schemathesis.serializer("application/pdf")(raw)
schemathesis.serializer("application/x-ndjson")(raw)
