"""Makes the pictures of PictureConverterTest and what they must become.

An implementation of its own: Pillow decodes, NumPy takes the mean over areas by its definition,
Pillow enlarges in floating point. Nothing of TensorFlow is used.

    python picture_converter_golden.py ../resources/dev/alexnet/model/image

The files in the repository came from Pillow 12.3.0 and NumPy 2.4.6.
"""

import pathlib
import sys

import numpy as np
from PIL import Image

SIZE = 24


def scene(width, height, channels, seed):
    """Waves of several lengths with some noise: every pixel differs from its neighbours."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    noise = np.random.default_rng(seed).normal(0, 8, (height, width, channels))
    waves = [
        128 + 60 * np.sin(x / (3 + c) + c) + 50 * np.cos(y / (4 + c) - x / 9) for c in range(channels)
    ]
    return np.clip(np.stack(waves, -1) + noise, 0, 255).astype(np.uint8)


def area_weights(source, target):
    """[target, source]: the share of each source pixel in the interval of each target pixel."""
    edges = np.arange(target + 1) * (source / target)
    weights = np.zeros((target, source))
    for t in range(target):
        for s in range(source):
            weights[t, s] = max(0.0, min(edges[t + 1], s + 1) - max(edges[t], s))
    return weights / weights.sum(1, keepdims=True)


def expected(picture):
    image = np.asarray(picture.convert("RGB"), dtype=np.float64)
    height, width, _ = image.shape
    shorter = min(height, width)
    new_height = int(height * SIZE / shorter + 0.5)
    new_width = int(width * SIZE / shorter + 0.5)
    if shorter > SIZE:
        rows, columns = area_weights(height, new_height), area_weights(width, new_width)
        image = np.einsum("ah,hwc,bw->abc", rows, image, columns)
    elif shorter < SIZE:
        bands = [
            Image.fromarray(image[:, :, c].astype(np.float32)).resize(
                (new_width, new_height), Image.Resampling.BICUBIC
            )
            for c in range(3)
        ]
        image = np.stack([np.asarray(band) for band in bands], -1)
    top, left = (new_height - SIZE) // 2, (new_width - SIZE) // 2
    image = image[top : top + SIZE, left : left + SIZE]
    return np.rint(np.clip(image, 0, 255)).astype(np.uint8)


def main(folder):
    cmyk = Image.fromarray(scene(61, 46, 4, 3), "CMYK")
    transparent = Image.fromarray(scene(50, 33, 4, 4), "RGBA")
    # Transparency is dropped, not blended.
    opaque = Image.fromarray(np.asarray(transparent)[:, :, :3])
    palette = Image.fromarray(scene(47, 62, 3, 5)).quantize(200)
    pictures = {
        "landscape.jpg": (Image.fromarray(scene(61, 45, 3, 1)), {"quality": 90}),
        "portrait.jpg": (Image.fromarray(scene(39, 80, 3, 2)), {"quality": 90, "progressive": True}),
        "grey.jpg": (Image.fromarray(scene(70, 53, 1, 6)[:, :, 0]), {"quality": 90}),
        "cmyk.jpg": (cmyk, {"quality": 95}),
        "transparent.png": (transparent, {}),
        "palette.png": (palette, {}),
        "enlarged.png": (Image.fromarray(scene(17, 13, 3, 7)), {}),
        "enlarged_portrait.jpg": (Image.fromarray(scene(11, 20, 3, 8)), {"quality": 95}),
        "untouched.png": (Image.fromarray(scene(24, 31, 3, 9)), {}),
    }
    for name, (picture, options) in pictures.items():
        path = folder / name
        picture.save(path, **options)
        stored = opaque if name == "transparent.png" else Image.open(path)
        (folder / (name + ".rgb")).write_bytes(expected(stored).tobytes())


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
