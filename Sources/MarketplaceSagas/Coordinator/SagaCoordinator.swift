public import MarketplaceCore
public import MarketplaceStorage
import Synchronization

/// Starts sagas, drives them step by step, and carries on what an earlier or another process left unfinished.
///
/// ```swift
/// let sagas = SagaCoordinator(store: store, codec: .json, identifiers: identifiers, definitions: [.init(checkout)])
/// let handle = try await sagas.start(checkout, CheckoutState(order: order), key: SagaKey(order))
/// switch try await handle.outcome() { … }
/// ```
///
/// What a saga is about to do is journalled before it does it, and the outcome of one step shares a commit with the
/// intent of the next: a saga of *n* steps costs *n* + 1 commits. A saga runs in a task of its own, which the
/// cancellation of its starter does not reach; one that waits for a timer or a signal costs no task.
///
/// Any number of coordinators can share a store: give each a worker name of its own and let it ``run()``. A worker
/// that dies is noticed when its sign of life stands still for a lease, and its sagas are taken over; the step that
/// was under way is performed again, with the same idempotency key. A worker that was only slow finds the journal at
/// another version and does nothing more. With a single process, ``recover()`` at start does the same at once.
public final class SagaCoordinator: Sendable {
    struct State {
        var isDraining = false
        /// Whether the worker's last look left sagas where they were because it drives as many as it may.
        var lackedRoom = false
        /// Sagas driven here, each with the one-shot its handles wait for.
        var driven: [SagaID: any Sendable] = [:]
        /// Sagas that cannot be carried on here, so that they are reported once and not over and over.
        var quarantined: [SagaID: SagaError] = [:]
        var drained: [OneShot<Void>] = []
        /// Sagas that somebody woke while their driver was about to leave.
        var woken: Set<SagaID> = []
        /// Whether there may be sagas of this worker's name that nobody drives: at the beginning those of an earlier
        /// process, later those that a failing store made their drivers leave.
        var mayHaveLeftSagas = true
        /// When this worker last gave a sign of life.
        var lastSignOfLife: Duration?
    }

    let store: any Store
    let codec: any PayloadCodec
    let identifiers: any IdentifierSource
    let randomness: any RandomSource
    let wallClock: any WallClock
    let clock: any Clock<Duration>
    let observer: any Observer
    let configuration: SagaConfiguration
    let registrations: [String: [Int: SagaRegistration]]
    let state = Mutex(State())
    let control = RunControl("a saga worker")
    let timeline: MonotonicTimeline
    let deadlines: DeadlineTimer
    /// Told when there is room for more sagas after there was none.
    let room = ChangeNotifier()

    /// A coordinator over a store.
    ///
    /// - Parameters:
    ///   - store: Where journals are kept.
    ///   - codec: How states and outputs are written and read.
    ///   - identifiers: Where the ids of sagas and of their records come from.
    ///   - definitions: The definitions it drives, in all versions that still have unfinished sagas.
    ///   - configuration: Its bounds.
    ///   - randomness: Where the jitter of retries comes from.
    ///   - wallClock: The time that is recorded and handed to steps.
    ///   - clock: Measures time-outs, pauses and leases.
    ///   - observer: Is told of every transition.
    public init(
        store: any Store,
        codec: any PayloadCodec,
        identifiers: any IdentifierSource,
        definitions: [SagaRegistration],
        configuration: SagaConfiguration = SagaConfiguration(),
        randomness: any RandomSource = SystemRandomSource(),
        wallClock: any WallClock = .system,
        clock: any Clock<Duration> = .continuous,
        observer: any Observer = .silent
    ) {
        self.store = store
        self.codec = codec
        self.identifiers = identifiers
        self.randomness = randomness
        self.wallClock = wallClock
        self.clock = clock
        timeline = MonotonicTimeline(clock)
        deadlines = DeadlineTimer(timeline)
        self.observer = observer
        self.configuration = configuration
        var registrations: [String: [Int: SagaRegistration]] = [:]
        for definition in definitions {
            let earlier = registrations[definition.name, default: [:]].updateValue(
                definition,
                forKey: definition.version
            )
            precondition(earlier == nil, "version \(definition.version) of saga \(definition.name) occurs twice")
        }
        self.registrations = registrations
    }

    /// The registered definition of that name and version.
    func registration(name: String, version: Int) throws(SagaError) -> SagaRegistration {
        guard let registration = registrations[name]?[version] else {
            throw .unknownDefinition(
                name: name,
                version: version,
                registered: (registrations[name] ?? [:]).keys.sorted()
            )
        }
        return registration
    }

    /// Takes no new sagas, ends ``run()``, and waits until the sagas that are driven here have ended, wait for
    /// something, or can go no further.
    public func drain() async {
        let drained = OneShot<Void>()
        let isIdle = state.withLock { state in
            state.isDraining = true
            if state.driven.isEmpty { return true }
            state.drained.append(drained)
            return false
        }
        await control.drain()
        if !isIdle { _ = await drained.value() }
    }

    /// Notes that a saga is driven here from now on; false when it already is, or when no more are taken.
    func enter(_ id: SagaID, _ ending: any Sendable) -> Bool {
        state.withLock { state in
            guard !state.isDraining, state.driven[id] == nil else { return false }
            state.driven[id] = ending
            return true
        }
    }

    /// Notes that a saga is no longer driven here; true when somebody woke it meanwhile.
    @discardableResult
    func leave(_ id: SagaID) -> Bool {
        let (wasWoken, isRoomy, drained): (Bool, Bool, [OneShot<Void>]) = state.withLock { state in
            state.driven[id] = nil
            let wasWoken = state.woken.remove(id) != nil
            // Half of the room, so that a worker that had none looks for many sagas and not for each.
            let isRoomy = state.lackedRoom && state.driven.count <= configuration.maximumDriven / 2
            guard state.isDraining, state.driven.isEmpty else { return (wasWoken, isRoomy, []) }
            defer { state.drained = [] }
            return (wasWoken, isRoomy, state.drained)
        }
        if isRoomy { room.notify() }
        for waiting in drained { waiting.settle(()) }
        return wasWoken
    }

    /// Notes that a saga was left where it was, so that ``run()`` looks for it.
    func noteLeft() {
        state.withLock { $0.mayHaveLeftSagas = true }
    }

    /// What the driver of a saga will settle, if it is driven here.
    func ending<Root>(of id: SagaID) -> SagaEnding<Root>? {
        state.withLock { $0.driven[id] } as? SagaEnding<Root>
    }

    func onStuck(_ summary: SagaSummary, _ stuck: SagaStuck) {
        configuration.onStuck(summary, stuck)
    }

    func rest(_ pause: Duration) async throws(SagaError) {
        do {
            try await clock.sleep(for: pause, tolerance: nil)
        } catch {
            throw .cancelled
        }
    }

    static func stream(of id: SagaID) -> StreamID { StreamID("$saga", id) }

    func idempotencyKey(of saga: SagaID, _ part: String) -> IdempotencyKey {
        // An identifier and the name of a step, whose length and bytes the definition has checked.
        IdempotencyKey(unchecked: "\(saga)/\(part)")
    }
}
