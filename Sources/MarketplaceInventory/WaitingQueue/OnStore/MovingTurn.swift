import Synchronization

/// Who of the callers in this process moves the line, so that not all try at once and all but one in vain.
final class MovingTurn: Sendable {
    private let isTaken = Atomic(false)

    /// Takes the turn; false when somebody has it.
    func take() -> Bool { !isTaken.exchange(true, ordering: .acquiring) }

    func giveBack() { isTaken.store(false, ordering: .releasing) }
}
