// swift-tools-version: 6.2

import PackageDescription

// The part of the package that the crypto adapter and its tests need, so that a build with the trait takes half a
// minute: the suite puts it in the place of the whole package's manifest, beside links to the sources.
let settings: [SwiftSetting] = [
    "ExistentialAny", "MemberImportVisibility", "InternalImportsByDefault", "NonisolatedNonsendingByDefault",
    "InferIsolatedConformances",
].map { .enableUpcomingFeature($0) }

let library: Target.Dependency = .target(name: "CMarketplaceCrypto", condition: .when(traits: ["Crypto"]))

let package = Package(
    name: "swift-marketplace",
    platforms: [.macOS(.v15)],
    traits: [.trait(name: "Crypto"), .default(enabledTraits: [])],
    targets: [
        .target(name: "MarketplaceCore"),
        .target(name: "MarketplaceDomain", dependencies: ["MarketplaceCore"]),
        .target(name: "MarketplacePorts", dependencies: ["MarketplaceCore", "MarketplaceDomain"]),
        .systemLibrary(
            name: "CMarketplaceCrypto",
            providers: [.apt(["libargon2-dev", "libsodium-dev"]), .brew(["argon2", "libsodium"])]
        ),
        .target(
            name: "MarketplaceCrypto",
            dependencies: ["MarketplaceCore", "MarketplaceDomain", "MarketplacePorts", library],
            swiftSettings: [.strictMemorySafety()]
        ),
        .testTarget(
            name: "MarketplaceCryptoTests",
            dependencies: ["MarketplaceCore", "MarketplaceDomain", "MarketplacePorts", "MarketplaceCrypto", library]
        ),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = (target.swiftSettings ?? []) + settings
}
