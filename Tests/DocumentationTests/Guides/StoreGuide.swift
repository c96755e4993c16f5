import Marketplace
import Testing

struct StoreGuide {
    @Test func oneTransactionHoldsAllThatChangesTogether() async throws {
        // guide: The store
        let store = InMemoryStore()
        let clock = SystemWallClock()
        let identifiers = TimeOrderedIdentifiers(clock: clock)

        var restock = Transaction(id: identifiers.next(), time: clock.now)
        restock.add(10, to: "stock/espresso")
        restock.write(DocumentWrite(DocumentKey("items", "espresso"), body: Array("Espresso".utf8)))
        let receipt = try await store.commit(restock)

        let left = try await store.counter("stock/espresso")  // 10
        let again = try await store.commit(restock)  // the same receipt: nothing happens twice
        // end of guide
        #expect(left == 10)
        #expect(receipt == again)
        #expect(try await store.counter("stock/espresso") == 10)

        // guide: Outcomes
        var sale = Transaction(id: identifiers.next(), time: clock.now)
        sale.add(-12, to: "stock/espresso", floor: 0)
        do throws(StoreError) {
            _ = try await store.commit(sale)
        } catch {
            switch error {
            case .conflict(.counterBound(_, _, let value, _)): print("only \(value) are left")
            case .conflict(let conflict): print("read again and decide again: \(conflict)")
            case .invalid(let mistake): print("no store would take it: \(mistake)")
            case .notApplied(let failure): print("it did not happen: \(failure)")
            case .unknown(let failure): print("commit the same transaction again: \(failure)")
            }
        }
        // end of guide
        #expect(try await store.counter("stock/espresso") == 10)
    }

    @Test func documentsAreFoundByTheirIndexes() async throws {
        let store = InMemoryStore()
        let clock = SystemWallClock()
        let identifiers = TimeOrderedIdentifiers(clock: clock)
        // guide: Documents
        var transaction = Transaction(id: identifiers.next(), time: clock.now)
        transaction.write(
            DocumentWrite(
                DocumentKey("members", "17"),
                body: Array("{}".utf8),
                expecting: .absent,
                indexEntries: [IndexEntry("by-city", .text("Seoul"), .time(clock.now))],
                uniqueKeys: ["mail/ada@example.com"]
            )
        )
        _ = try await store.commit(transaction)

        var query = DocumentQuery.indexed("members", by: "by-city", prefix: [.text("Seoul")], limit: 100)
        var count = 0
        while true {
            let page = try await store.documents(matching: query)
            count += page.documents.count
            guard let next = page.next else { break }
            query = query.continued(from: next)
        }
        // end of guide
        #expect(count == 1)
    }

    @Test func theFeedIsReadFromAPosition() async throws {
        let store = InMemoryStore()
        let clock = SystemWallClock()
        let identifiers = TimeOrderedIdentifiers(clock: clock)
        // guide: The feed
        var transaction = Transaction(id: identifiers.next(), time: clock.now)
        let event = EventDraft(id: identifiers.next(), name: "ShelfRented", payload: Array("{}".utf8))
        transaction.append([event], to: StreamID("shelf", "17"), expecting: .none)
        _ = try await store.commit(transaction)

        var position = FeedPosition.start
        var names: [String] = []
        while true {
            let slice = try await store.events(after: position, matching: .categories(["shelf"]), limit: 100)
            names += slice.events.map(\.name)
            position = slice.position
            if slice.isCaughtUp { break }
        }
        // end of guide
        #expect(names == ["ShelfRented"])
        #expect(position > .start)
    }

    @Test func namespacesNeverMeet() async throws {
        // guide: Namespaces and keys
        let database = InMemoryDatabase()
        let seoul = database.store(namespace: "seoul")
        let busan = database.store(namespace: "busan")
        // end of guide
        var transaction = Transaction(id: TransactionID(bits: 1), time: .epoch)
        transaction.add(1, to: "a")
        _ = try await seoul.commit(transaction)
        #expect(try await busan.counter("a") == 0)
    }
}
