import MarketplaceCore
import MarketplaceStorage

/// Where a page of sagas ended; it can be kept and handed back by another process.
public struct SagaCursor: Sendable, Hashable, Codable {
    /// When the status of the last saga changed.
    let changedAt: Timestamp
    /// The id of its document, which orders sagas whose status changed at the same time.
    let document: TextKey<DocumentSubject>
}

extension SagaCursor: Comparable {
    /// Whether the left one comes first when the stalest does.
    public static func < (lhs: SagaCursor, rhs: SagaCursor) -> Bool {
        (lhs.changedAt, lhs.document) < (rhs.changedAt, rhs.document)
    }
}
