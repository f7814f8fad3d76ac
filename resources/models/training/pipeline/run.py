"""One command per model: `run.py CONFIG OUT` makes the data, trains, evaluates and exports; run again, it resumes.

    /usr/bin/python3 -m pipeline.run configs/sudoku-6x6.toml OUT [--budget-tokens N] [--processes N] [--start-from PATH]
        [--stage train|evaluate|export]
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import torch
import torch.distributed as dist

from pipeline.config import RunConfig, load_config
from pipeline.start import prepare_start
from pipeline.tasks import task_of
from pipeline.trainer import CHECKPOINT, LOG, Trainer, load_trained, write_thinned_log

# Large blocks stay in the process instead of going back to the kernel after every step: page faults cost a third otherwise.
ALLOCATOR = {
    "MALLOC_MMAP_THRESHOLD_": str(4 << 30),
    "MALLOC_TRIM_THRESHOLD_": str(8 << 30),
    "MALLOC_TOP_PAD_": str(256 << 20),
}


VECTORS = {"avx512f", "avx512bw", "avx512dq", "avx512vl", "fma"}


def widest_vectors() -> dict[str, str]:
    """PyTorch keeps to AVX2 unless told otherwise (elementwise kernels up to twice as slow), and when told it does not look itself."""
    cpu = Path("/proc/cpuinfo")
    has_them = cpu.exists() and set(cpu.read_text().split()) >= VECTORS
    return {"ATEN_CPU_CAPABILITY": "avx512"} if has_them else {}


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config", type=Path)
    parser.add_argument("out", type=Path, help="folder for data, checkpoint, log, figures and the exported model")
    parser.add_argument("--budget-tokens", type=int, help="replaces the planned budget; may change when a run is resumed")
    parser.add_argument("--start-from", type=Path, help="folder `hf` or GGUF file whose weights a new run starts from")
    parser.add_argument("--processes", type=int, help="replaces the number of CPU processes; may change when a run is resumed")
    parser.add_argument("--stage", choices=["train", "evaluate", "export"], help="only this stage (default: all)")
    parser.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def start_workers(config: RunConfig) -> None:
    """Runs this command once per process. If one fails the others are stopped: they would wait for it for ever."""
    world = 1 if torch.cuda.is_available() else config.training.processes
    environment = widest_vectors() | os.environ | ALLOCATOR | {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(free_port()), "WORLD_SIZE": str(world)}
    if not torch.cuda.is_available():
        environment["OMP_NUM_THREADS"] = "1"
    command = [sys.executable, "-m", "pipeline.run", *sys.argv[1:], "--worker"]
    workers = [subprocess.Popen([*command, str(rank)], env=environment) for rank in range(world)]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        while any(worker.poll() is None for worker in workers):
            for worker in workers:
                try:
                    worker.wait(timeout=1)
                except subprocess.TimeoutExpired:
                    continue
                if worker.returncode:
                    raise SystemExit(f"a training process ended with {worker.returncode}; the same command resumes from the checkpoint")
    finally:
        for worker in workers:
            if worker.poll() is None:
                worker.terminate()
        for worker in workers:  # they write a checkpoint first
            worker.wait()


def work(config: RunConfig, out: Path, rank: int) -> None:
    world = int(os.environ["WORLD_SIZE"])
    if world > 1:
        dist.init_process_group("gloo", rank=rank, world_size=world)
    if not torch.cuda.is_available():
        torch.set_num_threads(1)
    if not Trainer(config, task_of(config).source(config, out, rank), out, rank, world).run():
        sys.exit(143)  # as after an unhandled SIGTERM


def main() -> None:
    arguments = parse_arguments()
    config = load_config(arguments.config, budget_tokens=arguments.budget_tokens, processes=arguments.processes)
    if arguments.worker is not None:
        work(config, arguments.out, arguments.worker)
        return
    arguments.out.mkdir(parents=True, exist_ok=True)
    task = task_of(config)
    stages = [arguments.stage] if arguments.stage else ["train", "evaluate", "export"]
    if "train" in stages:
        if arguments.start_from and not (arguments.out / CHECKPOINT).exists():
            prepare_start(arguments.start_from, config, arguments.out)
        task.prepare(config, arguments.out)
        start_workers(config)
    model, progress = load_trained(config, arguments.out)
    if "evaluate" in stages:
        figures = {"name": config.name, "trained": vars(progress)} | task.evaluate(config, arguments.out, model)
        (arguments.out / "evaluation.json").write_text(json.dumps(figures, indent=1) + "\n")
    if "export" in stages:
        task.export(config, arguments.out, model, progress.earlier_tokens + progress.tokens)
        write_thinned_log(arguments.out / LOG, arguments.out / "hf" / LOG)


if __name__ == "__main__":
    main()
