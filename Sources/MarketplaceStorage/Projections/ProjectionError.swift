public import MarketplaceCore

/// Why a projection cannot go on.
public struct ProjectionError: EffectStating {
    /// The event that a projection failed on.
    public struct FailedEvent: Hashable, Sendable {
        /// The event.
        public let id: EventID
        /// Its name on the feed.
        public let name: String
        /// Its stream.
        public let stream: StreamID
        /// Its place in the feed.
        public let position: FeedPosition
    }

    /// What stands in the way.
    public enum Cause: Sendable {
        /// The projection cannot apply this event. All before it are applied, none after it.
        case event(FailedEvent, any Error)
        /// The store did not do its work.
        case store(StoreError)
        /// Other writers of the read model's documents won every race.
        case contention(StoreConflict)
    }

    /// The projection.
    public let projection: ProjectionName
    /// What stands in the way.
    public let cause: Cause

    /// Whether the same call may succeed when made again without any change.
    public var isRetriable: Bool {
        switch cause {
        case .event: false
        case .store(let error): error.isRetriable
        case .contention: true
        }
    }

    /// What is known of the batch that was at hand.
    public var effect: EffectOutcome {
        switch cause {
        case .event: .refused
        case .store(let error): error.effect
        case .contention: .notApplied
        }
    }

    /// The event that cannot be applied, if that is the cause.
    public var failedEvent: FailedEvent? {
        if case .event(let event, _) = cause { event } else { nil }
    }
}

extension ProjectionError: CustomStringConvertible {
    /// What stands in the way, in a sentence.
    public var description: String {
        switch cause {
        case .event(let event, let error):
            "projection \(projection) cannot apply \(event.name) \(event.id) of \(event.stream) "
                + "at \(event.position): \(error)"
        case .store(let error):
            "projection \(projection): \(error)"
        case .contention(let conflict):
            "projection \(projection) lost every race over its read model: \(conflict)"
        }
    }
}
