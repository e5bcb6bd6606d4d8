"""The fault rig: acts are written, something breaks in the middle, and a judge compares what was acknowledged with the database.

`python -m tests.faults` (`make test-faults`) runs it; CONTRIBUTING.md says how to read its table.
"""
