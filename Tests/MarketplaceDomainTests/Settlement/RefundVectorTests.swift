import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

/// Refunds of discounted orders, and refunds after payouts, as the issues of other engines have them.
@Suite struct RefundVectorTests {
    static let currency = Currency.usd

    @Test(arguments: try PublishedCases.cases("settlement-refunds-and-payouts"))
    func thePublishedRefundsComeOut(_ published: PublishedCases.Case) throws {
        var fields = try StrictFields(published.value, published.id)
        fields.skip("id", "source_url", "bug_result", "derived", "source_value")
        if let policy = fields.take("policy") { try #require(policy == .text("freeze")) }
        let isMajor = try PublishedCases.isMajor(&fields)
        let lines = try Self.lines(&fields, isMajor: isMajor)
        var expected = try #require(try fields.fields("expected"))
        let minor = { (value: JSONValue?) in try PublishedCases.minor(value, Self.currency, isMajor: isMajor) }
        let returned = try fields.fields("returned").map { fields in
            var fields = fields
            return try fields.rest().map { index, count in
                LineUnits(try BasketLineID(validating: index), try #require(count.digits.flatMap { Int($0) }))
            }
        }
        if let refund = try minor(expected.take("refund")) {
            #expect(try SettledCase.refund(of: lines, returned ?? []) == refund)
        }
        if case .list(let amounts) = expected.take("refundable_per_line") {
            let found = try lines.map { try SettledCase.refund(of: lines, [LineUnits($0.id, $0.units)]) }
            #expect(try found == amounts.map { try #require(try minor($0)) })
        }
        if case .list(let amounts) = expected.take("per_unit") {
            var settled = try SettledCase(lines)
            let found = try lines.flatMap { line in
                try (0..<line.units).map { _ in try settled.refund([LineUnits(line.id, 1)]) }
            }
            #expect(try found == amounts.map { try #require(try minor($0)) })
        }
        if let sum = try minor(expected.take("sum")) {
            let all = lines.map { LineUnits($0.id, $0.units) }
            #expect(try SettledCase.refund(of: lines, all) == sum)
        }
        if let owed = try minor(expected.take("net_owed")) {
            #expect(try Self.owed(#require(try fields.fields("ledger")), minor) == owed)
        }
        try expected.finish()
        try fields.finish()
    }

    /// What a seller is owed after sales, some of which were refunded, and what was paid out before.
    private static func owed(_ fields: StrictFields, _ minor: (JSONValue?) throws -> Int64?) throws -> Int64 {
        var ledger = fields
        let share = try Ratio(parsing: #require(ledger.take("seller_share")?.digits))
        let rule = try CommissionRule("share", fee: .percent(Percentage(Ratio.one - share), of: .net))
        var balances = LedgerBalances()
        for key in ["sales", "refunded_sales"] {
            guard case .list(let amounts) = ledger.take(key) else { continue }
            for amount in amounts {
                let price = try #require(try minor(amount))
                let line = try SettledCase.line("0", 1, paid: price, rules: CommissionRules([rule]))
                var settled = try SettledCase([line])
                if key == "refunded_sales" { _ = try settled.refund([LineUnits("0", 1)]) }
                for entry in settled.entries { try balances.post(entry) }
            }
        }
        let account = LedgerAccount.sellerPayable(Example.seller)
        if let paid = try minor(ledger.take("already_paid")), paid != 0 {
            let cause = try #require(try SettledCase([SettledCase.line("0", 1, paid: 1)]).entries.first).cause
            let lines = [
                LedgerLine(account, Money(minorUnits: paid, currency)),
                LedgerLine(.cash, Money(minorUnits: -paid, currency)),
            ]
            try balances.post(LedgerEntry(LedgerEntryID(bits: 9), for: cause, lines))
        }
        try ledger.finish()
        #expect(balances.sumMinor(in: currency) == 0)
        return max(0, -balances[account, currency].minorUnits)
    }

    private static func lines(_ fields: inout StrictFields, isMajor: Bool) throws -> [SettledLine] {
        guard case .list(let values) = fields.take("lines") else { return [] }
        var units: [Int] = []
        var totals: [Int64] = []
        for value in values {
            var line = try StrictFields(value, "line")
            let price = try #require(try PublishedCases.minor(line.take("unit_price"), currency, isMajor: isMajor))
            let count = try #require(line.take("quantity")?.digits.flatMap { Int($0) })
            try line.finish()
            units.append(count)
            totals.append(price * Int64(count))
        }
        let discounts = try discounts(fields.fields("order_discount"), totals, isMajor: isMajor)
        return try units.indices.map { index in
            try SettledCase.line(
                BasketLineID(validating: String(index)),
                units[index],
                paid: totals[index] - discounts[index]
            )
        }
    }

    private static func discounts(_ fields: StrictFields?, _ totals: [Int64], isMajor: Bool) throws -> [Int64] {
        var none = [Int64](repeating: 0, count: totals.count)
        guard var discount = fields else { return none }
        var eligible = Array(totals.indices)
        if case .list(let indices) = discount.take("eligible") {
            eligible = try indices.map { try #require($0.digits.flatMap { Int($0) }) }
        }
        let minimum = try PublishedCases.minor(discount.take("min_total"), currency, isMajor: isMajor) ?? 0
        let percent = try discount.take("percent").map { try Percentage(parsing: #require($0.digits) + "%") }
        let fixed = try PublishedCases.minor(discount.take("fixed"), currency, isMajor: isMajor)
        try discount.finish()
        guard totals.reduce(0, +) >= minimum else { return none }
        if let percent {
            for index in eligible {
                let total = Money(minorUnits: totals[index], currency)
                none[index] = try total.share(percent, rounding: .halfUp).minorUnits
            }
        }
        if let fixed {
            let weights = eligible.map { totals[$0] }
            let shares = try Allocation.shares(of: min(fixed, weights.reduce(0, +)), by: weights)
            for (index, share) in zip(eligible, shares) { none[index] += share }
        }
        return none
    }
}

/// An order of a published case: paid, delivered, and then refunded.
struct SettledCase {
    private(set) var settlement = OrderSettlement()
    private(set) var entries: [LedgerEntry] = []
    private var next: UInt128 = 1

    init(_ lines: [SettledLine]) throws {
        try perform { _ in
            .open(order: Example.orderID, currency: RefundVectorTests.currency, lines: lines, holdBackSeconds: 0)
        }
        let total = lines.reduce(0) { $0 + $1.paid.totalMinor }
        let amount = Money(minorUnits: total, RefundVectorTests.currency)
        if total > 0 { try perform { .capture(entry: $0, amount: amount, tender: .gateway) } }
        try perform { [undelivered = settlement.undelivered] in .deliver(entry: $0, units: undelivered) }
    }

    private mutating func perform(_ action: (LedgerEntryID) -> OrderSettlementAction) throws {
        next += 1
        for case .posted(let posted) in try settlement.perform(action(LedgerEntryID(bits: next)), by: .system) {
            entries.append(posted.entry)
        }
    }

    /// Refunds units, and says how much the buyer was given.
    mutating func refund(_ units: [LineUnits]) throws -> Int64 {
        let before = settlement.refundedMinor
        try perform { .refund(entry: $0, units: units, stage: .afterDelivery, tender: .gateway) }
        return settlement.refundedMinor - before
    }

    /// What the buyer is given for units of an order of which nothing was refunded before.
    static func refund(of lines: [SettledLine], _ units: [LineUnits]) throws -> Int64 {
        var settled = try SettledCase(lines)
        return try settled.refund(units)
    }

    static func line(
        _ id: BasketLineID,
        _ units: Int,
        paid: Int64,
        rules: CommissionRules? = nil
    ) throws -> SettledLine {
        let even = try UnitAmounts([UnitAmounts.Run(units: units, eachMinor: 1)])
        let net = Money(minorUnits: paid, RefundVectorTests.currency)
        let basis = CommissionBasis(net: net, grossMinor: paid, units: units)
        return try SettledLine(
            id,
            seller: Example.seller,
            paid: UnitAmounts(spreading: paid, by: even),
            tax: UnitAmounts(spreading: 0, by: even),
            commission: rules.map { try $0.commission(on: basis, of: CommissionFacts()) }
        )
    }
}
