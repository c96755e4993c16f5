public import MarketplaceCore

/// The subject of login sources.
public enum LoginSourceSubject {}

/// Where an attempt to log in comes from, such as an address of the network; attempts are counted by it.
///
/// Take it from the connection, not from what a client sends. IPv6 clients have whole networks: name those by their
/// first 64 bits.
public typealias LoginSource = TextKey<LoginSourceSubject>
