# docker build -t desecration-map .
# docker run --rm -p 127.0.0.1:8501:8501 -v desecration-data:/data desecration-map
# docker run --rm -v desecration-data:/data -v "$PWD/reports:/reports:ro" desecration-map geo ingest /reports
#
# The dashboard has no accounts: publish its port on 127.0.0.1, as above, or behind a server that checks who asks.

FROM python:3.11-slim AS build
WORKDIR /source
RUN python -m venv /venv
COPY requirements.txt ./
RUN /venv/bin/pip install --no-cache-dir -r requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY geo geo
COPY dashboard dashboard
COPY seeds seeds
RUN /venv/bin/pip install --no-cache-dir ".[postgres]"

FROM python:3.11-slim
RUN useradd --create-home --uid 1000 analyst \
    && install --directory --owner=analyst --group=analyst /data
COPY --from=build /venv /venv
# Inside the container the server must listen on every address, or the published port would lead nowhere.
ENV PATH=/venv/bin:$PATH DESECRATION_DATA=/data DESECRATION_HOST=0.0.0.0
USER 1000
WORKDIR /home/analyst
VOLUME /data
EXPOSE 8501
HEALTHCHECK --start-period=120s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/_stcore/health')"]
CMD ["desecration-map"]
