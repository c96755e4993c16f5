public import MarketplaceCore

/// An action of an aggregate that says which rule it stands under, and what tells it from others.
public protocol RuledAction: Sendable, Hashable, ContentDigestible {
    /// Who may ask for it.
    var rule: CommandRule { get }
}

extension ActorCommand where Action: RuledAction {
    /// Lets the command pass if its actor may give it, or refuses; see ``CommandRule/check(_:owner:seller:)``.
    func authorize(owner: MemberID? = nil, seller: SellerID? = nil) throws(CommandForbidden) {
        try action.rule.check(actor, owner: owner, seller: seller)
    }

    /// Refuses whoever has no standing in what the command is about, unless the rule lets everybody pass.
    ///
    /// What belongs to others is refused before its state is looked at, so that a stranger learns nothing of it. Whoever
    /// has standing is answered by the lifecycle, which names the moves that are open.
    func refuseStrangers(owner: MemberID? = nil, seller: SellerID? = nil) throws(CommandForbidden) {
        switch actor.party(owner: owner, seller: seller) {
        case .visitor, .member, .otherSeller: try authorize(owner: owner, seller: seller)
        case .owner, .seller, .operator, .system: break
        }
    }

    /// Refuses strangers as ``refuseStrangers(owner:seller:)`` does, in the words of an aggregate.
    func refuseStrangers<Rejection: Error>(
        owner: MemberID? = nil,
        seller: SellerID? = nil,
        as rejection: (CommandForbidden) -> Rejection
    ) throws(Rejection) {
        do throws(CommandForbidden) {
            try refuseStrangers(owner: owner, seller: seller)
        } catch {
            throw rejection(error)
        }
    }
}
