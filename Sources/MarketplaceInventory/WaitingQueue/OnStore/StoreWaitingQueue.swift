public import MarketplaceCore
public import MarketplaceStorage

/// A waiting queue on any ``Store``, safe for any number of processes.
///
/// Each member's ticket is a document of its own; numbers, departures, exits and the answers to each call are
/// counters, which commute. So members who join, enter and leave at once do not make each other try again. The one
/// document that many read, the front, is written only when the line moves: at most once per
/// ``WaitingQueueTerms/callInterval``, by whoever comes by, and within one process by one caller at a time.
///
/// Joining is two commits: one takes the number and leaves the member's document, one writes the number into it. When
/// the second is lost, the next call about the member makes the first again, whose receipt tells the number: the
/// store must keep the ids of transactions, which it does for a day unless told otherwise. A member who does not come
/// back within that time takes a new number. A number whose member never comes back is a no-show like any other.
public struct StoreWaitingQueue: WaitingQueue {
    /// How often a call is tried unless told otherwise.
    public static let defaultMaximumAttempts = 16

    package let store: any Store
    package let codec: any PayloadCodec
    package let maximumAttempts: Int
    let key: WaitingQueueKey
    let names: WaitingKeySpace
    let turn = MovingTurn()
    let calls = CallNames()

    /// The queue of that key that `store` keeps, or will once it is created.
    ///
    /// - Parameters:
    ///   - key: Names the queue; at most ``WaitingQueueLimits/keyBytes`` bytes.
    ///   - store: Keeps counters and documents.
    ///   - codec: Writes the documents.
    ///   - maximumAttempts: How often a call is tried while others change the same things; at least once.
    /// - Throws: `keyTooLong`.
    public init(
        _ key: WaitingQueueKey,
        store: any Store,
        codec: any PayloadCodec,
        maximumAttempts: Int = StoreWaitingQueue.defaultMaximumAttempts
    ) throws(WaitingQueueError) {
        try WaitingQueueLimits.validate(byteCount: key.text.utf8.count, maximum: WaitingQueueLimits.keyBytes)
        self.key = key
        self.store = store
        self.codec = codec
        self.maximumAttempts = max(1, maximumAttempts)
        names = WaitingKeySpace(key)
    }

    /// Makes the queue known; see ``WaitingQueue/create(_:at:)``.
    public func create(_ terms: WaitingQueueTerms, at time: Timestamp) async throws(WaitingQueueError) {
        try terms.validate()
        try await attempting { () async throws(WaitingQueueError) -> Void? in
            if let existing = try await read(names.front, as: WaitingFront.self)?.value {
                guard existing.terms == terms else { throw .refused(.alreadyCreated) }
                return ()
            }
            let body = try encoded(WaitingFront(terms: terms))
            var transaction = Transaction(id: id("create", calls.next()), time: time)
            transaction.write(DocumentWrite(names.front, body: body, expecting: .absent))
            return try await isDone(transaction) ? () : nil
        }
    }

    /// Closes the queue; see ``WaitingQueue/close(to:at:)``.
    ///
    /// The counter of numbers is sealed in the same commit, so nobody joins after it, however old what they read is.
    public func close(to closing: WaitingQueueClosing, at time: Timestamp) async throws(WaitingQueueError) {
        try await attempting { () async throws(WaitingQueueError) -> Void? in
            let front = try await moved(at: time)
            guard let closed = front.value.closed(to: closing, at: time) else { return () }
            var transaction = Transaction(id: id("close", closing.rawValue, "\(front.revision)"), time: time)
            try write(closed, over: front.revision, in: &transaction)
            if front.value.closing == nil { transaction.add(CounterSeal.value, to: names.joined) }
            return try await isDone(transaction) ? () : nil
        }
    }

    /// Where the member's latest ticket stands; see ``WaitingQueue/status(of:at:)``.
    ///
    /// Two reads, when the line need not move.
    public func status(of member: MemberKey, at time: Timestamp) async throws(WaitingQueueError) -> WaitingStatus {
        try WaitingQueueLimits.validate(member)
        let front = try await moved(at: time, isInHurry: true)
        return front.value.status(of: try await knownTicket(of: member).record, at: time)
    }

    /// The pass of a member who is inside; see ``WaitingQueue/admission(of:at:)``.
    ///
    /// One read.
    public func admission(
        of member: MemberKey,
        at time: Timestamp
    ) async throws(WaitingQueueError) -> AdmissionPass? {
        try WaitingQueueLimits.validate(member)
        return try await read(names.ticket(member), as: WaitingTicketDocument.self)?.value.record?.pass(at: time)
    }

    /// Moves the line; see ``WaitingQueue/advance(to:)``.
    @discardableResult
    public func advance(to time: Timestamp) async throws(WaitingQueueError) -> WaitingQueueFigures {
        let front = try await moved(at: time).value
        return front.figures(try await tally())
    }
}
