public import MarketplaceCore

/// Why a webhook was not taken in.
public enum PaymentWebhookError: EffectStating, Hashable {
    /// The signature is not that of who holds the shared key: answer with 401, and keep nothing.
    case notAuthentic
    /// The body has that many bytes.
    case tooLong(byteCount: Int, maximum: Int)
    /// The body cannot be read: answer with 400.
    case malformed(reason: String)
    /// It could not be kept: answer with 503, so that the gateway sends it again.
    case failed(PaymentError)

    /// Refused, or what is known of the payment.
    public var effect: EffectOutcome {
        switch self {
        case .notAuthentic, .tooLong, .malformed: .refused
        case .failed(let error): error.effect
        }
    }

    /// Whether the same webhook may be taken in when it is sent again.
    public var isRetriable: Bool {
        switch self {
        case .notAuthentic, .tooLong, .malformed: false
        case .failed(let error): error.isRetriable
        }
    }
}

extension PaymentWebhookError: CustomStringConvertible {
    /// What is wrong, in a sentence.
    public var description: String {
        switch self {
        case .notAuthentic: "the webhook is not authentic"
        case .tooLong(let count, let maximum): "a webhook has at most \(maximum) bytes, not \(count)"
        case .malformed(let reason): "the webhook cannot be read: \(reason)"
        case .failed(let error): error.description
        }
    }
}
