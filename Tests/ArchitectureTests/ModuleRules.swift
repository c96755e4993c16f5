/// What one module of `Sources` may import.
struct ModuleRule: Sendable {
    /// Other modules of this package.
    let modules: Set<String>
    /// Modules of the toolchain, beyond the standard library itself.
    let system: Set<String>
    /// System modules that one file alone may import, by its path within the module.
    let exceptions: [String: Set<String>]

    /// A rule; `Synchronization` is part of the standard library and always allowed.
    init(_ modules: Set<String> = [], system: Set<String> = [], exceptions: [String: Set<String>] = [:]) {
        self.modules = modules
        self.system = system.union(["Swift", "Synchronization"])
        self.exceptions = exceptions
    }
}

/// The import direction of the package, in one place: who may see whom.
///
/// Arrows point down this list only. A module that is not listed is a fault, so a new one is entered here first.
enum ModuleRules {
    /// The modules that hold nothing but the standard library.
    static let standardLibraryOnly: Set<String> = ["MarketplaceCore", "MarketplaceDomain", "MarketplacePromotions"]

    /// The C library of the platform.
    static let platform: Set<String> = ["Glibc", "Musl", "Darwin", "Bionic", "WinSDK"]

    /// Foundation without its internationalisation, and the whole where the platform has no smaller part.
    static let foundationEssentials: Set<String> = ["FoundationEssentials"]

    static let all: [String: ModuleRule] = [
        "MarketplaceCore": ModuleRule(),
        "MarketplaceDomain": ModuleRule(["MarketplaceCore"]),
        "MarketplacePromotions": ModuleRule(["MarketplaceCore"]),
        "MarketplacePorts": ModuleRule(["MarketplaceCore", "MarketplaceDomain"]),
        "MarketplaceStorage": ModuleRule(
            ["MarketplaceCore"],
            exceptions: ["Time/SystemWallClock.swift": platform]
        ),
        "MarketplaceJSON": ModuleRule(["MarketplaceCore", "MarketplaceStorage"], system: foundationEssentials),
        "MarketplaceInMemory": ModuleRule(["MarketplaceCore", "MarketplaceStorage"]),
        "MarketplaceSagas": ModuleRule(["MarketplaceCore", "MarketplaceStorage"]),
        "MarketplaceInventory": ModuleRule(["MarketplaceCore", "MarketplaceStorage"]),
        "MarketplaceCoupons": ModuleRule(["MarketplaceCore", "MarketplacePromotions", "MarketplaceStorage"]),
        "Marketplace": ModuleRule([
            "MarketplaceCore", "MarketplaceDomain", "MarketplacePorts", "MarketplacePromotions", "MarketplaceStorage",
            "MarketplaceJSON", "MarketplaceInMemory", "MarketplaceSagas", "MarketplaceInventory", "MarketplaceCoupons",
        ]),
        "MarketplaceTestKit": ModuleRule([
            "MarketplaceCore", "MarketplaceDomain", "MarketplacePorts", "MarketplaceStorage", "MarketplaceSagas",
            "MarketplaceInventory",
        ]),
        "MarketplaceSQLite": adapter,
        "MarketplacePostgres": ModuleRule(
            adapter.modules,
            system: adapter.system,
            exceptions: [
                "LibPQ/LibPQSocket.swift": platform, "LibPQ/LibPQResult.swift": platform,
                "LibPQ/LibPQTexts.swift": platform, "LibPQ/LibPQWaker.swift": platform,
            ]
        ),
        "MarketplaceRedis": adapter,
        "MarketplaceKafka": adapter,
        "MarketplaceCrypto": adapter,
    ]

    /// Adapters see the seams and never each other, nor `Marketplace`.
    private static let adapter = ModuleRule(
        ["MarketplaceCore", "MarketplaceDomain", "MarketplacePorts", "MarketplaceStorage", "MarketplaceInventory"],
        system: foundationEssentials.union(["Dispatch"])
    )
}
