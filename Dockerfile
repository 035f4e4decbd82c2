# SPDX-License-Identifier: Apache-2.0
# The service as an image:
#   docker build -t cartlink .
#   docker run --name cartlink -p 8080:8080 -v cartlink-data:/srv/cartlink/data -v cartlink-keys:/srv/cartlink/keys \
#       -e CARTLINK_PUBLIC_URL=https://share.shop.example cartlink
# Stop it with `docker stop --time 30`: it finishes the requests it has begun, for up to 24 s.

FROM swift:6.3-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpq-dev libsqlite3-dev libssl-dev pkg-config zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
# The packages in a layer of their own: they change less often than the sources.
COPY Package.swift ./
RUN swift package resolve
COPY Sources Sources
# The pages' templates are built in.
COPY config/templates config/templates
# Not built here, but SwiftPM wants every target's folder in place.
COPY Tests Tests
RUN swift build -c release --product cartlink --static-swift-stdlib

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libpq5 libsqlite3-0 libssl3 libstdc++6 zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 cartlink \
    && useradd --system --uid 10001 --gid cartlink --home-dir /srv/cartlink --no-create-home --shell /usr/sbin/nologin cartlink \
    && install -d /srv/cartlink \
    && install -d -o cartlink -g cartlink -m 0700 /srv/cartlink/data /srv/cartlink/keys
WORKDIR /srv/cartlink
COPY config config
COPY --from=build /src/.build/release/cartlink /usr/local/bin/cartlink

# Keys lie outside the data, so that a stolen backup of the data holds no working link.
VOLUME ["/srv/cartlink/data", "/srv/cartlink/keys"]
# The public listener must be reached from outside the container; the admin listener stays on its 127.0.0.1.
ENV CARTLINK_PUBLIC_ADDRESS=0.0.0.0:8080
EXPOSE 8080
USER 10001:10001
# Asked by bash itself: a client such as curl would be the largest package here.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["cartlink"]
CMD ["serve", "--config", "config/cartlink.yaml"]
