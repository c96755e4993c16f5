/// Reads the webhooks of one gateway.
///
/// It is given a body only after the body was found authentic. An application writes one for its gateway.
public protocol WebhookFormat: Sendable {
    /// The notice in a body.
    ///
    /// - Returns: Nil for a notice about something that is no concern of payments.
    /// - Throws: ``WebhookFormatError`` for a body that cannot be read.
    func notice(in body: [UInt8]) throws(WebhookFormatError) -> GatewayNotice?
}
