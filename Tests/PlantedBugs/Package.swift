// swift-tools-version: 6.2

import PackageDescription

// The part of the package that sagas and their tests need, so that a planted bug is built in seconds: the suite puts
// it in the place of the whole package's manifest, in a copy.
let settings: [SwiftSetting] = [
    "ExistentialAny", "MemberImportVisibility", "InternalImportsByDefault", "NonisolatedNonsendingByDefault",
    "InferIsolatedConformances",
].map { .enableUpcomingFeature($0) }

let package = Package(
    name: "swift-marketplace",
    platforms: [.macOS(.v15)],
    targets: [
        .target(name: "MarketplaceCore"),
        .target(name: "MarketplaceStorage", dependencies: ["MarketplaceCore"]),
        .target(name: "MarketplaceJSON", dependencies: ["MarketplaceStorage"]),
        .target(name: "MarketplaceInMemory", dependencies: ["MarketplaceCore", "MarketplaceStorage"]),
        .target(name: "MarketplaceSagas", dependencies: ["MarketplaceCore", "MarketplaceStorage"]),
        .target(
            name: "MarketplaceTestKit",
            dependencies: ["MarketplaceCore", "MarketplaceStorage", "MarketplaceSagas"]
        ),
        .testTarget(
            name: "MarketplaceSagasTests",
            dependencies: [
                "MarketplaceCore", "MarketplaceStorage", "MarketplaceSagas", "MarketplaceInMemory", "MarketplaceJSON",
                "MarketplaceTestKit",
            ]
        ),
        .testTarget(
            name: "MarketplaceTestKitTests",
            dependencies: [
                "MarketplaceCore", "MarketplaceStorage", "MarketplaceInMemory", "MarketplaceJSON", "MarketplaceSagas",
                "MarketplaceTestKit",
            ],
            sources: ["Sagas"]
        ),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets { target.swiftSettings = settings }
