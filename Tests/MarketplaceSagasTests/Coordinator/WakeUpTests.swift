import MarketplaceCore
import MarketplaceInMemory
import MarketplaceJSON
import MarketplaceSagas
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import Testing

/// A state that waits for a word from somebody else.
private struct WordState: SagaState {
    var word: String?
    var before: String?
    var heard: String?
}

/// What a test does in the midst of a call.
private final class Interruption: Sendable {
    private let action = Mutex<(@Sendable () async -> Void)?>(nil)

    func set(_ action: @escaping @Sendable () async -> Void) {
        self.action.withLock { $0 = action }
    }

    func runOnce() async {
        let action = action.withLock { action in
            defer { action = nil }
            return action
        }
        await action?()
    }
}

/// A store that lets something happen between a commit and its answer.
private struct SlowAnswerStore: Store {
    let base: InMemoryStore
    let interruption: Interruption

    func commit(_ transaction: Transaction) async throws(StoreError) -> CommitReceipt {
        let receipt = try await base.commit(transaction)
        await interruption.runOnce()
        return receipt
    }

    func events(
        in stream: StreamID,
        from version: StreamVersion,
        limit: Int
    ) async throws(StoreError) -> [RecordedEvent] {
        try await base.events(in: stream, from: version, limit: limit)
    }

    func events(
        after position: FeedPosition,
        matching filter: EventFilter,
        limit: Int
    ) async throws(StoreError) -> FeedSlice {
        try await base.events(after: position, matching: filter, limit: limit)
    }

    func document(_ key: DocumentKey) async throws(StoreError) -> StoredDocument? { try await base.document(key) }

    func documents(matching query: DocumentQuery) async throws(StoreError) -> DocumentSlice {
        try await base.documents(matching: query)
    }

    func counters(_ keys: [CounterKey]) async throws(StoreError) -> [CounterKey: Int64] {
        try await base.counters(keys)
    }
}

struct WakeUpTests {
    private let clock = ManualClock()
    private let interruption = Interruption()

    private func coordinator(
        over store: any Store,
        _ definition: SagaDefinition<some SagaState>,
        onStuck: @escaping @Sendable (SagaSummary, SagaStuck) -> Void = { _, _ in }
    ) -> SagaCoordinator {
        SagaCoordinator(
            store: store,
            codec: .json,
            identifiers: SeededIdentifiers(seed: 1),
            definitions: [SagaRegistration(definition)],
            configuration: SagaConfiguration(onStuck: onStuck),
            randomness: SeededRandomSource(seed: 1),
            wallClock: clock.wall,
            clock: clock
        )
    }

    /// Lets an hour pass, second by second, or less once `isDone`.
    private func pass(until isDone: @escaping @Sendable () -> Bool) async throws {
        let clock = clock
        try await clock.advancing {
            for _ in 0..<3_600 where !isDone() { try await clock.sleep(for: .seconds(1)) }
        }
    }

    @Test func aSignalThatComesWhileTheDriverIsLeavingWakesTheSaga() async throws {
        let heard = Mutex("")
        let definition = SagaDefinition("word", version: 1, state: WordState.self) {
            AwaitSignal("word", into: \.word)
            Retriable("hear", into: \.heard, when: { $0.word == "go" }) { state, _ in
                heard.withLock { $0 = state.word ?? "nothing" }
                return state.word ?? "nothing"
            }
        }
        let store = SlowAnswerStore(
            base: InMemoryStore(wallClock: clock.wall, clock: clock),
            interruption: interruption
        )
        let coordinator = coordinator(over: store, definition)
        interruption.set { try? await coordinator.signal("word", "go", to: "word", key: "1") }
        _ = try await coordinator.start(definition, WordState(), key: "1")
        try await pass { heard.withLock { $0 } != "" }
        #expect(heard.withLock { $0 } == "go")
    }

    @Test func aSignalThatCameBeforeItsTurnIsInTheStateOfTheNextStep() async throws {
        let interruption = interruption
        let definition = SagaDefinition("word", version: 1, state: WordState.self) {
            Step("before", into: \.before) { _, _ in
                await interruption.runOnce()
                return "said"
            } undo: { _, _, _ in
            }
            AwaitSignal("word", into: \.word)
            Retriable("hear", into: \.heard, when: { $0.word == "go" }) { state, _ in state.word ?? "nothing" }
        }
        let coordinator = coordinator(over: InMemoryStore(wallClock: clock.wall, clock: clock), definition)
        interruption.set { try? await coordinator.signal("word", "go", to: "word", key: "1") }
        let handle = try await coordinator.start(definition, WordState(), key: "1")
        let outcome = try await clock.advancing { try await handle.outcome() }
        #expect(outcome.state.heard == "go")
        #expect(outcome.state.word == "go")
    }

    @Test func anOperatorWhoIsFasterThanTheDriverMovesAStuckSagaOn() async throws {
        let calls = Mutex(0)
        let definition = SagaDefinition("stuck", version: 1, state: WordState.self) {
            Retriable("hear", into: \.heard) { _, _ in
                let call = calls.withLock { calls in
                    calls += 1
                    return calls
                }
                if call == 1 { throw Refused("not yet") }
                return "heard"
            }
        }
        let store = SlowAnswerStore(
            base: InMemoryStore(wallClock: clock.wall, clock: clock),
            interruption: interruption
        )
        let interruption = interruption
        let coordinator = coordinator(over: store, definition)
        interruption.set {
            interruption.set {
                try? await coordinator.operate(SagaOperation(.retry, by: "Ada", because: "now"), on: "stuck", key: "1")
            }
        }
        _ = try await coordinator.start(definition, WordState(), key: "1")
        try await pass { calls.withLock { $0 } == 2 }
        #expect(calls.withLock { $0 } == 2)
    }

    @Test func aSagaThatOutlastedAnOutageOfItsStoreIsCarriedOnByItsOwnWorker() async throws {
        let store = FaultInjectingStore(InMemoryStore(wallClock: clock.wall, clock: clock))
        store.inject(.unavailable, atCommits: 2...13)
        let fixture = TripFixture(store: store)
        let (clock, world) = (clock, fixture.world)
        let coordinator = TripFixture.coordinator(over: store, clock, [SagaRegistration(fixture.definition)])
        let handle = try await coordinator.start(fixture.definition, TripState(traveller: "Ada"), key: "trip")
        await #expect(throws: SagaError.self) {
            try await clock.advancing { try await handle.outcome() }
        }
        #expect(store.unfiredFaults.isEmpty)
        let worker = Task { try await coordinator.run() }
        try await pass { world.calls.contains("mail") }
        #expect(world.calls == ["flight", "flight", "hotel", "pay", "mail"])
        try await clock.advancing { await coordinator.drain() }
        try await worker.value
    }

    @Test func aWorkerThatComesBackUnderItsNameCarriesItsSagasOn() async throws {
        let store = InMemoryStore(wallClock: clock.wall, clock: clock)
        let faulty = FaultInjectingStore(store)
        faulty.inject(.crashBefore, atCommit: 2)
        let fixture = TripFixture(store: faulty)
        let handle = try await fixture.coordinator.start(fixture.definition, TripState(traveller: "Ada"), key: "trip")
        await #expect(throws: SagaError.self) { try await handle.outcome() }
        let (clock, world) = (clock, fixture.world)
        let successor = TripFixture.coordinator(over: store, clock, [SagaRegistration(fixture.definition)], seed: 2)
        let worker = Task { try await successor.run() }
        try await pass { world.calls.contains("mail") }
        #expect(world.calls == ["flight", "flight", "hotel", "pay", "mail"])
        try await clock.advancing { await successor.drain() }
        try await worker.value
    }
}
