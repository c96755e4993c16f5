#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import Testing
@testable import MarketplacePostgres

@Suite(.serialized, .enabled(if: PrivateServer.address != nil, "it needs a private server: Tests/run --only postgres"))
struct NameTests {
    @Test func namesThatNothingCanHaveFindNothing() async throws {
        let store = try await TestDatabase().store
        let identifiers = TimeOrderedIdentifiers(clock: SystemWallClock())
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        let draft = EventDraft(id: identifiers.next(), name: "a", payload: [])
        transaction.append([draft], to: StreamID("s", "a"), expecting: .none)
        transaction.write(DocumentWrite(DocumentKey("d", "a"), body: [], indexEntries: [IndexEntry("a", .integer(1))]))
        _ = try await store.commit(transaction)
        #expect(try await store.events(after: .start, matching: .names(["\0"]), limit: 10).events.isEmpty)
        #expect(try await store.events(after: .start, matching: .names(["\0", "a"]), limit: 10).events.count <= 1)
        #expect(try await store.documents(matching: .indexed("d", by: "a\0", limit: 10)).documents.isEmpty)
    }
}
#endif
