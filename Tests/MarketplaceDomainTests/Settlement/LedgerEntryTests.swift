import MarketplaceCore
import TestSupport
import Testing

@testable import MarketplaceDomain

@Suite struct LedgerEntryTests {
    static let cause = LedgerCause(.capture, order: Example.orderID)

    static func line(_ account: LedgerAccount, _ amount: Int64, _ currency: Currency = .eur) -> LedgerLine {
        LedgerLine(account, Money(minorUnits: amount, currency))
    }

    static func error(_ lines: [LedgerLine]) -> LedgerError? {
        do throws(LedgerError) {
            _ = try LedgerEntry(LedgerEntryID(bits: 1), for: cause, lines)
            return nil
        } catch {
            return error
        }
    }

    @Test func linesThatDoNotSumToZeroAreNoEntry() {
        #expect(
            Self.error([Self.line(.cash, 5), Self.line(.prepayments, -4)])
                == .unbalanced(.eur, differenceMinor: 1)
        )
        #expect(Self.error([Self.line(.cash, 5), Self.line(.prepayments, -5)]) == nil)
    }

    @Test func everyCurrencySumsToZeroByItself() {
        let lines = [Self.line(.cash, 5, .eur), Self.line(.prepayments, -5, .usd)]
        #expect(Self.error(lines) == .unbalanced(.eur, differenceMinor: 5))
    }

    @Test func sumsBeyond64BitsDoNotTrap() {
        let lines = [Self.line(.cash, .max), Self.line(.goodwill, .max), Self.line(.prepayments, -1)]
        #expect(Self.error(lines) == .unbalanced(.eur, differenceMinor: 2 * Int128(Int64.max) - 1))
    }

    @Test func aLineOfNothingAndASecondOneOfAnAccountAreRefused() {
        #expect(Self.error([Self.line(.cash, 0)]) == .emptyLine(.cash))
        #expect(Self.error([Self.line(.cash, 1), Self.line(.cash, -1)]) == .doubleLine(.cash, .eur))
        let many = [LedgerLine](repeating: Self.line(.cash, 1), count: LedgerEntry.maximumLines + 1)
        #expect(Self.error(many) == .tooManyLines(many.count, maximum: LedgerEntry.maximumLines))
    }

    @Test func anAccountHasASellerExactlyWhereItsKindDoes() {
        for kind in LedgerAccountKind.allCases {
            #expect(((try? LedgerAccount(kind, of: Example.seller)) != nil) == kind.isPerSeller)
            #expect(((try? LedgerAccount(kind)) == nil) == kind.isPerSeller)
        }
    }

    @Test func aBalanceThatDoesNotFitIsRefusedAndNothingIsPosted() throws {
        var balances = LedgerBalances()
        let half = try LedgerEntry(
            LedgerEntryID(bits: 1),
            for: Self.cause,
            [Self.line(.cash, .max), Self.line(.prepayments, -.max)]
        )
        try balances.post(half)
        let before = balances
        #expect(thrownError { () throws(LedgerError) in try balances.post(half) } == .overflow(.cash))
        #expect(balances == before)
    }
}
