import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// An operation that was begun and has not ended as far as is known: what a sweep has to look after.
struct OpenOperation: Codable, Hashable, Sendable {
    let payment: PaymentID
    let kind: PaymentOperationKind
    /// What names the request at the gateway.
    let key: IdempotencyKey
    /// The saved method that an authorization charges.
    let method: PaymentMethodID?
    let begunAt: Timestamp
    /// When a sweep has last looked after it in vain; nil when none has.
    var triedAt: Timestamp?

    /// The least recently tried first, so that many that cannot be resolved hide nobody.
    static let turnIndex = "turn"

    var document: DocumentKey { Self.document(of: key) }

    static func document(of key: IdempotencyKey) -> DocumentKey {
        DocumentKey(PaymentKeySpace.operations, key.retyped())
    }

    var indexEntries: [IndexEntry] { [IndexEntry(Self.turnIndex, .time(triedAt ?? begunAt))] }
}

/// How an operation stands, as the payment has recorded it.
enum OperationStanding: Hashable, Sendable {
    /// It was done, or there is nothing to do.
    case done
    /// The gateway has refused it, or it was overtaken by a void.
    case refused
    /// It was begun, for this amount.
    case underWay(Money?)
}

extension Payment {
    /// Whether a refund becomes store credit, of which the gateway is told nothing.
    func isCredited(_ key: IdempotencyKey) -> Bool { refunds[key]?.destination == .storeCredit }

    /// How an operation stands.
    func standing(of kind: PaymentOperationKind, _ key: IdempotencyKey) -> OperationStanding {
        if kind == .refund {
            return switch refunds[key] {
            case .some(let refund) where refund.status == .initiated: .underWay(refund.amount)
            case .some(let refund) where refund.status == .failed: .refused
            default: .done
            }
        }
        if let known = operations[key] { return known.status == .begun ? .underWay(known.amount) : .refused }
        return kind == .authorize && (status == .failed || status == .voided) ? .refused : .done
    }
}
