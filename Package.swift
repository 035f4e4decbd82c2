// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
// The targets and which way they may import each other: docs/architecture.md has the picture.

import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

/// The storefront of `serve --demo`.
let demoFiles =
    ["demo-shop.mustache", "demo.css", "demo.en.json", "demo.es.json", "demo.js"]
    + ["cart", "comments", "console", "elements", "lines", "links", "opened", "service", "sharing", "stories", "texts"].map {
        "demo-\($0).js"
    }

let package = Package(
    name: "cartlink",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "ShareLinks", targets: ["ShareLinks"]),
        .library(name: "Redaction", targets: ["Redaction"]),
        .executable(name: "cartlink", targets: ["cartlink"]),
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1", traits: ["FullFoundation"]),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.1"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        .target(name: "ShareLinks", dependencies: ["COpenSSL"], swiftSettings: strict),
        .target(name: "Redaction", dependencies: ["COpenSSL"], swiftSettings: strict),
        .target(name: "Logins", dependencies: ["COpenSSL"], swiftSettings: strict),

        .target(name: "StoreSQL", dependencies: ["ShareLinks"], swiftSettings: strict),
        .target(
            name: "SQLiteStore",
            dependencies: [
                "ShareLinks", "StoreSQL", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: strict
        ),
        .target(name: "PostgresStore", dependencies: ["CPostgres", "ShareLinks", "StoreSQL"], swiftSettings: strict),
        .target(
            name: "OutgoingHTTP",
            dependencies: [
                nioCore, .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Webhooks",
            dependencies: [
                "OutgoingHTTP", "ShareLinks", logging, metrics, nioCore, lifecycle,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "CartSources",
            dependencies: [
                "OutgoingHTTP", "Redaction", "ShareLinks", metrics, nioCore,
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .target(name: "PrometheusMetrics", dependencies: [.product(name: "CoreMetrics", package: "swift-metrics")], swiftSettings: strict),
        .target(
            name: "CartlinkServer",
            dependencies: [
                "CZlib", "ShareLinks", "Redaction", "Logins", hummingbird, httpTypes, logging, metrics, nioCore, lifecycle,
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            resources: ["share.mustache", "card.mustache", "demo-login.mustache", "page.css", "page.js"]
                .map { .embedInCode("Pages/Templates/\($0)") }
                + ["card.png", "icon.svg", "robots.txt"].map { .embedInCode("Pages/Assets/\($0)") }
                + demoFiles.map { .embedInCode("Pages/Demo/\($0)") }
                + [
                    "english", "spanish", "texts", "elements", "style", "figures", "service", "troubles", "preview", "choices", "sending",
                    "rows",
                    "links", "people",
                ].map { .embedInCode("Dialog/share-\($0).js") } + [.embedInCode("Dialog/cart-share.js")]
                + ["de", "en", "es", "fr", "pt"].map { .embedInCode("Pages/Templates/texts.\($0).json") }
                + [
                    "console.html", "console.css", "admin-calls.js", "admin-key.js", "audit-list.js", "audit-search.js",
                    "confirmation.js", "console.js", "console-texts.js", "id-button.js", "inspection.js", "key-list.js",
                    "link-details.js", "link-ending.js", "link-row.js", "link-search.js", "log-in.js", "mass-revocation.js", "nodes.js",
                    "notices.js", "texts-en.js", "texts-es.js", "times.js", "webhook-list.js",
                ].map { .embedInCode("Console/\($0)") },
            swiftSettings: strict
        ),
        .executableTarget(
            name: "cartlink",
            dependencies: [
                "CartlinkServer", "CartSources", "StoreSQL", "SQLiteStore", "PostgresStore", "PrometheusMetrics", "OutgoingHTTP",
                "Webhooks",
                "ShareLinks", "Redaction", "Logins", hummingbird, logging, metrics, lifecycle, nioCore,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOFoundationEssentialsCompat", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict
        ),

        .testTarget(name: "ShareLinksTests", dependencies: ["SeededRandomness", "ShareLinks", "CAllocationCount"], swiftSettings: strict),
        .target(name: "SeededRandomness", path: "Tests/SeededRandomness", swiftSettings: strict),
        .target(name: "CAllocationCount", path: "Tests/CAllocationCount"),
        .testTarget(
            name: "RedactionTests",
            dependencies: ["SeededRandomness", "Redaction", "RedactionProperties"],
            exclude: ["Golden", "Scrubbing/Corpus", "Scrubbing/near-matches.json", "FailCases"],
            swiftSettings: strict
        ),
        // The fuzz targets' own package compiles the same folder.
        .target(
            name: "RedactionProperties",
            dependencies: ["Redaction"],
            path: "Tests/Fuzz/Sources/RedactionProperties",
            swiftSettings: strict
        ),
        .testTarget(
            name: "LoginsTests",
            dependencies: ["SeededRandomness", "Logins"],
            exclude: ["Fixtures/make_fixtures.py"],
            resources: [.copy("Fixtures")],
            swiftSettings: strict
        ),
        .testTarget(name: "StoreSQLTests", dependencies: ["StoreSQL", "ShareLinks"], swiftSettings: strict),
        .testTarget(
            name: "SQLiteStoreTests",
            dependencies: [
                "SeededRandomness", "SQLiteStore", "StoreContract", "StoreSQL", "ShareLinks", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PostgresStoreTests",
            dependencies: ["SeededRandomness", "PostgresStore", "StoreContract", "StoreSQL", "ShareLinks"],
            swiftSettings: strict
        ),
        // Measures what HTTP hides; the benchmarks' own package can't see the store.
        .executableTarget(
            name: "store-bench",
            dependencies: ["SQLiteStore", "ShareLinks", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "Tests/Benchmarks/StoreBench",
            swiftSettings: strict
        ),
        .target(
            name: "StoreContract",
            dependencies: ["SeededRandomness", "ShareLinks"],
            path: "Tests/StoreContract",
            swiftSettings: strict
        ),
        // Hosts and name servers on this machine.
        .target(
            name: "OutgoingHTTPSupport",
            dependencies: [
                nioCore, .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
            ],
            path: "Tests/OutgoingHTTPSupport",
            swiftSettings: strict
        ),
        .testTarget(name: "OutgoingHTTPTests", dependencies: ["OutgoingHTTP"], swiftSettings: strict),
        .testTarget(
            name: "WebhooksTests",
            dependencies: [
                "Webhooks", "OutgoingHTTP", "OutgoingHTTPSupport", "SQLiteStore", "StoreContract", "ShareLinks", logging, nioCore,
                lifecycle, .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CartSourcesTests",
            dependencies: [
                "CartSources", "OutgoingHTTP", "OutgoingHTTPSupport", "PrometheusMetrics", "Redaction", "ShareLinks", nioCore,
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .testTarget(name: "PrometheusMetricsTests", dependencies: ["PrometheusMetrics", metrics], swiftSettings: strict),
        .testTarget(
            name: "CartlinkServerTests",
            dependencies: [
                "SeededRandomness", "CartlinkServer", "SQLiteStore", "ShareLinks", "Redaction", "Logins", hummingbird, httpTypes, logging,
                nioCore,
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CartlinkTests",
            dependencies: ["SeededRandomness", "cartlink", "CartlinkServer", "PostgresStore", "Webhooks", "ShareLinks", "Logins", logging],
            swiftSettings: strict
        ),
    ]
)
