public import MarketplaceCore

/// The subject of the names of namespaces.
public enum StoreNamespaceSubject {}

/// Names a namespace of a database, a tenant say: what two of them hold never meets.
public typealias StoreNamespace = TextKey<StoreNamespaceSubject>
