"""What this process runs on: the CPUs that it may use, its GPUs, versions."""

import os
import platform
import resource
import sys
from pathlib import Path

import torch

GROUPS = Path("/sys/fs/cgroup")


def read(*names):
    """Numbers of control files; None where one is missing or says that there is no limit."""
    try:
        return [float(word) for name in names for word in (GROUPS / name).read_text().split()]
    except (OSError, ValueError):
        return None


def cpu_quota():
    """CPUs that the container may use, from its control group of version 2 or 1; None without a limit."""
    quota, period = read("cpu.max") or read("cpu/cpu.cfs_quota_us", "cpu/cpu.cfs_period_us") or (0, 1)
    return quota / period if quota > 0 else None


def threads(asked):
    """As many as the pod's CPU limit lets run at once, rounded down; more would wait for each other. Without a limit, PyTorch's choice."""
    quota = cpu_quota()
    if asked or quota is None:
        return asked or torch.get_num_threads()
    return max(1, min(int(quota), len(os.sched_getaffinity(0))))


def gpus(count):
    """The devices that the pod was given. A container can see more of a node's GPUs than its limit says, or none for lack of a driver."""
    seen = torch.cuda.device_count()
    if seen == count:
        return [torch.device("cuda", index) for index in range(count)]
    about = f"PyTorch {torch.__version__} is built for CUDA {torch.version.cuda}" if torch.version.cuda else "this PyTorch is built without CUDA"
    sys.exit(f"{count} GPUs were given by nvidia.com/gpu, but {seen} are seen; {about}; is the container runtime NVIDIA's?")


def gpu_report(device):
    return {
        "name": torch.cuda.get_device_name(device),
        "memory": torch.cuda.get_device_properties(device).total_memory,
        "peakMemory": torch.cuda.max_memory_allocated(device),
    }


def peak_memory():
    """Most bytes of memory that this process had at a time; Linux counts in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def versions():
    return {
        "torch": str(torch.__version__),
        "python": platform.python_version(),
        "cuda": torch.version.cuda,
        "cudnn": torch.backends.cudnn.version(),
        "machine": platform.machine(),
    }
