"""A hub on this machine that gives models away as huggingface.co does: as much of its protocol as a download needs."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

REVISION = "0123456789abcdef0123456789abcdef01234567"


class _Handler(BaseHTTPRequestHandler):
    server: Hub

    def log_message(self, *_: Any) -> None:
        """Nothing on the terminal."""

    def do_HEAD(self) -> None:
        self._respond(with_body=False)

    def do_GET(self) -> None:
        self._respond(with_body=True)

    def _respond(self, *, with_body: bool) -> None:
        path = urlsplit(self.path).path
        self.server.asked.append(f"{self.command} {path}")
        for name, folder in self.server.models.items():
            files = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*")) if p.is_file()}
            if path.startswith(f"/api/models/{name}"):
                return self._json(_described(name, files, "/tree/" in path), with_body)
            if path.startswith(f"/{name}/resolve/{REVISION}/"):
                file = path.removeprefix(f"/{name}/resolve/{REVISION}/")
                cut = self.server.broken == file and with_body
                return self._file(files[file], with_body, cut=cut)
        self.send_response(404)
        self.send_header("X-Error-Code", "RepoNotFound")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _json(self, value: Any, with_body: bool) -> None:
        self._bytes(json.dumps(value).encode(), with_body, {"Content-Type": "application/json"})

    def _file(self, path: Path, with_body: bool, *, cut: bool) -> None:
        content = path.read_bytes()
        etag = f'"{hashlib.sha1(content).hexdigest()}"'
        if cut:
            self.send_error(500)
            return
        self._bytes(content, with_body, {"ETag": etag, "X-Repo-Commit": REVISION})

    def _bytes(self, content: bytes, with_body: bool, headers: dict[str, str]) -> None:
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if with_body:
            self.wfile.write(content)


class Hub(ThreadingHTTPServer):
    """`models` by name; `broken` is a file that cannot be read there; `asked` are all requests."""

    def __init__(self, models: dict[str, Path]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.models = models
        self.broken = ""
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def hub(models: dict[str, Path]) -> Iterator[Hub]:
    """A hub while the block runs."""
    with Hub(models) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def _described(name: str, files: dict[str, Path], tree: bool) -> Any:
    sizes = {file: path.stat().st_size for file, path in files.items()}
    if tree:
        oids = {file: hashlib.sha1(path.read_bytes()).hexdigest() for file, path in files.items()}
        return [{"type": "file", "path": f, "size": sizes[f], "oid": oids[f]} for f in files]
    siblings = [{"rfilename": file, "size": size} for file, size in sizes.items()]
    return {"id": name, "sha": REVISION, "siblings": siblings, "tags": [], "private": False}
