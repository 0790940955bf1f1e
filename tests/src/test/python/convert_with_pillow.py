"""Converts pictures as `alexnet convert` does, with Pillow in a pool of two processes.

    python convert_with_pillow.py LIST COPIES OUTPUT

LIST is a file with a path a line; each picture is read COPIES times. Decoding, the shorter side at 256
pixels by Pillow's BOX (the mean over the area that a pixel covers) where it shrinks and BICUBIC where it
grows, the centre of 256 x 256, JPEG of quality 95, and a file of records framed as TFRecord's for each
process in OUTPUT; the checksums of the frame are zeros, as Python has no fast CRC-32C of its own.
"""

import io
import multiprocessing
import os
import struct
import sys

from PIL import Image

SIZE = 256
PROCESSES = 2


def converted(path):
    with Image.open(path) as picture:
        image = picture.convert("RGB")
    shorter = min(image.size)
    scaled = tuple(round(side * SIZE / shorter) for side in image.size)
    if scaled != image.size:
        method = Image.Resampling.BOX if shorter > SIZE else Image.Resampling.BICUBIC
        image = image.resize(scaled, method)
    left = (image.width - SIZE) // 2
    top = (image.height - SIZE) // 2
    file = io.BytesIO()
    image.crop((left, top, left + SIZE, top + SIZE)).save(file, "JPEG", quality=95)
    return file.getvalue()


def convert(work):
    number, paths, output = work
    with open(os.path.join(output, f"part-{number}.tfrecord"), "wb") as records:
        for path in paths:
            record = converted(path)
            records.write(struct.pack("<QI", len(record), 0))
            records.write(record)
            records.write(struct.pack("<I", 0))
    return len(paths)


def main():
    names, copies, output = sys.argv[1:]
    with open(names, encoding="utf-8") as file:
        paths = [line.rstrip("\n") for line in file for _ in range(int(copies))]
    # Short pieces, so that both processes end together.
    pieces = [(number, paths[number::16], output) for number in range(16)]
    with multiprocessing.Pool(PROCESSES) as pool:
        print(sum(pool.imap_unordered(convert, pieces, chunksize=1)))


if __name__ == "__main__":
    main()
