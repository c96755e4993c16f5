#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import Testing
@testable import MarketplacePostgres

@Suite(.serialized, .enabled(if: PrivateServer.address != nil, "it needs a private server: Tests/run --only postgres"))
struct SharedBatchTests {
    private let identifiers = TimeOrderedIdentifiers(clock: SystemWallClock())

    private func transaction(_ build: (inout Transaction) -> Void) -> Transaction {
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        build(&transaction)
        return transaction
    }

    private func writing(_ id: TextKey<DocumentSubject>, _ keys: UniqueKey...) -> Transaction {
        transaction { $0.write(DocumentWrite(DocumentKey("d", id), body: [], uniqueKeys: keys)) }
    }

    /// Commits transactions as one batch.
    private func write(_ transactions: [Transaction], to database: TestDatabase) async throws -> [GroupCommitOutcome] {
        let requests = try transactions.map {
            try GroupCommitRequest($0, in: database.namespace, now: SystemWallClock().now)
        }
        return await database.database.writer.write(requests)
    }

    @Test func aUniqueKeyThatIsTakenAndGivenUpAgainInOneBatchIsFree() async throws {
        let database = try await TestDatabase()
        _ = try await database.store.commit(writing("first", "k"))
        let deletion = transaction { $0.delete(DocumentKey("d", "second")) }
        let batch = [writing("first"), writing("second", "k"), deletion]
        for outcome in try await write(batch, to: database) { _ = try outcome.get() }
        _ = try await database.store.commit(writing("third", "k"))
        await #expect(throws: StoreError.conflict(.uniqueKey("k", holder: DocumentKey("d", "third")))) {
            try await database.store.commit(writing("first", "k"))
        }
    }

    @Test func aUniqueKeyThatPassesThroughOneBatchBelongsToTheLast() async throws {
        let database = try await TestDatabase()
        _ = try await database.store.commit(writing("first", "k"))
        let batch = [
            writing("first"), writing("second", "k"), writing("second"), writing("third", "k"),
        ]
        for outcome in try await write(batch, to: database) { _ = try outcome.get() }
        await #expect(throws: StoreError.conflict(.uniqueKey("k", holder: DocumentKey("d", "third")))) {
            try await database.store.commit(writing("first", "k"))
        }
    }

    @Test(arguments: ["entries", "unique_keys"])
    func aDamagedDocumentFailsWhoeverTouchesItAndNobodyElse(_ column: String) async throws {
        let database = try await TestDatabase()
        _ = try await database.store.commit(writing("damaged"))
        _ = try await TestDatabase.pool.get().run(
            """
            update marketplace_document set \(column) = '\\xff' where namespace = (select id from \
            marketplace_namespace where name = $1)
            """,
            .text(database.namespace.text)
        )
        let sale = transaction { $0.add(1, to: "sold") }
        let outcomes = try await write([writing("damaged"), sale], to: database)
        guard case .failure(.notApplied(let failure)) = outcomes[0] else {
            Issue.record("\(outcomes[0])")
            return
        }
        #expect(failure.code == .unreadable)
        #expect(try outcomes[1].get().counters == [1])
    }

    @Test func aBatchOfManyBytesIsWrittenInParts() async throws {
        let probe = ScriptedWriterProbe()
        let database = try await TestDatabase(probe: probe)
        // One payload in memory, however often it is sent.
        let payload = [UInt8](repeating: 7, count: StoreLimits.payloadBytes)
        let appends = (0..<3).map { number in
            transaction { transaction in
                let drafts = (0..<30).map { _ in EventDraft(id: identifiers.next(), name: "Large", payload: payload) }
                transaction.append(drafts, to: StreamID("large", TextKey(unchecked: "\(number)")), expecting: .none)
            }
        }
        for outcome in try await write(appends, to: database) { #expect(try outcome.get().versions.count == 1) }
        #expect(probe.commits == 2)
        for number in 0..<3 {
            let stream = StreamID("large", TextKey(unchecked: "\(number)"))
            let last = try await database.store.events(in: stream, from: StreamVersion(30), limit: 2)
            #expect(last.map(\.payload.count) == [payload.count])
        }
    }

    @Test func whatNoMessageOfTheServerCanHoldIsNotAppliedAndNotUnknown() async throws {
        let database = try await TestDatabase()
        let payload = [UInt8](repeating: 7, count: StoreLimits.payloadBytes)
        let huge = transaction { transaction in
            let drafts = (0..<1_100).map { _ in EventDraft(id: identifiers.next(), name: "Large", payload: payload) }
            transaction.append(drafts, to: StreamID("large", "huge"), expecting: .none)
        }
        do throws(StoreError) {
            _ = try await database.store.commit(huge)
            Issue.record("it was committed")
        } catch {
            guard case .notApplied(let failure) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(!failure.isRetriable)
        }
    }
}
#endif
