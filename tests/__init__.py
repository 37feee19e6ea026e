"""The tests. Each process computes on one core: several of them share a machine."""

import os

for _setting in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):  # read when numpy is first imported
    os.environ.setdefault(_setting, "1")
