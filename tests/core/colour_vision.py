"""How far apart two colours are, in ordinary sight and for three colour deficiencies.

The deficiencies are simulated with the matrices for severity 1.0 of Machado GM, Oliveira MM,
Fernandes LAF. A physiologically-based model for simulation of color vision deficiency. IEEE
Transactions on Visualization and Computer Graphics 2009;15(6):1291-1298, on linear sRGB. The
distance is Euclidean in Oklab (Ottosson B. A perceptual color space for image processing. 2020),
where one just noticeable difference is about 0.02.
"""

from __future__ import annotations

from math import dist

from ikt_coder.core.colour import channels

Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]

SIGHTS: dict[str, Matrix] = {
    "ordinary": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

_TO_CONES: Matrix = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_OKLAB: Matrix = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def _times(matrix: Matrix, vector: Vector) -> Vector:
    a, b, c = (sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix)
    return a, b, c


def _linear(colour: str) -> Vector:
    r, g, b = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in channels(colour))
    )
    return r, g, b


def _oklab(linear: Vector) -> Vector:
    r, g, b = (min(1.0, max(0.0, c)) for c in linear)
    long, medium, short = (max(0.0, cone) ** (1 / 3) for cone in _times(_TO_CONES, (r, g, b)))
    return _times(_TO_OKLAB, (long, medium, short))


def distance(one: str, other: str, sight: str = "ordinary") -> float:
    """Oklab distance of two ``#rrggbb`` colours as someone with this sight sees them."""
    matrix = SIGHTS[sight]
    return dist(_oklab(_times(matrix, _linear(one))), _oklab(_times(matrix, _linear(other))))
