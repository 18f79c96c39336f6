"""A small decoder of the Llama kind (Touvron et al. 2023): root-mean-square norms, rotary positions, gated feed-forward; 58,466,816 parameters."""

import math

import torch
from torch import nn
from torch.nn import functional

VOCABULARY = 32_000
LENGTH = 256
WIDTH = 512
LAYERS = 8
HEADS = 8
HIDDEN = 1408


class Norm(nn.Module):
    """Divides by the root mean square (Zhang and Sennrich 2019)."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(WIDTH))

    def forward(self, hidden):
        return self.weight * hidden * torch.rsqrt(hidden.pow(2).mean(-1, keepdim=True) + 1e-5)


def rotation():
    """Cosine and sine of each position's angles (Su et al. 2021), for halves of a head."""
    half = WIDTH // HEADS // 2
    frequencies = 10_000.0 ** (-torch.arange(half) / half)
    angles = torch.outer(torch.arange(LENGTH), frequencies)
    return torch.stack([angles.cos(), angles.sin()])


def rotate(heads, cos_sin):
    cos, sin = cos_sin
    left, right = heads.chunk(2, dim=-1)
    return torch.cat([left * cos - right * sin, left * sin + right * cos], dim=-1)


class Attention(nn.Module):
    """Written out instead of a fused kernel, which old versions of PyTorch lack: the work is the same everywhere."""

    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH, bias=False) for _ in range(4))
        self.register_buffer("rotation", rotation())
        self.register_buffer("mask", torch.full((LENGTH, LENGTH), -math.inf).triu(1))

    def forward(self, hidden):
        heads = [
            project(hidden).unflatten(-1, (HEADS, WIDTH // HEADS)).transpose(1, 2)
            for project in (self.query, self.key, self.value)
        ]
        query, key = (rotate(one, self.rotation) for one in heads[:2])
        scores = query @ key.transpose(-2, -1) / math.sqrt(WIDTH // HEADS) + self.mask
        return self.out((functional.softmax(scores, dim=-1) @ heads[2]).transpose(1, 2).flatten(2))


class FeedForward(nn.Module):
    def __init__(self):
        super().__init__()
        self.gate, self.up = (nn.Linear(WIDTH, HIDDEN, bias=False) for _ in range(2))
        self.down = nn.Linear(HIDDEN, WIDTH, bias=False)

    def forward(self, hidden):
        return self.down(functional.silu(self.gate(hidden)) * self.up(hidden))


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention, self.feed_forward = Attention(), FeedForward()
        self.before_attention, self.before_feed_forward = Norm(), Norm()

    def forward(self, hidden):
        hidden = hidden + self.attention(self.before_attention(hidden))
        return hidden + self.feed_forward(self.before_feed_forward(hidden))


def llama(vocabulary):
    """From sequences of tokens to a score for each token that could come next."""
    embedding = nn.Embedding(vocabulary, WIDTH)
    # Small numbers at first, as such models are trained; the default would make the scores of a new model very large.
    nn.init.normal_(embedding.weight, std=0.02)
    return nn.Sequential(embedding, *(Layer() for _ in range(LAYERS)), Norm(), nn.Linear(WIDTH, vocabulary, bias=False))
