import MarketplaceCore
import MarketplaceDomain

/// The ledger of everything that was posted, kept apart from the aggregates.
struct StreamBooks {
    static let currencies: [Currency] = [.eur, .krw]

    private var balances: [Currency: [LedgerAccount: Int128]] = [:]
    private(set) var openItems: [OpenItemID: OpenItem] = [:]
    private(set) var entryCount = 0

    mutating func post(_ posted: LedgerEntryPosted) throws(StreamViolation) {
        entryCount += 1
        for line in posted.entry.lines {
            balances[line.amount.currency, default: [:]][line.account, default: 0] += Int128(line.amount.minorUnits)
        }
        for item in posted.opens {
            guard openItems.updateValue(item, forKey: item.id) == nil else {
                throw StreamViolation("the item \(item.id) was opened twice")
            }
        }
        for id in posted.settles where openItems.removeValue(forKey: id) == nil {
            throw StreamViolation("the item \(id) was settled, and is not open")
        }
    }

    /// The items of a seller that can be paid out, in a fixed order.
    func items(of seller: SellerID, in currency: Currency, at time: Timestamp) -> [OpenItem] {
        openItems.values.filter { $0.sellerID == seller && $0.amount.currency == currency && $0.maturesAt <= time }
            .sorted { $0.id < $1.id }
    }

    /// What does not add up; nil when everything does.
    var problem: String? {
        for (currency, accounts) in balances {
            let sum = accounts.values.reduce(0, +)
            if sum != 0 { return "the ledger in \(currency) is off by \(sum)" }
        }
        return nil
    }

    /// Why what is open of a seller is not what stands on the seller's accounts; nil when it is.
    func problem(of seller: SellerID, in currency: Currency) -> String? {
        let open = openItems.values.reduce(Int128(0)) { sum, item in
            item.sellerID == seller && item.amount.currency == currency ? sum + Int128(item.amount.minorUnits) : sum
        }
        let accounts: [LedgerAccount] = [.sellerPayable(seller), .sellerReserve(seller), .sellerDebt(seller)]
        let owed = accounts.reduce(Int128(0)) { $0 - (balances[currency]?[$1] ?? 0) }
        return open == owed ? nil : "\(open) is open of the seller \(seller), and \(owed) is owed in \(currency)"
    }
}
