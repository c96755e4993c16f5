import MarketplaceCore
import MarketplaceDomain
import Testing

@Suite struct PaymentReconciliationTests {
    private static func movement(
        _ payment: UInt128,
        _ kind: PaymentOperationKind,
        _ amount: Int64,
        _ currency: Currency = .krw
    ) -> PaymentMovement {
        PaymentMovement(
            payment: PaymentID(bits: payment),
            kind: kind,
            key: "k",
            amount: Money(minorUnits: amount, currency)
        )
    }

    @Test func emptyRecordsAreReconciled() {
        let report = PaymentReconciliation(here: [], there: [])
        #expect(report.isReconciled)
        #expect(report.description == "0 movements matched: reconciled")
    }

    @Test func everyKindOfDifferenceIsFound() {
        let same = Self.movement(1, .capture, 100)
        let here = Self.movement(2, .capture, 50)
        let there = Self.movement(3, .refund, 20)
        let twice = Self.movement(5, .capture, 7)
        let report = PaymentReconciliation(
            here: [here, same, Self.movement(4, .refund, 10), twice],
            there: [there, twice, Self.movement(4, .refund, 11), same, twice]
        )
        #expect(
            report.differences == [
                .missingThere(here), .missingHere(there),
                .differentAmount(here: Self.movement(4, .refund, 10), there: Money(minorUnits: 11, .krw)),
                .repeated(twice, count: 2, there: true),
            ]
        )
        #expect(report.matchedCount == 2)
        #expect(!report.isReconciled)
        #expect(report.description.hasSuffix("2 movements matched: 4 differences"))
    }

    @Test func currenciesAreNeverAddedTogetherAndSumsDoNotOverflow() {
        let movements = [
            Self.movement(1, .capture, .max), Self.movement(2, .capture, .max), Self.movement(3, .capture, 500, .usd),
            Self.movement(4, .refund, 100, .usd),
        ]
        let report = PaymentReconciliation(here: movements, there: movements.reversed())
        #expect(report.isReconciled)
        #expect(report.totals.map(\.currency) == [.krw, .usd])
        #expect(report.totals[0].capturedHereMinor == Int128(Int64.max) * 2)
        #expect(report.totals[1].capturedThereMinor == 500)
        #expect(report.totals[1].refundedHereMinor == 100)
        #expect(report.totals.map(\.isBalanced) == [true, true])
    }

    @Test func theSameAmountInAnotherCurrencyIsADifference() {
        let report = PaymentReconciliation(
            here: [Self.movement(1, .capture, 100)],
            there: [Self.movement(1, .capture, 100, .usd)]
        )
        #expect(report.differences.count == 1)
        #expect(report.totals.map(\.isBalanced) == [false, false])
    }
}
