/// How it becomes known that a payment went through.
public enum PaymentConfirmation: Sendable, Hashable {
    /// By the gateway's answer.
    case immediate
    /// By a webhook that comes after the answer, through ``PaymentWebhooks``.
    ///
    /// When none comes in time, the purchase is undone. Whoever waits needs a worker that notices: call
    /// ``Checkout/run()``.
    case webhook(within: Duration)

    /// How long a webhook is waited for; nil when none is.
    var limit: Duration? {
        switch self {
        case .immediate: nil
        case .webhook(let limit): limit
        }
    }
}
