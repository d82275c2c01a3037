"""Mixed into vLLM's worker: exact bytes, the time of every step, and the routing of experts.

Imported by vLLM itself (`worker_extension_cls`), so the worker's class is patched here.
"""

import time
from itertools import pairwise

import torch
from vllm.v1.worker.gpu_worker import Worker

STEPS: list[tuple] = []
ROUTED: list[torch.Tensor] = []
ROUTERS = ("mlp.gate", "mlp.router", "block_sparse_moe.gate")


def _timed(execute):
    def execute_model(self, scheduler_output):
        if scheduler_output.total_num_scheduled_tokens:
            event = torch.cuda.Event(enable_timing=True)
            event.record()
            each = scheduler_output.num_scheduled_tokens.values()
            tokens = scheduler_output.total_num_scheduled_tokens
            STEPS.append((event, time.perf_counter(), len(each), sum(n > 1 for n in each), tokens))
        return execute(self, scheduler_output)

    return execute_model


Worker.execute_model = _timed(Worker.execute_model)


class Probe:
    def probe(self) -> dict:
        free, total = torch.cuda.mem_get_info()
        snapshot, runner = self.init_snapshot, self.model_runner
        groups = [
            {
                "layers": len(g.layer_names),
                "kind": type(g.kv_cache_spec).__name__,
                "blockSize": g.kv_cache_spec.block_size,
                "pageBytes": g.kv_cache_spec.page_size_bytes,
            }
            for g in runner.kv_cache_config.kv_cache_groups
        ]
        return {
            "deviceTotalBytes": snapshot.total_memory,
            "deviceFreeAtStartBytes": snapshot.free_memory,
            "requestedBytes": int(self.requested_memory),
            "weightsBytes": int(runner.model_memory_usage),
            "activationPeakBytes": int(self.peak_activation_memory),
            "nonTorchBytes": int(self.non_torch_memory),
            "cudaGraphEstimateBytes": int(self.cudagraph_memory_estimate),
            "availableKvBytes": int(self.available_kv_cache_memory_bytes),
            "kvBlocks": runner.kv_cache_config.num_blocks,
            "kvGroups": groups,
            "torchReservedBytes": torch.cuda.memory_reserved(),
            "torchAllocatedBytes": torch.cuda.memory_allocated(),
            "deviceUsedWhenReadyBytes": total - free,
        }

    def spread(self) -> dict:
        """Random embeddings, norms of 1, routers of unit scores: a token's experts depend on it
        and the layer alone, all experts alike. Weights stay where CUDA graphs look for them."""
        torch.manual_seed(20261125)
        done = {"routers": 0, "norms": 0, "embeddings": 0, "routerType": ""}
        for name, module in self.model_runner.get_model().named_modules():
            weight = getattr(module, "weight", None)
            if not isinstance(weight, torch.Tensor):
                continue
            if name.endswith(ROUTERS):
                values = torch.randn(weight.shape, device=weight.device)
                width = max(weight.shape) ** -0.5
                scale = getattr(module, "weight_scale", None)
                if weight.dtype == torch.float8_e4m3fn:
                    scale.data.fill_(width)
                else:
                    values *= width
                weight.data.copy_(values.to(weight.dtype))
                done["routers"] += 1
                done["routerType"] = str(weight.dtype)
            elif "RMSNorm" in type(module).__name__:
                weight.data.fill_(1.0)
                done["norms"] += 1
            elif name.endswith(("embed_tokens", "embedding")):
                weight.data.normal_()
                done["embeddings"] += 1
        torch.cuda.synchronize()
        return done

    def take_steps(self) -> list:
        """[GPU ms until the next step began, host ms, requests, prompts among them, tokens]"""
        torch.cuda.synchronize()
        rows = [
            [
                round(a[0].elapsed_time(b[0]), 3),
                round(1000 * (b[1] - a[1]), 3),
                a[2],
                a[3],
                a[4],
            ]
            for a, b in pairwise(STEPS)
        ]
        STEPS.clear()
        return rows

    def watch_kernels(self) -> None:
        self.watch = torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CUDA])
        self.watch.start()

    def kernels(self) -> list:
        """[name, calls, microseconds in all] since `watch_kernels`, the longest first."""
        torch.cuda.synchronize()
        self.watch.stop()
        rows = [
            [row.key[:120], row.count, round(row.device_time_total)]
            for row in self.watch.key_averages()
        ]
        return sorted(rows, key=lambda row: -row[2])

    def watch_routing(self) -> int:
        """From now on, experts of steps outside CUDA graphs are noted, layer after layer."""
        ROUTED.clear()
        hooked = 0
        for module in self.model_runner.get_model().modules():
            router = getattr(module, "router", None)
            if hasattr(router, "set_capture_fn"):
                router.set_capture_fn(lambda ids: ROUTED.append(ids.detach().clone()))
                hooked += 1
        from vllm.model_executor.layers.fused_moe.experts import gpt_oss_triton_kernels_moe as oss

        whole = oss.OAITritonMxfp4ExpertsMonolithic
        apply = whole.apply

        def noting(self, hidden_states, w1, w2, router_logits, *args, **kwargs):
            ROUTED.append(router_logits.topk(self.topk, dim=-1).indices)
            return apply(self, hidden_states, w1, w2, router_logits, *args, **kwargs)

        whole.apply = noting
        return hooked

    def routing(self, tokens: int, together: tuple[int, ...]) -> dict:
        """Of the prompt of `tokens` that was just read: distinct experts of each layer, meant over
        groups of tokens; and the busiest expert's share, times their number."""
        layers = [ids[:tokens].cpu().long() for ids in ROUTED if len(ids) >= tokens]
        ROUTED.clear()
        found = {"layersSeen": len(layers)}
        for size in together:
            counts = [
                len(set(ids[at : at + size].flatten().tolist()))
                for ids in layers
                for at in range(0, tokens - size + 1, size)
            ]
            found[f"distinctOf{size}"] = round(sum(counts) / max(1, len(counts)), 2)
        busiest = [torch.bincount(ids.flatten()).max().item() / ids.numel() for ids in layers]
        found["busiestShare"] = round(max(busiest), 4) if busiest else None
        return found
