"""Makes the pictures of PictureConverterTest and what they must become.

An implementation of its own: Pillow decodes, NumPy takes the mean over areas by its definition,
Pillow enlarges in floating point and resizes as itself. Nothing of TensorFlow is used.

    python picture_converter_golden.py ../resources/dev/alexnet/model/image

The files in the repository came from Pillow 12.3.0 and NumPy 2.4.6.
"""

import pathlib
import struct
import sys
import zlib

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


def png(bits, colour_type, rows, chunks=()):
    """A PNG file of unfiltered rows, for the kinds that Pillow does not write."""
    height, width = rows.shape[:2]

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = rows.reshape(height, -1)
    if bits == 16:
        packed = [line.astype(">u2").tobytes() for line in lines]
    else:
        bit_rows = np.unpackbits(lines.astype(np.uint8)[:, :, None], axis=2)[:, :, 8 - bits :]
        packed = [np.packbits(row.reshape(-1)).tobytes() for row in bit_rows]
    data = zlib.compress(b"".join(b"\0" + line for line in packed))
    header = struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(kind, content)
        for kind, content in [(b"IHDR", header), *chunks, (b"IDAT", data), (b"IEND", b"")]
    )


def png_kinds():
    """Name, file and the RGB that each must have, by the formulas of docs/formats.md."""
    deep = np.random.default_rng(21).integers(0, 65536, (30, 37, 3))
    deep_grey = np.random.default_rng(22).integers(0, 65536, (30, 37, 1))
    grey_alpha = scene(40, 31, 2, 23)
    colours = np.random.default_rng(24).integers(0, 256, (16, 3)).astype(np.uint8)
    indices = np.random.default_rng(25).integers(0, 16, (33, 29, 1))
    palette = (b"PLTE", colours.tobytes())
    opacity = (b"tRNS", bytes(range(0, 240, 15)))
    rgb = scene(35, 28, 3, 26)
    key = (b"tRNS", struct.pack(">HHH", *rgb[0, 0].tolist()))
    yield "deep.png", png(16, 2, deep), deep >> 8
    yield "deep_grey.png", png(16, 0, deep_grey), (deep_grey >> 8).repeat(3, 2)
    yield "grey_alpha.png", png(8, 4, grey_alpha), grey_alpha[:, :, :1].repeat(3, 2)
    yield "palette_opacity.png", png(4, 3, indices, [palette, opacity]), colours[indices[:, :, 0]]
    yield "colour_key.png", png(8, 2, rgb, [key]), rgb
    for bits in (1, 2, 4):
        grey = np.random.default_rng(26 + bits).integers(0, 2**bits, (31, 34, 1))
        yield f"grey_{bits}_bits.png", png(bits, 0, grey), (grey * 255 // (2**bits - 1)).repeat(3, 2)


def cmyk_kinds(cmyk_file):
    """The same coded samples declared as CMYK or YCCK, with and without Adobe's marker."""
    marker = cmyk_file.index(b"\xff\xee\x00\x0eAdobe")
    ycck = bytearray(cmyk_file)
    ycck[marker + 15] = 2
    without = cmyk_file[:marker] + cmyk_file[marker + 16 :]
    return {"ycck.jpg": bytes(ycck), "cmyk_without_marker.jpg": without}


def rgb_of_cmyk(path, adobe):
    """Adobe's writers store the complement: what is stored is then light, else it is ink."""
    stored = 255 - np.asarray(Image.open(path), dtype=np.int64)
    light = stored if adobe else 255 - stored
    return light[:, :, :3] * light[:, :, 3:] // 255


def bilinear_weights(source, target):
    """[target, source]: two neighbours of each target's centre, clamped at the border."""
    weights = np.zeros((target, source))
    for t in range(target):
        place = (t + 0.5) * source / target - 0.5
        low = int(np.floor(place))
        for s, share in ((low, low + 1 - place), (low + 1, place - low)):
            weights[t, min(max(s, 0), source - 1)] += share
    return weights


def sides(image):
    height, width, _ = image.shape
    shorter = min(height, width)
    return int(height * SIZE / shorter + 0.5), int(width * SIZE / shorter + 0.5)


def centre(image):
    top, left = (image.shape[0] - SIZE) // 2, (image.shape[1] - SIZE) // 2
    image = image[top : top + SIZE, left : left + SIZE]
    return np.rint(np.clip(image, 0, 255)).astype(np.uint8)


def expected_pillow(image):
    height, width = sides(image)
    picture = Image.fromarray(image.astype(np.uint8))
    return centre(np.asarray(picture.resize((width, height), Image.Resampling.BILINEAR)))


def expected_bilinear(image):
    height, width = sides(image)
    rows = bilinear_weights(image.shape[0], height)
    columns = bilinear_weights(image.shape[1], width)
    return centre(np.einsum("ah,hwc,bw->abc", rows, image.astype(np.float64), columns))


def expected(image):
    image = np.asarray(image, dtype=np.float64)
    height, width, _ = image.shape
    shorter = min(height, width)
    new_height, new_width = sides(image)
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
    return centre(image)


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
        rgb = np.asarray(stored.convert("RGB"))
        (folder / (name + ".rgb")).write_bytes(expected(rgb).tobytes())
        if name in ("landscape.jpg", "portrait.jpg", "enlarged.png", "enlarged_portrait.jpg"):
            (folder / (name + ".pillow.rgb")).write_bytes(expected_pillow(rgb).tobytes())
            (folder / (name + ".bilinear.rgb")).write_bytes(expected_bilinear(rgb).tobytes())
    for name, file in cmyk_kinds((folder / "cmyk.jpg").read_bytes()).items():
        (folder / name).write_bytes(file)
        rgb = rgb_of_cmyk(folder / name, adobe="without" not in name)
        (folder / (name + ".rgb")).write_bytes(expected(rgb).tobytes())
    for name, file, rgb in png_kinds():
        (folder / name).write_bytes(file)
        (folder / (name + ".rgb")).write_bytes(expected(rgb).tobytes())


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
