import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// What is stored of a purchase that is paid by tenders the buyer has named.
///
/// A purchase without it is paid by one payment at the gateway, which has the purchase's bits.
struct PurchaseTenders: Codable, Hashable, Sendable {
    let buyer: MemberID
    /// Who bears how much; nil when the purchase was undone before that was decided.
    let plan: TenderPlan?
    /// Whether the purchase was undone, so that nothing is taken any more.
    var isClosed = false
    /// The payments of which the gateway has confirmed afterwards that they are taken.
    var confirmed: [PaymentID] = []

    /// Where a refund goes, the first place first: what was taken last comes back first.
    var places: [TenderSource] { (plan?.tenders ?? []).reversed().map(\.source) }

    /// Whether all payments at the gateway are confirmed.
    var isConfirmed: Bool {
        (plan?.tenders ?? []).allSatisfy { tender in
            if case .gateway(let id) = tender.source { confirmed.contains(id) } else { true }
        }
    }
}

extension Payments {
    /// The payment of one of several tenders at the gateway: the first one is the purchase's own.
    static func payment(_ number: Int, of purchase: PaymentID) -> PaymentID {
        guard number > 0 else { return purchase }
        let id = TransactionID(derivedFrom: "tender of a purchase", purchase.description, "\(number)")
        return PaymentID(bits: id.bits)
    }

    /// What the store credit of a purchase is set aside under.
    static func creditKey(of purchase: PaymentID) -> IdempotencyKey {
        // A short text and an identifier.
        IdempotencyKey(unchecked: "purchase/\(purchase)")
    }

    /// Decides once who bears how much: every repetition gets the first answer.
    func plan(
        _ offered: [CheckoutTender],
        of purchase: PaymentID,
        total: Money,
        buyer: MemberID
    ) async throws(PaymentError) -> TenderPlan {
        guard !offered.isEmpty else { return try Self.plan(total, [TenderOffer(.gateway(purchase))]) }
        let document = PaymentKeySpace.tenders(of: purchase)
        return try await archive.attempting { () async throws(PaymentError) -> TenderPlan? in
            if let known = try await archive.read(document, as: PurchaseTenders.self)?.value {
                guard !known.isClosed, let plan = known.plan else { throw .tenders(.closed) }
                return plan
            }
            let available = try await creditOf(buyer, total.currency).available
            var number = 0
            var offers: [TenderOffer] = []
            for tender in offered {
                offers.append(tender.offer(available: available, payment: Self.payment(number, of: purchase)))
                if case .gateway = tender { number += 1 }
            }
            let plan = try Self.plan(total, offers)
            let next = PurchaseTenders(buyer: buyer, plan: plan)
            return try await write(next, to: document, expecting: .absent) ? plan : nil
        }
    }

    /// Has everything refused that comes late for a purchase, and tells who was to bear how much; nil when that was
    /// never decided.
    func close(_ purchase: PaymentID, of buyer: MemberID) async throws(PaymentError) -> TenderPlan? {
        let closed = try await change(purchase, or: PurchaseTenders(buyer: buyer, plan: nil)) { $0.isClosed = true }
        return closed?.plan
    }

    /// Takes note that the gateway has confirmed a payment afterwards; whether all of its purchase are confirmed now.
    func confirm(_ payment: Payment) async throws(PaymentError) -> Bool {
        guard let begun = payment.begun else { return false }
        let purchase = PaymentID(bits: begun.orderID.bits)
        guard let named = try await purchases.tenders(of: purchase) else { return begun.paymentID == purchase }
        // What else was paid for the order, a change of it say, confirms no purchase.
        guard named.places.contains(.gateway(begun.paymentID)) else { return false }
        let changed = try await change(purchase, or: nil) { tenders in
            if !tenders.confirmed.contains(begun.paymentID) { tenders.confirmed.append(begun.paymentID) }
        }
        return changed?.isConfirmed ?? false
    }

    private func change(
        _ purchase: PaymentID,
        or fresh: PurchaseTenders?,
        _ body: (inout PurchaseTenders) -> Void
    ) async throws(PaymentError) -> PurchaseTenders? {
        let document = PaymentKeySpace.tenders(of: purchase)
        return try await archive.attempting { () async throws(PaymentError) -> PurchaseTenders?? in
            let stored = try await archive.read(document, as: PurchaseTenders.self)
            guard var next = stored?.value ?? fresh else { return .some(nil) }
            body(&next)
            if next == stored?.value { return next }
            let revision = stored.map { ExpectedRevision.exactly($0.revision) } ?? .absent
            return try await write(next, to: document, expecting: revision) ? next : nil
        }
    }

    private func write(
        _ tenders: PurchaseTenders,
        to document: DocumentKey,
        expecting revision: ExpectedRevision
    ) async throws(PaymentError) -> Bool {
        var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
        transaction.write(DocumentWrite(document, body: try archive.encoded(tenders), expecting: revision))
        if case .done = try await archive.commit(transaction) { return true }
        return false
    }

    private static func plan(_ total: Money, _ offers: [TenderOffer]) throws(PaymentError) -> TenderPlan {
        do throws(TenderRefusal) {
            return try TenderPlan(total: total, offers: offers)
        } catch {
            throw .tenders(error)
        }
    }

    private func creditOf(
        _ buyer: MemberID,
        _ currency: Currency
    ) async throws(PaymentError) -> StoreCreditBalance {
        do throws(StoreCreditError) {
            return try await credits.balance(of: buyer, currency, by: .system)
        } catch {
            throw .credit(error)
        }
    }
}
