public import MarketplaceCore

/// The subject of the names of projections.
public enum ProjectionSubject {}

/// Names one projection: its checkpoint is kept under it, so it is never renamed after a release.
public typealias ProjectionName = TextKey<ProjectionSubject>

/// A read model that follows from the events of the feed.
///
/// What a projection writes is committed in one transaction with the checkpoint of the runner, so every event is
/// applied exactly once, whatever crashes and however many runners there are.
public protocol Projection: Sendable {
    /// The name, unique in the namespace.
    var name: ProjectionName { get }

    /// The events it wants.
    var filter: EventFilter { get }

    /// The most events it wants at once.
    ///
    /// A projection that reads a document, changes it and writes it back sets this to 1, or folds the events of one
    /// batch by itself: a transaction writes a document at most once, and reads do not see its writes.
    var batchLimit: Int { get }

    /// Adds to `transaction` what `events` (never empty, in feed order) change in the read model.
    ///
    /// It is called again with the same events after a lost race, and with fewer of them after an error, to find the
    /// one that cannot be applied. It must do nothing but read and add to the transaction.
    func apply(
        _ events: [RecordedEvent],
        to transaction: inout Transaction,
        reading source: ProjectionSource
    ) async throws
}

extension Projection {
    /// Every event but those of journals.
    public var filter: EventFilter { .all }

    /// As many as the runner reads at once.
    public var batchLimit: Int { StoreLimits.pageSize }
}

/// What a projection can read while it applies events.
public struct ProjectionSource: Sendable {
    /// The store that the read model is written to.
    public let store: any Store
    /// How often the projection was rebuilt: read models of several generations are kept apart by it.
    public let generation: Int64
}
