public import MarketplaceCore

/// A sweep has called tickets or noticed no-shows.
public struct WaitingQueueMoved: ObserverEvent {
    /// How many tickets were called since the sweep before.
    public let called: Int64
    /// How many of the called did not come.
    public let noShows: Int64
    /// How many tickets wait.
    public let waiting: Int64

    /// The stable name of the event.
    public static let name = "inventory.waiting-queue.moved"

    /// The counts as fields.
    public var attributes: [ObserverAttribute] {
        [
            .field("called", .integer(called)), .field("missed", .integer(noShows)),
            .field("waiting", .integer(waiting)),
        ]
    }
}

/// A sweep of a waiting queue failed.
public struct WaitingQueueSweepFailed: ObserverEvent {
    /// Why.
    public let error: WaitingQueueError

    /// The stable name of the event.
    public static let name = "inventory.waiting-queue.sweep.failed"

    /// Whether another sweep follows as a label, the reason as a field.
    public var attributes: [ObserverAttribute] {
        [
            .label("next", error.isRetriable ? "retry" : "end"), .field("reason", .text("\(error)")),
        ]
    }
}
