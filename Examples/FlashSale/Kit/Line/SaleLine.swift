import Synchronization

/// The line in front of one SKU, in which tasks wait.
final class SaleLine: Sendable {
    private typealias Waiter = CheckedContinuation<Bool, Never>

    private let line: Mutex<WaitingLine<Waiter>>
    private let lastTicket = Atomic<Int>(0)

    init(activeCount: Int) {
        line = Mutex(WaitingLine(activeCount: activeCount))
    }

    /// A place in the line, to be kept over several attempts.
    func ticket() -> Int {
        lastTicket.wrappingAdd(1, ordering: .relaxed).newValue
    }

    /// Waits until a unit is set free; false when none will be any more.
    func wait(_ ticket: Int) async -> Bool {
        await withCheckedContinuation { (waiter: Waiter) in
            switch line.withLock({ $0.join(waiter, ticket: ticket) }) {
            case .tryAgain: waiter.resume(returning: true)
            case .waits(let closed): for waiter in closed { waiter.resume(returning: false) }
            }
        }
    }

    /// Says that a unit was set free.
    func free() {
        line.withLock { $0.free() }?.resume(returning: true)
    }

    /// Says that the caller sets no unit free any more.
    func leave() {
        for waiter in line.withLock({ $0.leave() }) { waiter.resume(returning: false) }
    }
}
