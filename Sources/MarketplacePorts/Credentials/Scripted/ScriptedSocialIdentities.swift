public import MarketplaceCore
import Synchronization

/// Providers of identities for tests and demonstrations: each proof is worth what it was said to be.
public final class ScriptedSocialIdentities: SocialIdentityVerifier {
    private let identities = Mutex<[SocialProof: (identity: SocialIdentity, expiry: Timestamp)]>([:])

    /// Providers that have handed out nothing.
    public init() {}

    /// Hands out a proof that is good until then, exclusive.
    public func handOut(_ proof: SocialProof, for identity: SocialIdentity, until expiry: Timestamp = .distantFuture) {
        identities.withLock { $0[proof] = (identity, expiry) }
    }

    /// Whose proof it is.
    public func verify(_ proof: SocialProof, at time: Timestamp) async throws(CredentialError) -> SocialIdentity {
        guard let known = identities.withLock({ $0[proof] }) else { throw CredentialError(.notAuthentic) }
        guard time < known.expiry else { throw CredentialError(.expired) }
        return known.identity
    }
}
