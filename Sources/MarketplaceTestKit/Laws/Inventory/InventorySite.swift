public import MarketplaceInventory

/// A place where stock is kept, nothing known of any yet: what the laws of inventories are checked on.
///
/// No clock belongs to it, for every call of an inventory is told the time.
///
/// ```swift
/// let store = makeEmptyStore()
/// let site = InventorySite { StoreInventory(store: store, codec: .json) }
/// ```
public struct InventorySite: Sendable {
    private let connecting: @Sendable () async throws -> any InventoryStore
    private let restarting: @Sendable () async throws -> any InventoryStore

    /// Describes a place.
    ///
    /// - Parameters:
    ///   - restart: Makes the inventory as it is after every process was started anew; nil when it is a new connection.
    ///   - connect: Makes an inventory of this stock, as another process has it. An inventory that cannot leave its
    ///     process is returned again and again.
    public init(
        restart: (@Sendable () async throws -> any InventoryStore)? = nil,
        connect: @escaping @Sendable () async throws -> any InventoryStore
    ) {
        connecting = connect
        restarting = restart ?? connect
    }

    /// An inventory of this stock, as another process has it.
    func connect() async throws -> any InventoryStore { try await connecting() }

    /// The inventory of this stock after every process was started anew.
    func restart() async throws -> any InventoryStore { try await restarting() }
}
