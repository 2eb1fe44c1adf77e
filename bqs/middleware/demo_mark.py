"""Mark every page of a demo, whichever app made it."""

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.deprecation import MiddlewareMixin

SENTENCE = "Demo: made-up data"


class DemoMarkMiddleware(MiddlewareMixin):
    """Write the mark at the end of each HTML page; settings use it in a demo only."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and not response.streaming:
            style = f'<link rel="stylesheet" href="{static("bqs/demo.css")}">'
            mark = f'<p class="demo-mark" role="note">{SENTENCE}</p>'
            response.content = response.content.replace(
                b"</body>", f"{style}{mark}</body>".encode(), 1
            )
        return response
