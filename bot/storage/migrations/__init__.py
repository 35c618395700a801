"""Steps from each schema to the next, forward only; run inside one transaction, so that a killed one never happened.

One step may be ahead of a process that still runs: a step adds tables, indexes and columns that may stay empty, and
what a release no longer uses is removed by the step of the release after it. Every statement names its columns.
"""

NEWEST = 4
"""The number of the newest file in ``versions``."""
