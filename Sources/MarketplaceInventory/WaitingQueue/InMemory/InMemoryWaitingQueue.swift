public import MarketplaceCore
import Synchronization

/// A waiting queue in memory, for one process: a value behind a lock, so that its calls are synchronous.
///
/// A call costs the same however many wait, but for one that moves the line, which costs as much as it calls.
public final class InMemoryWaitingQueue: WaitingQueue {
    private let line = Mutex<WaitingLine?>(nil)

    /// A queue that is yet to be created.
    public init() {}

    /// Makes the queue known; see ``WaitingQueue/create(_:at:)``.
    public func create(_ terms: WaitingQueueTerms, at time: Timestamp) throws(WaitingQueueError) {
        try terms.validate()
        try line.withLock { (line) throws(WaitingQueueError) in
            guard let existing = line else { return line = WaitingLine(terms: terms) }
            guard existing.front.terms == terms else { throw .refused(.alreadyCreated) }
        }
    }

    /// Takes the next number; see ``WaitingQueue/join(_:at:)``.
    @discardableResult
    public func join(_ member: MemberKey, at time: Timestamp) throws(WaitingQueueError) -> WaitingTicket {
        try moved(for: member, at: time) { (line) throws(WaitingQueueRefusal) in try line.join(member, at: time) }
    }

    /// Where the member's latest ticket stands; see ``WaitingQueue/status(of:at:)``.
    public func status(of member: MemberKey, at time: Timestamp) throws(WaitingQueueError) -> WaitingStatus {
        try moved(for: member, at: time) { (line) throws(WaitingQueueRefusal) in try line.status(of: member, at: time) }
    }

    /// Lets in a member who was called; see ``WaitingQueue/enter(_:at:)``.
    @discardableResult
    public func enter(_ member: MemberKey, at time: Timestamp) throws(WaitingQueueError) -> AdmissionPass {
        try moved(for: member, at: time) { (line) throws(WaitingQueueRefusal) in try line.enter(member, at: time) }
    }

    /// The pass of a member who is inside; see ``WaitingQueue/admission(of:at:)``.
    public func admission(of member: MemberKey, at time: Timestamp) throws(WaitingQueueError) -> AdmissionPass? {
        try WaitingQueueLimits.validate(member)
        return line.withLock { $0?.admission(of: member, at: time) }
    }

    /// Gives up the place; see ``WaitingQueue/leave(_:at:)``.
    public func leave(_ member: MemberKey, at time: Timestamp) throws(WaitingQueueError) {
        try moved(for: member, at: time) { (line) throws(WaitingQueueRefusal) in try line.leave(member, at: time) }
    }

    /// Lets a member out who was inside; see ``WaitingQueue/exit(_:at:)``.
    public func exit(_ member: MemberKey, at time: Timestamp) throws(WaitingQueueError) {
        try moved(for: member, at: time) { (line) throws(WaitingQueueRefusal) in try line.exit(member) }
    }

    /// Closes the queue; see ``WaitingQueue/close(to:at:)``.
    public func close(to closing: WaitingQueueClosing, at time: Timestamp) throws(WaitingQueueError) {
        try moved(at: time) { line in line.close(to: closing, at: time) }
    }

    /// Moves the line; see ``WaitingQueue/advance(to:)``.
    @discardableResult
    public func advance(to time: Timestamp) throws(WaitingQueueError) -> WaitingQueueFigures {
        try moved(at: time) { line in line.figures }
    }

    private func moved<Answer: Sendable>(
        for member: MemberKey,
        at time: Timestamp,
        _ body: (inout WaitingLine) throws(WaitingQueueRefusal) -> Answer
    ) throws(WaitingQueueError) -> Answer {
        try WaitingQueueLimits.validate(member)
        return try moved(at: time, body)
    }

    /// Lets the line move before something is done with it.
    private func moved<Answer: Sendable>(
        at time: Timestamp,
        _ body: (inout WaitingLine) throws(WaitingQueueRefusal) -> Answer
    ) throws(WaitingQueueError) -> Answer {
        try line.withLock { (line) throws(WaitingQueueError) in
            guard var current = line else { throw .refused(.unknownQueue) }
            // Taken out for the time of the change, so that nothing is copied.
            line = nil
            defer { line = current }
            current.move(at: time)
            do throws(WaitingQueueRefusal) {
                return try body(&current)
            } catch {
                throw .refused(error)
            }
        }
    }
}
