import MarketplaceCore
import Synchronization

/// A hasher for tests and demonstrations, **never for the passwords of real people.**
///
/// Its hash is a checksum that is guessed at many millions a second; it is here so that a program runs without C. Real
/// passwords need a slow hash that fills memory, such as Argon2id, which the trait `Crypto` brings.
public final class TestOnlyPasswordHasher: PasswordHasher {
    private static let name = "test-only"

    private let round: Int
    private let salts = Mutex<UInt64>(0)
    private let verifications = Mutex(0)

    /// A hasher of that round: hashes of other rounds count as outdated.
    public init(round: Int = 1) {
        self.round = round
    }

    /// How often a password was compared.
    public var verificationCount: Int { verifications.withLock { $0 } }

    /// A checksum with a salt of its own.
    public func hash(_ password: Password) async throws(CredentialError) -> PasswordHash {
        guard password.bytes.count <= Password.maximumBytes else { throw CredentialError(.malformed) }
        let salt = salts.withLock { salts in
            salts += 1
            return salts
        }
        return PasswordHash("$\(Self.name)$\(round)$\(salt)$\(Self.checksum(of: password, salt: salt))")
    }

    /// Whether the checksum is that of the password.
    public func verify(
        _ password: Password,
        against hash: PasswordHash
    ) async throws(CredentialError) -> PasswordVerdict {
        verifications.withLock { $0 += 1 }
        let parts = hash.text.split(separator: "$")
        guard parts.count == 4, parts[0] == Self.name, let round = Int(parts[1]), let salt = UInt64(parts[2]),
            let sum = UInt64(parts[3])
        else { throw CredentialError(.malformed, reason: "not a hash of the test-only hasher") }
        guard Self.checksum(of: password, salt: salt) == sum else { return .differs }
        return .matches(isOutdated: round != self.round)
    }

    /// FNV-1a of 64 bits over the salt and the password.
    private static func checksum(of password: Password, salt: UInt64) -> UInt64 {
        var sum: UInt64 = 0xCBF2_9CE4_8422_2325 ^ salt
        for byte in password.bytes { sum = (sum ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return sum
    }
}
