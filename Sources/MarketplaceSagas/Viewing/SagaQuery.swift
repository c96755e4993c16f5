/// Which sagas to list, and in which order.
///
/// ```swift
/// let page = try await sagas.list(SagaQuery(status: .stuck))
/// ```
public struct SagaQuery: Sendable, Hashable {
    /// Which of the sagas found come first.
    public enum Order: String, Sendable, Hashable, CaseIterable {
        /// Those whose status has not changed for longest.
        case stalestFirst
        /// Those whose status changed last.
        case newestFirst
    }

    /// The most sagas of one page: each is read whole, and none is longer than a few kilobytes.
    public static let maximumLimit = 1_000

    /// The status they must have; nil for any.
    public let status: SagaStatus?
    /// The name of the definition they must have begun under; nil for any.
    public let definition: String?
    /// Which come first.
    public let order: Order
    /// The most sagas of one page.
    public let limit: Int
    /// Where the page before this one ended; nil for the first.
    public let cursor: SagaCursor?

    /// Makes a query.
    ///
    /// - Parameters:
    ///   - status: The status they must have; nil for any.
    ///   - definition: The name of the definition they must have begun under, in any version; nil for any.
    ///   - order: Which come first.
    ///   - limit: The most sagas of one page, from 1 to ``maximumLimit``; a number outside is brought inside.
    ///   - cursor: Where the page before this one ended; nil for the first.
    public init(
        status: SagaStatus? = nil,
        definition: String? = nil,
        order: Order = .stalestFirst,
        limit: Int = 100,
        after cursor: SagaCursor? = nil
    ) {
        self.status = status
        self.definition = definition
        self.order = order
        self.limit = min(max(limit, 1), Self.maximumLimit)
        self.cursor = cursor
    }

    /// The same query, read on from where a page ended.
    public func continued(after cursor: SagaCursor) -> SagaQuery {
        SagaQuery(status: status, definition: definition, order: order, limit: limit, after: cursor)
    }
}
