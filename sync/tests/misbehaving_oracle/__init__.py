"""Make the Oracle simulator misbehave: faults that pass, and lasting habits of a tenant.

`python -m sync.tests.misbehaving_oracle --help` lists them all. Nobody but tests needs them.
"""
