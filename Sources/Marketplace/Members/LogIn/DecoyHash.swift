import MarketplacePorts
import Synchronization

/// A hash of a password that nobody knows, against which the passwords of unknown accounts are compared.
final class DecoyHash: Sendable {
    private let made = Mutex<PasswordHash?>(nil)

    /// The hash, made by the first who needs it.
    func hash(by ports: MemberPorts) async throws(MembersError) -> PasswordHash {
        if let hash = made.withLock({ $0 }) { return hash }
        let hash = try await ports.hashing(Password(ports.randomness.secret(words: 4)))
        made.withLock { $0 = hash }
        return hash
    }
}
