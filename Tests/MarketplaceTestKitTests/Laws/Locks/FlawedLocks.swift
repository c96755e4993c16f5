import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization

/// A plain lock provider with at most one flaw: how a bug is planted.
///
/// Without a flaw it keeps every law.
struct FlawedLocks: LockProvider {
    /// How often a waiting caller looks again.
    static let poll = Duration.milliseconds(50)

    let book: LockBook
    let connection: Int
    let timeline: MonotonicTimeline

    init(_ book: LockBook, connection: Int, clock: ManualClock) {
        self.book = book
        self.connection = connection
        // A clock that nobody advances: its lease never seems to be over.
        timeline = MonotonicTimeline(book.flaw == .renewsAnything ? ManualClock() : clock)
        pauses = MonotonicTimeline(clock)
    }

    /// What callers who wait sleep on.
    private let pauses: MonotonicTimeline
    private var flaw: LockFlaw? { book.flaw }

    func acquire(_ keys: LockKeys, lease: Duration, wait: Duration) async throws(LockError) -> LockOutcome {
        if flaw != .unchecked { try LockLimits.validate(lease: lease, wait: wait) }
        if Task.isCancelled, flaw != .cancelledBeforeTakes { throw LockError(.cancelled, "before") }
        let stored = storedKeys(keys)
        let ticket = book.state.withLock { state in
            state.lastNumber += 1
            state.line.append((state.lastNumber, stored))
            return state.lastNumber
        }
        var isLeaving = true
        defer { if isLeaving { book.state.withLock { $0.line.removeAll { $0.ticket == ticket } } } }
        let entered = pauses.now
        let deadline = entered + wait + (flaw == .waitsLonger ? .seconds(1) : .zero)
        var hasWaited = flaw != .waitsAlways
        while true {
            let start = timeline.now
            let expiry = flaw == .expiryUnseen ? entered : book.now
            if flaw == .checksThenTakes, isFree(stored, ticket) {
                for _ in 0..<3 { await Task.yield() }
                if let given = try take(keys, stored, for: lease, as: ticket, from: start, at: .seconds(1 << 40)) {
                    return given
                }
            }
            if let given = try take(keys, stored, for: lease, as: ticket, from: start, at: expiry) {
                if flaw == .cancelledTakesAlong {
                    for _ in 0..<3 { await Task.yield() }
                    if Task.isCancelled { throw LockError(.cancelled, "after the key was taken") }
                }
                return given
            }
            let now = pauses.now
            guard now < deadline || !hasWaited else { return .busy }
            if Task.isCancelled {
                isLeaving = flaw != .staysWhenCancelled
                throw LockError(.cancelled, "while waiting")
            }
            await pause(until: hasWaited ? deadline : now + Self.poll)
            if hasWaited, flaw == .givesUpEarly { return .busy }
            hasWaited = true
        }
    }

    // MARK: - Steps

    private func storedKeys(_ keys: LockKeys) -> [FenceKey] {
        switch flaw {
        case .caseFolded: keys.sorted.map { FenceKey(stringLiteral: $0.text.lowercased()) }
        case .locksFirstKeysOnly: Array(keys.sorted.prefix(100))
        case .oneByOne where connection.isMultiple(of: 2): keys.sorted.reversed()
        default: keys.sorted
        }
    }

    private func isFree(_ keys: [FenceKey], _ holder: UInt64) -> Bool {
        book.state.withLock { state in
            keys.allSatisfy { state.isFree($0, for: holder, connection: connection, at: book.now, nil) }
        }
    }

    private func pause(until deadline: Duration) async {
        switch flaw {
        case .sleepsThrough: await pauses.sleep(until: deadline)
        case .losesWakeUps:
            // The look is long ago when it begins to listen.
            for _ in 0..<5 { await Task.yield() }
            let releases = book.state.withLock { $0.releases }
            while !Task.isCancelled, pauses.now < deadline, book.state.withLock({ $0.releases }) == releases {
                await pauses.sleep(until: min(pauses.now + Self.poll, deadline))
            }
        default: await pauses.sleep(until: min(pauses.now + Self.poll, deadline))
        }
    }

    private func take(
        _ keys: LockKeys,
        _ stored: [FenceKey],
        for length: Duration,
        as holder: UInt64,
        from start: Duration,
        at expiry: Duration
    ) throws(LockError) -> LockOutcome? {
        do throws(LockError) {
            let isGiven = try book.request { state in
                give(stored, to: holder, for: length, at: expiry, &state)
            }
            guard isGiven else { return nil }
        } catch {
            if error.code == .unavailable, flaw == .refusalIsUnknown { return .unknown(error) }
            guard error.code == .outcomeUnknown else { throw error }
            if flaw == .unknownIsBusy { return .busy }
            if flaw != .unknownIsAcquired { return .unknown(error) }
        }
        return .acquired(self.lease(keys, stored, length, holder, start))
    }

    private func give(
        _ keys: [FenceKey],
        to holder: UInt64,
        for length: Duration,
        at expiry: Duration,
        _ state: inout LockBook.State
    ) -> Bool {
        if flaw != .oneByOne, state.hasEarlier(than: holder, for: keys, flaw) { return false }
        let deadline = book.now + length + (flaw == .endsLate ? .seconds(1) : flaw == .endsEarly ? .seconds(-1) : .zero)
        let isStepwise = flaw == .keepsPart || flaw == .oneByOne
        for key in keys {
            guard state.isFree(key, for: holder, connection: connection, at: expiry, flaw) else { return false }
            if isStepwise { state.give(key, to: holder, connection: connection, until: deadline, flaw) }
        }
        if !isStepwise {
            for key in keys { state.give(key, to: holder, connection: connection, until: deadline, flaw) }
        }
        return true
    }

    private func lease(
        _ keys: LockKeys,
        _ stored: [FenceKey],
        _ length: Duration,
        _ holder: UInt64,
        _ start: Duration
    ) -> Lease {
        let tokens = book.state.withLock { state in
            stored.map { FencingToken(state.rows[$0]?.token ?? 0) }
        }
        let ascending = stored == storedKeys(keys).sorted() ? tokens : tokens.reversed()
        var named: [FenceKey: FencingToken] = [:]
        for (place, key) in keys.sorted.enumerated() {
            let place = flaw == .tokenOfTheFirstKey ? 0 : min(place, ascending.count - 1)
            named[key] = ascending[place]
        }
        return Lease(
            tokens: named,
            length: length + (flaw == .hopeful ? .seconds(1) : .zero),
            from: start,
            on: timeline,
            keeper: FlawedKeeper(book: book, keys: stored, holder: holder)
        )
    }
}
