"""Simulate Oracle's opportunities over HTTP, for tests, benches and demos.

A process of its own that knows nothing of Django and nothing of the client that reads it.
"""
