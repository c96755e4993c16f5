import MarketplaceCore

/// The bounds that every waiting queue keeps, so that what one form accepts the other does too.
public enum WaitingQueueLimits {
    /// The most bytes of a queue's key: together with a member's it fits a key of every store.
    public static let keyBytes = 200
    /// The most bytes of a member's key: together with a queue's it fits a key of every store.
    public static let memberBytes = 200
    /// The most tickets that may wait in one queue, and the most places of a burst and of a rate: far more than there
    /// are people, and no product of them comes near the end of 128 bits.
    public static let tickets: Int64 = 10_000_000_000
    /// The most numbers one queue gives out: sums of so many never come near the end of 64 bits.
    public static let numbers: Int64 = 1_000_000_000_000_000
    /// The most calls one window may span: each is kept in the one record of the front, read with every status.
    public static let openCalls: Int64 = 100
    /// The longest window, stay, period of a rate or interval between calls: a year.
    public static let longestDuration = Duration.days(366)
    /// The most tickets one move of the line calls; what remains is called by the next.
    public static let callsPerMove: Int64 = 10_000
    /// The most tickets that left one move passes over, and the most stays it ends: each costs a part of a transaction.
    public static let endingsPerMove = 1_000

    @inline(__always)
    static func validate(_ member: MemberKey) throws(WaitingQueueError) {
        try validate(byteCount: member.text.utf8.count, maximum: memberBytes)
    }

    static func validate(byteCount: Int, maximum: Int) throws(WaitingQueueError) {
        guard byteCount <= maximum else { throw .refused(.keyTooLong(byteCount: byteCount, maximum: maximum)) }
    }
}
