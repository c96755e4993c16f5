public import MarketplaceCore
public import MarketplaceDomain
public import MarketplacePorts
import MarketplaceStorage

/// A member whose access token was good, and in which capacity the member may act.
public struct AuthenticatedMember: Sendable {
    /// Who it is.
    public let member: MemberID
    /// In which session.
    public let session: SessionID
    /// The roles among those who run the marketplace.
    public let roles: [MemberRole]

    private let operatorRoles: OperatorRoles
    private let sellers: Sellers

    init(
        member: MemberID,
        session: SessionID,
        roles: [MemberRole],
        operatorRoles: OperatorRoles,
        sellers: Sellers
    ) {
        self.member = member
        self.session = session
        self.roles = roles
        self.operatorRoles = operatorRoles
        self.sellers = sellers
    }

    /// The member as somebody who buys, and who owns what belongs to the member.
    public var buyer: CommandActor { .buyer(member) }

    /// The member as somebody who runs the marketplace and gives that command.
    ///
    /// - Throws: `notPermitted` when no role of the member permits it.
    public func `operator`(giving rule: CommandRule) throws(MembersError) -> CommandActor {
        guard operatorRoles.permit(rule.permission, to: roles) else {
            throw .refused(.notPermitted(rule.permission))
        }
        return .operator(member)
    }

    /// The member as a seller.
    ///
    /// - Parameters:
    ///   - seller: Which seller.
    ///   - statuses: In which standing the account must be; a suspended seller may still ship what was sold.
    /// - Returns: The actor of the seller's commands.
    /// - Throws: `notOpenForSelling` when the account is another member's, or in another standing.
    public func seller(
        _ seller: SellerID,
        in statuses: Set<SellerAccountStatus> = [.verified]
    ) async throws(MembersError) -> CommandActor {
        let account = try await sellers.account(seller)
        guard account.ownerID == member else { throw .refused(.notOpenForSelling(seller, nil)) }
        guard let status = account.status, statuses.contains(status) else {
            throw .refused(.notOpenForSelling(seller, account.status))
        }
        return .seller(seller)
    }
}
