public import MarketplaceCore

/// In which relation somebody who gives a command stands to what the command is about.
///
/// A role says in which capacity somebody acts, a party whether it is on the own business: the owner and a stranger
/// are both buyers.
public enum CommandParty: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Somebody who has not logged in.
    case visitor
    /// A member other than the one it belongs to.
    case member
    /// The member it belongs to: who placed the order, wrote the review, has the account.
    case owner
    /// A seller other than the one it belongs to.
    case otherSeller
    /// The seller it belongs to: whose product, order or payout it is.
    case seller
    /// Somebody who runs the marketplace.
    case `operator`
    /// The marketplace itself: a checkout, a job, a timer.
    case system

    /// Whether the left one stands first in the list of parties.
    public static func < (lhs: CommandParty, rhs: CommandParty) -> Bool {
        lhs.rank < rhs.rank
    }

    private var rank: Int {
        switch self {
        case .visitor: 0
        case .member: 1
        case .owner: 2
        case .otherSeller: 3
        case .seller: 4
        case .operator: 5
        case .system: 6
        }
    }
}

extension CommandActor {
    /// In which relation this actor stands to something that belongs to a member, to a seller, to both or to nobody.
    ///
    /// - Parameters:
    ///   - owner: The member it belongs to, if it belongs to one.
    ///   - seller: The seller it belongs to, if it belongs to one.
    /// - Returns: The party that the rules of commands name.
    public func party(owner: MemberID? = nil, seller: SellerID? = nil) -> CommandParty {
        switch role {
        case .visitor: .visitor
        case .buyer: owner.map { $0.bits == id?.bits } == true ? .owner : .member
        case .seller: seller.map { $0.bits == id?.bits } == true ? .seller : .otherSeller
        case .operator: .operator
        case .system: .system
        }
    }
}
