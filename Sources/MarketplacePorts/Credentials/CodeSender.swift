public import MarketplaceCore
public import MarketplaceDomain

/// Sends codes by short message or mail.
///
/// A repeated key sends nothing. An implementation hands the code to its service and does not wait for the delivery:
/// how long a call takes must not tell whether there is somebody at the other end.
public protocol CodeSender: Sendable {
    /// Sends a code in a language.
    ///
    /// - Throws: ``CredentialError/Code/unreachable``, with what is known about the message.
    func send(
        _ code: OneTimeCode,
        to destination: CodeDestination,
        in language: LanguageTag,
        key: IdempotencyKey
    ) async throws(CredentialError)
}
