import MarketplaceStorage
import Synchronization

@testable import MarketplaceSagas

/// When a worker gave its signs of life, and the longest time between two.
final class SignWitness: Sendable {
    private let signs = Mutex<[Duration]>([])

    var longestSilence: Duration {
        let signs = signs.withLock { $0 }
        return zip(signs, signs.dropFirst()).map { $1 - $0 }.max() ?? .zero
    }

    func note(_ transaction: Transaction, _ now: Duration) {
        guard transaction.writes.contains(where: { $0.key.collection == SagaCoordinator.workerCollection }) else {
            return
        }
        signs.withLock { $0.append(now) }
    }
}
