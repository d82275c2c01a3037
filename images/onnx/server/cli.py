"""The command line that every engine behind this server shares."""

from __future__ import annotations

import argparse
from pathlib import Path

from .settings import Settings


def build_parser(program: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=program, description="OpenAI-compatible ONNX server.")
    parser.add_argument("--model-dir", type=Path, required=True, help="converted model")
    parser.add_argument("--model-name", required=True, help="what clients send as `model`")
    address = parser.add_mutually_exclusive_group(required=True)
    address.add_argument("--uds", type=Path, help="unix socket to listen on")
    address.add_argument("--port", type=int, help="TCP port to listen on; 0 takes a free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--max-context", type=_at_least(2), required=True, help="tokens")
    parser.add_argument("--max-concurrent", type=_at_least(1), required=True)
    parser.add_argument("--max-queue", type=_at_least(0), required=True)
    parser.add_argument("--threads", type=_at_least(1), required=True)
    parser.add_argument("--request-timeout", type=float, required=True, help="seconds")
    parser.add_argument("--drain", type=float, required=True, help="seconds")
    parser.add_argument(
        "--stall", type=float, default=Settings.stall, help="seconds without progress = stuck"
    )
    parser.add_argument("--log-prompts", action="store_true")
    return parser


def read_settings(arguments: argparse.Namespace) -> Settings:
    return Settings(
        model_name=arguments.model_name,
        max_context=arguments.max_context,
        max_concurrent=arguments.max_concurrent,
        max_queue=arguments.max_queue,
        request_timeout=arguments.request_timeout,
        drain=arguments.drain,
        stall=arguments.stall,
        log_prompts=arguments.log_prompts,
        uds=arguments.uds,
        host=arguments.host,
        port=arguments.port or 0,
    )


class _at_least:  # noqa: N801 - argparse shows the type's name in its errors
    def __init__(self, least: int):
        self.__name__ = f"whole number of at least {least}"
        self._least = least

    def __call__(self, text: str) -> int:
        value = int(text)
        if value < self._least:
            raise ValueError
        return value
