"""The benchmark: the same plan by hand-written SQL and by the kernel, on the same facts, in the same run."""
