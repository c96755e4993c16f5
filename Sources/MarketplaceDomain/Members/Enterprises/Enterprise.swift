public import MarketplaceCore

/// An enterprise that sells: who registered it, and whether it was found to be what it says it is.
///
/// Its name and number stand in an erasable profile. A repeated command changes nothing.
public struct Enterprise: Aggregate, Hashable {
    /// What can be asked of it.
    public typealias Command = ActorCommand<EnterpriseAction>
    /// What can happen to it.
    public typealias Event = EnterpriseEvent
    /// Why a command can be refused.
    public typealias Rejection = EnterpriseRejection
    /// What names one.
    public typealias ID = EnterpriseID

    /// The category of its event streams.
    public static var category: String { "enterprise" }

    /// Who may move it from where to where.
    public static let lifecycle = TransitionMachine<EnterpriseStatus, EnterpriseMove, ActorRole> {
        Transition(.register, to: .pending, by: .buyer, .operator, .system)
        Transition(.verify, from: .pending, to: .verified, by: .operator, .system)
        Transition(.reject, from: .pending, .verified, to: .rejected, by: .operator, .system)
        Transition(.resubmit, from: .rejected, to: .pending, by: .buyer, .operator)
    }

    /// Where it is in its life; nil before it is registered.
    public private(set) var status: EnterpriseStatus?
    /// Who registered it; nil before.
    public private(set) var registration: EnterpriseCreated?
    /// Why it was rejected; nil while it is not.
    public private(set) var rejectionReason: EnterpriseRejectionReason?

    /// The state before the first event.
    public init() {}

    /// What names it; nil before it is registered.
    public var id: EnterpriseID? { registration?.enterpriseID }
    /// Who registered it; nil before.
    public var ownerID: MemberID? { registration?.ownerID }

    /// Answers `command` with the events to record; an empty list when nothing changes.
    public func decide(_ command: Command) throws(EnterpriseRejection) -> [EnterpriseEvent] {
        if case .register(let id, let owner) = command.action { return try register(id, owner, command) }
        guard let registration else { throw .notRegistered }
        let id = registration.enterpriseID
        try refuseStrangers(command, owner: registration.ownerID)
        switch command.action {
        case .register: return []
        case .verify:
            guard try move(.verify, to: .verified, command) else { return [] }
            return [.verified(EnterpriseVerified(enterpriseID: id, by: command.actor, at: command.time))]
        case .reject(let reason):
            guard try move(.reject, to: .rejected, command) else { return [] }
            return [
                .rejected(EnterpriseRejected(enterpriseID: id, reason: reason, by: command.actor, at: command.time))
            ]
        case .resubmit:
            guard try move(.resubmit, to: .pending, command) else { return [] }
            return [.resubmitted(EnterpriseResubmitted(enterpriseID: id, by: command.actor, at: command.time))]
        }
    }

    /// Moves the state along a recorded event.
    public mutating func apply(_ event: EnterpriseEvent) {
        switch event {
        case .created(let created):
            status = .pending
            registration = created
        case .verified: status = .verified
        case .rejected(let rejected):
            status = .rejected
            rejectionReason = rejected.reason
        case .resubmitted:
            status = .pending
            rejectionReason = nil
        }
    }
}

extension Enterprise {
    private func register(
        _ id: EnterpriseID,
        _ owner: MemberID,
        _ command: Command
    ) throws(EnterpriseRejection) -> [EnterpriseEvent] {
        try refuseStrangers(command, owner: owner)
        if let registration {
            guard registration.enterpriseID == id, registration.ownerID == owner else {
                throw .alreadyRegistered(registration.enterpriseID)
            }
            return []
        }
        _ = try move(.register, to: .pending, command)
        return [.created(EnterpriseCreated(enterpriseID: id, ownerID: owner, by: command.actor, at: command.time))]
    }

    /// Whether the move is to be made; false when it was made before.
    private func move(
        _ move: EnterpriseMove,
        to target: EnterpriseStatus,
        _ command: Command
    ) throws(EnterpriseRejection) -> Bool {
        if status == target, Self.lifecycle.roles(of: move).contains(command.actor.role) { return false }
        do throws(TransitionRefusal<EnterpriseStatus, EnterpriseMove, ActorRole>) {
            _ = try Self.lifecycle.move(move, from: status, by: command.actor.role)
            return true
        } catch {
            throw .move(error)
        }
    }

    private func refuseStrangers(_ command: Command, owner: MemberID) throws(EnterpriseRejection) {
        do throws(CommandForbidden) {
            try command.refuseStrangers(owner: owner)
        } catch {
            throw .forbidden(error)
        }
    }
}
