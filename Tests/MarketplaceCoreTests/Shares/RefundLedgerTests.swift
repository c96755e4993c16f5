import Foundation
import MarketplaceCore
import TestSupport
import Testing

/// What is returned in whichever order, all returns together give what was paid.
struct RefundLedgerTests {
    /// Three units for 29.00 and one for 5.40, sent for 3.00.
    static func shares() throws -> FrozenShares {
        try FrozenShares(
            .usd,
            lines: [
                FrozenShares.Line(
                    "shirt",
                    [
                        FrozenShares.Run(units: 2, discountMinor: 333, taxMinor: 161, paidMinor: 967),
                        FrozenShares.Run(units: 1, discountMinor: 334, taxMinor: 161, paidMinor: 966),
                    ]
                ),
                FrozenShares.Line("mug", [FrozenShares.Run(units: 1, discountMinor: 60, taxMinor: 90, paidMinor: 540)]),
            ],
            shipping: [FrozenShares.Charge("parcel", discountMinor: 0, taxMinor: 50, paidMinor: 300)]
        )
    }

    @Test func aReturnGivesTheSharesOfTheFirstUnitsNotYetReturned() throws {
        var ledger = RefundLedger(try Self.shares())
        #expect(ledger.shares.total == Money(minorUnits: 3_740, .usd))
        let first = try ledger.refund(["shirt": 2])
        #expect(first.amount == Money(minorUnits: 1_934, .usd))
        #expect(first.tax == Money(minorUnits: 322, .usd))
        let second = try ledger.refund(["shirt": 1, "mug": 1], shipping: ["parcel"])
        #expect(second.lines.map(\.paidMinor) == [966, 540])
        #expect(second.amount == Money(minorUnits: 1_806, .usd))
        #expect(ledger.keptUnits == [0, 0])
    }

    @Test func whatIsNotThereIsNotReturnedAndTheLedgerKeepsItsValue() throws {
        var ledger = RefundLedger(try Self.shares())
        try ledger.refund(["shirt": 1], shipping: ["parcel"])
        let before = ledger
        #expect(throws: RefundRefusal.unknownLine("hat")) { try ledger.refund(["hat": 1]) }
        #expect(throws: RefundRefusal.unitsLeft("shirt", wanted: 3, left: 2)) { try ledger.refund(["shirt": 3]) }
        #expect(throws: RefundRefusal.unitsLeft("mug", wanted: 0, left: 1)) { try ledger.refund(["mug": 0]) }
        #expect(throws: RefundRefusal.unitsLeft("mug", wanted: .max, left: 1)) { try ledger.refund(["mug": .max]) }
        #expect(throws: RefundRefusal.unknownCharge("mug")) { try ledger.refund(["mug": 1], shipping: ["mug"]) }
        #expect(throws: RefundRefusal.chargeRefunded("parcel")) { try ledger.refund([:], shipping: ["parcel"]) }
        #expect(ledger == before)
    }

    @Test func sharesThatDoNotAddUpAreNone() {
        func problem(_ runs: [FrozenShares.Run], twice: Bool = false) -> FrozenSharesError? {
            let line = FrozenShares.Line("a", runs)
            return thrownError { () throws(FrozenSharesError) in
                _ = try FrozenShares(.usd, lines: twice ? [line, line] : [line])
            }
        }
        let one = FrozenShares.Run(units: 1, discountMinor: 0, taxMinor: 0, paidMinor: 1)
        #expect(problem([one], twice: true) == .doubleID("a"))
        #expect(problem([]) == .noUnits("a"))
        #expect(problem([FrozenShares.Run(units: 0, discountMinor: 0, taxMinor: 0, paidMinor: 1)]) == .noUnits("a"))
        #expect(problem([FrozenShares.Run(units: .max, discountMinor: 0, taxMinor: 0, paidMinor: 1)]) == .noUnits("a"))
        #expect(
            problem([FrozenShares.Run(units: 1, discountMinor: 0, taxMinor: 2, paidMinor: 1)]) == .impossibleAmount("a")
        )
        #expect(
            problem([FrozenShares.Run(units: 2, discountMinor: 0, taxMinor: 0, paidMinor: .max)]) == .overflow
        )
    }

    @Test func theStoredFormIsReadBackAndChecked() throws {
        let shares = try Self.shares()
        let bytes = try JSONEncoder().encode(shares)
        #expect(try JSONDecoder().decode(FrozenShares.self, from: bytes) == shares)
        let broken = try #require(String(data: bytes, encoding: .utf8)).replacingOccurrences(
            of: "\"units\":2",
            with: "\"units\":-2"
        )
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(FrozenShares.self, from: Data(broken.utf8)) }
    }

    @Test func aDiscountIsNotNegativeAndSellersPayNoMoreOfItThanItIs() {
        func shares(_ amount: Int64, _ costs: [Int64]) throws(FrozenSharesError) {
            let sellers = costs.map { FrozenShares.Cost("s", amountMinor: $0) }
            let discount = FrozenShares.Discount("p", code: nil, amountMinor: amount, sellers: sellers)
            _ = try FrozenShares(.usd, lines: [], promotions: [discount])
        }
        func problem(_ amount: Int64, _ costs: [Int64]) -> FrozenSharesError? {
            thrownError { () throws(FrozenSharesError) in try shares(amount, costs) }
        }
        #expect(throws: Never.self) { try shares(10, [4, 6]) }
        #expect(problem(-1, []) == .impossibleDiscount("p"))
        #expect(problem(10, [5, 6]) == .impossibleDiscount("p"))
        #expect(problem(10, [12, -2]) == .impossibleDiscount("p"))
        #expect(problem(.max, [.max, .max, 1]) == .impossibleDiscount("p"))
    }

    @Test func aLedgerThatNoReturnsLeadToIsNotRead() throws {
        var ledger = RefundLedger(try Self.shares())
        try ledger.refund(["shirt": 2], shipping: ["parcel"])
        let bytes = try JSONEncoder().encode(ledger)
        #expect(try JSONDecoder().decode(RefundLedger.self, from: bytes) == ledger)
        let text = try #require(String(data: bytes, encoding: .utf8))
        for (there, hostile) in [
            ("\"returnedUnits\":[2,0]", "\"returnedUnits\":[4,0]"),
            ("\"returnedUnits\":[2,0]", "\"returnedUnits\":[-1,0]"),
            ("\"returnedUnits\":[2,0]", "\"returnedUnits\":[2]"),
            ("\"returnedUnits\":[2,0]", "\"returnedUnits\":[2,0,0]"),
            ("\"returnedUnits\":[2,0]", "\"returnedUnits\":[0,0]"),
            ("\"returnedUnits\":[2,0]", "\"returnedUnits\":[3,1]"),
            ("\"refundedCharges\":[true]", "\"refundedCharges\":[]"),
            ("\"refundedCharges\":[true]", "\"refundedCharges\":[true,true]"),
            ("\"refundedGoodsMinor\":1934", "\"refundedGoodsMinor\":\(Int64.min)"),
            ("\"refundedGoodsMinor\":1934", "\"refundedGoodsMinor\":\(Int64.max)"),
            ("\"refundedGoodsMinor\":1934", "\"refundedGoodsMinor\":321"),
            ("\"refundedGoodsMinor\":1934", "\"refundedGoodsMinor\":3400"),
            ("\"refundedTaxMinor\":322", "\"refundedTaxMinor\":\(Int64.min)"),
            ("\"refundedTaxMinor\":322", "\"refundedTaxMinor\":\(Int64.max)"),
            ("\"units\":2", "\"units\":\(Int.max)"),
        ] {
            let broken = text.replacingOccurrences(of: there, with: hostile)
            #expect(broken != text, "\(there)")
            #expect(throws: DecodingError.self, "\(hostile)") {
                try JSONDecoder().decode(RefundLedger.self, from: Data(broken.utf8))
            }
        }
    }

    @Test func anySubsetInAnyOrderAddsUpToWhatWasPaid() {
        PropertyRun.check { run in
            let lines = try (0...run.natural(through: 4)).map { index in
                FrozenShares.Line(
                    try BasketLineID("line \(index)"),
                    (0...run.natural(through: 2)).map { _ in
                        let paid = Int64(run.natural(through: 1_000))
                        return FrozenShares.Run(
                            units: 1 + run.natural(through: 5),
                            discountMinor: 0,
                            taxMinor: paid / 6,
                            paidMinor: paid
                        )
                    }
                )
            }
            let shares = try FrozenShares(.krw, lines: lines)
            var ledger = RefundLedger(shares)
            var paid: Int64 = 0
            var tax: Int64 = 0
            while let index = ledger.keptUnits.indices.filter({ ledger.keptUnits[$0] > 0 }).randomElement(
                using: &run.generator
            ) {
                let units = 1 + run.natural(through: ledger.keptUnits[index] - 1)
                let refund = try ledger.refund([lines[index].id: units])
                paid += refund.amount.minorUnits
                tax += refund.tax.minorUnits
                #expect(refund.amount.minorUnits >= 0 && refund.tax.minorUnits <= refund.amount.minorUnits, run.replay)
            }
            #expect(paid == shares.total.minorUnits, run.replay)
            #expect(tax == lines.reduce(0) { $0 + $1.share(from: 0, units: $1.units).taxMinor }, run.replay)
        }
    }
}
