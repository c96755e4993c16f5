/// Makes hashes of passwords that are slow to guess, and compares.
///
/// `MarketplaceCrypto` hashes with Argon2id (RFC 9106). Hashing takes a good part of a second of a core by design:
/// an implementation does it off the cooperative pool.
public protocol PasswordHasher: Sendable {
    /// A fresh hash, with a salt of its own.
    ///
    /// - Throws: ``CredentialError/Code/malformed`` for a password above ``Password/maximumBytes``.
    func hash(_ password: Password) async throws(CredentialError) -> PasswordHash

    /// Whether the hash was made of that password, compared in a time that does not depend on where they differ.
    ///
    /// - Throws: ``CredentialError/Code/malformed`` for a hash that this hasher cannot read.
    func verify(_ password: Password, against hash: PasswordHash) async throws(CredentialError) -> PasswordVerdict
}
