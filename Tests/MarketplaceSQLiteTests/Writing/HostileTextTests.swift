#if SQLite
import MarketplaceCore
import MarketplaceStorage
import Testing
@testable import MarketplaceSQLite

/// Whatever a text says, it is data.
struct HostileTextTests {
    static let texts = [
        "'; drop table marketplace_event; --", "\" or 1=1 --", "?1", ":name", "@p", "$a", "%", "_", "*", "x''", "null",
        "0x00", "1e9", "-1", " ", "\t\n\r", "\u{1}\u{7f}", "é", "e\u{301}", "\u{feff}", "\u{202e}abc", "🇰🇷", "\\",
        "/../",
        "marketplace_event", String(repeating: "'", count: 512),
    ]

    @Test(arguments: texts)
    func itComesBackAsItWas(_ text: String) async throws {
        let database = try await TestDatabase()
        let store = database.store(try TextKey(text))
        let identifiers = SeededIdentifiers(seed: 1)
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        transaction.require(.fence(try TextKey(text), FencingToken(.max)))
        let headers = try ContextHeaders([String(text.prefix(20)): text])
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
        thief.write(DocumentWrite(DocumentKey("a", "a"), body: [], uniqueKeys: [try TextKey(text)]))
        let conflict = StoreError.conflict(.uniqueKey(try TextKey(text), holder: key))
        await #expect(throws: conflict) { try await store.commit(thief) }
    }
}
#endif
