import MarketplaceStorage
import Synchronization

/// Holds a commit of a certain number until a test lets it go.
final class CommitGate: Sendable {
    private let held = Mutex<[Int: (arrived: OneShot<Void>, released: OneShot<Void>)]>([:])

    func hold(_ number: Int) {
        held.withLock { $0[number] = (OneShot(), OneShot()) }
    }

    func pass(_ number: Int) async {
        guard let gate = held.withLock({ $0[number] }) else { return }
        gate.arrived.settle(())
        _ = await gate.released.value()
    }

    func waitForArrival(_ number: Int) async {
        _ = await held.withLock { $0[number]?.arrived }?.value()
    }

    func release(_ number: Int) {
        held.withLock { $0[number]?.released }?.settle(())
    }
}
