"""ResNet-50 (He et al. 2015) with the stride in the 3 x 3 convolutions, known as version 1.5: 25,557,032 parameters for 1000 classes."""

from torch import nn
from torch.nn import functional

# Blocks of each stage, and the width inside of them; a block's output is four times as wide.
STAGES = [(3, 64), (4, 128), (6, 256), (3, 512)]
EXPANSION = 4


def convolution(inputs, outputs, size, stride=1):
    """A convolution that keeps the image's size but for the stride, normalised over the batch."""
    plain = nn.Conv2d(inputs, outputs, size, stride=stride, padding=size // 2, bias=False)
    return nn.Sequential(plain, nn.BatchNorm2d(outputs))


class Block(nn.Module):
    """Three convolutions, added to what came in."""

    def __init__(self, inputs, width, stride):
        super().__init__()
        outputs = width * EXPANSION
        self.narrow = convolution(inputs, width, 1)
        self.middle = convolution(width, width, 3, stride)
        self.widen = convolution(width, outputs, 1)
        same = stride == 1 and inputs == outputs
        self.shortcut = nn.Identity() if same else convolution(inputs, outputs, 1, stride)

    def forward(self, images):
        hidden = functional.relu(self.narrow(images))
        hidden = functional.relu(self.middle(hidden))
        return functional.relu(self.widen(hidden) + self.shortcut(images))


def blocks():
    inputs = 64
    for stage, (count, width) in enumerate(STAGES):
        for position in range(count):
            yield Block(inputs, width, stride=2 if stage > 0 and position == 0 else 1)
            inputs = width * EXPANSION


def resnet50(classes):
    """From images of 3 x 224 x 224 to a score for each class."""
    return nn.Sequential(
        convolution(3, 64, 7, stride=2),
        nn.ReLU(inplace=True),
        nn.MaxPool2d(3, stride=2, padding=1),
        *blocks(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(512 * EXPANSION, classes),
    )
