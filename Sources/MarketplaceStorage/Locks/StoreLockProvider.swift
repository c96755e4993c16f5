public import MarketplaceCore

/// Leases on any ``Store``, across processes and machines.
///
/// Each key has a document with the holder's nonce, the fencing token and the length of the lease; several keys are
/// taken in one transaction. A lease is over when its document has stood still for its whole length on the observer's
/// monotonic clock, so machines need not agree on the time, only on how fast it passes. That also means that an
/// observer has to have looked once before it can know: the first attempt after a holder has died finds it busy.
///
/// Who waits looks again and again, and is not served in any order.
public final class StoreLockProvider: LockProvider {
    /// How often a waiting caller looks again unless told otherwise: a balance between the load of those who wait and
    /// how long a free key stays unused.
    public static let defaultPoll = Duration.milliseconds(100)

    /// The most races in one call after which it looks again without a pause.
    private static let raceLimit = 4

    let store: any Store
    let identifiers: any IdentifierSource
    let wallClock: any WallClock
    let timeline: MonotonicTimeline
    let observations = LockObservations()
    private let poll: Duration
    private let randomness: any RandomSource
    private let observer: any Observer

    /// Makes a provider.
    ///
    /// - Parameters:
    ///   - store: Where the locks are kept.
    ///   - identifiers: The source of holder nonces and transaction ids.
    ///   - wallClock: The time that transactions carry; no decision depends on it.
    ///   - clock: The monotonic clock that leases and waits are measured on.
    ///   - poll: How often a waiting caller looks again.
    ///   - randomness: What keeps those who wait from looking in step.
    ///   - observer: Is told of every lease that is given, and of its end.
    public init(
        store: any Store,
        identifiers: any IdentifierSource,
        wallClock: any WallClock = .system,
        clock: any Clock<Duration> = ContinuousClock(),
        poll: Duration = StoreLockProvider.defaultPoll,
        randomness: any RandomSource = SystemRandomSource(),
        observer: any Observer = .silent
    ) {
        precondition(poll > .zero, "the time between two looks must be positive")
        self.store = store
        self.identifiers = identifiers
        self.wallClock = wallClock
        self.poll = poll
        self.randomness = randomness
        self.observer = observer
        timeline = MonotonicTimeline(clock)
    }

    /// Asks for a lease on `keys`, and waits up to `wait` for it.
    public func acquire(
        _ keys: LockKeys,
        lease: Duration,
        wait: Duration
    ) async throws(LockError) -> LockOutcome {
        try LockLimits.validate(lease: lease, wait: wait)
        let holder = LockHolder(bits: identifiers.nextBits())
        let deadline = timeline.now + wait
        var races = 0
        while true {
            if Task.isCancelled { throw LockError(.cancelled, "while a lease was asked for") }
            let start = timeline.now
            let records = try await load(keys)
            let busyFor = busyTime(of: records)
            if busyFor == nil {
                do throws(LockError) {
                    if let taken = try await take(keys, records, for: lease, as: holder, from: start) {
                        return .acquired(taken)
                    }
                } catch {
                    guard error.code == .outcomeUnknown else { throw error }
                    return .unknown(error)
                }
                // The next look tells whether the winner holds a key, so it need not wait for its turn.
                races += 1
                if races < Self.raceLimit { continue }
            }
            let now = timeline.now
            guard now < deadline else { return .busy }
            let pause = RetryPolicy.Jitter.equal.pause(upTo: poll, random: randomness.next())
            await timeline.sleep(until: min(now + min(pause, busyFor ?? pause), deadline))
        }
    }

    // MARK: - One attempt

    private func load(_ keys: LockKeys) async throws(LockError) -> [FenceKey: LockRecord] {
        var records: [FenceKey: LockRecord] = [:]
        for key in keys.sorted { records[key] = try await load(key) }
        return records
    }

    /// The longest that the holder of one of the keys may still have; nil when all are free to take.
    ///
    /// It is asked after the reading, so that no document looks older than it is.
    private func busyTime(of records: [FenceKey: LockRecord]) -> Duration? {
        let now = timeline.now
        return records.filter { $0.value.holder != nil }
            .map { observations.remaining(of: $0.value, for: $0.key, at: now) }
            .filter { $0 > .zero }
            .max()
    }

    /// Writes the documents of all keys; nil when somebody else was faster with one of them.
    private func take(
        _ keys: LockKeys,
        _ records: [FenceKey: LockRecord],
        for lease: Duration,
        as holder: LockHolder,
        from start: Duration
    ) async throws(LockError) -> Lease? {
        var transaction = Transaction(id: identifiers.next(), time: wallClock.now)
        var taken: [FenceKey: LockRecord] = [:]
        for key in keys.sorted {
            guard var record = records[key] else { continue }
            record.holder = holder
            let (token, overflow) = record.token.value.addingReportingOverflow(1)
            guard !overflow else { throw LockError(.unreadable, "the fencing token of \(key) cannot rise any more") }
            record.token = FencingToken(token)
            record.lease = lease
            transaction.write(record.write(of: key))
            taken[key] = record
        }
        do throws(StoreError) {
            let receipt = try await store.commitResolvingUnknown(transaction)
            for (key, revision) in zip(keys.sorted, receipt.revisions) { taken[key]?.revision = revision }
        } catch {
            if error.isContention { return nil }
            guard error.effect == .unknown else { throw LockError(error) }
            guard let found = await resolved(taken, as: holder) else { throw LockError(error) }
            taken = found
        }
        observations.forget(keys.sorted)
        return self.lease(taken, as: holder, for: lease, from: start)
    }

    /// Looks whether a transaction of unknown outcome took the keys: the nonce tells.
    ///
    /// Nil when that cannot be told.
    private func resolved(
        _ taken: [FenceKey: LockRecord],
        as holder: LockHolder
    ) async -> [FenceKey: LockRecord]? {
        var found: [FenceKey: LockRecord] = [:]
        for key in taken.keys {
            guard let record = try? await load(key), record.holder == holder else { return nil }
            found[key] = record
        }
        return found
    }

    private func lease(
        _ taken: [FenceKey: LockRecord],
        as holder: LockHolder,
        for length: Duration,
        from start: Duration
    ) -> Lease {
        Lease(
            tokens: taken.mapValues(\.token),
            length: length,
            from: start,
            on: timeline,
            keeper: StoreLeaseKeeper(provider: self, holder: holder, records: taken),
            observer: observer
        )
    }

    func load(_ key: FenceKey) async throws(LockError) -> LockRecord {
        do throws(StoreError) {
            return try await LockRecord.load(key, from: store)
        } catch {
            throw LockError(error)
        }
    }
}
