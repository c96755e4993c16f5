public import MarketplacePorts
public import MarketplaceStorage

/// Reads webhooks whose body is a ``GatewayNotice`` as a codec writes it: for gateways of one's own, and for tests.
public struct CodecWebhookFormat: WebhookFormat {
    private let codec: any PayloadCodec

    /// A format of that codec.
    public init(_ codec: any PayloadCodec) {
        self.codec = codec
    }

    /// The notice in a body.
    public func notice(in body: [UInt8]) throws(WebhookFormatError) -> GatewayNotice? {
        do throws(PayloadCodecError) {
            return try codec.decode(GatewayNotice.self, from: body)
        } catch {
            throw WebhookFormatError(error.description)
        }
    }
}
