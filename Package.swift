// swift-tools-version: 6.2

import PackageDescription

/// The upcoming language features every target is built with, each with its proposal.
///
/// SwiftPM ignores a misspelt name in silence: `Tests/MarketplaceCoreTests/LanguageFeatureTests.swift` would notice.
let languageFeatures: [SwiftSetting] = [
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
    .enableUpcomingFeature("ExistentialAny"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
    .enableUpcomingFeature("MemberImportVisibility"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
    .enableUpcomingFeature("InternalImportsByDefault"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0461-async-function-isolation.md
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0470-isolated-conformances.md
    .enableUpcomingFeature("InferIsolatedConformances"),
]

/// A library module: its folder is `Sources/<name>`, and it is also a product of that name.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: [.strictMemorySafety()])
}

let modules: [Target] = [
    module("MarketplaceCore"),
    module("MarketplaceDomain", ["MarketplaceCore"]),
    module("MarketplacePromotions", ["MarketplaceCore"]),
    module("MarketplacePorts", ["MarketplaceCore", "MarketplaceDomain"]),
    module("MarketplaceStorage", ["MarketplaceCore"]),
    module("MarketplaceJSON", ["MarketplaceCore", "MarketplaceStorage"]),
    module("MarketplaceInMemory", ["MarketplaceCore", "MarketplaceStorage"]),
    module("MarketplaceSagas", ["MarketplaceCore", "MarketplaceStorage"]),
    module("MarketplaceInventory", ["MarketplaceCore", "MarketplaceStorage"]),
    module("MarketplaceCoupons", ["MarketplaceCore", "MarketplacePromotions", "MarketplaceStorage"]),
    module(
        "Marketplace",
        [
            "MarketplaceCore", "MarketplaceDomain", "MarketplacePorts", "MarketplacePromotions", "MarketplaceStorage",
            "MarketplaceJSON", "MarketplaceInMemory", "MarketplaceInventory", "MarketplaceSagas", "MarketplaceCoupons",
        ]
    ),
    module(
        "MarketplaceTestKit",
        ["MarketplaceCore", "MarketplaceStorage", "MarketplaceInventory", "MarketplaceSagas"]
    ),
]

/// Adapters over C libraries: a product each, whose trait of the same name must be switched on.
///
/// Without its trait such a module holds a stand-in that says so, and no C is compiled.
let adapters: [Target] = [
    module(
        "MarketplaceSQLite",
        [
            "MarketplaceCore", "MarketplaceStorage", "MarketplaceInventory",
            .target(name: "CMarketplaceSQLite", condition: .when(traits: ["SQLite"])),
        ]
    ),
    module(
        "MarketplacePostgres",
        [
            "MarketplaceCore", "MarketplaceStorage", "MarketplaceInventory",
            .target(name: "CMarketplaceLibPQ", condition: .when(traits: ["LibPQ"])),
        ]
    ),
    module(
        "MarketplaceCrypto",
        [
            "MarketplaceCore", "MarketplaceDomain", "MarketplacePorts",
            .target(name: "CMarketplaceCrypto", condition: .when(traits: ["Crypto"])),
        ]
    ),
]

/// The C libraries of the system.
///
/// None names a pkg-config file: a missing one would be a warning in every build.
let systemLibraries: [Target] = [
    .systemLibrary(name: "CMarketplaceSQLite", providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
    .systemLibrary(name: "CMarketplaceLibPQ", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
    .systemLibrary(
        name: "CMarketplaceCrypto",
        providers: [.apt(["libargon2-dev", "libsodium-dev"]), .brew(["argon2", "libsodium"])]
    ),
]

/// What the example executables share: options, tables, charts, reports.
///
/// Not a product, so no consumer sees it.
let examples: [Target] = [
    .executableTarget(
        name: "first-checkout",
        dependencies: ["ExampleStores", "ExampleSupport", "Marketplace"],
        path: "Examples/FirstCheckout"
    ),
    .target(
        name: "ExampleSupport",
        dependencies: ["MarketplaceCore", "MarketplacePorts", "MarketplaceStorage"],
        path: "Examples/Support"
    ),
    .target(
        name: "ExampleStores",
        dependencies: [
            "ExampleSupport", "MarketplaceCore", "MarketplaceStorage", "MarketplaceInMemory", "MarketplacePostgres",
            "MarketplaceSQLite", .target(name: "CMarketplaceSQLite", condition: .when(traits: ["SQLite"])),
        ],
        path: "Examples/Stores"
    ),
    .target(
        name: "FlashSaleKit",
        dependencies: ["ExampleStores", "ExampleSupport", "Marketplace"],
        path: "Examples/FlashSale/Kit"
    ),
    .executableTarget(
        name: "flash-sale",
        dependencies: ["ExampleStores", "ExampleSupport", "FlashSaleKit", "Marketplace"],
        path: "Examples/FlashSale/Command"
    ),
    .target(
        name: "TripBookingKit",
        dependencies: [
            "ExampleStores", "ExampleSupport", "MarketplaceCore", "MarketplaceStorage", "MarketplaceJSON",
            "MarketplaceInMemory", "MarketplaceSagas",
        ],
        path: "Examples/TripBooking/Kit"
    ),
    .executableTarget(
        name: "trip-booking",
        dependencies: [
            "ExampleStores", "ExampleSupport", "MarketplaceCore", "MarketplaceStorage", "MarketplaceJSON",
            "MarketplaceSagas",
            "TripBookingKit",
        ],
        path: "Examples/TripBooking/Command"
    ),
    .target(
        name: "PriceCartKit",
        dependencies: ["ExampleSupport", "MarketplaceCore", "MarketplacePromotions", "MarketplaceJSON"],
        path: "Examples/PriceCart/Kit"
    ),
    .executableTarget(
        name: "price-cart",
        dependencies: ["ExampleSupport", "MarketplaceCore", "MarketplaceStorage", "PriceCartKit"],
        path: "Examples/PriceCart/Command"
    ),
    .target(
        name: "TwoProcessesKit",
        dependencies: ["ExampleStores", "ExampleSupport", "Marketplace"],
        path: "Examples/TwoProcesses/Kit"
    ),
    .executableTarget(
        name: "market-api",
        dependencies: ["ExampleStores", "ExampleSupport", "Marketplace", "TwoProcessesKit"],
        path: "Examples/TwoProcesses/API"
    ),
    .executableTarget(
        name: "market-worker",
        dependencies: ["ExampleStores", "ExampleSupport", "Marketplace", "TwoProcessesKit"],
        path: "Examples/TwoProcesses/Worker"
    ),
    .target(
        name: "MarketplaceDayKit",
        dependencies: ["ExampleStores", "ExampleSupport", "Marketplace"],
        path: "Examples/MarketplaceDay/Kit"
    ),
    .executableTarget(
        name: "marketplace-day",
        dependencies: ["ExampleStores", "ExampleSupport", "Marketplace", "MarketplaceDayKit"],
        path: "Examples/MarketplaceDay/Command"
    ),
    .executableTarget(
        name: "event-schemas",
        dependencies: ["ExampleSupport", "Marketplace", "MarketplaceCore", "MarketplaceJSON"],
        path: "Examples/EventSchemas"
    ),
    .executableTarget(
        name: "marketplace-migrate",
        dependencies: ["ExampleSupport", "MarketplacePostgres", "MarketplaceSQLite"],
        path: "Examples/Migrate"
    ),
]

/// What the package is measured with: every figure against a raw-limit program in the same run.
///
/// Not a product, so no consumer builds it; `swift run -c release marketplace-bench` finds it here.
let benchmarks: [Target] = [
    .executableTarget(
        name: "marketplace-bench",
        dependencies: [
            "ExampleSupport", "Marketplace", "MarketplaceCore", "MarketplacePromotions", "MarketplaceStorage",
            "MarketplaceJSON", "MarketplaceInMemory", "MarketplaceInventory", "MarketplaceSagas",
            .target(name: "MarketplaceSQLite", condition: .when(traits: ["SQLite"])),
            .target(name: "MarketplaceRawSQLite", condition: .when(traits: ["SQLite"])),
            .target(name: "MarketplacePostgres", condition: .when(traits: ["LibPQ"])),
            .target(name: "CMarketplaceLibPQ", condition: .when(traits: ["LibPQ"])),
        ],
        path: "Tests/Benchmarks",
        exclude: ["Raw/C", "Raw/pgbench", "Peers"]
    ),
    // The raw-limit programs in C, all in headers: without the trait nothing of them is compiled.
    .systemLibrary(
        name: "MarketplaceRawSQLite",
        path: "Tests/Benchmarks/Raw/C",
        providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]
    ),
]

let package = Package(
    name: "swift-marketplace",
    platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
    products: (modules + adapters).map { .library(name: $0.name, targets: [$0.name]) },
    traits: [
        .trait(name: "SQLite", description: "Durable stores over libsqlite3 of the system, in MarketplaceSQLite."),
        .trait(name: "LibPQ", description: "The driver over libpq of the system, in MarketplacePostgres."),
        .trait(name: "Crypto", description: "Passwords, tokens and sealed fields, in MarketplaceCrypto."),
        .default(enabledTraits: []),
    ],
    targets: modules + adapters + systemLibraries + examples + benchmarks + [
        .target(name: "TestSupport", dependencies: ["MarketplaceCore", "MarketplaceStorage"], path: "Tests/Support"),
        .target(
            name: "TrialTrip",
            dependencies: [
                "MarketplaceCore", "MarketplaceStorage", "MarketplaceJSON", "MarketplaceSagas", "MarketplaceTestKit",
            ],
            path: "Tests/TrialTrip"
        ),
        // A process to be killed at any moment, and what it leaves to be checked.
        .executableTarget(
            name: "killed-sale",
            dependencies: ["MarketplaceCore", "MarketplaceStorage", "MarketplaceSQLite"],
            path: "Tests/KilledSale"
        ),
        .target(
            name: "FuzzSubject",
            dependencies: ["MarketplaceCore", "MarketplaceJSON", "MarketplacePromotions"],
            path: "Tests/Fuzz/Subject"
        ),
        .testTarget(name: "FuzzTests", dependencies: ["FuzzSubject", "MarketplaceJSON"]),
        .testTarget(name: "ArchitectureTests"),
        .testTarget(
            name: "DocumentationTests",
            dependencies: ["ExampleSupport", "Marketplace", "MarketplaceTestKit", "PriceCartKit"]
        ),
        .testTarget(
            name: "MarketplaceCoreTests",
            dependencies: ["MarketplaceCore", "TestSupport"],
            resources: [.copy("Transitions/PublishedLifecycles")]
        ),
        .testTarget(
            name: "MarketplaceDomainTests",
            dependencies: ["MarketplaceCore", "MarketplaceDomain", "TestSupport"],
            resources: [.copy("Vectors")]
        ),
        .testTarget(
            name: "MarketplacePromotionsTests",
            dependencies: [
                "MarketplaceCore", "MarketplacePromotions", "MarketplaceStorage", "MarketplaceJSON", "TestSupport",
            ],
            resources: [.copy("Vectors")]
        ),
        .testTarget(
            name: "MarketplaceCouponsTests",
            dependencies: [
                "MarketplaceCore", "MarketplacePromotions", "MarketplaceStorage", "MarketplaceCoupons",
                "MarketplaceInMemory", "MarketplaceJSON", "MarketplaceTestKit", "TestSupport",
            ]
        ),
        .testTarget(
            name: "MarketplacePortsTests",
            dependencies: ["MarketplaceCore", "MarketplaceDomain", "MarketplacePorts", "MarketplaceTestKit"]
        ),
        .testTarget(
            name: "ExampleSupportTests",
            dependencies: [
                "ExampleStores", "ExampleSupport", "MarketplaceCore", "MarketplaceDomain", "MarketplaceJSON",
                "MarketplacePorts", "MarketplaceStorage",
            ]
        ),
        .testTarget(
            name: "FlashSaleTests",
            dependencies: [
                "ExampleStores", "ExampleSupport", "FlashSaleKit", "Marketplace", "MarketplaceTestKit", "TestSupport",
            ]
        ),
        .testTarget(
            name: "TripBookingTests",
            dependencies: [
                "ExampleSupport", "MarketplaceCore", "MarketplaceInMemory", "MarketplaceSagas", "MarketplaceTestKit",
                "TripBookingKit",
            ]
        ),
        .testTarget(
            name: "PriceCartTests",
            dependencies: [
                "ExampleSupport", "MarketplaceCore", "MarketplacePromotions", "MarketplaceJSON", "PriceCartKit",
                "TestSupport",
            ]
        ),
        .testTarget(
            name: "MarketplaceTests",
            dependencies: ["Marketplace", "MarketplaceTestKit", "TestSupport"],
            exclude: ["Events/Released"]
        ),
        .testTarget(
            name: "MarketplaceDayTests",
            dependencies: ["ExampleStores", "ExampleSupport", "Marketplace", "MarketplaceDayKit", "TestSupport"]
        ),
        .testTarget(
            name: "MarketplaceTestKitTests",
            dependencies: [
                "MarketplaceCore", "MarketplaceStorage", "MarketplaceInMemory", "MarketplaceInventory",
                "MarketplaceJSON", "MarketplaceSagas", "MarketplaceTestKit", "TestSupport", "TrialTrip",
            ]
        ),
        .testTarget(
            name: "MarketplaceSagasTests",
            dependencies: [
                "MarketplaceCore", "MarketplaceStorage", "MarketplaceSagas", "MarketplaceInMemory", "MarketplaceJSON",
                "MarketplaceTestKit",
            ],
            exclude: ["Golden/trip-1-backward.txt", "Golden/trip-1-forward.txt"]
        ),
        .testTarget(
            name: "MarketplaceStorageTests",
            dependencies: [
                "MarketplaceCore", "MarketplaceStorage", "MarketplaceInMemory", "MarketplaceJSON", "MarketplaceTestKit",
                "TestSupport",
            ]
        ),
        .testTarget(
            name: "MarketplaceJSONTests",
            dependencies: ["MarketplaceCore", "MarketplaceStorage", "MarketplaceJSON", "TestSupport"]
        ),
        .testTarget(
            name: "MarketplaceInMemoryTests",
            dependencies: [
                "MarketplaceCore", "MarketplaceStorage", "MarketplaceInMemory", "MarketplaceTestKit", "TestSupport",
            ]
        ),
        .testTarget(
            name: "MarketplaceSQLiteTests",
            dependencies: [
                "MarketplaceCore", "MarketplaceStorage", "MarketplaceInMemory", "MarketplaceInventory",
                "MarketplaceJSON",
                "MarketplaceSagas", "MarketplaceSQLite", "MarketplaceTestKit", "TestSupport", "TrialTrip",
                .target(name: "CMarketplaceSQLite", condition: .when(traits: ["SQLite"])),
            ]
        ),
        .testTarget(
            name: "MarketplacePostgresTests",
            dependencies: [
                "MarketplaceCore", "MarketplaceStorage", "MarketplaceInMemory", "MarketplaceInventory",
                "MarketplaceJSON", "MarketplacePostgres", "MarketplaceSagas", "MarketplaceTestKit", "TestSupport",
                "TrialTrip",
                .target(name: "CMarketplaceLibPQ", condition: .when(traits: ["LibPQ"])),
            ]
        ),
        .testTarget(
            name: "MarketplaceCryptoTests",
            dependencies: [
                "MarketplaceCore", "MarketplaceDomain", "MarketplacePorts", "MarketplaceCrypto",
                .target(name: "CMarketplaceCrypto", condition: .when(traits: ["Crypto"])),
            ]
        ),
        .testTarget(
            name: "MarketplaceInventoryTests",
            dependencies: [
                "MarketplaceCore", "MarketplaceStorage", "MarketplaceInMemory", "MarketplaceInventory",
                "MarketplaceJSON", "MarketplaceTestKit", "TestSupport",
            ],
            resources: [.copy("Vectors")]
        ),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system && target.type != .plugin {
    target.swiftSettings = (target.swiftSettings ?? []) + languageFeatures
}
