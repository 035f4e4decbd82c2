// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
// The fuzz targets. README.md says how to run them; a plain `swift build` can't link them, as libFuzzer comes with a compiler flag.

import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let redaction: Target.Dependency = .product(name: "Redaction", package: "cartlink")

/// One program that hands its inputs to one property.
func fuzz(_ name: String) -> Target {
    .executableTarget(
        name: name,
        dependencies: ["FuzzDriver", "RedactionProperties"],
        swiftSettings: strict,
        // Debian's gold stops with an internal error where a program brings its own main beside libFuzzer's.
        linkerSettings: [.unsafeFlags(["-use-ld=lld"], .when(platforms: [.linux]))]
    )
}

let package = Package(
    name: "cartlink-fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "cartlink", path: "../..")],
    targets: [
        .systemLibrary(name: "CLibFuzzer"),
        // The main package compiles this folder too, for its own tests.
        .target(name: "RedactionProperties", dependencies: [redaction], swiftSettings: strict),
        .target(name: "FuzzDriver", dependencies: ["CLibFuzzer"], swiftSettings: strict),
        fuzz("fuzz-filter"), fuzz("fuzz-policy"), fuzz("fuzz-scrubber"),
    ]
)
