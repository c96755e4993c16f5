public import MarketplaceInventory

/// An empty table of stock, and how to reach it: what ``StockTableLaws`` are checked on.
///
/// ```swift
/// let database = try await makeEmptyDatabase()
/// let site = StockTableSite { database.connect() }
/// ```
public struct StockTableSite: Sendable {
    private let connecting: @Sendable () async throws -> any StockTable
    private let restarting: @Sendable () async throws -> any StockTable

    /// Describes a table.
    ///
    /// - Parameters:
    ///   - restart: Gives the table as it is after every process was started anew: whatever was connected before is
    ///     not used again, and was not closed. Nil when that is a new connection.
    ///   - connect: Gives the table, empty at first, as another process has it. One that cannot leave its process is
    ///     the same one again and again.
    public init(
        restart: (@Sendable () async throws -> any StockTable)? = nil,
        connect: @escaping @Sendable () async throws -> any StockTable
    ) {
        connecting = connect
        restarting = restart ?? connect
    }

    /// The table as another process has it.
    func connect() async throws -> any StockTable { try await connecting() }

    /// The table after every process was started anew.
    func restart() async throws -> any StockTable { try await restarting() }
}
