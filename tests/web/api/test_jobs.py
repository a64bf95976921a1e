"""Adding addresses and following feeds over HTTP, with jobs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from index import Embedder, Fetcher
from tests.conftest import Served, serve_library
from tests.index.ingest.feed_site import FERRY, article_lines, publish_first_day
from tests.web_server import Site, reply, serving


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture(scope="module")
def online(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, site: Site) -> Iterator[Served]:
    """The app with a fetcher that may fetch the test's own site."""
    fetcher = Fetcher(allowed=[site.address], delay_seconds=0)
    directory = tmp_path_factory.mktemp("online") / "library"
    yield from serve_library(directory, embedder, fetcher=fetcher, update_minutes=0.01)


@pytest.fixture
def http(online: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{online.url}/api/v1", timeout=30) as client:
        yield client


def wait_for_end(http: httpx.Client, job: httpx.Response) -> dict[str, Any]:
    """The job, once it is done or stopped."""
    assert job.status_code == 202, job.text
    for _ in range(600):
        found: dict[str, Any] = http.get(f"/jobs/{job.json()['id']}").json()
        if found["state"] in ("done", "stopped"):
            return found
        time.sleep(0.05)
    raise AssertionError(found)


def test_an_address_is_added_by_a_job(http: httpx.Client, site: Site) -> None:
    head = "<meta property='article:modified_time' content='2023-05-06T10:00:00Z'>"
    url = site.page("/ferry", "Ferry", *FERRY, head=head)
    job = wait_for_end(http, http.post("/jobs", json={"sources": [url]}))
    assert (job["state"], job["done"], job["total"], job["report"]["failed"]) == ("done", 1, 1, [])
    [article_id] = job["report"]["added"]
    article = http.get(f"/articles/{article_id}").json()
    assert (article["url"], article["modified"], article["language"]) == (url, "2023-05-06", "en")
    assert article["origins"]["modified"] == "meta tags"
    site.page("/ferry", "Ferry", FERRY[0].replace("Monday", "Friday"), FERRY[1])
    [newer] = wait_for_end(http, http.post("/jobs", json={"sources": [url]}))["report"]["updated"]
    assert http.get(f"/articles/{newer}").json()["revisions"] == [article_id]
    earlier = http.get(f"/articles/{article_id}").json()
    assert earlier["replaced_by"] == newer
    assert earlier["replaced"]
    assert "Monday" in earlier["text"]


def test_a_feed_is_followed_and_updated_by_itself(http: httpx.Client, site: Site) -> None:
    items = {"/f/1": "One"}
    site.page("/f/1", "Station 1", *article_lines(1))
    url = site.feed("/own", items)
    assert len(wait_for_end(http, http.post("/feeds", json={"url": url}))["report"]["added"]) == 1
    [feed] = http.get("/feeds").json()
    assert (feed["title"], feed["url"], feed["failure"]) == ("The Outlet", url, None)
    site.page("/f/2", "Station 2", *article_lines(2))
    site.feed("/own", items | {"/f/2": "Two"})
    for _ in range(300):
        if http.get("/articles", params={"matching": "/f/2"}).json()["total"]:
            break
        time.sleep(0.1)
    assert http.get("/articles", params={"matching": "/f/2"}).json()["total"] == 1
    assert wait_for_end(http, http.post("/feeds/update"))["report"]["failed"] == []
    assert http.delete(f"/feeds/{feed['id']}").status_code == 204
    assert http.get("/feeds").json() == []
    assert http.delete(f"/feeds/{feed['id']}").json()["error"] == {
        "code": "not_found",
        "message": f"No followed feed has the id {feed['id']}.",
    }


def test_a_job_reports_its_progress_and_can_be_stopped(http: httpx.Client, site: Site) -> None:
    items = publish_first_day(site)
    for path in items:
        page = str(site.pages[path]).encode()

        def slow(handler: Any, page: bytes = page) -> None:
            time.sleep(0.1)
            reply(handler, 200, {"Content-Type": "text/html"}, page)

        site.pages[path] = slow
    started = http.post("/jobs", json={"sources": [site.feed("/slow", items)]})
    for _ in range(200):
        job = http.get(f"/jobs/{started.json()['id']}").json()
        if job["done"] >= 3:
            break
        time.sleep(0.05)
    assert (job["state"], job["total"]) == ("running", 31)
    assert job["sources_per_second"] > 0
    assert job["seconds_left"] > 0
    waiting = http.post("/feeds/update").json()
    assert http.post(f"/jobs/{waiting['id']}/stop").json()["state"] == "stopped"
    assert http.post(f"/jobs/{job['id']}/stop").status_code == 202
    stopped = wait_for_end(http, started)
    assert stopped["state"] == "stopped"
    assert 2 <= len(stopped["report"]["added"] + stopped["report"]["unchanged"]) < 30
    assert stopped["report"]["failed"] == []
    assert job["id"] in [known["id"] for known in http.get("/jobs").json()]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("/etc/passwd", "is not a web address; it must start with https://"),
        ("file:///etc/passwd", "only http and https addresses are supported, not file"),
        ("ferry.html", "is not a web address"),
        ("https://user:secret@outlet.example/", "user name or password"),
        ("", "enter a web address that starts with https://"),
    ],
)
def test_only_web_addresses_are_added(http: httpx.Client, source: str, reason: str) -> None:
    for response in (http.post("/jobs", json={"sources": [source]}), http.post("/feeds", json={"url": source})):
        assert response.status_code == 422
        assert response.json()["error"]["code"] == "invalid_request"
        assert reason in response.json()["error"]["message"]


def test_private_addresses_are_refused_whatever_the_request(http: httpx.Client, online: Served) -> None:
    for sources in ([f"{online.url}/api/v1/status"], ["http://169.254.169.254/"], ["http://localhost/"]):
        body = {"sources": sources}
        assert http.post("/jobs", json={**body, "allow_private": True}).status_code == 422
        [failure] = wait_for_end(http, http.post("/jobs", json=body))["report"]["failed"]
        assert "is not on the public internet" in failure["reason"]


def test_invalid_requests_are_explained(http: httpx.Client) -> None:
    error = http.get("/jobs/none").json()["error"]
    assert error["code"] == "not_found"
    assert "No job has the id 'none'" in error["message"]
    assert http.post("/jobs", json={"sources": []}).status_code == 422
    assert http.post("/feeds", json={}).status_code == 422
