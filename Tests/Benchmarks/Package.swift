// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
// The benchmarks, apart from the service so that nothing it ships depends on them. `make bench-redaction` runs them.

import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "cartlink-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "cartlink", path: "../.."),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    ],
    targets: [
        .systemLibrary(name: "CEpoll"),
        .executableTarget(
            name: "cartlink-bench",
            dependencies: [
                "CEpoll",
                .product(name: "Redaction", package: "cartlink"),
                .product(name: "ShareLinks", package: "cartlink"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),
    ]
)
