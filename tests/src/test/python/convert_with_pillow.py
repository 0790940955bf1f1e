"""Converts pictures as `alexnet convert` does, with Pillow in a pool of two processes.

    python convert_with_pillow.py LIST COPIES OUTPUT [pictures-only]

LIST is a file with one path per line; each picture is read COPIES times. Decoding, the shorter side at 256
pixels by Pillow's BOX (the mean over the area that a pixel covers) where it shrinks and BICUBIC where it
grows, the centre of 256 x 256, JPEG of quality 95, and files of records framed as TFRecord's in OUTPUT.
Unless only the pictures are wanted, also what else `convert` does: the exact sums for mean image and
colour covariance, in NumPy, the records' checksums and those of the files. They are zlib's CRC-32, in
the place of the CRC-32C that Python has no fast one of its own for; without them they are zeros.
"""

import io
import multiprocessing
import os
import struct
import sys
import zlib

import numpy
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
    return image.crop((left, top, left + SIZE, top + SIZE))


class Statistics:
    """Sums of values and of the products of colours; float64 holds every sum of either exactly."""

    def __init__(self):
        self.images = 0
        self.values = numpy.zeros((SIZE, SIZE, 3), numpy.int64)
        self.products = numpy.zeros((3, 3))

    def add_image(self, image):
        pixels = numpy.asarray(image)
        self.images += 1
        self.values += pixels
        colours = pixels.reshape(-1, 3).astype(numpy.float64)
        self.products += colours.T @ colours

    def add(self, other):
        self.images += other.images
        self.values += other.values
        self.products += other.products

    def mean_and_covariance(self):
        pixels = self.images * SIZE * SIZE
        mean = self.values.sum(axis=(0, 1)) / pixels
        return self.values / self.images, self.products / pixels - numpy.outer(mean, mean)


def convert(work):
    number, paths, output, pictures_only = work
    statistics = Statistics()
    file_checksum = 0
    with open(os.path.join(output, f"part-{number}.tfrecord"), "wb") as records:
        for path in paths:
            image = converted(path)
            file = io.BytesIO()
            image.save(file, "JPEG", quality=95)
            record = file.getvalue()
            record_checksum = 0 if pictures_only else zlib.crc32(record)
            frame = struct.pack("<QI", len(record), 0), record, struct.pack("<I", record_checksum)
            for part in frame:
                records.write(part)
            if not pictures_only:
                for part in frame:
                    file_checksum = zlib.crc32(part, file_checksum)
                statistics.add_image(image)
    return statistics, file_checksum


def main():
    names, copies, output = sys.argv[1:4]
    pictures_only = sys.argv[4:] == ["pictures-only"]
    with open(names, encoding="utf-8") as file:
        paths = [line.rstrip("\n") for line in file for _ in range(int(copies))]
    # Short pieces, so that both processes end together.
    pieces = [(number, paths[number::16], output, pictures_only) for number in range(16)]
    total = Statistics()
    with multiprocessing.Pool(PROCESSES) as pool:
        for statistics, file_checksum in pool.imap_unordered(convert, pieces, chunksize=1):
            total.add(statistics)
            print(file_checksum)
    if not pictures_only:
        mean, covariance = total.mean_and_covariance()
        numpy.save(os.path.join(output, "mean_image.npy"), mean)
        print(covariance)


if __name__ == "__main__":
    main()
