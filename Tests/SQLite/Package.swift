// swift-tools-version: 6.2

import PackageDescription

// The part of the package that the store on SQLite and its tests need, so that a build with the trait takes a minute:
// the suite puts it in the place of the whole package's manifest, beside links to the sources.
let settings: [SwiftSetting] = [
    "ExistentialAny", "MemberImportVisibility", "InternalImportsByDefault", "NonisolatedNonsendingByDefault",
    "InferIsolatedConformances",
].map { .enableUpcomingFeature($0) }

let library: Target.Dependency = .target(name: "CMarketplaceSQLite", condition: .when(traits: ["SQLite"]))

let package = Package(
    name: "swift-marketplace",
    platforms: [.macOS(.v15)],
    traits: [.trait(name: "SQLite"), .default(enabledTraits: [])],
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
            dependencies: ["MarketplaceCore", "MarketplaceStorage", "MarketplaceInventory", library],
            swiftSettings: [.strictMemorySafety()]
        ),
        .target(
            name: "ExampleSupport",
            dependencies: ["MarketplaceCore", "MarketplacePorts", "MarketplaceStorage"],
            path: "Examples/Support"
        ),
        .executableTarget(
            name: "marketplace-migrate",
            dependencies: ["ExampleSupport", "MarketplaceSQLite"],
            path: "Examples/Migrate"
        ),
        .executableTarget(
            name: "killed-sale",
            dependencies: ["MarketplaceCore", "MarketplaceStorage", "MarketplaceSQLite"],
            path: "Tests/SQLite/Killed"
        ),
        .testTarget(
            name: "MarketplaceSQLiteTests",
            dependencies: [
                "MarketplaceCore", "MarketplaceStorage", "MarketplaceInMemory", "MarketplaceInventory",
                "MarketplaceJSON",
                "MarketplaceSagas", "MarketplaceSQLite", "MarketplaceTestKit", "TestSupport", "TrialTrip", library,
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = (target.swiftSettings ?? []) + settings
}
