import MarketplaceCore

/// Why a ``ScriptedPaymentGateway`` refused, as its record keeps it.
public struct GatewayRefusal: Sendable, Hashable, Codable {
    /// The code of the error.
    public let code: String
    /// The reason.
    public let reason: String

    init(_ error: PaymentGatewayError) {
        code = error.code.text
        reason = error.reason
    }

    /// The error it was refused with.
    public var error: PaymentGatewayError {
        PaymentGatewayError(PaymentGatewayError.Code(code), reason: reason, effect: .refused)
    }
}
