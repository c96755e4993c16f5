#if !SQLite
/// Stands in for the database where the package is built without its trait.
@available(*, unavailable, message: "switch on the trait SQLite of swift-marketplace, and install libsqlite3-dev")
public enum SQLiteDatabase {}

/// Stands in for the store where the package is built without its trait.
@available(*, unavailable, message: "switch on the trait SQLite of swift-marketplace, and install libsqlite3-dev")
public enum SQLiteStore {}
#endif
