import ExampleSupport
import Marketplace
import MarketplaceDayKit
import Testing

/// Errors of store credit, each planted in what an otherwise right run left behind.
struct PlantedCreditTests {
    private static let bySums = "cash = ledger = orders"
    private static let byBuyers = "the store credit of each buyer by itself"
    private static let byPurchases = "each purchase and payout by itself"
    private static let byLedger = "the ledger sums to zero, and its accounts to their entries"

    /// An error, and the checks that must find it.
    private struct Planted: Sendable {
        let name: String
        let found: Set<String>
        let change: @Sendable (inout DayEvidence) throws -> Void
    }

    private static let all: [Planted] = [
        Planted(name: "a buyer has a cent too much", found: [bySums, byBuyers]) {
            let owner = try #require($0.creditLeft.keys.min { "\($0)" < "\($1)" })
            $0.creditLeft[owner]?.availableMinor += 1
        },
        Planted(name: "a cent is still set aside", found: ["nothing is left open"]) {
            let owner = try #require($0.creditLeft.first { $0.value.availableMinor > 0 }?.key)
            $0.creditLeft[owner]?.availableMinor -= 1
            $0.creditLeft[owner]?.heldMinor += 1
        },
        Planted(name: "credit was spent and nobody sold for it", found: [bySums, byBuyers]) {
            let entry = try #require($0.creditEntries.first(where: CreditMovement.spent.isTold))
            $0.creditEntries.append(entry)
        },
        Planted(name: "credit was given back twice", found: [bySums, byBuyers]) {
            let entry = try #require($0.creditEntries.first(where: CreditMovement.restored.isTold))
            $0.creditEntries.append(entry)
        },
        Planted(name: "a refund did not become credit", found: [bySums, byBuyers]) {
            let index = try #require($0.creditEntries.firstIndex(where: CreditMovement.refunded.isTold))
            $0.creditEntries.remove(at: index)
        },
        Planted(name: "what has expired is not noted", found: [bySums, byBuyers]) {
            let index = try #require($0.creditEntries.firstIndex(where: CreditMovement.expired.isTold))
            $0.creditEntries.remove(at: index)
        },
        Planted(name: "a grant is missing", found: [bySums, byBuyers]) {
            let index = try #require($0.creditEntries.firstIndex(where: CreditMovement.granted.isTold))
            $0.creditEntries.remove(at: index)
        },
        Planted(name: "a gift card gave nothing", found: [byBuyers]) {
            $0.redeemedCards.append(try #require($0.redeemedCards.first))
        },
        Planted(name: "credit was posted as cash", found: [bySums, byBuyers, byPurchases, byLedger]) {
            let index = try #require(
                $0.entries.firstIndex { $0.lines.contains { $0.account == .storeCredit && $0.amount.isPositive } }
            )
            $0.entries[index] = try $0.entries[index].withCreditAsCash()
        },
        Planted(name: "the account of store credit is off by one", found: [bySums, byLedger]) {
            $0.balances[.eur]?[.storeCredit, default: 0] += 1
        },
    ]

    @Test func everyErrorOfStoreCreditIsFoundAndNothingElseIsBlamed() async throws {
        let days = try await PlayedDays(days: DaySettings.completeDays, members: 60, seed: 1)
        for planted in Self.all {
            var evidence = days.evidence
            try planted.change(&evidence)
            let audit = try DayAudit(days.history, evidence)
            #expect(Set(audit.checks.filter { !$0.hasPassed }.map(\.name)) == planted.found, "\(planted.name)")
        }
    }

    @Test func aWeekInWhichStoreCreditWasNotUsedInSomeWayIsNoProof() async throws {
        let days = try await PlayedDays(days: DaySettings.completeDays, members: 10, seed: 1)
        let changes: [(String, (inout DayHistory) -> Void)] = [
            ("paid in part", { $0.forgetCredit { $0.creditPurchases = $0.creditOnly } }),
            ("paid whole", { $0.forgetCredit { $0.creditOnly = 0 } }),
            ("paid of several sellers", { $0.forgetCredit { $0.creditOfSeveral = 0 } }),
        ]
        for (way, change) in changes {
            var history = days.history
            change(&history)
            let broken = try DayAudit(history, days.evidence).checks.filter { !$0.hasPassed }
            #expect(broken.map(\.finding) == ["not once: \(way)"])
        }
        for movement in CreditMovement.allCases {
            let broken = try days.broken { $0.creditEntries.removeAll(where: movement.isTold) }
            #expect(broken.contains { $0.hasSuffix("not once: \(movement.rawValue)") }, "\(movement)")
        }
    }

    @Test func theTableSaysWhatBecameOfAllThatWasGiven() async throws {
        let days = try await PlayedDays(days: DaySettings.completeDays, seed: 2)
        let table = try DayAudit(days.history, days.evidence).creditTable
        #expect(table.rows.map(\.first) == CreditMovement.allCases.map(\.rawValue) + ["outstanding"])
        for (column, currency) in DayPlan.currencies.enumerated() {
            // The run has counted the same, on the evening of each day.
            let left = days.history.days.reduce(0) { $0 + $1.creditGrowth(in: currency) }
            let outstanding = days.evidence.creditLeft.filter { $0.key.currency == currency }.values
            #expect(left == outstanding.reduce(0) { $0 + $1.availableMinor })
            #expect(table.rows.last?[column + 1] == DayAmount.number(left, currency))
        }
    }
}

extension CreditMovement {
    /// Whether an entry tells of it.
    fileprivate func isTold(by entry: StoreCreditEvent) -> Bool { CreditMovement.of(entry)?.movement == self }
}

extension DayHistory {
    /// Changes the tally of every day.
    fileprivate mutating func forgetCredit(_ change: (inout DayTally) -> Void) {
        for index in days.indices { change(&days[index]) }
    }
}

extension LedgerEntry {
    /// The same entry, with store credit on the account of cash.
    fileprivate func withCreditAsCash() throws -> LedgerEntry {
        var sums: [LedgerAccount: Money] = [:]
        for line in lines {
            let account = line.account == .storeCredit ? LedgerAccount.cash : line.account
            sums[account] = try (sums[account] ?? .zero(line.amount.currency)) + line.amount
        }
        return try LedgerEntry(id, for: cause, sums.map { LedgerLine($0.key, $0.value) })
    }
}
