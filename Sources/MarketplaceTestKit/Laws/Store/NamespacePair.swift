public import MarketplaceStorage

/// Two empty namespaces of one database: what the laws of namespaces are checked on.
public struct NamespacePair: Sendable {
    /// One namespace.
    public let first: any Store
    /// Another namespace of the same database.
    public let second: any Store

    /// Makes a pair.
    public init(_ first: any Store, _ second: any Store) {
        self.first = first
        self.second = second
    }
}
