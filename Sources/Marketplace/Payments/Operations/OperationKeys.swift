import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// The keys of one operation: at the gateway, and of the commands that record it.
struct OperationKeys: Hashable, Sendable {
    /// What names the request at the gateway, and the operation in the payment.
    let gateway: IdempotencyKey
    /// Names the command that records what is going to be asked: another one for another amount or actor, so that a
    /// repetition of somebody else or of something else is decided and not answered with the first result.
    let begun: IdempotencyKey

    /// The keys of an operation.
    ///
    /// A payment is authorized once, whoever asks and under whatever key: so that key follows from the payment alone.
    init(
        _ payment: PaymentID,
        _ kind: PaymentOperationKind,
        _ key: IdempotencyKey,
        _ amount: Money?,
        _ actor: CommandActor
    ) throws(TextKeyError) {
        gateway =
            kind == .authorize
            ? Self.authorization(of: payment)
            : try IdempotencyKey(validating: Self.gatewayKey(of: payment, kind, key).text)
        let content = TransactionID(derivedFrom: amount?.description ?? "all", actor.description)
        begun = try IdempotencyKey(validating: "\(gateway)/begun/\(content)")
        _ = try Self.ended(gateway, isPerformed: false)
    }

    /// What an operation other than an authorization is called at the gateway.
    static func gatewayKey(
        of payment: PaymentID,
        _ kind: PaymentOperationKind,
        _ key: IdempotencyKey
    ) -> IdempotencyKey {
        // One that is too long names nothing that was ever begun: beginning it checks the length.
        IdempotencyKey(unchecked: "\(gatewayPrefix(of: payment, kind))\(key)")
    }

    /// What the keys at the gateway begin with of all operations of one kind, other than authorizations.
    static func gatewayPrefix(of payment: PaymentID, _ kind: PaymentOperationKind) -> String {
        "\(payment)/\(kind.rawValue)/"
    }

    /// What an authorization is called at the gateway.
    static func authorization(of payment: PaymentID) -> IdempotencyKey {
        // An identifier and a short text.
        IdempotencyKey(unchecked: "\(payment)/authorize")
    }

    /// Names the command that records the end of an operation.
    static func ended(_ gateway: IdempotencyKey, isPerformed: Bool) throws(TextKeyError) -> IdempotencyKey {
        try gateway.appending(isPerformed ? "performed" : "refused")
    }
}

extension IdempotencyKey {
    private static var lateSuffix: String { "/performed late" }

    /// The key under which is recorded what the gateway did after it had refused it under this one.
    var performedLate: IdempotencyKey { IdempotencyKey(unchecked: text + Self.lateSuffix) }

    /// Whether it records what the gateway did after it had refused it.
    var isPerformedLate: Bool { text.hasSuffix(Self.lateSuffix) }

    /// What the gateway was asked under: it knows nothing of a record of what it did late.
    var askedUnder: IdempotencyKey {
        isPerformedLate ? IdempotencyKey(unchecked: String(text.dropLast(Self.lateSuffix.count))) : self
    }
}
