import MarketplaceCore
import MarketplaceStorage

/// What is stored of the newest code that was sent somewhere.
///
/// The code is stored as it is: among a million codes a digest hides nothing. It is good for minutes and a few attempts.
struct CodeDocument: Codable, Hashable, Sendable {
    let code: String
    /// What it was asked for with.
    let key: IdempotencyKey
    let sentAt: Timestamp
    let expiry: Timestamp
    var attemptsLeft: Int
    /// What it was used with: the same call, repeated, finds it good again.
    var usedBy: IdempotencyKey?

    /// What the document can be found by.
    var indexEntries: [IndexEntry] {
        [IndexEntry(MemberKeySpace.expiryIndex, .text(MemberKeySpace.codes.text), .time(expiry))]
    }
}
