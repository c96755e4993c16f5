public import MarketplaceCore

/// A fair waiting queue in front of a hot sale: members get numbers in the order they join, are called in that order
/// at a given rate, and come within a window or lose their place to the next one.
///
/// A ticket waits, is called, and its member enters; or it ends before as left or missed. Once inside, a member leaves
/// by ``exit(_:at:)`` or when the longest stay is over. The sale asks ``isAdmitted(_:at:)`` before it reserves.
///
/// Time is an argument of every call, never read from a clock. The line moves when anybody calls anything: that is when
/// no-shows are noticed, their places given to the next members, and windows begin. A ``WaitingQueueSweeper`` sees to
/// it that the line moves when nobody calls. It moves at most once per ``WaitingQueueTerms/callInterval``.
///
/// Every call can be repeated: a member has one ticket, and what was done is done once. Two forms come with this
/// module: ``InMemoryWaitingQueue`` and ``StoreWaitingQueue``.
public protocol WaitingQueue: Sendable {
    /// Makes the queue known, on terms that stand from then on; members can join right away, before it opens, too.
    ///
    /// A repetition with the same terms changes nothing.
    ///
    /// - Throws: `invalidTerms`, `alreadyCreated`.
    func create(_ terms: WaitingQueueTerms, at time: Timestamp) async throws(WaitingQueueError)

    /// Takes the next number, or returns the ticket the member has.
    ///
    /// Who left or went out again joins at the end; so does a no-show where the terms allow it.
    ///
    /// - Throws: `unknownQueue`, `full`, `closed`, `missed`, `keyTooLong`.
    @discardableResult
    func join(_ member: MemberKey, at time: Timestamp) async throws(WaitingQueueError) -> WaitingTicket

    /// Where the member's latest ticket stands.
    ///
    /// - Throws: `unknownQueue`, `notJoined`, `keyTooLong`.
    func status(of member: MemberKey, at time: Timestamp) async throws(WaitingQueueError) -> WaitingStatus

    /// Lets in a member who was called; a repetition returns the same pass.
    ///
    /// - Throws: `notCalled`, `missed` from the end of the window on, `left`, `exited`, `notJoined`, `closed` when the
    ///   queue was closed before the call, `unknownQueue`, `keyTooLong`.
    @discardableResult
    func enter(_ member: MemberKey, at time: Timestamp) async throws(WaitingQueueError) -> AdmissionPass

    /// The pass of a member who is inside; nil for everybody else.
    ///
    /// - Throws: `keyTooLong`.
    func admission(of member: MemberKey, at time: Timestamp) async throws(WaitingQueueError) -> AdmissionPass?

    /// Gives up the place, wherever it is: in the line, among the called, or inside. A repetition changes nothing.
    ///
    /// - Throws: `missed`, `notJoined`, `unknownQueue`, `keyTooLong`.
    func leave(_ member: MemberKey, at time: Timestamp) async throws(WaitingQueueError)

    /// Lets a member out who was inside, so that the place is free. A repetition changes nothing.
    ///
    /// - Throws: `notInside`, `notJoined`, `unknownQueue`, `keyTooLong`.
    func exit(_ member: MemberKey, at time: Timestamp) async throws(WaitingQueueError)

    /// Closes the queue to newcomers, or altogether; it is not opened again. Who was called may still come.
    ///
    /// - Throws: `unknownQueue`.
    func close(to closing: WaitingQueueClosing, at time: Timestamp) async throws(WaitingQueueError)

    /// Moves the line, if it is time for that, and returns how it stands then.
    ///
    /// - Throws: `unknownQueue`.
    @discardableResult
    func advance(to time: Timestamp) async throws(WaitingQueueError) -> WaitingQueueFigures
}

extension WaitingQueue {
    /// Whether the member is inside: what a sale asks before it reserves.
    public func isAdmitted(_ member: MemberKey, at time: Timestamp) async throws(WaitingQueueError) -> Bool {
        try await admission(of: member, at: time) != nil
    }
}
