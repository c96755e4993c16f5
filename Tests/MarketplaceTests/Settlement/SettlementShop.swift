import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// A marketplace of two sellers that takes 10% and 20% VAT on it, with a store and a bank that tests can trouble.
struct SettlementShop: Sendable {
    static let sellers = [SellerID(bits: 41), SellerID(bits: 42)]
    static let staff = CommandActor.operator(MemberID(bits: 6))

    let clock = ManualClock()
    let base: InMemoryStore
    let store: FaultInjectingStore
    let bank: ScriptedPayoutProvider
    let terms: SettlementTerms
    let payoutTerms: PayoutTerms
    let settlement: Settlement

    init(
        hold: Duration = .zero,
        _ payoutTerms: PayoutTerms = PayoutTerms(),
        _ script: [PayoutBehavior] = [],
        seed: UInt64 = 1
    ) throws {
        base = InMemoryStore(wallClock: clock.wall, clock: clock)
        store = FaultInjectingStore(base)
        bank = ScriptedPayoutProvider(script)
        let rule = try CommissionRule("ten", fee: .percent(.percent(10), of: .net))
        terms = SettlementTerms(commissions: try CommissionRules([rule], taxRate: .percent(20)), holdBack: hold)
        self.payoutTerms = payoutTerms
        settlement = Settlement(
            in: ServiceEnvironment(
                store: store,
                codec: .json,
                identifiers: SeededIdentifiers(seed: seed),
                wallClock: clock.wall
            ),
            payoutTerms: payoutTerms,
            payouts: bank
        )
    }

    /// Another process over the same store and bank.
    func process(seed: UInt64) -> Settlement {
        Settlement(
            in: ServiceEnvironment(
                store: base,
                codec: .json,
                identifiers: SeededIdentifiers(seed: seed),
                wallClock: clock.wall
            ),
            payoutTerms: payoutTerms,
            payouts: bank
        )
    }

    static func eur(_ amount: Int64) -> Money { Money(minorUnits: amount, .eur) }

    /// An order of lines of a seller each: so many units at so much.
    func open(
        _ order: OrderID,
        _ lines: [(seller: SellerID?, units: Int, priceMinor: Int64)],
        isCaptured: Bool = true
    ) async throws {
        let total = Self.eur(lines.reduce(0) { $0 + $1.priceMinor * Int64($1.units) })
        let placed = OrderCreated(
            orderID: order,
            buyerID: MemberID(bits: 2),
            lines: try lines.map { line in
                OrderLine(
                    sku: "thing",
                    sellerID: line.seller,
                    quantity: try Quantity(line.units),
                    unitPrice: Self.eur(line.priceMinor)
                )
            },
            total: total,
            by: .system,
            at: clock.wall.now
        )
        try await settlement.open(placed, on: terms, by: .system, key: "open")
        if isCaptured, total.isPositive {
            try await settlement.recordCapture(total, of: order, by: .system, key: "capture")
        }
    }

    /// An order of one line that is paid and delivered.
    func sell(_ order: OrderID, seller: SellerID = Self.sellers[0], units: Int = 1, priceMinor: Int64) async throws {
        try await open(order, [(seller, units, priceMinor)])
        try await settlement.recordDelivery(of: order, by: .system, key: "delivered")
    }

    /// The day that ends now; something that happens now belongs to the next one.
    var today: SettlementPeriod { SettlementPeriod(endingAt: clock.wall.now) }

    /// Lets a day pass and settles it.
    @discardableResult
    func settleNextDay() async throws -> [SettlementRun] {
        clock.advance(by: .days(1))
        return try await settlement.settle(today, by: .system)
    }

    func balance(_ account: LedgerAccount) async throws -> Int64 {
        try await process(seed: 0).balance(of: account, in: .eur, by: Self.staff).minorUnits
    }

    func items(_ seller: SellerID = Self.sellers[0]) async throws -> [OpenItem] {
        try await process(seed: 0).openItems(of: seller, in: .eur, by: Self.staff)
    }
}
