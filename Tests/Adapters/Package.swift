// swift-tools-version: 6.2

import PackageDescription

// The adapters with their traits, their tests, and what both need of the package, so that all of it is built once and in
// two minutes: the suites put it in the place of the whole package's manifest, beside links to the sources.
let settings: [SwiftSetting] = [
    "ExistentialAny", "MemberImportVisibility", "InternalImportsByDefault", "NonisolatedNonsendingByDefault",
    "InferIsolatedConformances",
].map { .enableUpcomingFeature($0) }

/// A library of C, for targets that have its trait.
func library(_ name: String, _ trait: String) -> Target.Dependency {
    .target(name: name, condition: .when(traits: [trait]))
}
let sqlite = library("CMarketplaceSQLite", "SQLite")
let libpq = library("CMarketplaceLibPQ", "LibPQ")
let crypto = library("CMarketplaceCrypto", "Crypto")

let package = Package(
    name: "swift-marketplace",
    platforms: [.macOS(.v15)],
    traits: [.trait(name: "SQLite"), .trait(name: "LibPQ"), .trait(name: "Crypto"), .default(enabledTraits: [])],
    targets: [
        .target(name: "MarketplaceCore"),
        .target(name: "MarketplaceDomain", dependencies: ["MarketplaceCore"]),
        .target(name: "MarketplacePorts", dependencies: ["MarketplaceCore", "MarketplaceDomain"]),
        .target(name: "MarketplaceStorage", dependencies: ["MarketplaceCore"]),
        .target(name: "MarketplaceJSON", dependencies: ["MarketplaceCore", "MarketplaceStorage"]),
        .target(name: "MarketplaceInMemory", dependencies: ["MarketplaceCore", "MarketplaceStorage"]),
        .target(name: "MarketplaceSagas", dependencies: ["MarketplaceCore", "MarketplaceStorage"]),
        .target(name: "MarketplaceInventory", dependencies: ["MarketplaceCore", "MarketplaceStorage"]),
        .target(
            name: "MarketplaceTestKit",
            dependencies: ["MarketplaceCore", "MarketplaceStorage", "MarketplaceInventory", "MarketplaceSagas"]
        ),
        .target(name: "TestSupport", dependencies: ["MarketplaceCore"], path: "Tests/Support"),
        .target(
            name: "TrialTrip",
            dependencies: [
                "MarketplaceCore", "MarketplaceStorage", "MarketplaceJSON", "MarketplaceSagas", "MarketplaceTestKit",
            ],
            path: "Tests/TrialTrip"
        ),
        .systemLibrary(name: "CMarketplaceSQLite", providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
        .target(
            name: "MarketplaceSQLite",
            dependencies: ["MarketplaceCore", "MarketplaceStorage", "MarketplaceInventory", sqlite],
            swiftSettings: [.strictMemorySafety()]
        ),
        .systemLibrary(name: "CMarketplaceLibPQ", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        .target(
            name: "MarketplacePostgres",
            dependencies: ["MarketplaceCore", "MarketplaceStorage", "MarketplaceInventory", libpq],
            swiftSettings: [.strictMemorySafety()]
        ),
        .systemLibrary(
            name: "CMarketplaceCrypto",
            providers: [.apt(["libargon2-dev", "libsodium-dev"]), .brew(["argon2", "libsodium"])]
        ),
        .target(
            name: "MarketplaceCrypto",
            dependencies: ["MarketplaceCore", "MarketplaceDomain", "MarketplacePorts", crypto],
            swiftSettings: [.strictMemorySafety()]
        ),
        .target(
            name: "ExampleSupport",
            dependencies: ["MarketplaceCore", "MarketplacePorts", "MarketplaceStorage"],
            path: "Examples/Support"
        ),
        .executableTarget(
            name: "marketplace-migrate",
            dependencies: ["ExampleSupport", "MarketplacePostgres", "MarketplaceSQLite"],
            path: "Examples/Migrate"
        ),
        .executableTarget(
            name: "killed-sale",
            dependencies: ["MarketplaceCore", "MarketplaceStorage", "MarketplaceSQLite"],
            path: "Tests/Adapters/Killed"
        ),
        .testTarget(
            name: "MarketplaceSQLiteTests",
            dependencies: [
                "MarketplaceCore", "MarketplaceStorage", "MarketplaceInMemory", "MarketplaceInventory",
                "MarketplaceJSON",
                "MarketplaceSagas", "MarketplaceSQLite", "MarketplaceTestKit", "TestSupport", "TrialTrip", sqlite,
            ]
        ),
        .testTarget(
            name: "MarketplacePostgresTests",
            dependencies: [
                "MarketplaceCore", "MarketplaceStorage", "MarketplaceInMemory", "MarketplaceInventory",
                "MarketplaceJSON", "MarketplacePostgres", "MarketplaceSagas", "MarketplaceTestKit", "TestSupport",
                "TrialTrip", libpq,
            ]
        ),
        .testTarget(
            name: "MarketplaceCryptoTests",
            dependencies: ["MarketplaceCore", "MarketplaceDomain", "MarketplacePorts", "MarketplaceCrypto", crypto]
        ),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = (target.swiftSettings ?? []) + settings
}
