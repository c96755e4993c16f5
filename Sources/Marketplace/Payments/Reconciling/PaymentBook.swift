import MarketplaceCore
import MarketplaceDomain
public import MarketplaceStorage

/// The read model of payments: what was taken and given back, movement by movement, and what the gateway calls them.
///
/// It takes in what every part of the marketplace has recorded of payments, checkouts included. Run it by a
/// ``ProjectionRunner``; ``PaymentReconciler`` compares it with the gateway's statement, and ``PaymentWebhooks`` finds
/// payments by what the gateway calls them. What it writes is written once per movement, so a rebuild changes nothing.
public struct PaymentBook: Projection {
    private let reader: EventReader<PaymentEvent>
    private let codec: any PayloadCodec

    /// The projection over events that this codec has written.
    public init(codec: any PayloadCodec) {
        self.codec = codec
        reader = EventReader(codec: codec)
    }

    /// The name.
    public var name: ProjectionName { "payment-book" }

    /// The events of payments that move money or name them.
    public var filter: EventFilter {
        .categories([TextKey(unchecked: Payment.category)]).named([
            PaymentAuthorized.eventName, PaymentCaptured.eventName, RefundCompleted.eventName,
        ])
    }

    /// Adds what events tell to a transaction.
    public func apply(
        _ events: [RecordedEvent],
        to transaction: inout Transaction,
        reading source: ProjectionSource
    ) async throws {
        var references: Set<GatewayReference> = []
        for event in events {
            switch try reader.read(event) {
            case .authorized(let fact):
                // A gateway that gives one name to two payments: the first in the batch is found by it.
                guard references.insert(fact.reference).inserted else { continue }
                let body = try codec.encode(fact.paymentID)
                transaction.write(DocumentWrite(PaymentKeySpace.reference(fact.reference), body: body))
            case .captured(let fact):
                try write(.capture, fact.paymentID, fact.key, fact.amount, to: &transaction)
            // What became store credit has not left the gateway.
            case .refundCompleted(let fact) where (fact.destination ?? .payment) == .payment:
                try write(.refund, fact.paymentID, fact.key.askedUnder, fact.amount, to: &transaction)
            default: break
            }
        }
    }

    private func write(
        _ kind: PaymentOperationKind,
        _ payment: PaymentID,
        _ key: IdempotencyKey,
        _ amount: Money,
        to transaction: inout Transaction
    ) throws {
        let movement = PaymentMovement(payment: payment, kind: kind, key: key, amount: amount)
        let id = TransactionID(derivedFrom: payment.description, kind.rawValue, key.text)
        let body = try codec.encode(movement)
        transaction.write(DocumentWrite(DocumentKey(PaymentKeySpace.movements, id), body: body))
    }
}
