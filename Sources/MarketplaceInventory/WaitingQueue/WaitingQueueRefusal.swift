public import MarketplaceCore

/// Why a waiting queue refuses a call, with the facts.
public enum WaitingQueueRefusal: EffectStating, Hashable, Codable {
    /// The queue was never created.
    case unknownQueue
    /// The queue exists on other terms.
    case alreadyCreated
    /// The terms can never be kept.
    case invalidTerms(WaitingQueueTerms.Fault)
    /// A key has more bytes than it may have here.
    case keyTooLong(byteCount: Int, maximum: Int)
    /// As many tickets wait as may.
    case full(waiting: Int64, maximum: Int64)
    /// The queue was closed at that time.
    case closed(at: Timestamp)
    /// The queue is not closed to everybody, so it cannot be erased.
    case notClosed
    /// The member has no ticket.
    case notJoined(MemberKey)
    /// The ticket has not been called yet; its figures are those of ``WaitingStatus/waiting(before:estimatedCall:)``.
    case notCalled(number: Int64, before: Int64, estimatedCall: Timestamp)
    /// The ticket was called, and its member did not come within the window.
    case missed(number: Int64)
    /// The member gave the ticket up.
    case left(number: Int64)
    /// The member was inside and is no longer.
    case exited(number: Int64)
    /// The member has a ticket and has not entered on it.
    case notInside(number: Int64)

    /// Nothing was changed, and the same call will be refused again as long as the facts stand.
    public var effect: EffectOutcome { .refused }
}

extension WaitingQueueRefusal: CustomStringConvertible {
    /// The reason, in a sentence.
    public var description: String {
        switch self {
        case .unknownQueue: "the waiting queue was never created"
        case .alreadyCreated: "the waiting queue exists on other terms"
        case .invalidTerms(let fault): "the terms cannot be kept: \(fault)"
        case .keyTooLong(let count, let maximum): "the key has \(count) bytes, at most \(maximum) are allowed"
        case .full(let waiting, let maximum): "\(waiting) wait, at most \(maximum) may"
        case .closed(let time): "the waiting queue was closed at \(time)"
        case .notClosed: "the waiting queue is not closed to everybody"
        case .notJoined(let member): "\(member) has no ticket"
        case .notCalled(let number, let before, let time):
            "ticket \(number) has \(before) before it and will be called at about \(time)"
        case .missed(let number): "the member of ticket \(number) did not come in time"
        case .left(let number): "ticket \(number) was given up"
        case .exited(let number): "the member of ticket \(number) is no longer inside"
        case .notInside(let number): "the member of ticket \(number) has not entered"
        }
    }
}
