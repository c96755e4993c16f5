#if !Crypto
/// Stands in for the hasher where the package is built without its trait.
@available(
    *,
    unavailable,
    message: "switch on the trait Crypto of swift-marketplace, and install libargon2-dev and libsodium-dev"
)
public final class Argon2Hasher: Sendable {
    /// As with the trait, so that who calls it is told what is missing rather than that there is nothing to call.
    public init() {}
}

/// Stands in for the tokens where the package is built without its trait.
@available(
    *,
    unavailable,
    message: "switch on the trait Crypto of swift-marketplace, and install libargon2-dev and libsodium-dev"
)
public struct JSONWebTokens: Sendable {}

/// Stands in for the cipher where the package is built without its trait.
@available(
    *,
    unavailable,
    message: "switch on the trait Crypto of swift-marketplace, and install libargon2-dev and libsodium-dev"
)
public struct SodiumCipher: Sendable {}

/// Stands in for the authenticator where the package is built without its trait.
@available(
    *,
    unavailable,
    message: "switch on the trait Crypto of swift-marketplace, and install libargon2-dev and libsodium-dev"
)
public struct HMACAuthenticator: Sendable {}
#endif
