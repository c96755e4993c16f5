import MarketplaceCore
import MarketplaceDomain

/// What a member says of a review of somebody else's.
struct VoteDocument: Codable, Hashable, Sendable {
    /// Whether the member finds it helpful.
    private(set) var isHelpful = false
    /// With which keys the member has last said so.
    private var given = RecentKeys()
    /// With which keys the member has last taken it back.
    private var takenBack = RecentKeys()

    init() {}

    /// Takes in what the member says; false when it was said with that key before.
    ///
    /// - Throws: `keyReused` when the opposite was said with that key.
    mutating func set(_ isHelpful: Bool, key: IdempotencyKey) throws(ReviewError) -> Bool {
        guard !(isHelpful ? takenBack : given).contains(key) else { throw .refused(.keyReused(key)) }
        guard !(isHelpful ? given : takenBack).contains(key) else { return false }
        if isHelpful { given.remember(key) } else { takenBack.remember(key) }
        self.isHelpful = isHelpful
        return true
    }
}
