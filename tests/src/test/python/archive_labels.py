"""Prints what RealPicturesTest must find: the SHA-256 of all names with their labels, and a few rows.

Reads the archives with Python's tarfile and the devkit with SciPy, so nothing is shared with the
reader that is tested.

    python archive_labels.py DIR/tiny-imagenet-50

The values in the test came from SciPy 1.17.1.
"""

import hashlib
import io
import pathlib
import sys
import tarfile

import scipy.io


def devkit(folder):
    with tarfile.open(folder / "ILSVRC2012_devkit_t12.tar.gz") as tar:
        content = {m.name.split("/")[-1]: tar.extractfile(m).read() for m in tar if m.isfile()}
    synsets = scipy.io.loadmat(io.BytesIO(content["meta.mat"]), squeeze_me=True)["synsets"]
    wnids = {int(s["ILSVRC2012_ID"]): str(s["WNID"]) for s in synsets if int(s["num_children"]) == 0}
    truth = [int(line) for line in content["ILSVRC2012_validation_ground_truth.txt"].split()]
    return wnids, truth


def show(title, rows):
    text = "".join(f"{name} {label}\n" for name, label in sorted(rows.items()))
    print(title, len(rows), hashlib.sha256(text.encode()).hexdigest())


def main(folder):
    wnids, truth = devkit(folder)
    every = sorted(wnids.values())
    train = {}
    with tarfile.open(folder / "ILSVRC2012_img_train.tar") as outer:
        for member in outer:
            with tarfile.open(fileobj=outer.extractfile(member)) as inner:
                label = every.index(member.name.removesuffix(".tar"))
                train.update({name: label for name in inner.getnames()})
    show("train, labels of all classes", train)
    present = sorted({wnids[i] for i in truth})
    with tarfile.open(folder / "ILSVRC2012_img_val.tar") as tar:
        names = tar.getnames()
    numbers = {name: int(name.split("_")[-1].removesuffix(".JPEG")) for name in names}
    validation = {name: present.index(wnids[truth[n - 1]]) for name, n in numbers.items()}
    show("validation, labels of the classes present", validation)
    for name in sorted(validation)[:: len(validation) // 6]:
        print(f'{name} {validation[name]}')


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
