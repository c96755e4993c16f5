public import MarketplaceCore

extension TransitionFact {
    /// The account is for an enterprise that is not, or is no longer, verified.
    static let enterpriseNotVerified: TransitionFact = "enterprise not verified"
}

/// A seller's account: who sells, for which enterprise, and whether selling is open.
///
/// It belongs to the member who applied. An account for an enterprise is let in once the enterprise is verified. Only
/// those who run the marketplace end a suspension. A repeated command changes nothing.
public struct SellerAccount: Aggregate, Hashable {
    /// What can be asked of it.
    public typealias Command = ActorCommand<SellerAccountAction>
    /// What can happen to it.
    public typealias Event = SellerAccountEvent
    /// Why a command can be refused.
    public typealias Rejection = SellerAccountRejection
    /// What names one.
    public typealias ID = SellerID

    /// The category of its event streams.
    public static var category: String { "seller-account" }

    /// Who may move it from where to where.
    public static let lifecycle = TransitionMachine<SellerAccountStatus, SellerAccountMove, ActorRole> {
        Transition(.apply, to: .applied, by: .buyer, .operator, .system)
        Transition(.verify, from: .applied, to: .verified, by: .operator, .system, unless: .enterpriseNotVerified)
        Transition(.suspend, from: .verified, to: .suspended, by: .operator, .system)
        Transition(.reinstate, from: .suspended, to: .verified, by: .operator, unless: .enterpriseNotVerified)
        Transition(.close, from: .applied, .verified, to: .closed, by: .buyer, .seller, .operator, .system)
        Transition(.close, from: .suspended, to: .closed, by: .operator, .system)
    }

    /// Where it is in its life; nil before the application.
    public private(set) var status: SellerAccountStatus?
    /// What was applied for by whom; nil before.
    public private(set) var application: SellerAccountCreated?
    /// Why it is suspended; nil while it is not.
    public private(set) var suspension: SellerSuspensionReason?
    /// Why it ended; nil while it has not.
    public private(set) var closing: SellerClosingReason?

    /// The state before the first event.
    public init() {}

    /// Which seller it is; nil before the application.
    public var id: SellerID? { application?.sellerID }
    /// Whose account it is; nil before the application.
    public var ownerID: MemberID? { application?.ownerID }
    /// The enterprise that sells; nil for a person.
    public var enterpriseID: EnterpriseID? { application?.enterpriseID }

    /// Answers `command` with the events to record; an empty list when nothing changes.
    public func decide(_ command: Command) throws(SellerAccountRejection) -> [SellerAccountEvent] {
        if case .apply(let id, let owner, let enterprise) = command.action {
            return try apply(id, owner, enterprise, command)
        }
        guard let application else { throw .notApplied }
        let id = application.sellerID
        try refuseStrangers(command, owner: application.ownerID, seller: id)
        switch command.action {
        case .apply: return []
        case .verify(let isEnterpriseVerified):
            guard try move(.verify, to: .verified, given: facts(isEnterpriseVerified), command) else { return [] }
            return [.verified(SellerAccountVerified(sellerID: id, by: command.actor, at: command.time))]
        case .suspend(let reason):
            guard try move(.suspend, to: .suspended, command) else { return [] }
            return [
                .suspended(
                    SellerAccountSuspended(sellerID: id, reason: reason, by: command.actor, at: command.time)
                )
            ]
        case .reinstate(let isEnterpriseVerified):
            guard try move(.reinstate, to: .verified, given: facts(isEnterpriseVerified), command) else { return [] }
            return [.reinstated(SellerAccountReinstated(sellerID: id, by: command.actor, at: command.time))]
        case .close(let reason):
            guard try move(.close, to: .closed, command) else { return [] }
            return [.closed(SellerAccountClosed(sellerID: id, reason: reason, by: command.actor, at: command.time))]
        }
    }

    /// Moves the state along a recorded event.
    public mutating func apply(_ event: SellerAccountEvent) {
        switch event {
        case .created(let created):
            status = .applied
            application = created
        case .verified: status = .verified
        case .suspended(let suspended):
            status = .suspended
            suspension = suspended.reason
        case .reinstated:
            status = .verified
            suspension = nil
        case .closed(let closed):
            status = .closed
            suspension = nil
            closing = closed.reason
        }
    }
}

extension SellerAccount {
    private func apply(
        _ id: SellerID,
        _ owner: MemberID,
        _ enterprise: EnterpriseID?,
        _ command: Command
    ) throws(SellerAccountRejection) -> [SellerAccountEvent] {
        try refuseStrangers(command, owner: owner, seller: id)
        if let application {
            guard application.sellerID == id, application.ownerID == owner, application.enterpriseID == enterprise
            else { throw .alreadyApplied(application.sellerID) }
            // Whoever may never ask for it is told so, also when it was asked for before.
            if !Self.lifecycle.roles(of: .apply).contains(command.actor.role) {
                _ = try move(.apply, to: .applied, command)
            }
            return []
        }
        _ = try move(.apply, to: .applied, command)
        return [
            .created(
                SellerAccountCreated(
                    sellerID: id,
                    ownerID: owner,
                    enterpriseID: enterprise,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    private func facts(_ isEnterpriseVerified: Bool) -> Set<TransitionFact> {
        enterpriseID != nil && !isEnterpriseVerified ? [.enterpriseNotVerified] : []
    }

    /// Whether the move is to be made; false when it was made before.
    private func move(
        _ move: SellerAccountMove,
        to target: SellerAccountStatus,
        given facts: Set<TransitionFact> = [],
        _ command: Command
    ) throws(SellerAccountRejection) -> Bool {
        if status == target, Self.lifecycle.roles(of: move).contains(command.actor.role) { return false }
        do throws(TransitionRefusal<SellerAccountStatus, SellerAccountMove, ActorRole>) {
            _ = try Self.lifecycle.move(move, from: status, by: command.actor.role, given: facts)
            return true
        } catch {
            throw .move(error)
        }
    }

    private func refuseStrangers(
        _ command: Command,
        owner: MemberID,
        seller: SellerID
    ) throws(SellerAccountRejection) {
        do throws(CommandForbidden) {
            try command.refuseStrangers(owner: owner, seller: seller)
        } catch {
            throw .forbidden(error)
        }
    }
}
