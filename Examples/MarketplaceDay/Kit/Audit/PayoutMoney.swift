import Marketplace

/// The money of one payout.
struct PayoutMoney: Sendable {
    /// Its currency.
    let currency: Currency
    /// What was sent to the seller.
    var sent = ThreeCounts()

    init(_ currency: Currency) {
        self.currency = currency
    }

    /// The money of every payout that anybody knows of.
    static func all(_ evidence: DayEvidence) -> [PayoutID: PayoutMoney] {
        var payouts: [PayoutID: PayoutMoney] = [:]
        for request in evidence.sentPayouts {
            payouts[request.payout, default: PayoutMoney(request.amount.currency)].sent.cash +=
                Int128(request.amount.minorUnits)
        }
        for (id, payout) in evidence.payouts where payout.status == .paid {
            guard let amount = payout.created?.amount else { continue }
            payouts[id, default: PayoutMoney(amount.currency)].sent.orders += Int128(amount.minorUnits)
        }
        for entry in evidence.entries {
            guard let id = entry.cause.payoutID else { continue }
            for line in entry.lines where line.account == .cash {
                payouts[id, default: PayoutMoney(line.amount.currency)].sent.ledger -= Int128(line.amount.minorUnits)
            }
        }
        return payouts
    }

    /// What is not the same everywhere; nil when everything is.
    func difference(of id: PayoutID) -> String? {
        guard !sent.isExact else { return nil }
        let texts = [sent.cash, sent.ledger, sent.orders].map { DayAmount.text($0, currency) }
        return "Payout \(id): \(texts[0]) at the bank, \(texts[1]) in the ledger, \(texts[2]) by the payout itself."
    }
}
