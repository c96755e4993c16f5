import MarketplaceCore
import MarketplaceStorage

/// What is stored of the newest code that was sent somewhere.
///
/// The code is not stored but what it is made of, together with a key that is not in the store. It is good for minutes
/// and a few attempts.
struct CodeDocument: Codable, Hashable, Sendable {
    let seed: String
    /// What it was asked for with.
    let key: IdempotencyKey
    let sentAt: Timestamp
    let expiry: Timestamp
    var attemptsLeft: Int
    /// What it was used with: the same call, repeated, finds it good again.
    var usedBy: IdempotencyKey?

    /// Whether it can be typed by that call: it has not run out, was not tried too often, and not used by another call.
    func isGood(at time: Timestamp, usedBy key: IdempotencyKey? = nil) -> Bool {
        time < expiry && attemptsLeft > 0 && (usedBy == nil || usedBy == key)
    }

    /// What the document can be found by.
    var indexEntries: [IndexEntry] {
        [IndexEntry(MemberKeySpace.expiryIndex, .text(MemberKeySpace.codes.text), .time(expiry))]
    }
}
