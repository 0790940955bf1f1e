"""Makes the pictures of PictureFormatsTest and what they must become.

    python picture_formats_golden.py ../resources/dev/alexnet/model/image/formats

Pillow decodes and turns them; the scaling is that of picture_converter_golden.py. The files in the
repository came from Pillow 12.3.0 and NumPy 2.4.6.
"""

import pathlib
import sys

import numpy as np
from PIL import Image, ImageOps

from picture_converter_golden import expected, scene


def pictures():
    """File name, picture and Pillow's options."""
    rgb = Image.fromarray(scene(61, 45, 3, 31))
    grey = Image.fromarray(scene(53, 40, 1, 32)[:, :, 0])
    rgba = Image.fromarray(scene(44, 51, 4, 33), "RGBA")
    palette = rgb.quantize(200)
    yield "rgb_adobe.jpg", rgb, {"quality": 95, "keep_rgb": True}
    yield "rgb_444.jpg", rgb, {"quality": 95, "subsampling": 0}
    yield "progressive.jpg", rgb, {"quality": 90, "progressive": True}
    yield "restarts.jpg", rgb, {"quality": 90, "restart_marker_blocks": 1}
    yield "restarts_progressive.jpg", rgb, {
        "quality": 90,
        "progressive": True,
        "restart_marker_rows": 1,
    }
    yield "two.mpo", rgb, {
        "quality": 90,
        "format": "MPO",
        "save_all": True,
        "append_images": [Image.fromarray(scene(61, 45, 3, 34))],
    }
    yield "palette.gif", palette, {}
    yield "grey.gif", grey, {}
    yield "transparent.gif", palette, {"transparency": 3}
    yield "animated.gif", palette, {"save_all": True, "append_images": [rgb.quantize(100)]}
    yield "rgb.bmp", rgb, {}
    yield "grey.bmp", grey, {}
    yield "palette.bmp", palette, {}
    yield "rgba.bmp", rgba, {}
    yield "bilevel.bmp", grey.convert("1"), {}
    yield "rgb.tif", rgb, {}
    yield "lzw.tif", rgb, {"compression": "tiff_lzw"}
    yield "deflate.tif", rgb, {"compression": "tiff_adobe_deflate"}
    yield "packbits.tif", palette, {"compression": "packbits"}
    yield "grey.tif", grey, {}
    yield "rgba.tif", rgba, {"compression": "tiff_lzw"}
    yield "bilevel.tif", grey.convert("1"), {"compression": "group4"}
    yield "deep.tif", Image.fromarray(scene(53, 40, 1, 35)[:, :, 0].astype(np.uint16) * 257), {}
    yield "jpeg.tif", rgb, {"compression": "jpeg", "quality": 95}
    yield "lossless.webp", rgb, {"lossless": True}
    yield "lossless_rgba.webp", rgba, {"lossless": True, "exact": True}
    yield "lossy.webp", rgb, {"quality": 90}
    yield "lossy_rgba.webp", rgba, {"quality": 90, "exact": True}
    yield "animated.webp", rgb, {
        "lossless": True,
        "save_all": True,
        "append_images": [Image.fromarray(scene(61, 45, 3, 34))],
    }


def pixels(path):
    picture = Image.open(path)
    if picture.mode.startswith("I"):
        return (np.asarray(picture).astype(np.int64) >> 8)[:, :, None].repeat(3, 2)
    if "A" in picture.mode or "transparency" in picture.info:
        # Transparency is dropped, not blended.
        return np.asarray(picture.convert("RGBA"))[:, :, :3]
    return np.asarray(picture.convert("RGB"))


def main(folder):
    folder.mkdir(exist_ok=True)
    for name, picture, options in pictures():
        picture.save(folder / name, **options)
        (folder / (name + ".rgb")).write_bytes(expected(pixels(folder / name)).tobytes())
    for orientation in range(1, 9):
        name = f"orientation_{orientation}.jpg"
        exif = Image.Exif()
        exif[0x0112] = orientation
        Image.fromarray(scene(61, 45, 3, 36)).save(folder / name, quality=90, exif=exif)
        turned = ImageOps.exif_transpose(Image.open(folder / name)).convert("RGB")
        (folder / (name + ".rgb")).write_bytes(expected(np.asarray(turned)).tobytes())


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
