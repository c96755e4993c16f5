import Synchronization

/// Keeps what steps have seen.
final class HeaderWitness: Sendable {
    private let seen = Mutex<[String]>([])

    var notes: [String] { seen.withLock { $0 } }

    func note(_ text: String) {
        seen.withLock { $0.append(text) }
    }
}
