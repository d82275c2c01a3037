"""The command line of each part of the cluster, and supervisord's file of all."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.cluster.builder import buildkitd
from tools.cluster.identities import kubeconfig_of
from tools.cluster.kept import BUILDKIT, DNS, builder
from tools.cluster.layout import (
    CONFIG,
    DOMAIN,
    ETCD_URL,
    NODE,
    NODE_ADDRESS,
    PKI,
    POD_NETWORK,
    SERVICE_NETWORK,
    SUPERVISOR,
)


def write_supervisor(programs: Path) -> Path:
    """Write supervisord's configuration; return its path."""
    path = CONFIG / "supervisord.conf"
    parts = [_section(name, command) for name, command in commands(programs).items()]
    path.write_text(_HEAD + "\n".join(parts))
    return path


def supervisord(config: Path) -> list[str]:
    """The command line that keeps all parts running."""
    return [sys.executable, "-m", "supervisor.supervisord", f"--configuration={config}"]


def commands(programs: Path) -> dict[str, list[str]]:
    """What runs, in the order of starting; `programs` is the folder of Kubernetes' binaries."""
    return {
        "etcd": _etcd(),
        "registry": ["docker-registry", "serve", str(CONFIG / "registry.yaml")],
        BUILDKIT: buildkitd(builder().bin_dir),
        "containerd": ["containerd", "--config", str(CONFIG / "containerd.toml")],
        "kube-apiserver": [str(programs / "kube-apiserver"), *_apiserver()],
        "kube-controller-manager": [
            str(programs / "kube-controller-manager"),
            *_controller_manager(),
        ],
        "kube-scheduler": [
            str(programs / "kube-scheduler"),
            *_client("kube-scheduler"),
            "--bind-address=127.0.0.1",
            "--leader-elect=false",
        ],
        "kubelet": [
            str(programs / "kubelet"),
            f"--config={CONFIG / 'kubelet.yaml'}",
            f"--kubeconfig={kubeconfig_of('kubelet')}",
            f"--hostname-override={NODE}",
            f"--node-ip={NODE_ADDRESS}",
        ],
        "kube-proxy": [
            str(programs / "kube-proxy"),
            f"--config={CONFIG / 'kube-proxy.yaml'}",
            f"--hostname-override={NODE}",
        ],
        DNS: [str(programs / DNS), f"-conf={CONFIG / 'Corefile'}"],
    }


def _etcd() -> list[str]:
    return [
        "etcd",
        "--data-dir=/var/lib/etcd",
        f"--listen-client-urls={ETCD_URL}",
        f"--advertise-client-urls={ETCD_URL}",
        "--listen-peer-urls=http://127.0.0.1:2380",
    ]


def _apiserver() -> list[str]:
    return [
        f"--advertise-address={NODE_ADDRESS}",
        "--allow-privileged=true",
        "--authorization-mode=Node,RBAC",
        f"--client-ca-file={PKI / 'ca.crt'}",
        "--enable-admission-plugins=NodeRestriction",
        f"--etcd-servers={ETCD_URL}",
        f"--kubelet-client-certificate={PKI / 'kubelet-client.crt'}",
        f"--kubelet-client-key={PKI / 'kubelet-client.key'}",
        "--kubelet-preferred-address-types=InternalIP",
        f"--proxy-client-cert-file={PKI / 'front-proxy.crt'}",
        f"--proxy-client-key-file={PKI / 'front-proxy.key'}",
        "--requestheader-allowed-names=front-proxy",
        f"--requestheader-client-ca-file={PKI / 'front-proxy-ca.crt'}",
        "--requestheader-extra-headers-prefix=X-Remote-Extra-",
        "--requestheader-group-headers=X-Remote-Group",
        "--requestheader-username-headers=X-Remote-User",
        f"--service-account-issuer=https://kubernetes.default.svc.{DOMAIN}",
        f"--service-account-key-file={PKI / 'service-accounts.crt'}",
        f"--service-account-signing-key-file={PKI / 'service-accounts.key'}",
        f"--service-cluster-ip-range={SERVICE_NETWORK}",
        f"--tls-cert-file={PKI / 'apiserver.crt'}",
        f"--tls-private-key-file={PKI / 'apiserver.key'}",
    ]


def _controller_manager() -> list[str]:
    return [
        *_client("kube-controller-manager"),
        "--bind-address=127.0.0.1",
        f"--cluster-cidr={POD_NETWORK}",
        f"--cluster-signing-cert-file={PKI / 'ca.crt'}",
        f"--cluster-signing-key-file={PKI / 'ca.key'}",
        "--flex-volume-plugin-dir=/var/lib/kubelet/volume-plugins",
        "--leader-elect=false",
        f"--root-ca-file={PKI / 'ca.crt'}",
        f"--service-account-private-key-file={PKI / 'service-accounts.key'}",
        "--use-service-account-credentials=true",
    ]


def _client(part: str) -> list[str]:
    path = kubeconfig_of(part)
    flags = ("kubeconfig", "authentication-kubeconfig", "authorization-kubeconfig")
    return [f"--{flag}={path}" for flag in flags]


def _section(name: str, command: list[str]) -> str:
    return f"""\
[program:{name}]
command={" ".join(command)}
autorestart=true
startretries=1000
redirect_stderr=true
stdout_logfile=/var/log/{name}.log
stdout_logfile_maxbytes=20MB
stdout_logfile_backups=1
"""


_HEAD = f"""\
[supervisord]
nodaemon=true
user=root
logfile=/var/log/supervisord.log
pidfile=/run/supervisord.pid
childlogdir=/var/log

[unix_http_server]
file={SUPERVISOR}
chmod=0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=unix://{SUPERVISOR}

"""
