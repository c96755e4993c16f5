import Marketplace

/// The store credit of one buyer in one currency: by the buyer's own ledger, by what they have left, and by the ledger of
/// the marketplace.
struct CreditMoney: Sendable, Hashable {
    /// Whose it is.
    let owner: CreditOwner
    /// What the entries of the buyer's ledger come to, by what they tell of.
    var moved: [CreditMovement: Int128] = [:]
    /// What was on the gift cards that they redeemed.
    var cards: Int128 = 0
    /// What they can spend.
    var available: Int128 = 0
    /// What is set aside for a purchase.
    var held: Int128 = 0
    /// What the ledger of the marketplace says they have spent.
    var ledgerTaken: Int128 = 0
    /// What it says they were given back.
    var ledgerGiven: Int128 = 0

    init(_ owner: CreditOwner) {
        self.owner = owner
    }

    /// What they have spent by their own ledger.
    var taken: Int128 { moved[.spent, default: 0] }
    /// What they were given back by their own ledger.
    var given: Int128 { moved[.restored, default: 0] + moved[.refunded, default: 0] }
    /// What they were given besides, less what they have left, and less what has expired.
    var left: Int128 {
        moved[.granted, default: 0] + moved[.redeemed, default: 0] - available - held - moved[.expired, default: 0]
    }

    /// The store credit of every buyer that anybody knows of, by the texts of their ids.
    static func all(_ evidence: DayEvidence) -> [CreditMoney] {
        var credits: [CreditOwner: CreditMoney] = [:]
        func change(_ owner: CreditOwner, _ change: (inout CreditMoney) -> Void) {
            change(&credits[owner, default: CreditMoney(owner)])
        }
        for (movement, owner, minor) in evidence.creditEntries.compactMap(CreditMovement.of) {
            change(owner) { $0.moved[movement, default: 0] += Int128(minor) }
        }
        for card in evidence.redeemedCards {
            change(CreditOwner(card.memberID, card.amount)) { $0.cards += Int128(card.amount.minorUnits) }
        }
        for (owner, left) in evidence.creditLeft {
            change(owner) { $0.available += Int128(left.availableMinor) }
            change(owner) { $0.held += Int128(left.heldMinor) }
        }
        for entry in evidence.entries {
            guard let order = entry.cause.orderID, let buyer = evidence.orders[order]?.placed?.buyerID else { continue }
            for line in entry.lines where line.account == .storeCredit {
                let amount = Int128(line.amount.minorUnits)
                change(CreditOwner(buyer, line.amount)) {
                    if amount > 0 { $0.ledgerTaken += amount } else { $0.ledgerGiven -= amount }
                }
            }
        }
        return credits.values.sorted {
            ("\($0.owner.member)", $0.owner.currency.code) < ("\($1.owner.member)", $1.owner.currency.code)
        }
    }

    /// What is not the same everywhere.
    var differences: [String] {
        let outstanding = moved.reduce(Int128(0)) { $1.key.isIncrease ? $0 + $1.value : $0 - $1.value }
        let pairs = [
            ("outstanding", outstanding, "to spend or set aside", available + held),
            ("of gift cards", moved[.redeemed, default: 0], "on the cards", cards),
            ("spent", taken, "in the ledger", ledgerTaken),
            ("given back", given, "in the ledger", ledgerGiven),
        ]
        return pairs.filter { $0.1 != $0.3 }.map { what, own, place, other in
            "Store credit of \(owner.member): \(text(own)) \(what), \(text(other)) \(place)."
        }
    }

    private func text(_ minorUnits: Int128) -> String {
        DayAmount.text(minorUnits, owner.currency)
    }
}
