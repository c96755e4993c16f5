public import MarketplaceStorage

/// Two empty namespaces of one place where search indexes are kept: what the laws of search are checked on.
public struct SearchSite: Sendable {
    /// The index of one namespace.
    public let index: any SearchIndex
    /// The index of another namespace of the same place.
    public let other: any SearchIndex
    private let reopening: @Sendable () async throws -> any SearchIndex

    /// Describes a place.
    ///
    /// - Parameters:
    ///   - index: The index of one namespace.
    ///   - other: The index of another namespace.
    ///   - reopen: Gives the first index as another process has it that comes later; the same one where it cannot leave
    ///     its process.
    public init(
        _ index: any SearchIndex,
        other: any SearchIndex,
        reopen: (@Sendable () async throws -> any SearchIndex)? = nil
    ) {
        self.index = index
        self.other = other
        reopening = reopen ?? { index }
    }

    /// The first index as another process has it.
    func reopen() async throws -> any SearchIndex { try await reopening() }
}
