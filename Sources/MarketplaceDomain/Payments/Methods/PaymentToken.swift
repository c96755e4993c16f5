/// What a gateway calls a saved payment method: whoever has it can charge the method through the same gateway.
///
/// It is not a card number, and is checked not to look like one. It does not show itself in logs, and is stored sealed.
public struct PaymentToken: Sendable, Hashable {
    /// The most bytes of a token: those of the known gateways have less than 256.
    public static let maximumBytes = 512

    /// The text, to be given to the gateway.
    public let text: String

    /// Takes a token that a gateway gave.
    ///
    /// - Throws: ``PaymentMethodRefusal/tokenLength(byteCount:maximum:)`` or ``PaymentMethodRefusal/cardNumber``.
    public init(_ text: String) throws(PaymentMethodRefusal) {
        let count = text.utf8.count
        guard (1...Self.maximumBytes).contains(count) else {
            throw .tokenLength(byteCount: count, maximum: Self.maximumBytes)
        }
        guard !CardNumber.isContained(in: text) else { throw .cardNumber }
        self.text = text
    }
}

extension PaymentToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// A mask.
    public var description: String { "••••" }
    /// A mask.
    public var debugDescription: String { description }
    /// Nothing to see.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
