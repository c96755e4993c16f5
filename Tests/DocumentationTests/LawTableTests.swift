import MarketplaceTestKit
import Testing

struct LawTableTests {
    private static func rows<Subject>(of laws: LawSet<Subject>) -> [String] {
        laws.map { "| `\($0.name)` | \($0.statement) |" }
    }

    @Test func theTablesOfLawsAreThoseOfTheTestKit() throws {
        let page = try PackageFiles.markdown("Docs/Testing.md").prose.split(separator: "\n").map(String.init)
        let sections = page.drop { !$0.hasPrefix("## Laws of ") }.prefix { !$0.hasPrefix("## ") || $0.contains("Laws") }
        let shown = sections.filter { $0.hasPrefix("| `") }
        let expected =
            Self.rows(of: StoreLaws.all) + Self.rows(of: DurableStoreLaws.all) + Self.rows(of: StoreFaultLaws.all)
            + Self.rows(of: HeldCommitLaws.all)
            + Self.rows(of: NamespaceLaws.all) + Self.rows(of: ChangeSignalLaws.all)
            + Self.rows(of: LockLaws.all) + Self.rows(of: FairLockLaws.all) + Self.rows(of: RemoteLockLaws.all)
            + Self.rows(of: LockFaultLaws.all) + Self.rows(of: MessageBusLaws.all)
            + Self.rows(of: DeadLetterBusLaws.all)
            + Self.rows(of: InventoryLaws.all) + Self.rows(of: DurableInventoryLaws.all)
            + Self.rows(of: StockTableLaws.all) + Self.rows(of: StockTableFaultLaws.all)
            + Self.rows(of: HeldWriteLaws.all) + Self.rows(of: SearchLaws.all)
        #expect(shown == expected)
    }
}
