"""Opening an ONNX Runtime session for a decoder, and what its tensors are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime as ort

_TYPES: dict[str, type[np.generic]] = {
    "tensor(float)": np.float32,
    "tensor(float16)": np.float16,
}
_FATAL_ONLY = 4
_SPIN_MICROSECONDS = "50"
"""How long an idle worker spins before it sleeps. Long enough for the gaps between the parallel
operators of a step; ONNX Runtime's default of many milliseconds burns the cores that the event
loop, the gateway and other replicas need, and under load decodes at less than half the rate."""


def open_session(path: Path, threads: int) -> ort.InferenceSession:
    """A CPU session. Raises ValueError where the graph wants inputs that the server cannot feed."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = _FATAL_ONLY
    options.add_session_config_entry("session.intra_op.spin_duration_us", _SPIN_MICROSECONDS)
    session = ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    known = ("input_ids", "attention_mask", "past_key_values.")
    unknown = [i.name for i in session.get_inputs() if not i.name.startswith(known)]
    if unknown:
        raise ValueError(
            f"{path}: inputs {', '.join(unknown)} are not known to this server; it feeds only "
            "input_ids, attention_mask and past_key_values (convert the model for device cpu)"
        )
    return session


def tensor_type(session: ort.InferenceSession, name: str) -> type[np.generic]:
    """The numpy type of one input or output."""
    tensors = [*session.get_inputs(), *session.get_outputs()]
    kind = next(tensor.type for tensor in tensors if tensor.name == name)
    if kind not in _TYPES:
        raise ValueError(f"{name}: type {kind} is not supported; allowed: {', '.join(_TYPES)}")
    return _TYPES[kind]
