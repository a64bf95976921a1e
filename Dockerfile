# syntax=docker/dockerfile:1
# The app in a container: see docs/deploy.md. Its data are in /data.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PATH=/opt/app/bin:$PATH
RUN python -m venv /opt/app
WORKDIR /source
COPY requirements.txt requirements-torch.txt requirements-cpu.txt ./
# PyTorch's own build for processors where there is one for this platform, else PyPI's with its CUDA libraries.
RUN pip install --no-deps --index-url https://download.pytorch.org/whl/cpu -r requirements-cpu.txt \
    || pip install --no-deps -r requirements-torch.txt
RUN grep -v '^-r ' requirements.txt > packages.txt && pip install -r packages.txt
COPY . .
RUN pip install --no-deps .

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --user-group --home-dir /data --shell /usr/sbin/nologin articles \
    && install --directory --owner=articles --group=articles --mode=0700 /data
COPY --from=build /opt/app /opt/app
ENV PATH=/opt/app/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    ARTICLES_LIBRARY=/data/library ARTICLES_HOST=0.0.0.0 ARTICLES_PORT=7860 ARTICLES_LOG=json
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 7860
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:7860/readyz', timeout=4)"]
ENTRYPOINT ["ask-the-articles"]
CMD ["serve"]
