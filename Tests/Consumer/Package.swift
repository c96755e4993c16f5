// swift-tools-version: 6.2

import PackageDescription

/// A package of somebody else, which uses this one by path or by URL and version; `Tests/run` builds it.
///
/// The products that must do without Foundation come first, then the rest.
let withoutFoundation = [
    "MarketplaceCore", "MarketplaceDomain", "MarketplacePorts", "MarketplaceStorage", "MarketplaceInMemory",
    "MarketplacePromotions", "MarketplaceSagas", "MarketplaceInventory", "MarketplaceCoupons", "MarketplacePostgres",
    "MarketplaceTestKit",
]
let others = ["MarketplaceJSON", "Marketplace", "MarketplaceSQLite", "MarketplaceCrypto"]

let dependency: Package.Dependency =
    if let url = Context.environment["MARKETPLACE_URL"] {
        .package(url: url, exact: "1.0.0")
    } else {
        .package(name: "swift-marketplace", path: Context.environment["MARKETPLACE_PATH"] ?? "../..")
    }

func products(_ names: [String]) -> [Target.Dependency] {
    names.map { .product(name: $0, package: "swift-marketplace") }
}

let package = Package(
    name: "consumer",
    platforms: [.macOS(.v15)],
    dependencies: [dependency],
    targets: [
        .executableTarget(name: "money", dependencies: products(["MarketplaceCore"])),
        .executableTarget(name: "core-only", dependencies: products(withoutFoundation)),
        .executableTarget(name: "everything", dependencies: products(withoutFoundation + others)),
    ]
)
