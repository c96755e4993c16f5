import MarketplaceCore
import MarketplaceInMemory
import MarketplaceJSON
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import Testing

@testable import MarketplaceSagas

/// A state with room for what the test sagas put into it.
struct JobState: SagaState, Equatable {
    var name = "job"
    var a: String?
    var b: String?
    var c: String?
    var d: String?
    var approval: String?
    var pivot: String?
    var last: String?
}

/// A store, a clock and a desk that several coordinators share.
struct Workshop {
    let clock = ManualClock()
    let store: InMemoryStore
    let desk: Desk
    let stuck = StuckWitness()

    init() {
        store = InMemoryStore(wallClock: clock.wall, clock: clock)
        desk = Desk(clock)
    }

    func coordinator(
        _ worker: String = "A",
        over store: (any Store)? = nil,
        _ definitions: SagaDefinition<JobState>...,
        retention: Duration = .seconds(3_600),
        configure: (inout SagaConfiguration) -> Void = { _ in }
    ) -> SagaCoordinator {
        let stuck = stuck
        var configuration = SagaConfiguration(worker: worker, retention: retention) { summary, place in
            stuck.note(summary, place)
        }
        configure(&configuration)
        var digest = ContentDigest()
        digest.combine(worker)
        let seed = UInt64(truncatingIfNeeded: digest.value.bits)
        return SagaCoordinator(
            store: store ?? self.store,
            codec: .json,
            identifiers: SeededIdentifiers(seed: seed),
            definitions: definitions.map(SagaRegistration.init),
            configuration: configuration,
            randomness: SeededRandomSource(seed: seed),
            wallClock: clock.wall,
            clock: clock
        )
    }

    /// A step that can be undone.
    func step(
        _ name: String,
        _ path: any WritableKeyPath<JobState, String?> & Sendable,
        retry: RetryPolicy = .constant(.seconds(1), attempts: 3),
        undoRetry: RetryPolicy = .constant(.seconds(1), attempts: 3),
        timeout: Duration? = nil,
        final isFinal: (@Sendable (any Error) -> Bool)? = nil,
        when condition: (@Sendable (JobState) -> Bool)? = nil
    ) -> Step<JobState> {
        let desk = desk
        return Step(
            name,
            into: path,
            timeout: timeout,
            retry: retry,
            undoRetry: undoRetry,
            final: isFinal,
            when: condition
        ) { _, step in
            try await desk.call(name, step)
            return "\(name) ok"
        } undo: { _, _, step in
            try await desk.call("undo \(name)", step)
        }
    }

    func pivot(_ retry: RetryPolicy = .constant(.seconds(1), attempts: 3)) -> Pivot<JobState> {
        let desk = desk
        return Pivot("pivot", into: \.pivot, retry: retry) { _, step in
            try await desk.call("pivot", step)
            return "pivot ok"
        }
    }

    func last(_ retry: RetryPolicy = .constant(.seconds(1), attempts: 3)) -> Retriable<JobState> {
        let desk = desk
        return Retriable("last", into: \.last, retry: retry) { state, step in
            try await desk.call("last", step)
            return "last after \(state.approval ?? "nothing")"
        }
    }

    /// The summary of a saga.
    func summary(_ definition: SagaDefinition<JobState>, _ key: SagaKey = "k") async throws -> SagaSummary {
        let document = try SagaSummary.documentKey(definition: definition.name, key: key)
        return try SagaSummary(try #require(try await store.document(document)))
    }

    /// What the journal of a saga has.
    func journal(_ definition: SagaDefinition<JobState>, _ key: SagaKey = "k") async throws -> [SagaRecord] {
        try await SagaJournal(of: try await summary(definition, key).id, in: store).records
    }

    /// Waits until a saga has that status.
    func wait(for status: SagaStatus, _ definition: SagaDefinition<JobState>, _ key: SagaKey = "k") async throws {
        try await until { try await summary(definition, key).status == status }
    }

    /// Waits for something that other tasks are about to do; time stands still.
    func until(
        _ condition: () async throws -> Bool,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        for _ in 0..<200_000 {
            if try await condition() { return }
            await Task.yield()
        }
        Issue.record("it never came about", sourceLocation: sourceLocation)
        throw NeverCameAbout()
    }

    /// Lets others do what they can do without time passing.
    func settle() async {
        for _ in 0..<300 { await Task.yield() }
    }

    /// Lets time pass second by second; between the seconds, that many workers come to rest.
    func pass(seconds: Int, sleepers: Int) async {
        for _ in 0..<seconds {
            await clock.waitForSleepers(sleepers)
            clock.advance(by: .seconds(1))
            await settle()
        }
    }
}

struct NeverCameAbout: Error {}

/// Keeps what the hook for stuck sagas was told.
final class StuckWitness: Sendable {
    private let notes = Mutex<[String]>([])

    var all: [String] { notes.withLock { $0 } }

    func note(_ summary: SagaSummary, _ stuck: SagaStuck) {
        notes.withLock { $0.append("\(summary.key): \(stuck)") }
    }
}

extension SagaOutcome {
    /// How it ended, in a word and a step.
    var short: String {
        switch self {
        case .completed: "completed"
        case .aborted(_, let abort): "aborted: \(abort.cause.rawValue) at \(abort.step)"
        case .stuck(_, let stuck): "stuck: \(stuck.direction.rawValue) at \(stuck.step)"
        }
    }
}
