import MarketplaceCore
import MarketplacePromotions
import MarketplaceStorage

/// What is stored of a redemption; of one that ended, only what was not given back.
struct RedemptionDocument: Codable, Hashable, Sendable {
    /// A code as it was used: what giving it back takes is written down with it.
    struct CodeUse: Codable, Hashable, Sendable {
        let code: CouponCode
        /// Whether it is a coupon, which is a document of its own; else a code for everybody.
        let isCoupon: Bool
        /// Whether its uses are counted.
        let isCounted: Bool
        let restoring: RestorePolicy
        let expiry: Timestamp?
    }

    let member: MemberKey?
    var claims: [ClaimForm]
    var codes: [CodeUse]
    var reference: RedemptionReference?
    var restoring: RestorePolicy
    var state: RedemptionState
    /// Nil when it was released before it was made.
    let deadline: Timestamp?
    let heldAt: Timestamp
    var changedAt: Timestamp
    var reason: RedemptionReason?

    /// Whether it is held and its deadline is at or before `time`.
    func isOverdue(at time: Timestamp) -> Bool {
        guard state == .held, let deadline else { return false }
        return deadline <= time
    }

    /// What the document can be found by: the deadline while it is held, or when it came to its state.
    var indexEntries: [IndexEntry] {
        switch state {
        case .held:
            [IndexEntry(Self.openIndex, .integer(0))] + (deadline.map { [IndexEntry(Self.dueIndex, .time($0))] } ?? [])
        case .redeemed: [IndexEntry(Self.openIndex, .integer(0)), IndexEntry(Self.redeemedIndex, .time(changedAt))]
        case .released, .expired, .restored: [IndexEntry(Self.endedIndex, .time(changedAt))]
        }
    }

    static let dueIndex = "due"
    static let openIndex = "open"
    static let redeemedIndex = "redeemed"
    static let endedIndex = "ended"

    /// The document as a redemption; throws what is wrong with a damaged one.
    func redemption(_ id: RedemptionID) throws -> Redemption {
        Redemption(
            id: id,
            member: member,
            claims: try claims.map { try $0.claim },
            codes: codes.map(\.code),
            reference: reference,
            state: state,
            deadline: deadline,
            heldAt: heldAt,
            changedAt: changedAt,
            reason: reason
        )
    }

    /// The refusal of whoever still wants something of a redemption that ended; nil while it is held or redeemed.
    func refusal(_ id: RedemptionID) -> CouponRefusal? {
        switch state {
        case .held, .redeemed: nil
        case .released: .released(id)
        case .expired: .expired(id, deadline: deadline ?? .distantPast)
        case .restored: .restored(id)
        }
    }
}
