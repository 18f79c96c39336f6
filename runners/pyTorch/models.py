"""The models by name, each with random weights, and batches of random data for them."""

import torch

import alexnet
import llama
import resnet50

CLASSES = 1000


def images(size):
    return torch.randn(size, 3, 224, 224), torch.randint(CLASSES, (size,))


def tokens(size):
    """Sequences, and for each of their places the token that follows."""
    text = torch.randint(llama.VOCABULARY, (size, llama.LENGTH + 1))
    return text[:, :-1].contiguous(), text[:, 1:].contiguous()


# By name: the module, and inputs and targets of a batch.
MODELS = {
    "alexnet": (lambda: alexnet.alexnet(CLASSES), images),
    "resnet50": (lambda: resnet50.resnet50(CLASSES), images),
    "llama": (lambda: llama.llama(llama.VOCABULARY), tokens),
}
