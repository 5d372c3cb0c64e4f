# The API as an image: Python and what is locked, no Java, no compiler; it runs as nobody in particular on a read-only file system.
# Neo4j is a container of its own: see docker-compose.yml. To pin the base by digest: --build-arg PYTHON_IMAGE=python@sha256:…
ARG PYTHON_IMAGE=python:3.11-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /build
COPY requirements.lock requirements-build.lock ./
RUN python -m venv --without-pip /opt/detention-graph \
 && python -m pip --python /opt/detention-graph/bin/python install --require-hashes --only-binary :all: -r requirements.lock \
 && python -m venv --without-pip /opt/build \
 && python -m pip --python /opt/build/bin/python install --require-hashes --only-binary :all: -r requirements-build.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY graph_api ./graph_api
COPY cypher ./cypher
COPY seeds ./seeds
RUN /opt/build/bin/python -m hatchling build --target wheel --directory /wheel \
 && python -m pip --python /opt/detention-graph/bin/python install --no-index --no-deps /wheel/*.whl
COPY containers/make_sbom.py ./
RUN python make_sbom.py requirements.lock /opt/detention-graph/lib/python3*/site-packages > sbom.cdx.json

FROM ${PYTHON_IMAGE}
ARG VERSION=0 REVISION=unknown CREATED=unknown
LABEL org.opencontainers.image.title="detention-graph" \
      org.opencontainers.image.description="A knowledge graph of unlawful detention in Russia's war against Ukraine: GraphQL API over Neo4j" \
      org.opencontainers.image.licenses="Apache-2.0 AND CC-BY-4.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"
# 7474 is the group of the official Neo4j image: it reads one file of /secrets, and this image's user the other
RUN groupadd --gid 10000 graph \
 && useradd --uid 10000 --gid graph --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin graph \
 && install -d -o graph -g 7474 -m 0750 /secrets \
 && install -d -o graph -g graph -m 0700 /state
COPY --from=build /opt/detention-graph /opt/detention-graph
# for scanners, beside the .dist-info folders: what was installed, and the hashes that were accepted
COPY --from=build /build/sbom.cdx.json /usr/share/detention-graph/
COPY requirements.lock containers/make_secrets.py containers/ready.py /usr/share/detention-graph/
COPY seeds /seeds
ENV PATH=/opt/detention-graph/bin:${PATH} PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DETENTION_GRAPH_HOST=0.0.0.0 DETENTION_GRAPH_PORT=8000 DETENTION_GRAPH_DATA_DIR=/state
USER 10000:10000
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=180s --retries=3 CMD ["python", "/usr/share/detention-graph/ready.py"]
ENTRYPOINT ["detention-graph"]
CMD ["up"]
