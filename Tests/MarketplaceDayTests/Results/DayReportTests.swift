import ExampleSupport
import Marketplace
import MarketplaceDayKit
import Testing

struct DayReportTests {
    @Test func theReportRefersToNothingOutsideItselfAndHasItsCharts() async throws {
        let days = try await PlayedDays(days: 2, seed: 2)
        let audit = try DayAudit(days.history, days.evidence)
        let html = DayReport(days.history, audit, options: [("--seed", "2")]).html
        #expect(html.split(separator: "<svg ").count - 1 == 7)
        for reference in ["src=", "href=", "url(", "@import", "<script"] { #expect(!html.contains(reference)) }
        for check in audit.checks { #expect(html.contains(check.name)) }
        for table in [audit.reconciliation.table, audit.creditTable] {
            for line in table.rows { for text in line { #expect(html.contains(text)) } }
        }
        #expect(Self.isNested(html))
    }

    @Test func aDifferenceStandsInTheTableAndInTheReport() async throws {
        let days = try await PlayedDays(days: 1, members: 10, seed: 2)
        var evidence = days.evidence
        evidence.entries.removeAll { $0.cause.kind == .capture }
        let audit = try DayAudit(days.history, evidence)
        let html = DayReport(days.history, audit, options: []).html
        let difference = try #require(audit.reconciliation.differences.first)
        #expect(html.contains(difference))
        #expect(html.contains("not exact"))
        #expect(audit.reconciliation.table.rows.contains { $0.last != "0.00" && $0[0].hasPrefix("EUR") })
    }

    /// Whether every element that is opened is closed in turn.
    private static func isNested(_ html: String) -> Bool {
        let void: Set<String> = ["meta", "!DOCTYPE"]
        var open: [String] = []
        for part in html.split(separator: "<") {
            guard let end = part.firstIndex(of: ">") else { return false }
            let tag = part[..<end]
            let isEnd = tag.hasPrefix("/")
            let name = String(tag.dropFirst(isEnd ? 1 : 0).prefix { !" \n/".contains($0) })
            if isEnd {
                guard open.popLast() == name else { return false }
            } else if !tag.hasSuffix("/"), !void.contains(name) {
                open.append(name)
            }
        }
        return open.isEmpty
    }
}
