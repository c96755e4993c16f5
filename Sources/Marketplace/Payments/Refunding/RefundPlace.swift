import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// A place that took money for a purchase and can give it back: as it was read, so that what is decided on it is only
/// applied while it is still so.
struct RefundPlace: Sendable {
    /// Which one.
    enum Source: Sendable {
        case payment(PaymentID, LoadedAggregate<Payment>, RefundDestination)
        case credit(IdempotencyKey, of: MemberID, StoredValue<CreditHoldDocument>?)
    }

    let source: Source
    /// What it was asked for, refund by refund.
    let parts: [RefundPart]
    /// How much it can give yet; nil where it has no money of the purchase.
    let refundable: Money?
    /// Whether it has taken all that it was to take.
    let isWhollyTaken: Bool
    /// That it still stands so.
    let requirement: TransactionGuard

    /// A payment at the gateway.
    init(
        _ id: PaymentID,
        _ loaded: LoadedAggregate<Payment>,
        in stream: StreamID,
        to destination: RefundDestination
    ) {
        source = .payment(id, loaded, destination)
        parts = loaded.root.refundParts
        let amounts = loaded.root.amounts
        // The amounts of a payment are in its currency, and what they leave is not below zero.
        refundable = try? amounts?.refundable()
        isWhollyTaken = amounts?.captured.isPositive == true && (try? amounts?.capturable())?.isZero == true
        requirement = .stream(stream, at: loaded.version)
    }

    /// Store credit that was set aside.
    init(_ hold: IdempotencyKey, of member: MemberID, _ stored: StoredValue<CreditHoldDocument>?) {
        source = .credit(hold, of: member, stored)
        parts = stored?.value.refundParts ?? []
        let spent = stored.flatMap { $0.value.state == .spent ? $0.value : nil }
        refundable = spent.map { Money(minorUnits: $0.amount.minorUnits - $0.restored.minorUnits, $0.amount.currency) }
        isWhollyTaken = spent != nil
        requirement = .document(CreditHoldDocument.document(member, hold), at: stored?.revision)
    }

    /// How many refunds can still be asked of it.
    var spareRefundCount: Int {
        switch source {
        case .payment(_, let loaded, _): Payment.maximumRefunds - loaded.root.refunds.count
        case .credit: .max
        }
    }

    /// Whether it is store credit.
    var isCredit: Bool { if case .credit = source { true } else { false } }

    /// How much of a refund it was asked for and has not refused, whichever attempt it was.
    func begunMinor(of name: RefundName) -> Int128 {
        parts.reduce(Int128(0)) { sum, part in
            part.status != .failed && name.attempt(of: part.key) != nil ? sum + Int128(part.amount.minorUnits) : sum
        }
    }
}

extension [RefundPlace] {
    /// How much of a refund its places were asked for and have not refused, whichever attempt it was.
    func begunMinor(of name: RefundName) -> Int128 { reduce(Int128(0)) { $0 + $1.begunMinor(of: name) } }

    /// How much of a refund its places were asked to give as store credit and have not refused.
    func creditedMinor(of name: RefundName) -> Int64 {
        let credited = flatMap(\.parts).reduce(Int128(0)) { sum, part in
            part.destination == .storeCredit && part.status != .failed && name.attempt(of: part.key) != nil
                ? sum + Int128(part.amount.minorUnits) : sum
        }
        return Int64(clamping: credited)
    }

    /// How much of a refund is not on its way from any of its places.
    func missingMinor(of amount: Money, as name: RefundName) -> Int64 {
        Int64(clamping: Swift.max(0, Int128(amount.minorUnits) - begunMinor(of: name)))
    }

    /// The key of the latest attempt that is known of, here or by whoever asks.
    func latestKey(of name: RefundName) -> IdempotencyKey {
        let seen = flatMap(\.parts).compactMap { name.attempt(of: $0.key) }.max() ?? 1
        return name.key(of: Swift.max(name.attempt, seen))
    }
}
