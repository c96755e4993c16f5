public import MarketplaceCore

/// A mail service that can be asked what became of a key, so that an unknown outcome is looked up before anything is
/// sent again.
public protocol ProbeableMailGateway: MailGateway {
    /// Whether a mail with that key was handed over.
    func hasSent(_ key: IdempotencyKey) async throws(MailError) -> Bool
}
