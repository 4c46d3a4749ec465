"""A server on loopback that answers as OpenAI's Files and Batch APIs do, faults and all."""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

from evals.loopback import LoopbackServer, Reply, Request, completion

Line = dict[str, Any]


def answered(line: Line, text: str = '{"ok": true}') -> Line:
    """Return a line of the file of answers: a completion with `text`, of 100 + 20 tokens."""
    response = {"status_code": 200, "request_id": "r", "body": completion(text, model="stub")}
    return {"id": "b", "custom_id": line["custom_id"], "response": response, "error": None}


def failed(line: Line, status: int, message: str) -> Line:
    """Return a line of the file of errors: the provider's refusal of one request."""
    response = {"status_code": status, "request_id": "r", "body": {"error": {"message": message}}}
    return {"id": "b", "custom_id": line["custom_id"], "response": response, "error": None}


def expired(line: Line) -> Line:
    """Return a line of the file of errors: a request that was not reached within the day."""
    error = {"code": "batch_expired", "message": "This request could not be executed in time."}
    return {"id": "b", "custom_id": line["custom_id"], "response": None, "error": error}


class StubBatchApi(LoopbackServer):
    """Runs every batch at once. `outcome` gives the line that comes back for one that was sent, or None.

    `looks` is how often a batch is still in progress when it is looked at; `refusing` holds the error
    of the next batches as wholes; `lose` holds paths of which the next answer is lost on its way (the
    server has done it all the same).
    """

    def __init__(self, outcome: Callable[[Line], Line | None] = answered) -> None:
        self.outcome = outcome
        self.looks = 1
        self.refusing: list[dict[str, str]] = []
        self.lose: list[str] = []
        self.status: int | None = None
        self.files: dict[str, bytes] = {}
        self.deleted: set[str] = set()
        self.batches: dict[str, dict[str, Any]] = {}
        self.sent: list[list[Line]] = []
        self.calls: Counter[str] = Counter()
        self._seen: Counter[str] = Counter()
        self._lock = threading.Lock()
        super().__init__(self.reply)

    @property
    def url(self) -> str:
        """Return the base URL, as `OPENAI_BASE_URL` takes it."""
        return f"{self.address}/v1"

    def reply(self, request: Request) -> Reply | None:
        """Return the answer to a request, or None where it is lost on its way."""
        with self._lock:
            reply = self._reply(request)
        if request.path in self.lose:
            self.lose.remove(request.path)
            return None
        return reply

    def _reply(self, request: Request) -> Reply:
        path = request.path
        self.calls[f"{request.method} {re.sub(r'(file|batch)-[0-9]+', '*', path)}"] += 1
        if self.status is not None:
            return Reply(json.dumps({"error": {"message": "out of order"}}).encode(), self.status)
        if content := re.fullmatch(r"/v1/files/(file-\d+)/content", path):
            return Reply(self.files[content[1]])
        kind = request.headers.get("content-type", "")
        return Reply(json.dumps(self._done(request.method, path, request.body, kind)).encode())

    def _done(self, method: str, path: str, body: bytes, kind: str) -> dict[str, Any]:
        if path == "/v1/files":
            return self._file(_uploaded(body, kind))
        if method == "DELETE":
            self.deleted.add(path.rsplit("/", 1)[1])
            return {"id": path.rsplit("/", 1)[1], "object": "file", "deleted": True}
        if path == "/v1/batches" and method == "POST":
            return self._begin(json.loads(body))
        if path == "/v1/batches":
            return {"object": "list", "data": list(self.batches.values()), "has_more": False}
        batch = self.batches[path.split("/")[3]]
        if path.endswith("/cancel"):
            batch["status"] = "cancelled"
        self._seen[batch["id"]] += 1
        if self._seen[batch["id"]] > self.looks and batch["status"] == "in_progress":
            self._finish(batch)
        return batch

    def _file(self, content: bytes) -> dict[str, Any]:
        name = f"file-{len(self.files) + 1}"
        self.files[name] = content
        about = {"id": name, "object": "file", "bytes": len(content), "created_at": 0, "purpose": "batch"}
        return {**about, "filename": "x", "status": "processed"}

    def _begin(self, asked: dict[str, Any]) -> dict[str, Any]:
        lines = [json.loads(line) for line in self.files[asked["input_file_id"]].splitlines()]
        name = f"batch-{len(self.batches) + 1}"
        batch = {
            "id": name, "object": "batch", "endpoint": asked["endpoint"], "completion_window": "24h",
            "input_file_id": asked["input_file_id"], "created_at": 0, "status": "in_progress",
            "metadata": asked.get("metadata"),
        }  # fmt: skip
        if self.refusing:
            batch |= {"status": "failed", "errors": {"object": "list", "data": [self.refusing.pop(0)]}}
        else:
            self.sent.append(lines)
        self.batches[name] = batch
        return batch

    def _finish(self, batch: dict[str, Any]) -> None:
        asked = [json.loads(line) for line in self.files[batch["input_file_id"]].splitlines()]
        outcomes = [o for o in map(self.outcome, asked) if o is not None]
        good = [o for o in outcomes if (o["response"] or {}).get("status_code") == 200]
        for name, lines in (("output", good), ("error", [o for o in outcomes if o not in good])):
            if lines:
                content = "".join(json.dumps(line) + "\n" for line in lines).encode()
                batch[f"{name}_file_id"] = self._file(content)["id"]
        batch["status"] = "completed"


def _uploaded(body: bytes, kind: str) -> bytes:
    """Return the file of a multipart form."""
    boundary = kind.split("boundary=")[1].strip('"').encode()
    part = next(p for p in body.split(b"--" + boundary) if b'filename="' in p)
    return part.split(b"\r\n\r\n", 1)[1].removesuffix(b"\r\n")
