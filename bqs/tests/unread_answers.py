"""Close each file that a test asked for and did not read to its end, as a server does.

Else its slot is given back whenever garbage is collected, in the middle of another test.
"""

from contextlib import suppress

_unread = []


class UnreadAnswersMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.streaming:
            _unread.append(response)
        return response


def close_unread_answers():
    while _unread:
        answer = _unread.pop()
        # What close() also tells, the end of a request, would close the test's connection.
        for close in answer._resource_closers:
            with suppress(Exception):  # As Django's own close() does.
                close()
        answer._resource_closers.clear()
