#if SQLite
import Foundation
import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceStorage
import MarketplaceTestKit
import Testing
@testable import MarketplaceSQLite

/// Whatever a text says, it is data.
struct HostileTextTests {
    static let texts = [
        "'; drop table marketplace_event; --", "\" or 1=1 --", "'", "\"", "''", "`a`", "[a]", ";", "; commit; begin",
        "--",
        "/* a */", "?1", ":name", "@p", "$a", "%", "_", "%a_", "*", "?", "a*", "[a-z]*", "[^a]", "\\%", "%s%n%x", "%41",
        "a%2fb", "x''",
        "null",
        "0x00", "1e9", "-1", "007", "7", " ", "a ", "a", "A", "\t\n\r", "\u{1}\u{7f}", "é", "e\u{301}", "\u{301}",
        "\u{301}\u{301}", "\u{200d}", "\u{feff}", "\u{202e}abc", "🇰🇷", "👩‍👩‍👧‍👦", "\u{1F3FD}", "\u{FFFF}", "\u{10FFFF}", "ﬀ",
        "ff",
        "İ", "i", "ß", "ss", "\\", "/../", "marketplace_event", "sqlite_schema", "rowid", "select", "{\"a\":1}",
        String(repeating: "'", count: 512), String(repeating: "🙂", count: 128),
        String(repeating: "%", count: 511) + "_",
    ]

    @Test(arguments: texts)
    func itComesBackAsItWas(_ text: String) async throws {
        let database = try await TestDatabase()
        let store = database.store(try TextKey(text))
        let identifiers = SeededIdentifiers(seed: 1)
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        transaction.require(.fence(try TextKey(text), FencingToken(.max)))
        let headers = try ContextHeaders([String(text.prefix(5)): text])
        let draft = EventDraft(
            id: identifiers.next(),
            name: text,
            payload: Array(text.utf8),
            command: try TextKey(text),
            headers: headers
        )
        let stream = StreamID(try TextKey(text), try TextKey(text))
        transaction.append([draft], to: stream, expecting: .none)
        let key = DocumentKey(try TextKey(text), try TextKey(text))
        transaction.write(
            DocumentWrite(
                key,
                body: Array(text.utf8),
                indexEntries: [IndexEntry(text, .text(text), .text(String(text.reversed())), .text(""))],
                uniqueKeys: [try TextKey(text)]
            )
        )
        transaction.add(7, to: try TextKey(text))
        _ = try await store.commit(transaction)

        let filter = text.hasPrefix("$") ? EventFilter.categories([stream.category]) : .all
        let feed = try await store.events(after: .start, matching: filter.named([text]), limit: 10)
        #expect(feed.events.map(\.draft) == [draft])
        #expect(feed.events.first?.headers.sorted.map { Array($0.value.utf8) } == [Array(text.utf8)])
        #expect(try await store.events(in: stream, from: .first, limit: 10).map(\.draft) == [draft])
        #expect(try await store.document(key)?.body == Array(text.utf8))
        let query = DocumentQuery.indexed(key.collection, by: text, prefix: [.text(text)], limit: 1)
        #expect(try await store.documents(matching: query).documents.map(\.key) == [key])
        #expect(try await store.counter(try TextKey(text)) == 7)
        #expect(try await database.store("other").events(after: .start, matching: .all, limit: 1).events.isEmpty)
        var thief = Transaction(id: identifiers.next(), time: .epoch)
        thief.write(DocumentWrite(DocumentKey("thief", "thief"), body: [], uniqueKeys: [try TextKey(text)]))
        let conflict = StoreError.conflict(.uniqueKey(try TextKey(text), holder: key))
        await #expect(throws: conflict) { try await store.commit(thief) }
    }

    /// All texts together, each with a thing of its own: none is taken for another, by a pattern, a case or an accent.
    @Test func eachIsItselfAmongAllOthers() async throws {
        let database = try await TestDatabase()
        let store = database.store()
        let identifiers = SeededIdentifiers(seed: 1)
        for (number, text) in Self.texts.enumerated() {
            var transaction = Transaction(id: identifiers.next(), time: .epoch)
            let stream = StreamID("c", try TextKey(text))
            let draft = EventDraft(id: identifiers.next(), name: text, payload: [])
            transaction.append([draft], to: stream, expecting: .none)
            transaction.append([draft.renewed(by: identifiers)], to: StreamID(try TextKey(text), "s"), expecting: .none)
            let entries = [IndexEntry("of all", .text(text)), IndexEntry(text, .text("v"))]
            let key = DocumentKey("d", try TextKey(text))
            transaction.write(DocumentWrite(key, body: [], expecting: .absent, indexEntries: entries))
            let other = DocumentKey(try TextKey(text), "d")
            let unique = [try UniqueKey(text)]
            transaction.write(DocumentWrite(other, body: [], expecting: .absent, uniqueKeys: unique))
            transaction.add(Int64(number), to: try CounterKey(text))
            _ = try await store.commit(transaction)
            _ = try await database.store(try TextKey(text)).commit(transaction)
        }
        let sorted = Self.texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { Array($0.utf8) }
        for (number, text) in Self.texts.enumerated() {
            #expect(try await store.counter(try CounterKey(text)) == Int64(number))
            #expect(try await store.events(in: StreamID("c", try TextKey(text)), from: .first, limit: 9).count == 1)
            let category = EventFilter.categories([try TextKey(text)])
            #expect(try await store.events(after: .start, matching: category, limit: 9).events.count == 1)
            let name = EventFilter.categories(["c"]).named([text])
            #expect(try await store.events(after: .start, matching: name, limit: 9).events.count == 1)
            let value = DocumentQuery.indexed("d", by: "of all", prefix: [.text(text)], limit: 9)
            #expect(try await store.documents(matching: value).documents.map(\.key.id.text) == [text])
            let index = DocumentQuery.indexed("d", by: text, limit: 9)
            #expect(try await store.documents(matching: index).documents.map(\.key.id.text) == [text])
            #expect(try await store.documents(matching: .all(of: try TextKey(text), limit: 9)).documents.count == 1)
            let from = DocumentQuery.indexed("d", by: "of all", atLeast: .text(text), limit: 1_000)
            let rest = try await store.documents(matching: from).documents.map { Array($0.key.id.text.utf8) }
            #expect(rest == Array(sorted[(sorted.firstIndex(of: Array(text.utf8)) ?? 0)...]))
        }
        let all = try await store.documents(matching: .all(of: "d", limit: 1_000)).documents
        #expect(all.map { Array($0.key.id.text.utf8) } == sorted)
        let names = try SQLFile(path: database.folder.path()).lines("select distinct namespace from marketplace_events")
        #expect(Set(names.map { Array($0.utf8) }) == Set(sorted + [Array("own".utf8)]))
    }

    /// The longest texts that an inventory takes as a location.
    private static let shortTexts = texts.filter { $0.utf8.count <= InventoryLimits.locationBytes }

    @Test(arguments: ViewTests.Form.allCases)
    func anInventoryOfSuchNamesIsCountedAndShown(_ form: ViewTests.Form) async throws {
        let database = try await TestDatabase()
        let inventory: any InventoryStore =
            switch form {
            case .store: StoreInventory(store: database.store(), codec: .json)
            case .table:
                LockedInventory(
                    table: TestStockTable(database.folder, database.database),
                    locks: InMemoryLockProvider()
                )
            }
        for (number, text) in Self.shortTexts.enumerated() {
            let point = StockPoint(try SKU(text), at: try LocationKey(text))
            let change = StockChange(
                id: MovementID(bits: UInt128(number)),
                sku: point.sku,
                at: point.location,
                .restock(try Quantity(number + 1)),
                reference: try StockReference(text),
                time: .epoch
            )
            try await inventory.record(change)
            let request = ReservationRequest(
                id: ReservationID(bits: UInt128(number)),
                lines: [ReservationLine(point.sku, .one, at: point.location)],
                member: try MemberKey(text),
                reference: try StockReference(text),
                deadline: .distantFuture,
                at: .epoch
            )
            try await inventory.reserve(request)
        }
        let file = SQLFile(path: database.folder.path())
        for (number, text) in Self.shortTexts.enumerated() {
            let level = try #require(try await inventory.stock(of: try SKU(text))?.levels.first)
            #expect(
                level.onHand == Int64(number + 1) && level.held == 1
                    && level.location.text.utf8.elementsEqual(text.utf8)
            )
            let literal = "'\(text.replacing("'", with: "''"))'"
            let found = try file.lines(
                "select on_hand from marketplace_stock where sku = \(literal) and location = \(literal)"
            )
            #expect(found == ["\(number + 1)"])
            let holds = try file.lines(
                "select quantity from marketplace_reservations where sku = \(literal) and member = \(literal)"
            )
            #expect(holds == ["1"])
            let moves = try file.lines(
                "select kind from marketplace_movements where reference = \(literal) order by number"
            )
            #expect(moves == ["restock", "reservation"])
        }
    }

    @Test(arguments: shortTexts.filter { !$0.contains("/") })
    func aFileOfThatNameIsThatFile(_ text: String) async throws {
        let folder = try TemporaryFolder()
        let database = try await SQLiteDatabase(opening: .file(folder.path(text)), configuration: .quick)
        var transaction = Transaction(id: SeededIdentifiers(seed: 1).next(), time: .epoch)
        transaction.add(1, to: "a")
        _ = try await database.store(namespace: "own").commit(transaction)
        await database.close()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(names.map { Array($0.utf8) } == [Array(text.utf8)])
        let again = try await SQLiteDatabase(opening: .file(folder.path(text)), configuration: .quick)
        #expect(try await again.store(namespace: "own").counter("a") == 1)
        #expect(try await SQLiteMigrations.version(of: .file(folder.path(text))) == SQLiteMigrations.latest)
    }
}

extension EventDraft {
    /// The same under another id.
    fileprivate func renewed(by identifiers: some IdentifierSource) -> EventDraft {
        EventDraft(id: identifiers.next(), name: name, payload: payload)
    }
}
#endif
