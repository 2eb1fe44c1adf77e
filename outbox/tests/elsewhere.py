"""Do something as another worker would: in a thread with a connection of its own."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection


def in_another_connection(do):
    def and_close():
        try:
            return do()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(and_close).result(20)
