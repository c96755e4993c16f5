public import MarketplaceCore

/// Sends mail.
///
/// A repeated key sends nothing: the first answer counts, for at least a day. A call whose outcome stayed unknown is
/// repeated with its key, so that mail is neither lost nor doubled. A service that does not know keys is wrapped in
/// something that keeps them.
public protocol MailGateway: Sendable {
    /// Hands a mail over, to be delivered once for its key.
    ///
    /// - Throws: ``MailError``, which says whether the mail was handed over.
    func send(_ mail: OutgoingMail, key: IdempotencyKey) async throws(MailError)
}
