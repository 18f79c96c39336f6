"""Runs a model for a number of iterations, timing each, and prints one JSON document. Times in seconds, memory in bytes."""

import argparse
import json
import math
import sys
import time

import torch
from torch import nn
from torch.nn import functional

import machine
from models import MODELS


def arguments():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"PyTorch {torch.__version__}")
    parser.add_argument("--model", choices=MODELS, required=True)
    parser.add_argument("--mode", choices=["train", "eval"], required=True)
    parser.add_argument("--precision", choices=["FP32", "TF32", "BF16"], required=True)
    parser.add_argument("--batch-size", type=int, required=True)
    parser.add_argument("--iterations", type=int, required=True)
    parser.add_argument("--warmup", type=int, required=True)
    parser.add_argument("--gpus", type=int, required=True, help="0 runs on the CPU")
    parser.add_argument("--threads", type=int, help="of the CPU; as many as the pod may use")
    return parser.parse_args()


class Autocast(nn.Module):
    """Lets a model compute in bfloat16 where that is safe. Inside of the module, so that it holds in the threads of DataParallel."""

    def __init__(self, model, device, enabled):
        super().__init__()
        self.model, self.device, self.enabled = model, device, enabled

    def forward(self, batch):
        with torch.autocast(self.device, dtype=torch.bfloat16, enabled=self.enabled):
            return self.model(batch).float()


def loss_of(scores, targets):
    return functional.cross_entropy(scores.flatten(0, -2), targets.flatten())


def evaluation(model, batch, targets):
    """One iteration is the way forward. The loss, which shows that the scores are numbers, is not timed."""
    model.eval()

    def step():
        with torch.no_grad():
            return model(batch)

    return step, lambda scores: loss_of(scores, targets).item()


def training(model, batch, targets):
    """One iteration is forward, backward and the step of the optimizer."""
    model.train()
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3, momentum=0.9)

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(model(batch), targets)
        loss.backward()
        optimizer.step()
        return loss

    return step, lambda loss: loss.item()


def measure(step, judge, devices, count):
    """Times and CPU times of `count` iterations, and the loss of each. GPUs work on by themselves: the clock stops when they are done."""
    times, cpu_times, losses = [], [], []
    for number in range(count):
        settle(devices)
        start, cpu_start = time.perf_counter(), time.process_time()
        result = step()
        settle(devices)
        times.append(time.perf_counter() - start)
        cpu_times.append(time.process_time() - cpu_start)
        losses.append(judge(result))
        if not math.isfinite(losses[-1]):
            sys.exit(f"the loss of iteration {number + 1} is {losses[-1]}: the model computes no numbers")
    return times, cpu_times, losses


def settle(devices):
    for device in devices:
        torch.cuda.synchronize(device)


def main():
    asked = arguments()
    torch.set_num_threads(machine.threads(asked.threads))
    devices = machine.gpus(asked.gpus) if asked.gpus else []
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = asked.precision == "TF32"
    torch.manual_seed(0)
    build, batch_of = MODELS[asked.model]
    place = devices[0] if devices else torch.device("cpu")
    model = Autocast(build(), place.type, asked.precision == "BF16").to(place)
    parameters = sum(parameter.numel() for parameter in model.parameters())
    if len(devices) > 1:
        model = nn.DataParallel(model, devices)
    inputs, targets = (part.to(place) for part in batch_of(asked.batch_size))
    step, judge = (training if asked.mode == "train" else evaluation)(model, inputs, targets)
    measure(step, judge, devices, asked.warmup)
    times, cpu_times, losses = measure(step, judge, devices, asked.iterations)
    total = math.fsum(times)
    report = {
        "pyTorch": 1,
        "versions": machine.versions(),
        "settings": {
            "model": asked.model,
            "mode": asked.mode,
            "device": "CUDA" if devices else "CPU",
            "precision": asked.precision,
            "batchSize": asked.batch_size,
            "iterations": asked.iterations,
            "warmupIterations": asked.warmup,
            "threads": torch.get_num_threads(),
            "gpus": asked.gpus,
        },
        "parameters": parameters,
        "measuredTime": total,
        "cpuTime": math.fsum(cpu_times),
        "samplesPerSecond": asked.batch_size * asked.iterations / total,
        "iterationTimes": times,
        "losses": losses,
        "peakMemory": machine.peak_memory(),
        "gpus": [machine.gpu_report(device) for device in devices],
    }
    print(json.dumps(report, indent=1, allow_nan=False))


main()
