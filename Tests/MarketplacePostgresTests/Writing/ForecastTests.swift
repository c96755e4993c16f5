#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import Synchronization
import Testing
@testable import MarketplacePostgres

@Suite(.serialized, .onPrivateServer)
struct ForecastTests {
    private let identifiers = TimeOrderedIdentifiers(clock: SystemWallClock())
    private let stream = StreamID("order", "a")
    private let document = DocumentKey("d", "a")
    private let counter: CounterKey = "stock"

    private func transaction(_ build: (inout Transaction) -> Void) -> Transaction {
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        build(&transaction)
        return transaction
    }

    /// An event, a document with an index entry, and a counter.
    private func sale(_ number: Int, expecting version: ExpectedVersion = .any) -> Transaction {
        transaction { sale in
            let draft = EventDraft(id: identifiers.next(), name: "Sold", payload: [UInt8(truncatingIfNeeded: number)])
            sale.append([draft], to: stream, expecting: version)
            let entries = [IndexEntry("number", .integer(Int64(number)))]
            sale.write(DocumentWrite(document, body: [UInt8(truncatingIfNeeded: number)], indexEntries: entries))
            sale.add(1, to: counter)
        }
    }

    @Test func whatWasForecastTakesOneRoundTrip() async throws {
        let probe = StatementProbe()
        let store = try await TestDatabase(probe: probe).store
        _ = try await store.commit(sale(1))
        probe.forget()
        for number in 2...20 {
            let version = StreamVersion(Int64(number - 1))
            let receipt = try await store.commit(sale(number, expecting: .exactly(version)))
            #expect(receipt.counters == [Int64(number)])
            #expect(receipt.versions == [StreamVersion(Int64(number))])
            #expect(try await store.document(document)?.revision == receipt.revisions.first)
        }
        #expect(probe.count(of: "marketplace_lone_lock") == 19)
        #expect(probe.count(of: "marketplace_lock") == 0)
        let query = DocumentQuery.indexed("d", by: "number", limit: 100)
        #expect(try await store.documents(matching: query).documents.map(\.body) == [[20]], "old entries are gone")
        let events = try await store.events(in: stream, from: .first, limit: 100)
        #expect(events.map { $0.payload[0] } == Array(1...20))
        #expect(zip(events, events.dropFirst()).allSatisfy { $0.position < $1.position })
    }

    @Test func aRepetitionIsToldTheReceiptOfTheFirstTime() async throws {
        let store = try await TestDatabase().store
        for number in 1...5 {
            let sale = sale(number)
            let first = try await store.commit(sale)
            #expect(try await store.commit(sale) == first)
            let events = try await store.events(in: stream, from: .first, limit: 100)
            #expect(events.last?.position == first.position)
        }
        #expect(try await store.counter(counter) == 5)
    }

    @Test func whatOthersHaveChangedIsReadAndNotOverwritten() async throws {
        let one = try await TestDatabase()
        let two = try await TestDatabase(namespace: one.namespace)
        for round in 0..<20 {
            // Each writes twice: once on what the other has left, once on what it has written itself.
            for store in [one.store, one.store, two.store, two.store] {
                let before = try await store.counter(counter)
                #expect(try await store.commit(sale(round)).counters == [before + 1])
            }
        }
        let events = try await one.store.events(in: stream, from: .first, limit: 100)
        #expect(events.map(\.version) == (1...80).map { StreamVersion($0) })
        #expect(try await two.store.documents(matching: .indexed("d", by: "number", limit: 9)).documents.count == 1)
    }

    @Test func twoProcessesAtOnceLoseNothing() async throws {
        let one = try await TestDatabase()
        let two = try await TestDatabase(namespace: one.namespace)
        let values = try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in 0..<200 {
                let (store, sale) = (number.isMultiple(of: 2) ? one.store : two.store, sale(number))
                group.addTask { try await store.commit(sale).counters[0] }
            }
            return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
        }
        #expect(values == Set(1...200))
    }

    @Test func aRevisionThatNobodyWasGivenIsMetByNone() async throws {
        let database = try await TestDatabase()
        _ = try await database.store.commit(transaction { $0.add(1, to: counter) })
        let batch = [
            transaction { $0.write(DocumentWrite(document, body: [1], expecting: .absent)) },
            transaction { $0.write(DocumentWrite(document, body: [2], expecting: .exactly(DocumentRevision(1)))) },
        ]
        let requests = try batch.map {
            try GroupCommitRequest($0, in: database.namespace, now: SystemWallClock().now)
        }
        let outcomes = await database.database.writer.write(requests)
        #expect(throws: Never.self) { try outcomes[0].get() }
        #expect(throws: StoreError.self) { try outcomes[1].get() }
        #expect(try await database.store.document(document)?.body == [1])
    }
}

/// Notes the names of the statements that are sent.
private final class StatementProbe: PostgresWriterProbe {
    private let names = Mutex<[String]>([])

    func count(of name: String) -> Int { names.withLock { $0.count { $0 == name } } }
    func forget() { names.withLock { $0 = [] } }

    func willBegin() throws(PostgresFailure) {}
    func willRun(_ statements: [PostgresStatement]) throws(PostgresFailure) {
        names.withLock { $0 += statements.compactMap(\.name) }
    }
    func holdCommit() async {}
    func didEnd() throws(PostgresFailure) {}
}
#endif
