import MarketplaceCore
import MarketplaceStorage

/// What one group has yet to settle: a pure state machine, with the time as an argument.
///
/// The messages of one topic and key form a sequence, of which only the head is ever handed out.
struct GroupQueue: Sendable {
    struct SequenceKey: Hashable, Sendable {
        let topic: MessageTopic
        let key: MessageKey

        init(_ message: Message) {
            topic = message.topic
            key = message.key
        }
    }

    struct Entry: Sendable {
        let message: Message
        var attempts = 0
        /// Its place in the list of dead letters; nil while it is not one.
        var parkedAs: UInt64?
        /// Why its last consumer gave it up.
        var reason = ""
    }

    enum Status: Equatable, Sendable {
        case ready
        case inFlight(stamp: UInt64)
        case waiting(stamp: UInt64)
        case parked
    }

    struct Sequence: Sendable {
        var entries = FIFOQueue<Entry>()
        var status = Status.ready
    }

    struct Timer: Sendable {
        let sequence: SequenceKey
        let stamp: UInt64
    }

    var subscription: MessageSubscription
    private(set) var queuedCount = 0
    private(set) var parkedCount = 0
    private var sequences: [SequenceKey: Sequence] = [:]
    private var ready = FIFOQueue<SequenceKey>()
    private var parked: Set<SequenceKey> = []
    private var timers = DeadlineHeap<Timer>()
    private var lastStamp: UInt64 = 0
    private var lastParked: UInt64 = 0

    init(_ subscription: MessageSubscription) {
        self.subscription = subscription
    }

    /// When a delivery times out or a retry comes due next, at the earliest.
    var nextDue: Duration? { timers.earliest }
    /// How many sequences are kept; for tests, which assert that none is left behind.
    var sequenceCount: Int { sequences.count }

    /// Whether a message would be parked behind a dead letter rather than queued.
    func parksBehind(_ message: Message) -> Bool {
        subscription.parking == .behind && parked.contains(SequenceKey(message))
    }

    mutating func enqueue(_ message: Message) {
        let key = SequenceKey(message)
        var entry = Entry(message: message)
        if parksBehind(message) {
            entry.parkedAs = nextParked()
            parkedCount += 1
        } else {
            queuedCount += 1
        }
        let isNew = sequences[key] == nil
        sequences[key, default: Sequence()].entries.append(entry)
        if isNew { ready.append(key) }
    }

    mutating func deliver(limit: Int, at now: Duration) -> [MessageDelivery] {
        expire(at: now)
        var deliveries: [MessageDelivery] = []
        while deliveries.count < limit, let key = ready.popFirst() {
            guard var entry = sequences[key]?.entries.first else { continue }
            entry.attempts += 1
            let stamp = schedule(key, due: now + subscription.visibility)
            sequences[key]?.entries.first = entry
            sequences[key]?.status = .inFlight(stamp: stamp)
            deliveries.append(
                MessageDelivery(
                    message: entry.message,
                    group: subscription.group,
                    attempt: entry.attempts,
                    receipt: String(stamp)
                )
            )
        }
        return deliveries
    }

    mutating func settle(
        _ delivery: MessageDelivery,
        as settlement: MessageSettlement,
        at now: Duration
    ) -> SettlementOutcome {
        expire(at: now)
        let key = SequenceKey(delivery.message)
        guard let stamp = UInt64(delivery.receipt), sequences[key]?.status == .inFlight(stamp: stamp) else {
            return .notHeld
        }
        switch settlement {
        case .acknowledge:
            _ = sequences[key]?.entries.popFirst()
            queuedCount -= 1
            makeReady(key)
        case .retry(let wait) where wait > .zero:
            let stamp = schedule(key, due: now + wait)
            sequences[key]?.status = .waiting(stamp: stamp)
        case .retry:
            makeReady(key)
        case .deadLetter(let reason):
            park(key, reason: reason)
        }
        timers.noteStale { [sequences] in Self.isCurrent($0, in: sequences) }
        return .settled
    }

    // MARK: - Dead letters

    /// The dead letters after a place in their list.
    ///
    /// - Complexity: linear in their number, which a reference adapter can afford.
    func deadLetters(after sequence: UInt64, limit: Int) -> [DeadLetter] {
        let letters = parked.flatMap { key -> [DeadLetter] in
            guard let entries = sequences[key]?.entries, let head = entries.first else { return [] }
            return entries.all.compactMap { entry in
                guard let place = entry.parkedAs, place > sequence else { return nil }
                let isHead = place == head.parkedAs
                return DeadLetter(
                    message: entry.message,
                    cause: isHead ? .poisoned(reason: entry.reason) : .behind(head.message.id),
                    attempts: entry.attempts,
                    sequence: place
                )
            }
        }
        return Array(letters.sorted { $0.sequence < $1.sequence }.prefix(limit))
    }

    mutating func requeue(_ message: MessageID) -> Bool {
        guard let key = parkedSequence(headedBy: message) else { return false }
        unpark(key)
        makeReady(key)
        return true
    }

    mutating func discard(_ message: MessageID) -> DeadLetter? {
        guard let key = parkedSequence(headedBy: message), let head = sequences[key]?.entries.first else { return nil }
        let letter = DeadLetter(
            message: head.message,
            cause: .poisoned(reason: head.reason),
            attempts: head.attempts,
            sequence: head.parkedAs ?? 0
        )
        unpark(key)
        _ = sequences[key]?.entries.popFirst()
        queuedCount -= 1
        makeReady(key)
        return letter
    }

    private func parkedSequence(headedBy message: MessageID) -> SequenceKey? {
        parked.first { sequences[$0]?.entries.first?.message.id == message }
    }

    private mutating func park(_ key: SequenceKey, reason: String) {
        guard var sequence = sequences[key] else { return }
        var isHead = true
        let parksAll = subscription.parking == .behind
        sequence.entries.updateAll { entry in
            if isHead { entry.reason = reason }
            if isHead || parksAll {
                entry.parkedAs = nextParked()
                parkedCount += 1
                queuedCount -= 1
            }
            isHead = false
        }
        sequence.status = .parked
        sequences[key] = sequence
        parked.insert(key)
    }

    private mutating func unpark(_ key: SequenceKey) {
        parked.remove(key)
        var returned = 0
        sequences[key]?.entries.updateAll { entry in
            guard entry.parkedAs != nil else { return }
            entry.parkedAs = nil
            entry.attempts = 0
            entry.reason = ""
            returned += 1
        }
        parkedCount -= returned
        queuedCount += returned
    }

    private mutating func nextParked() -> UInt64 {
        lastParked += 1
        return lastParked
    }

    // MARK: - Time

    private mutating func schedule(_ key: SequenceKey, due: Duration) -> UInt64 {
        lastStamp += 1
        timers.insert(Timer(sequence: key, stamp: lastStamp), due: due)
        return lastStamp
    }

    private mutating func expire(at now: Duration) {
        while let timer = timers.popDue(at: now) {
            if Self.isCurrent(timer, in: sequences) { makeReady(timer.sequence) }
        }
    }

    private mutating func makeReady(_ key: SequenceKey) {
        if sequences[key]?.entries.isEmpty ?? true {
            sequences[key] = nil
        } else {
            sequences[key]?.status = .ready
            ready.append(key)
        }
    }

    private static func isCurrent(_ timer: Timer, in sequences: [SequenceKey: Sequence]) -> Bool {
        switch sequences[timer.sequence]?.status {
        case .inFlight(let stamp), .waiting(let stamp): stamp == timer.stamp
        default: false
        }
    }
}
