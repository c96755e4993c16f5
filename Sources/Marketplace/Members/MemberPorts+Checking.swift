import MarketplaceCore
import MarketplacePorts

extension MemberPorts {
    /// The hash of a new password, which must be long enough and not too long.
    func hashing(_ password: Password) async throws(MembersError) -> PasswordHash {
        // Bytes that do not continue a character of UTF-8 begin one.
        let length = password.bytes.count { $0 & 0xC0 != 0x80 }
        guard length >= MemberLimits.minimumPasswordLength else {
            throw .refused(.passwordTooShort(minimum: MemberLimits.minimumPasswordLength))
        }
        guard password.bytes.count <= Password.maximumBytes else {
            throw .refused(.passwordTooLong(maximum: Password.maximumBytes))
        }
        do throws(CredentialError) {
            return try await hasher.hash(password)
        } catch {
            throw .port(error)
        }
    }

    /// Whether a password is the one of a hash; an overlong one never is.
    func verdict(_ password: Password, against hash: PasswordHash) async throws(MembersError) -> PasswordVerdict {
        let isTooLong = password.bytes.count > Password.maximumBytes
        do throws(CredentialError) {
            let verdict = try await hasher.verify(isTooLong ? Password("") : password, against: hash)
            return isTooLong ? .differs : verdict
        } catch {
            throw .port(error)
        }
    }

    /// Whose proof it is.
    func identity(of proof: SocialProof, at time: Timestamp) async throws(MembersError) -> SocialIdentity {
        do throws(CredentialError) {
            let identity = try await identities.verify(proof, at: time)
            guard identity.name.utf8.count <= SocialIdentity.maximumBytes else {
                throw CredentialError(.malformed, reason: "the names of provider and person are too long")
            }
            return identity
        } catch {
            guard error.isRetriable else { throw .refused(.identityRefused(error.code)) }
            throw .port(error)
        }
    }
}
