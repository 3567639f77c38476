"""What people see: the page at / and the files that it uses."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kg import __version__
from kg.query import catalogue

HERE = Path(__file__).parent
ENVIRONMENT = Environment(
    loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


async def start_page(request: Request) -> HTMLResponse:
    """The page at /: where the endpoint is, and what can be asked."""
    template = ENVIRONMENT.get_template("start.html.j2")
    endpoint = f"{request.url.scheme}://{request.headers['host']}/sparql"
    return HTMLResponse(template.render(endpoint=endpoint, questions=catalogue(), version=__version__))


def routes() -> list[BaseRoute]:
    """The paths of the pages."""
    return [
        Route("/", start_page),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
