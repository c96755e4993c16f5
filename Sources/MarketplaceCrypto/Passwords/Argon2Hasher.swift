#if Crypto
import MarketplaceCore
public import MarketplacePorts
import Synchronization

/// Hashes passwords with Argon2id (RFC 9106), by libargon2.
///
/// A hash is a PHC string with the cost and a random salt of 16 bytes in it, so that hashes of several costs stand side
/// by side: verifying reports one that was made at another cost, and the caller makes it anew. Hashes are computed on
/// as many threads as it is given, and wait in a queue for them, so memory is bounded by threads times cost. The queue
/// has a bound too: who comes when it is full is refused with ``CredentialError/Code/busy``, which may be tried again,
/// instead of waiting for longer than anybody waits for a login.
///
/// ```swift
/// let hasher = Argon2Hasher(pepper: key)
/// let hash = try await hasher.hash(Password("correct horse"))
/// ```
public final class Argon2Hasher: PasswordHasher {
    /// The bytes of a salt (RFC 9106 section 4).
    static let saltBytes = 16
    /// The bytes of a tag (RFC 9106 section 4).
    static let tagBytes = 32
    /// How many hashes are computed at once, unless told otherwise.
    public static let defaultThreads = 2
    /// How many hashes wait for a thread at most, unless told otherwise: at a tenth of a second for a hash and two
    /// threads, the last one waits for some three seconds.
    public static let defaultMaximumWaiting = 64

    private let cost: Argon2Cost
    private let pepper: SecretKey?
    private let lanes: [HashingLane]
    let room: HashingRoom
    private let next = Atomic<Int>(0)

    /// A hasher of that cost.
    ///
    /// - Parameters:
    ///   - cost: How much work a hash takes.
    ///   - pepper: A key that is kept outside of the store; who has the store alone cannot guess passwords. It cannot
    ///     be changed without everybody choosing a new password.
    ///   - threads: How many hashes are computed at once.
    ///   - maximumWaiting: How many hashes wait for a thread at most; the next one is refused as busy.
    public init(
        cost: Argon2Cost = .standard,
        pepper: SecretKey? = nil,
        threads: Int = Argon2Hasher.defaultThreads,
        maximumWaiting: Int = Argon2Hasher.defaultMaximumWaiting
    ) {
        precondition(threads > 0, "hashes are computed on at least one thread")
        precondition(maximumWaiting >= 0, "fewer than no hashes cannot wait")
        self.cost = cost
        self.pepper = pepper
        lanes = (0..<threads).map { _ in HashingLane() }
        let (places, isTooMany) = threads.addingReportingOverflow(maximumWaiting)
        room = HashingRoom(places: isTooMany ? .max : places)
    }

    /// A fresh hash, with a salt of its own.
    ///
    /// - Throws: `malformed` for a password that is too long, `busy` when too many hashes wait, `out of memory`.
    public func hash(_ password: Password) async throws(CredentialError) -> PasswordHash {
        let salt = Sodium.randomBytes(Self.saltBytes)
        let tag = try await tag(password, salt: salt, cost, byteCount: Self.tagBytes)
        return PasswordHash(Argon2Text(cost: cost, salt: salt, tag: tag).text)
    }

    /// Whether the hash was made of that password; it is outdated when it was made at another cost.
    ///
    /// - Throws: `malformed` for a hash that is none of ours, `busy` when too many hashes wait, `out of memory`.
    public func verify(
        _ password: Password,
        against hash: PasswordHash
    ) async throws(CredentialError) -> PasswordVerdict {
        guard let stored = Argon2Text(hash.text) else {
            throw CredentialError(.malformed, reason: "the hash is not one of Argon2id version 19 within the bounds")
        }
        let tag = try await tag(password, salt: stored.salt, stored.cost, byteCount: stored.tag.count)
        guard Sodium.areEqual(tag, stored.tag) else { return .differs }
        let isOutdated = stored.cost != cost || stored.tag.count != Self.tagBytes || stored.salt.count < Self.saltBytes
        return .matches(isOutdated: isOutdated)
    }

    private func tag(
        _ password: Password,
        salt: [UInt8],
        _ cost: Argon2Cost,
        byteCount: Int
    ) async throws(CredentialError) -> [UInt8] {
        guard password.bytes.count <= Password.maximumBytes else {
            throw CredentialError(
                .malformed,
                reason: "a password has at most \(Password.maximumBytes) bytes, not \(password.bytes.count)"
            )
        }
        guard room.enter() else {
            throw CredentialError(.busy, reason: "\(room.places) hashes are computed or wait", effect: .notApplied)
        }
        defer { room.leave() }
        let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
        let lane = lanes[Int(UInt(bitPattern: turn) % UInt(lanes.count))]
        let salting = Argon2id.Salting(salt: salt, secret: pepper?.bytes ?? [])
        guard let tag = await lane.tag(password.bytes, salting, cost, byteCount: byteCount) else {
            throw CredentialError(.outOfMemory, reason: "\(cost.memoryKibibytes) KiB for a hash", effect: .notApplied)
        }
        return tag
    }
}

extension CredentialError.Code {
    /// There is not enough memory for a hash.
    public static let outOfMemory: CredentialError.Code = "out of memory"
}
#endif
