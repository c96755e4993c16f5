// swift-tools-version: 6.2

import PackageDescription

// The part of the package that the store on PostgreSQL and its tests need, so that a build with the trait takes a minute:
// the suite puts it in the place of the whole package's manifest, beside links to the sources.
let settings: [SwiftSetting] = [
    "ExistentialAny", "MemberImportVisibility", "InternalImportsByDefault", "NonisolatedNonsendingByDefault",
    "InferIsolatedConformances",
].map { .enableUpcomingFeature($0) }

let library: Target.Dependency = .target(name: "CMarketplaceLibPQ", condition: .when(traits: ["LibPQ"]))

let package = Package(
    name: "swift-marketplace",
    platforms: [.macOS(.v15)],
    traits: [.trait(name: "LibPQ"), .default(enabledTraits: [])],
    targets: [
        .target(name: "MarketplaceCore"),
        .target(name: "MarketplaceStorage", dependencies: ["MarketplaceCore"]),
        .target(name: "MarketplaceJSON", dependencies: ["MarketplaceCore", "MarketplaceStorage"]),
        .target(name: "MarketplaceSagas", dependencies: ["MarketplaceCore", "MarketplaceStorage"]),
        .target(name: "MarketplaceInventory", dependencies: ["MarketplaceCore", "MarketplaceStorage"]),
        .target(
            name: "MarketplaceTestKit",
            dependencies: ["MarketplaceCore", "MarketplaceStorage", "MarketplaceInventory", "MarketplaceSagas"]
        ),
        .systemLibrary(name: "CMarketplaceLibPQ", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        .target(
            name: "MarketplacePostgres",
            dependencies: ["MarketplaceCore", "MarketplaceStorage", "MarketplaceInventory", library],
            swiftSettings: [.strictMemorySafety()]
        ),
        .target(name: "TestSupport", dependencies: ["MarketplaceCore"], path: "Tests/Support"),
        .testTarget(
            name: "MarketplacePostgresTests",
            dependencies: [
                "MarketplaceCore", "MarketplaceStorage", "MarketplaceInventory", "MarketplaceJSON",
                "MarketplacePostgres", "MarketplaceTestKit", "TestSupport", library,
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = (target.swiftSettings ?? []) + settings
}
