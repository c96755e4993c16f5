import Foundation
import MarketplaceCore
import MarketplaceDomain
import Testing

@Suite struct PaymentSplitTests {
    struct Case: Decodable, CustomTestStringConvertible {
        struct Expected: Decodable {
            var per_child: [String]?
            var sum: String?
            var authorized: [String]?
            var captured: CapturedAmounts?
            var net: String?
        }

        /// One amount, or one of each order.
        enum CapturedAmounts: Decodable {
            case sum(String)
            case perChild([String])

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let sum = try? container.decode(String.self) {
                    self = .sum(sum)
                } else {
                    self = .perChild(try container.decode([String].self))
                }
            }
        }

        var id: String
        var currency: Currency
        var child_totals: [String]?
        var payments: [String]?
        var payment_state: String?
        var captured: String?
        var refunded: String?
        var expected: Expected

        var testDescription: String { id }

        /// An amount in major units, with as many digits behind the point as it needs.
        func money(_ text: String) throws -> Money {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            let fraction = (parts.dropFirst().first ?? "").padding(toLength: 2, withPad: "0", startingAt: 0)
            return try Money(parsing: "\(parts[0]).\(fraction) \(currency.code)")
        }
    }

    static func cases() throws -> [Case] {
        struct Group: Decodable {
            var cases: [Case]
        }
        let url = try #require(
            Bundle.module.url(forResource: "payment-split", withExtension: "json", subdirectory: "Vectors")
        )
        return try JSONDecoder().decode(Group.self, from: Data(contentsOf: url)).cases
    }

    @Test(arguments: try cases())
    func thePublishedSplitsComeOut(_ published: Case) throws {
        let totals = published.child_totals ?? [published.captured].compactMap { $0 }
        let orders = try totals.enumerated().map { index, total in
            GroupedOrder(
                orderID: OrderID(bits: UInt128(index)),
                sellerID: SellerID(bits: UInt128(index)),
                total: try published.money(total)
            )
        }
        let amounts = published.payments ?? [published.captured].compactMap { $0 }
        let tenders = try amounts.enumerated().map { index, amount in
            PaymentSplit.Tender(
                payment: PaymentID(bits: UInt128(index)),
                authorized: try published.money(amount),
                captured: published.payment_state == "pending" ? .zero(published.currency) : nil
            )
        }
        var split = try PaymentSplit(tenders, over: orders)
        #expect(split == (try PaymentSplit(tenders, over: orders)))
        let captured = orders.map { split.captured(of: $0.orderID) }
        if let expected = published.expected.per_child { #expect(captured == (try expected.map(published.money))) }
        let sum = try Money.sum(of: captured, in: published.currency)
        if let expected = published.expected.sum { #expect(sum == (try published.money(expected))) }
        if let expected = published.expected.authorized {
            #expect(orders.map { split.authorized(of: $0.orderID) } == (try expected.map(published.money)))
        }
        switch published.expected.captured {
        case .sum(let expected): #expect(sum == (try published.money(expected)))
        case .perChild(let expected): #expect(captured == (try expected.map(published.money)))
        case nil: break
        }
        if let refunded = published.refunded { try split.refund(published.money(refunded), of: orders[0].orderID) }
        if let net = published.expected.net { #expect(split.net(of: orders[0].orderID) == (try published.money(net))) }
    }

    static func order(_ id: UInt128, _ total: Int64) -> GroupedOrder {
        GroupedOrder(orderID: OrderID(bits: id), sellerID: SellerID(bits: id), total: Example.won(total))
    }

    static func tender(_ id: UInt128, _ amount: Int64) -> PaymentSplit.Tender {
        PaymentSplit.Tender(payment: PaymentID(bits: id), authorized: Example.won(amount))
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func rowsAddUpPerPaymentAndPerOrder(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let orders = (0..<Int.random(in: 1...6, using: &generator)).map {
                Self.order(UInt128($0), Int64.random(in: 0...1_000, using: &generator))
            }
            let total = orders.reduce(0) { $0 + $1.total.minorUnits }
            var left = total
            var tenders: [PaymentSplit.Tender] = []
            while left > 0 {
                let amount = Int64.random(in: 1...left, using: &generator)
                tenders.append(Self.tender(UInt128(tenders.count), amount))
                left -= amount
            }
            let split = try PaymentSplit(tenders, over: orders)
            for order in orders { #expect(split.captured(of: order.orderID) == order.total, "seed \(seed)") }
            for tender in tenders {
                let rows = split.rows.filter { $0.source == tender.source }
                #expect(rows.reduce(0) { $0 + $1.captured.minorUnits } == tender.captured.minorUnits, "seed \(seed)")
            }
        }
    }

    @Test func whatIsOnlySetAsideTakesItsPlaceWithoutBeingTaken() throws {
        let orders = [Self.order(1, 30), Self.order(2, 20)]
        let pending = PaymentSplit.Tender(
            payment: PaymentID(bits: 1),
            authorized: Example.won(40),
            captured: Example.won(5)
        )
        let split = try PaymentSplit([pending, Self.tender(2, 10)], over: orders)
        #expect(split.rows.map(\.order.bits) == [1, 2, 2])
        #expect(split.rows.map(\.authorized.minorUnits) == [30, 10, 10])
        #expect(split.rows.map(\.captured.minorUnits) == [5, 0, 10])
        #expect(split.captured(of: OrderID(bits: 2)) == Example.won(10))
    }

    @Test func impossibleSplitsAreRefusedWithTheFacts() throws {
        func refusal(_ tenders: [PaymentSplit.Tender], _ orders: [GroupedOrder]) -> PaymentSplitError? {
            do throws(PaymentSplitError) {
                _ = try PaymentSplit(tenders, over: orders)
                return nil
            } catch {
                return error
            }
        }
        let orders = [Self.order(1, 30), Self.order(2, 20)]
        #expect(
            refusal([Self.tender(1, 51)], orders)
                == .exceedsOrders(.gateway(PaymentID(bits: 1)), excess: Example.won(1))
        )
        #expect(refusal([Self.tender(1, 10)], []) == .noOrders)
        let payment = TenderSource.gateway(PaymentID(bits: 1))
        #expect(refusal([Self.tender(1, 10), Self.tender(1, 5)], orders) == .repeatedSource(payment))
        #expect(refusal([Self.tender(1, 10)], orders + orders) == .repeatedOrder(OrderID(bits: 1)))
        #expect(refusal([Self.tender(1, -1)], orders) == .negative(Example.won(-1)))
        let dollars = PaymentSplit.Tender(payment: PaymentID(bits: 1), authorized: Money(minorUnits: 1, .usd))
        #expect(refusal([dollars], orders) == .currencyMismatch(expected: .krw, found: .usd))
        let taken = PaymentSplit.Tender(
            payment: PaymentID(bits: 1),
            authorized: Example.won(1),
            captured: Example.won(2)
        )
        #expect(refusal([taken], orders) == .capturedExceedsAuthorized(.gateway(PaymentID(bits: 1))))
        var split = try PaymentSplit([Self.tender(1, 10), Self.tender(2, 40)], over: orders)
        let before = split
        #expect(throws: PaymentSplitError.exceedsCaptured(OrderID(bits: 1), refundable: Example.won(30))) {
            try split.refund(Example.won(31), of: OrderID(bits: 1))
        }
        #expect(split == before)
        try split.refund(Example.won(25), of: OrderID(bits: 1))
        #expect(split.rows.map(\.refunded) == [Example.won(10), Example.won(15), Example.won(0)])
        #expect(split.net(of: OrderID(bits: 1)) == Example.won(5))
    }

    // The card gives back first, whichever order it is for: an allocation in order had given it to the last one.
    @Test func whatAnOrderGotBackOfATenderIsItsPartOfIt() throws {
        let orders = [Self.order(1, 3_000), Self.order(2, 1_500)]
        let credit = PaymentSplit.Tender(.storeCredit, authorized: Example.won(3_500))
        let card = Self.tender(1, 1_000)
        let first = orders[0].orderID
        let refunds = [
            PaymentSplit.Refund(card.source, of: first, Example.won(600)),
            PaymentSplit.Refund(card.source, of: first, Example.won(400)),
            PaymentSplit.Refund(.storeCredit, of: first, Example.won(2_000)),
        ]
        let split = try PaymentSplit([credit, card], over: orders, givenBack: refunds)
        #expect(split.rows.map(\.order.bits) == [1, 2, 1])
        #expect(split.rows.map(\.source) == [.storeCredit, .storeCredit, card.source])
        #expect(split.rows.map(\.captured.minorUnits) == [2_000, 1_500, 1_000])
        #expect(split.rows.map(\.refunded.minorUnits) == [2_000, 0, 1_000])
        #expect(split.net(of: first).isZero && split.net(of: orders[1].orderID) == Example.won(1_500))
    }

    @Test func refundsBeyondATenderOrAnOrderAreNoSplit() {
        let orders = [Self.order(1, 30), Self.order(2, 20)]
        let tenders = [Self.tender(1, 10), Self.tender(2, 40)]
        func refusal(_ parts: (TenderSource, UInt128, Money)...) -> PaymentSplitError? {
            do throws(PaymentSplitError) {
                let refunds = parts.map { PaymentSplit.Refund($0.0, of: OrderID(bits: $0.1), $0.2) }
                _ = try PaymentSplit(tenders, over: orders, givenBack: refunds)
                return nil
            } catch {
                return error
            }
        }
        let (first, second) = (tenders[0].source, tenders[1].source)
        #expect(refusal((first, 1, Example.won(10)), (second, 1, Example.won(20))) == nil)
        #expect(
            refusal((first, 1, Example.won(6)), (first, 2, Example.won(5)))
                == .exceedsTaken(first, taken: Example.won(10))
        )
        #expect(
            refusal((first, 2, Example.won(1)), (second, 2, Example.won(20)))
                == .exceedsCaptured(OrderID(bits: 2), refundable: Example.won(20))
        )
        #expect(refusal((.storeCredit, 1, Example.won(1))) == .exceedsTaken(.storeCredit, taken: Example.won(0)))
        #expect(refusal((first, 3, Example.won(1))) == .exceedsCaptured(OrderID(bits: 3), refundable: Example.won(0)))
        #expect(refusal((second, 1, Example.won(.max))) == .exceedsTaken(second, taken: Example.won(40)))
        #expect(refusal((first, 1, Example.won(-1))) == .negative(Example.won(-1)))
        let dollar = Money(minorUnits: 1, .usd)
        #expect(refusal((first, 1, dollar)) == .currencyMismatch(expected: .krw, found: .usd))
    }

    @Test(arguments: [4, 5, 6] as [UInt64])
    func whateverWasGivenBackRowsAddUpAndEachOrderHasWhatItGotBack(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let orders = (0..<Int.random(in: 1...5, using: &generator)).map {
                Self.order(UInt128($0), Int64.random(in: 0...500, using: &generator))
            }
            // Some purchases are not paid to the end.
            var left = Int64.random(in: 0...orders.reduce(0) { $0 + $1.total.minorUnits }, using: &generator)
            var tenders: [PaymentSplit.Tender] = []
            while left > 0 {
                let amount = Int64.random(in: 1...left, using: &generator)
                tenders.append(Self.tender(UInt128(tenders.count), amount))
                left -= amount
            }
            // What was taken last is given back first, whichever order it is for.
            var taken = tenders.map(\.captured.minorUnits)
            var open = orders.map(\.total.minorUnits)
            var refunds: [PaymentSplit.Refund] = []
            for _ in 0..<Int.random(in: 0...6, using: &generator) {
                let index = Int.random(in: orders.indices, using: &generator)
                var amount = Int64.random(in: 0...open[index], using: &generator)
                for place in tenders.indices.reversed() where amount > 0 && taken[place] > 0 {
                    let part = min(amount, taken[place])
                    refunds.append(.init(tenders[place].source, of: orders[index].orderID, Example.won(part)))
                    taken[place] -= part
                    open[index] -= part
                    amount -= part
                }
            }
            let split = try PaymentSplit(tenders, over: orders, givenBack: refunds.shuffled(using: &generator))
            for tender in tenders {
                let rows = split.rows.filter { $0.source == tender.source }
                #expect(rows.reduce(0) { $0 + $1.captured.minorUnits } == tender.captured.minorUnits, "seed \(seed)")
                for order in orders {
                    let given = refunds.filter { $0.source == tender.source && $0.order == order.orderID }
                    let row = rows.first { $0.order == order.orderID }
                    let sum = given.reduce(0) { $0 + $1.amount.minorUnits }
                    #expect(row?.refunded.minorUnits ?? 0 == sum, "seed \(seed)")
                }
            }
            for order in orders {
                #expect(split.captured(of: order.orderID).minorUnits <= order.total.minorUnits, "seed \(seed)")
            }
            for row in split.rows {
                #expect(row.refunded.minorUnits <= row.captured.minorUnits && row.captured.isPositive, "seed \(seed)")
            }
            #expect(Set(split.rows.map { [$0.source.description, "\($0.order)"] }).count == split.rows.count)
            if refunds.isEmpty { #expect(split == (try PaymentSplit(tenders, over: orders))) }
        }
    }
}
