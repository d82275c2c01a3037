"""`python -m tests.support.aws_provider CLOUD.sqlite`: serves, and prints its port."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

from tests.support.aws_provider.plugin import Plugin
from tests.support.aws_provider.store import Store


def main(path: str) -> None:
    store = Store(Path(path))
    store.prepare()
    server = grpc.server(ThreadPoolExecutor(max_workers=32))
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Plugin(store), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)
    sys.stdin.read()  # until whoever started it ends, or closes it
    server.stop(grace=None)


if __name__ == "__main__":
    main(sys.argv[1])
