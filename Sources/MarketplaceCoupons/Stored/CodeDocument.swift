import MarketplaceCore
import MarketplacePromotions
import MarketplaceStorage

/// What is stored of a code: a coupon that is used once, or a code for everybody.
struct CodeDocument: Codable, Hashable, Sendable {
    enum Kind: String, Codable {
        /// Used once; of a member's own or, as long as it has no owner, of whoever has it.
        case coupon
        /// For everybody, as often as its limit says.
        case shared
    }

    enum State: String, Codable {
        case available
        case held
        case redeemed
    }

    let kind: Kind
    let campaign: CampaignID
    /// How often a code for everybody can be used; nil is no limit.
    var limit: Int64?
    /// The batch it was generated in.
    var batch: CodeBatchID?
    /// Its place in the batch.
    var number: Int?
    var owner: MemberKey?
    /// What it was issued under.
    var issueKey: IdempotencyKey?
    var issuedAt: Timestamp?
    /// When a member's coupon expires; nil for a code, which is valid as long as its campaign lasts.
    var expiry: Timestamp?
    var restoring: RestorePolicy?
    var state: State = .available
    /// What holds it or has used it.
    var redemption: RedemptionID?
    /// When its use was redeemed.
    var redeemedAt: Timestamp?

    /// What the document can be found by: its owner's coupons in the order of their issue, its batch's codes in order.
    var indexEntries: [IndexEntry] {
        var entries: [IndexEntry] = []
        if let owner, let issuedAt {
            entries.append(IndexEntry(Self.ownerIndex, .text(owner.text), .time(issuedAt)))
        }
        if let batch, let number {
            entries.append(IndexEntry(Self.batchIndex, .text(batch.description), .integer(Int64(number))))
        }
        return entries
    }

    static let ownerIndex = "owner"
    static let batchIndex = "batch"

    /// The same coupon in the hands of a redemption.
    func moved(to state: State, by redemption: RedemptionID?, at time: Timestamp) -> CodeDocument {
        var copy = self
        copy.state = state
        copy.redemption = redemption
        copy.redeemedAt = state == .redeemed ? time : nil
        return copy
    }
}
