public import MarketplaceCore
public import MarketplaceDomain
public import MarketplacePorts
public import MarketplaceStorage

/// How a call of ``Payments`` ended when it did not succeed.
///
/// Only a refusal says that no money will move. What is ``underWay(_:_:because:)`` may have happened, or may happen
/// yet: ``Payments/resolveUnknown(olderThan:)`` and webhooks find out, and the same call may be made again.
public enum PaymentError: EffectStating, Hashable {
    /// The payment does not allow it.
    case rejected(PaymentRejection)
    /// The gateway refused it, now or when it was first asked under this key.
    case refusedByGateway(PaymentOperationKind, PaymentGatewayError)
    /// The gateway was asked, and what became of it is not known or not recorded yet.
    case underWay(PaymentOperationKind, IdempotencyKey, because: String)
    /// The gateway did something else than it was asked; it is on the list of discrepancies.
    case discrepancy(PaymentDiscrepancy)
    /// The saved payment method cannot be used.
    case method(PaymentMethodError)
    /// Store credit that bears a part cannot be set aside, spent or given back.
    case credit(StoreCreditError)
    /// The tenders that are offered do not bear the whole, or gave back what they took.
    case tenders(TenderRefusal)
    /// The key is too long to be passed on.
    case badKey(TextKeyError)
    /// Others changed the same payment meanwhile, attempt after attempt; nothing was changed.
    case contended(attempts: Int)
    /// The store failed.
    case failed(StoreError)

    /// Refused, not applied, or unknown.
    public var effect: EffectOutcome {
        switch self {
        case .rejected, .refusedByGateway, .tenders, .badKey: .refused
        case .underWay, .discrepancy: .unknown
        case .method(let error): error.effect
        case .credit(let error): error.effect
        case .contended: .notApplied
        case .failed(let error): error.effect
        }
    }

    /// Whether the very same call may succeed when made again.
    public var isRetriable: Bool {
        switch self {
        case .rejected, .refusedByGateway, .tenders, .badKey, .discrepancy: false
        case .underWay, .contended: true
        case .method(let error): error.isRetriable
        case .credit(let error): error.isRetriable
        case .failed(let error): error.isRetriable
        }
    }
}

extension PaymentError: StoreServiceError {}

extension PaymentError: CustomStringConvertible {
    /// What happened, in a sentence.
    public var description: String {
        switch self {
        case .rejected(let rejection): "rejected: \(rejection)"
        case .refusedByGateway(let kind, let error): "the \(kind.rawValue) was refused: \(error)"
        case .underWay(let kind, let key, let reason): "the \(kind.rawValue) \(key) has not ended yet: \(reason)"
        case .discrepancy(let discrepancy): "\(discrepancy)"
        case .method(let error): error.description
        case .credit(let error): error.description
        case .tenders(let refusal): refusal.description
        case .badKey(let error): error.description
        case .contended(let attempts): "contended: given up after \(attempts) attempts"
        case .failed(let error): "failed: \(error)"
        }
    }

    init(_ error: RepositoryError<PaymentRejection>) {
        switch error {
        case .rejected(let rejection): self = .rejected(rejection)
        case .contended(let attempts): self = .contended(attempts: attempts)
        case .store(let error): self = .failed(error)
        case .unreadable, .unwritable, .badID:
            self = .failed(.notApplied(StoreFailure(.unreadable, error.description)))
        }
    }
}
