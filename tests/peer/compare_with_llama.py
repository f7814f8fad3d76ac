"""Holds crystallite-cli against llama.cpp: greedy runs commit for commit, or logits number for number.

    python3 compare_with_llama.py CLI LLAMA_DECODE LIBRARY_FOLDER MODEL denoise|left-to-right SLOTS PROMPT...
    python3 compare_with_llama.py CLI LLAMA_DECODE LIBRARY_FOLDER MODEL logits IDS
"""

from __future__ import annotations

import json
import re
import subprocess
import sys

import numpy as np

SURE = 1e-4  # two runs may part where two probabilities are closer than this


def run(*command: str) -> str:
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{' '.join(command[:3])} … failed:\n{result.stderr[-600:]}")
    return result.stdout


def our_commits(cli: str, model: str, ids: str, slots: str, order: str) -> list[tuple[int, int, float]]:
    beyond = ["--beyond-end"] if order == "left-to-right" else []
    lines = run(cli, "generate", "-m", model, "--token-ids", ids, "--length", slots, "--order", order, *beyond,
                "--temperature", "0", "--device", "cpu", "--show", "json").splitlines()  # fmt: skip
    events = [event for line in lines for event in json.loads(line).get("events") or []]
    return [(event["position"], event["id"], event["probability"]) for event in events if event["kind"] == "commit"]


def peer_commits(decode: str, libraries: str, model: str, way: str, ids: str, slots: str, never: str) -> list[tuple[int, int, float]]:
    rows = [line.split() for line in run(decode, model, way, ids, slots, never, libraries).splitlines()]
    return [(int(position), int(token), float(probability)) for position, token, probability in rows]


def mask_id(cli: str, model: str, ids: str) -> int:
    first = run(cli, "generate", "-m", model, "--token-ids", ids, "--length", "1", "--device", "cpu", "--show", "json").splitlines()[0]
    return json.loads(first)["mask_id"]


def line_of_info(info: str, name: str) -> str:
    return next(line for line in info.splitlines() if line.startswith(name)).removeprefix(name).strip()


def never_emitted(info: str, mask: int) -> str:
    """The mask, then the ids of "262, 264-287"."""
    ranges = re.findall(r"(\d+)(?:-(\d+))?", line_of_info(info, "never emitted"))
    others = [id for first, last in ranges for id in range(int(first), int(last or first) + 1) if id != mask]
    return ",".join(str(id) for id in [mask, *others])


def way_to_denoise(info: str) -> str:
    return "denoise-shifted" if "position i + 1" in line_of_info(info, "prediction") else "denoise"


def compare_runs(cli: str, decode: str, libraries: str, model: str, way: str, slots: str, prompts: list[str]) -> bool:
    order = "low-confidence" if way == "denoise" else "left-to-right"
    same = True
    info = run(cli, "info", model)
    way = way_to_denoise(info) if way == "denoise" else way
    for prompt in prompts:
        ids = ",".join(run(cli, "tokenize", "-m", model, "--ids", prompt).split())
        ours = our_commits(cli, model, ids, slots, order)
        theirs = peer_commits(decode, libraries, model, way, ids, slots, never_emitted(info, mask_id(cli, model, ids)))
        parted = next((step for step, (a, b) in enumerate(zip(ours, theirs)) if a[:2] != b[:2]), None)
        apart = max(abs(a[2] - b[2]) for a, b in zip(ours[:parted], theirs[:parted]))
        if parted is None and len(ours) == len(theirs):
            print(f"{prompt!r}: all {len(ours)} commits are the same, in the same order; probabilities at most {apart:.1e} apart")
        else:
            same = False
            print(f"{prompt!r}: {len(ours)} and {len(theirs)} commits, parting at step {parted}")
    return same


def compare_logits(cli: str, decode: str, libraries: str, model: str, ids: str) -> bool:
    theirs = np.array([line.split() for line in run(decode, model, "logits", ids, "0", "0", libraries).splitlines()], dtype=np.float64)
    ours = np.array(json.loads(run(cli, "logits", "-m", model, "--tokens", ids, "--json"))["logits"], dtype=np.float64)
    error = np.abs(ours.reshape(theirs.shape) - theirs).max() / theirs.std()
    print(f"{model}: {theirs.shape[0]} rows of {theirs.shape[1]} logits, at most {error:.1e} of their standard deviation apart")
    return error <= SURE


def main() -> None:
    if len(sys.argv) < 7 or (sys.argv[5] != "logits" and len(sys.argv) < 8):
        sys.exit(__doc__)
    cli, decode, libraries, model, way, *rest = sys.argv[1:]
    if way == "logits":
        same = compare_logits(cli, decode, libraries, model, rest[0])
    else:
        same = compare_runs(cli, decode, libraries, model, way, rest[0], rest[1:])
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
