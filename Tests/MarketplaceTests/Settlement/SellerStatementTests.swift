import MarketplaceTestKit
import TestSupport
import Testing

@testable import Marketplace

@Suite struct SellerStatementTests {
    private typealias Shop = SettlementShop
    private let seller = SettlementShop.sellers[0]

    private func statement() async throws -> SellerStatement {
        let shop = try Shop()
        try await shop.sell(OrderID(bits: 1), priceMinor: 1000)
        try await shop.settleNextDay()
        try await shop.sell(OrderID(bits: 2), priceMinor: 123_456)
        shop.clock.advance(by: .days(1))
        return try await shop.settlement.statement(of: seller, in: .eur, for: shop.today, by: .seller(seller))
    }

    @Test func aStatementLeadsFromOneBalanceToTheNext() async throws {
        let statement = try await statement()
        #expect(statement.opening == Shop.eur(880))
        #expect(statement.rows.map(\.amount.minorUnits).sorted() == [-880, 108_641])
        #expect(statement.closing == Shop.eur(108_641))
    }

    @Test func theRecordsAreThoseOfRFC4180() async throws {
        let csv = try await statement().csv(name: "Ana \"A\", Lda")
        let records = csv.split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(records.count == 4)
        #expect(records.last == "")
        #expect(records[0] == "time,seller,kind,account,order,payout,entry,amount,balance,currency")
        #expect(records[1].contains(",\"Ana \"\"A\"\", Lda\","))
        #expect(csv.contains(",-8.80,"))
        #expect(csv.contains(",1086.41,"))
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("@a", "'@a"), ("+4", "'+4"), ("-2+3", "'-2+3"), ("\t=1", "'\t=1"), ("-", "'-"),
        ("-8.80", "-8.80"), ("-.5", "'-.5"), ("8.80", "8.80"), ("a=b", "a=b"), ("", ""),
        ("=\"x\"", "\"'=\"\"x\"\"\""), ("a\nb", "\"a\nb\""), ("\r=1", "\"'\r=1\""), ("a\r\nb", "\"a\r\nb\""),
    ])
    func aTextThatASpreadsheetWouldRunIsMadeText(_ text: String, _ field: String) {
        #expect(SellerStatement.field(text) == field)
    }

    @Test func theColumnsOfTheTextAreAligned() async throws {
        let text = try await statement().text(name: "Ana\n\u{1B}[31m")
        let lines = text.split(separator: "\n")
        #expect(lines[0].hasPrefix("Ana[31m  "))
        #expect(Set(lines.dropFirst().map(\.count)).count == 1)
        #expect(lines.last?.hasSuffix("1086.41") == true)
    }
}
