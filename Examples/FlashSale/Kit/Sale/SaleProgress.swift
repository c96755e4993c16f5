import Synchronization

/// How far a sale is, to be looked at while it runs.
package final class SaleProgress: Sendable {
    /// A look at it.
    package struct Snapshot: Sendable, Hashable {
        /// Purchases whose buyers know that they have succeeded.
        package let bought: Int
        /// Purchases that were refused.
        package let refused: Int
        /// Buyers who stand in a line.
        package let waiting: Int
        /// Buyers who have gone, with or without a unit.
        package let gone: Int
        /// Whether the doors are open.
        package let isOpen: Bool
    }

    private let bought = Atomic<Int>(0)
    private let refused = Atomic<Int>(0)
    private let waiting = Atomic<Int>(0)
    private let gone = Atomic<Int>(0)
    private let isOpen = Atomic<Bool>(false)

    /// Nothing has happened.
    package init() {}

    /// How far it is; the figures need not be of one moment.
    package var snapshot: Snapshot {
        Snapshot(
            bought: bought.load(ordering: .relaxed),
            refused: refused.load(ordering: .relaxed),
            waiting: waiting.load(ordering: .relaxed),
            gone: gone.load(ordering: .relaxed),
            isOpen: isOpen.load(ordering: .relaxed)
        )
    }

    func noteOpening() { isOpen.store(true, ordering: .relaxed) }
    func noteWaiting(_ change: Int) { waiting.wrappingAdd(change, ordering: .relaxed) }
    func noteGone() { gone.wrappingAdd(1, ordering: .relaxed) }

    func note(_ result: Attempt.Result) {
        if case .bought = result {
            bought.wrappingAdd(1, ordering: .relaxed)
        } else {
            refused.wrappingAdd(1, ordering: .relaxed)
        }
    }
}
