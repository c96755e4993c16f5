#if !SQLite
/// Stands in for the locations of databases where the package is built without its trait.
@available(*, unavailable, message: "switch on the trait SQLite of swift-marketplace, and install libsqlite3-dev")
public enum SQLiteLocation: Sendable {
    /// As with the trait.
    case file(String)
    /// As with the trait.
    case memory
}

/// Stands in for the database where the package is built without its trait.
@available(*, unavailable, message: "switch on the trait SQLite of swift-marketplace, and install libsqlite3-dev")
public struct SQLiteDatabase: Sendable {
    /// As with the trait, so that who calls it is told what is missing rather than that there is nothing to call.
    public init(opening location: SQLiteLocation) async throws {}

    /// As with the trait.
    public func store(namespace: String) -> SQLiteStore { SQLiteStore() }
}

/// Stands in for the store where the package is built without its trait.
@available(*, unavailable, message: "switch on the trait SQLite of swift-marketplace, and install libsqlite3-dev")
public struct SQLiteStore: Sendable {}
#endif
