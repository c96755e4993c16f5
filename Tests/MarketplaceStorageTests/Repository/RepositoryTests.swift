import MarketplaceCore
import MarketplaceInMemory
import MarketplaceJSON
import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct RepositoryTests {
    private let identifiers = SeededIdentifiers(seed: 1)

    private func accounts(in store: any Store, attempts: Int = 16) -> Repository<Account> {
        Repository(of: Account.self, in: store, codec: .json, identifiers: identifiers, attempts: attempts)
    }

    @Test func whatWasDecidedIsRecordedAndLoadedAgain() async throws {
        let accounts = accounts(in: InMemoryStore())
        let outcome = try await accounts.handle(.deposit([5, 7]), on: "a", key: "k", at: .epoch)
        #expect(outcome.root.cents == 12)
        #expect(outcome.version == StreamVersion(2))
        #expect(outcome.events.count == 2)
        #expect(!outcome.isRepetition)
        let loaded = try await accounts.load("a")
        #expect(loaded.root.cents == 12)
        #expect(loaded.version == StreamVersion(2))
        #expect(loaded.exists)
        #expect(try await !accounts.load("b").exists)
    }

    @Test func aStreamLongerThanOnePageIsLoadedWhole() async throws {
        let accounts = accounts(in: InMemoryStore())
        for number in 0..<3 {
            try await accounts.handle(
                .deposit(Array(repeating: 1, count: 400)),
                on: "a",
                key: IdempotencyKey("k\(number)"),
                at: .epoch
            )
        }
        let loaded = try await accounts.load("a")
        #expect(loaded.root.cents == 1_200)
        #expect(loaded.version == StreamVersion(1_200))
    }

    @Test func aRepeatedCommandGivesItsFirstResultForLife() async throws {
        let store = InMemoryStore(receiptRetention: .zero)
        let accounts = accounts(in: store)
        let first = try await accounts.handle(.deposit([5, 6]), on: "a", key: "first", at: .epoch)
        try await accounts.handle(.deposit([100]), on: "a", key: "second", at: .epoch)
        try await accounts.handle(.close, on: "a", key: "third", at: .epoch)
        // The account is closed by now: deciding anew would be rejected.
        let again = try await accounts.handle(.deposit([5, 6]), on: "a", key: "first", at: .epoch)
        #expect(again.isRepetition)
        #expect(again.events == first.events)
        #expect(again.version == first.version)
        #expect(again.root.cents == 111)
        #expect(try await accounts.load("a").version == StreamVersion(4))
    }

    @Test func aRejectionIsPassedOnWithItsFacts() async throws {
        let accounts = accounts(in: InMemoryStore())
        try await accounts.handle(.close, on: "a", key: "k1", at: .epoch)
        await #expect(throws: RepositoryError<Account.Rejection>.self) {
            try await accounts.handle(.deposit([1]), on: "a", key: "k2", at: .epoch)
        }
        do throws(RepositoryError<Account.Rejection>) {
            try await accounts.handle(.deposit([1]), on: "a", key: "k2", at: .epoch)
        } catch {
            guard case .rejected(.closed) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(error.effect == .refused)
        }
    }

    @Test func aCommandThatLosesARaceIsDecidedAgainOnTheNewState() async throws {
        let identifiers = identifiers
        let base = InMemoryStore()
        let store = FaultInjectingStore(
            base,
            beforeCommit: { number in
                guard number == 1 else { return }
                let rival = Repository(of: Account.self, in: base, codec: .json, identifiers: identifiers)
                _ = try? await rival.handle(.deposit([1_000]), on: "a", key: "rival", at: .epoch)
            }
        )
        let outcome = try await accounts(in: store).handle(.deposit([1]), on: "a", key: "mine", at: .epoch)
        #expect(outcome.root.cents == 1_001)
        #expect(outcome.version == StreamVersion(2))
        #expect(store.commitCount == 2)
    }

    @Test func aRaceThatIsLostEveryTimeIsToldAsContention() async throws {
        let identifiers = identifiers
        let base = InMemoryStore()
        let store = FaultInjectingStore(
            base,
            beforeCommit: { number in
                let rival = Repository(of: Account.self, in: base, codec: .json, identifiers: identifiers)
                _ = try? await rival.handle(.deposit([1]), on: "a", key: TextKey("rival-\(number)"), at: .epoch)
            }
        )
        do throws(RepositoryError<Account.Rejection>) {
            try await accounts(in: store, attempts: 3).handle(.deposit([1]), on: "a", key: "mine", at: .epoch)
            Issue.record("the race was won")
        } catch {
            guard case .contended(attempts: 3) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(error.effect == .notApplied)
        }
    }

    @Test func concurrentCommandsAllComeThrough() async throws {
        let accounts = accounts(in: InMemoryStore(), attempts: 1_000)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask {
                    try await accounts.handle(.deposit([1]), on: "a", key: try TextKey("k\(number % 50)"), at: .epoch)
                }
            }
            try await group.waitForAll()
        }
        // Each key was given twice, at the same time.
        #expect(try await accounts.load("a").root.cents == 50)
    }

    @Test func aLostAnswerIsResolvedByCommittingTheSameTransactionAgain() async throws {
        let attempts = Journal<Transaction>()
        let store = FaultInjectingStore(InMemoryStore()) { number, transaction in
            attempts.append(transaction)
            return number == 1 ? .loseAnswer : nil
        }
        let outcome = try await accounts(in: store).handle(.deposit([5]), on: "a", key: "k", at: .epoch)
        #expect(outcome.root.cents == 5)
        #expect(!outcome.isRepetition)
        #expect(attempts.entries.count == 2)
        #expect(attempts.entries.first == attempts.entries.last)
        #expect(try await accounts(in: store).load("a").root.cents == 5)
    }

    @Test func aLostRequestIsCommittedByTheNextAttempt() async throws {
        let store = FaultInjectingStore(InMemoryStore())
        store.injectNext(.loseRequest, .loseRequest)
        try await accounts(in: store).handle(.deposit([5]), on: "a", key: "k", at: .epoch)
        #expect(try await accounts(in: store).load("a").root.cents == 5)
    }

    @Test func anOutcomeThatStaysUnknownIsToldAsUnknownAndARepetitionFindsOut() async throws {
        let store = FaultInjectingStore(InMemoryStore())
        store.injectNext(.loseAnswer, .loseRequest, .unavailable)
        do throws(RepositoryError<Account.Rejection>) {
            try await accounts(in: store).handle(.deposit([5]), on: "a", key: "k", at: .epoch)
            Issue.record("the outcome was known")
        } catch {
            #expect(error.effect == .unknown)
        }
        #expect(store.unfiredFaults.isEmpty)
        let again = try await accounts(in: store).handle(.deposit([5]), on: "a", key: "k", at: .epoch)
        #expect(again.isRepetition)
        #expect(again.root.cents == 5)
    }

    @Test func aCommandGivenUpAsUnknownCanBeGivenAgainAtAnotherTime() async throws {
        // None of the attempts came through, so the same key decides anew, at a later time and with other event ids.
        let store = FaultInjectingStore(InMemoryStore())
        store.injectNext(.loseRequest, .loseRequest, .loseRequest)
        await #expect(throws: RepositoryError<Account.Rejection>.self) {
            try await accounts(in: store).handle(.deposit([5]), on: "a", key: "k", at: .epoch)
        }
        let later = Timestamp(microsecondsSinceEpoch: 5)
        let again = try await accounts(in: store).handle(.deposit([5]), on: "a", key: "k", at: later)
        #expect(!again.isRepetition)
        #expect(try await accounts(in: store).load("a").root.cents == 5)
    }

    @Test func aFailureThatCertainlyChangedNothingIsToldAsSuch() async throws {
        let broken = CommitFault.refuse(StoreFailure(.unavailable, "for good", isRetriable: false))
        let store = FaultInjectingStore(InMemoryStore())
        store.injectNext(broken, broken, broken)
        do throws(RepositoryError<Account.Rejection>) {
            try await accounts(in: store).handle(.deposit([5]), on: "a", key: "k", at: .epoch)
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.effect == .refused)
        }
        #expect(try await !accounts(in: store).load("a").exists)
    }

    @Test func anOldEventIsLoadedThroughItsUpcaster() async throws {
        let store = InMemoryStore()
        try await record("Deposited", version: 1, #"{"euros":3}"#, in: store)
        #expect(try await accounts(in: store).load("a").root.cents == 300)
    }

    @Test func anEventThatCannotBeReadStopsTheCommandAndChangesNothing() async throws {
        let store = InMemoryStore()
        try await record("Vanished", version: 1, "{}", in: store)
        do throws(RepositoryError<Account.Rejection>) {
            try await accounts(in: store).handle(.deposit([5]), on: "a", key: "k", at: .epoch)
            Issue.record("the event was read")
        } catch {
            guard case .unreadable(let reading) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(reading.reason == .unknownName)
        }
        #expect(try await store.events(in: StreamID("account", "a"), from: .first, limit: 10).count == 1)
    }

    @Test func whatMustChangeTogetherIsCommittedTogether() async throws {
        let store = InMemoryStore()
        let accounts = accounts(in: store)
        try await accounts.handle(.deposit([5]), on: "a", key: "k1", at: .epoch) { $0.add(5, to: "total", ceiling: 6) }
        #expect(try await store.counter("total") == 5)
        await #expect(throws: RepositoryError<Account.Rejection>.self) {
            try await accounts.handle(.deposit([5]), on: "a", key: "k2", at: .epoch) {
                $0.add(5, to: "total", ceiling: 6)
            }
        }
        // The bound refused both.
        #expect(try await store.counter("total") == 5)
        #expect(try await accounts.load("a").root.cents == 5)
    }

    @Test func whatMustChangeTogetherIsAddedAgainAfterALostRaceAndOnlyOnceCommitted() async throws {
        let identifiers = identifiers
        let base = InMemoryStore()
        let store = FaultInjectingStore(
            base,
            beforeCommit: { number in
                guard number == 1 else { return }
                let rival = Repository(of: Account.self, in: base, codec: .json, identifiers: identifiers)
                _ = try? await rival.handle(.deposit([1]), on: "a", key: "rival", at: .epoch)
            }
        )
        var calls = 0
        try await accounts(in: store).handle(.deposit([1]), on: "a", key: "mine", at: .epoch) { transaction in
            calls += 1
            transaction.add(1, to: "total")
        }
        #expect(calls == 2)
        #expect(try await store.counter("total") == 1)
    }

    @Test func aCommandThatDecidesNothingRecordsNothing() async throws {
        let store = FaultInjectingStore(InMemoryStore())
        let outcome = try await accounts(in: store).handle(.deposit([]), on: "a", key: "k", at: .epoch)
        #expect(outcome.events.isEmpty)
        #expect(outcome.version == .none)
        #expect(store.commitCount == 0)
    }

    @Test func anIdThatCannotBeAKeyIsRefused() async throws {
        for id in ["", "a\u{0}", String(repeating: "a", count: 513)] {
            do throws(RepositoryError<Account.Rejection>) {
                try await accounts(in: InMemoryStore()).handle(.close, on: id, key: "k", at: .epoch)
                Issue.record("\(id) was accepted")
            } catch {
                #expect(error.effect == .refused)
            }
        }
    }

    private func record(_ name: String, version: Int, _ payload: String, in store: any Store) async throws {
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        let draft = EventDraft(
            id: identifiers.next(),
            name: name,
            schemaVersion: version,
            payload: Array(payload.utf8)
        )
        transaction.append([draft], to: StreamID("account", "a"), expecting: .none)
        _ = try await store.commit(transaction)
    }
}
