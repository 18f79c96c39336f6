"""AlexNet as in "One weird trick for parallelizing convolutional neural networks" (Krizhevsky 2014), the form that is in use: 61,100,840 parameters."""

from torch import nn


def convolution(inputs, outputs, size, **more):
    return [nn.Conv2d(inputs, outputs, size, **more), nn.ReLU(inplace=True)]


def pool():
    return nn.MaxPool2d(3, stride=2)


def alexnet(classes):
    """From images of 3 x 224 x 224 to a score for each class."""
    return nn.Sequential(
        *convolution(3, 64, 11, stride=4, padding=2),
        pool(),
        *convolution(64, 192, 5, padding=2),
        pool(),
        *convolution(192, 384, 3, padding=1),
        *convolution(384, 256, 3, padding=1),
        *convolution(256, 256, 3, padding=1),
        pool(),
        nn.Flatten(),
        nn.Dropout(),
        nn.Linear(256 * 6 * 6, 4096),
        nn.ReLU(inplace=True),
        nn.Dropout(),
        nn.Linear(4096, 4096),
        nn.ReLU(inplace=True),
        nn.Linear(4096, classes),
    )
