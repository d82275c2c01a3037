"""Requests off the allow-list, in every spelling somebody might hope is read as an allowed one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from components.gateway.routes import KEYED_ROUTES
from tests.support.live_gateway import KEY

ROUTES = (*KEYED_ROUTES, ("GET", "/health"))


@dataclass(frozen=True)
class Spelling:
    """Bytes of one HTTP/1.1 request; `routed` where it is well-formed and so must be a 404."""

    request: bytes
    routed: bool = True


def spellings() -> Mapping[str, list[Spelling]]:
    """Kind of spelling -> requests, all with a valid key."""
    return {
        "percent encodings": list(_targets(_encodings)),
        "slashes": list(_targets(_slashes)),
        "dots": list(_targets(_dots)),
        "case": list(_targets(_case)),
        "absolute form": list(_targets(_absolute)),
        "trailing bytes": list(_targets(_trailing)),
        "methods and their override": list(_methods()),
        "routes of the parts behind": list(_behind()),
        "rewriting headers": list(_rewriting()),
        "framing": list(_framing()),
    }


def _request(method: str, target: str, *headers: str, body: bytes = b"") -> bytes:
    lines = [
        f"{method} {target} HTTP/1.1",
        "host: gateway",
        f"authorization: Bearer {KEY}",
        *headers,
        *([f"content-length: {len(body)}"] if body else []),
    ]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def _targets(respell: object) -> Iterator[Spelling]:
    assert callable(respell)
    for method, path in ROUTES:
        for target in respell(path):
            # What is no request target at all is refused before routing.
            target_form = target.startswith("/") or "://" in target
            clean = not any(character in target for character in "# \xa0\x01\xff")
            yield Spelling(_request(method, target), target_form and clean)


def _encodings(path: str) -> list[str]:
    last = path[-1]
    # One segment has no slash to encode, and would be the allowed path itself.
    inner = path[1:].replace("/", "%2f") if "/" in path[1:] else "%2f"
    return [
        path[:-1] + f"%{ord(last):02x}",
        path[:-1] + f"%25{ord(last):02x}",
        "/%2e" + path,
        "/%2e%2e" + path,
        path.replace("/", "%2f"),
        "/" + inner,
        "/" + path[1:].replace("/", "%2F") + "%2F",
        path.replace("/", "%252f"),
        path.replace("/", "/%c0%af", 1),
        path.replace("/", "/%5c", 1),
        path + "%00",
        path + "%0d%0a",
        path + "%3fx=1",
        path + "%23x",
    ]


def _slashes(path: str) -> list[str]:
    return [
        "/" + path,
        path + "/",
        path + "//",
        path.replace("/", "//"),
        "/" + path + "/",
        "\\" + path,
    ]


def _dots(path: str) -> list[str]:
    return [
        "/." + path,
        "/.." + path,
        "/docs/.." + path,
        path + "/.",
        path + "/..",
        path + "/../../docs",
        path + "/..;/docs",
        "/..;" + path,
        path + "..",
    ]


def _case(path: str) -> list[str]:
    return [path.upper(), path.title(), path[:-1] + path[-1].upper()]


def _absolute(path: str) -> list[str]:
    return [
        "http://gateway" + path,
        "HTTPS://gateway" + path,
        "http://gateway:80" + path,
        "http:" + path,
        "//gateway" + path,
        "gateway" + path,
        "ws://gateway" + path,
        "unix:" + path,
        path[1:],
        "*",
    ]


def _trailing(path: str) -> list[str]:
    ends = [
        ";",
        ";x=1",
        ".json",
        "~",
        "!",
        ":",
        ",",
        "&x=1",
        "%20",
        "%09",
        "/x",
        "x",
        "#x",
        "\\",
        "\xa0",
    ]
    return [path + end for end in [*ends, "\x01", "\xff", " x"]]


def _methods() -> Iterator[Spelling]:
    others = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "PROPFIND"]
    for method, path in [*ROUTES, ("GET", "/"), ("GET", "/chat.js")]:
        for other in others:
            if other != method:
                yield Spelling(_request(other, path))
                for name in ("x-http-method-override", "x-http-method", "x-method-override"):
                    yield Spelling(_request(other, path, f"{name}: {method}"))
        yield Spelling(_request(method.lower(), path), routed=False)
        yield Spelling(_request("TRACE", path))
        yield Spelling(_request("CONNECT", path), routed=False)
        wrong = "POST" if method == "GET" else "GET"
        yield Spelling(_request(wrong, path + f"?_method={method}"))


def _behind() -> Iterator[Spelling]:
    server = ["/docs", "/redoc", "/openapi.json", "/health/ready", "/health/live", "/v1", "/v1/"]
    admin = ["/stats", "/stats/prometheus", "/config_dump", "/clusters", "/certs", "/server_info"]
    for target in [*server, *admin, "/quitquitquit", "/v1/embeddings", "/v1/models/x", "/.env"]:
        yield Spelling(_request("GET", target))
        yield Spelling(_request("POST", target, body=b"{}"))


def _rewriting() -> Iterator[Spelling]:
    names = ["x-original-url", "x-rewrite-url", "x-envoy-original-path", "x-forwarded-prefix"]
    for name in [*names, "x-forwarded-uri", "x-envoy-decorator-operation", ":path"]:
        for _, path in ROUTES:
            yield Spelling(_request("GET", "/docs", f"{name}: {path}"), routed=name != ":path")


def _framing() -> Iterator[Spelling]:
    inner = _request("GET", "/v1/models")
    heads = [
        ("content-length: 5", "transfer-encoding: chunked"),
        ("transfer-encoding: chunked, identity",),
        ("transfer-encoding: xchunked",),
        ("content-length: 0", "content-length: 5"),
        ("content-length: -1",),
        ("content-length: 5, 6",),
        ("content-length : 5",),
        ("x-a: b\x00c",),
        ("x_a: underscore",),
        ("no colon",),
    ]
    for head in heads:
        yield Spelling(
            _request("POST", "/v1/completions", *head) + b"0\r\n\r\n" + inner, routed=False
        )
    for version in ("HTTP/0.9", "HTTP/1.0", "HTTP/1.2", "HTTP/3.0", "http/1.1", "ICY"):
        line = f"GET /v1/models {version}\r\nhost: gateway\r\nauthorization: Bearer {KEY}\r\n\r\n"
        yield Spelling(line.encode(), routed=False)
