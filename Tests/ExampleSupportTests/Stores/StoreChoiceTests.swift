import ExampleStores
import ExampleSupport
import MarketplaceCore
import MarketplaceStorage
import Testing

struct StoreChoiceTests {
    @Test(arguments: [
        ("memory", StoreChoice.Kind.memory, "", false), ("sqlite:sale.db", .sqlite, "sale.db", true),
        ("sqlite:/tmp/a b:c.db", .sqlite, "/tmp/a b:c.db", true),
        ("postgres://here/shop", .postgres, "postgres://here/shop", true),
        ("postgresql:///shop", .postgres, "postgresql:///shop", true),
    ])
    func aTextSaysWhichStoreAndWhere(text: String, kind: StoreChoice.Kind, place: String, isDurable: Bool) throws {
        let choice = try #require(StoreChoice(text))
        #expect((choice.kind, choice.place, choice.isDurable) == (kind, place, isDurable))
        #expect(choice.description == text)
    }

    @Test(arguments: [
        "", "Memory", "memory:", "sqlite", "sqlite:", "redis:here", "postgres://", "/tmp/a.db", "sqlite:\0",
    ])
    func anythingElseIsRefusedWithWhatIsTaken(text: String) {
        #expect(StoreChoice(text) == nil)
        let store = Option.store(help: "Where")
        let options = CommandLineOptions("sell", summary: "sells", [store])
        let error = #expect(throws: OptionError.self) { try options.parse(["--store=\(text)"]) }
        #expect(error?.description.contains("takes memory, sqlite:FILE or postgres://...") == true)
    }

    @Test func aReportKeepsTheNameAndThePasswordOfAnAddressToItself() {
        #expect(StoreChoice("postgres://ada:secret@here/shop")?.description == "postgres://...@here/shop")
        #expect(StoreChoice("postgres://ada:s@cr:et@here/shop")?.description == "postgres://...@here/shop")
        #expect(StoreChoice("postgres://here/shop?note=://@")?.description.contains("://") == true)
    }

    @Test func aRecordLiesBesideAFileAndNowhereElse() {
        #expect(StoreChoice.sqlite("/a/sale.db").companion("gateway") == "/a/sale.db.gateway")
        #expect(StoreChoice.memory.companion("gateway") == nil)
    }

    @Test func whoeverHasNotBuiltItIsToldWhatToRun() {
        let error = StoreOpeningError.notBuilt(trait: "SQLite")
        let text = error.description(of: "flash-sale", ["--store", "sqlite:a b.db", "--seed=1", "it's"])
        #expect(text.hasSuffix("run: swift run --traits SQLite flash-sale --store 'sqlite:a b.db' --seed=1 'it'\\''s'"))
        #expect(error.isUsage)
        #expect(!StoreOpeningError.failed("disk full").isUsage)
    }

    @Test func memoryIsAlwaysThere() async throws {
        let opened = try await ExampleStore(opening: .memory, namespace: .flashSale)
        #expect(!opened.isDurable)
        #expect(opened.books == nil)
        #expect(try await opened.store.document(DocumentKey("plan", "1")) == nil)
        await opened.close()
    }

    #if !SQLite
    @Test func withoutItsTraitAFileIsRefused() async {
        await #expect(throws: StoreOpeningError.notBuilt(trait: "SQLite")) {
            try await ExampleStore(opening: .sqlite("never-made.db"), namespace: .flashSale)
        }
    }
    #endif
}
