"""Prints what RealDevkitTest expects of a devkit.

    python devkit_labels.py ILSVRC2010_devkit-1.0/data 2010
"""

import sys

import scipy.io

directory, year = sys.argv[1], sys.argv[2]
synsets = scipy.io.loadmat(f"{directory}/meta.mat", squeeze_me=True)["synsets"]
leaves = [row for row in synsets if int(row["num_children"]) == 0]
wnid = {int(row[f"ILSVRC{year}_ID"]): str(row["WNID"]) for row in leaves}
words = {str(row["WNID"]): str(row["words"]) for row in leaves}
order = sorted(wnid.values())
with open(f"{directory}/ILSVRC{year}_validation_ground_truth.txt") as lines:
    truth = [wnid[int(line)] for line in lines]

print(len(order), "classes; the first and the last:", order[0], order[-1], words[order[-1]])
print("the class of id 1:", order.index(wnid[1]), wnid[1], words[wnid[1]])
print(len(truth), "pictures; the first:", truth[:5], [order.index(w) for w in truth[:5]])
