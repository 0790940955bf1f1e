"""Golden values of IntervalTest: python interval_golden.py (scipy)."""

from scipy.stats import binomtest

for wrong, count in [(0, 1), (1, 1), (0, 53), (7, 53), (18737, 50000), (8500, 50000), (50000, 50000)]:
    low, high = binomtest(wrong, count).proportion_ci(0.95, "wilson")
    print(f'    "{wrong}, {count}, {low!r}, {high!r}",'.replace("np.float64(", "").replace(")", ""))
