"""Oracle's opportunities resource over HTTP, for tests, benches and trying things out.

A process of its own that knows nothing of Django and nothing of the client that reads it.
"""
