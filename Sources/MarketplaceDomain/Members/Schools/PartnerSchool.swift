public import MarketplaceCore

/// A school whose students get what is for its members only: who has a mail address of its domain can join.
///
/// A repeated command changes nothing.
public struct PartnerSchool: Aggregate, Hashable {
    /// What can be asked of it.
    public typealias Command = ActorCommand<PartnerSchoolAction>
    /// What can happen to it.
    public typealias Event = PartnerSchoolEvent
    /// Why a command can be refused.
    public typealias Rejection = PartnerSchoolRejection
    /// What names one.
    public typealias ID = PartnerSchoolID

    /// The category of its event streams.
    public static var category: String { "partner-school" }

    /// Who may move it from where to where.
    public static let lifecycle = TransitionMachine<PartnerSchoolStatus, PartnerSchoolMove, ActorRole> {
        Transition(.add, to: .active, by: .operator, .system)
        Transition(.end, from: .active, to: .ended, by: .operator, .system)
    }

    /// Where it is in its life; nil before it is added.
    public private(set) var status: PartnerSchoolStatus?
    /// What names it; nil before it is added.
    public private(set) var id: PartnerSchoolID?
    /// The domain of its mail addresses, in lower case; nil before it is added.
    public private(set) var domain: String?

    /// The state before the first event.
    public init() {}

    /// Answers `command` with the events to record; an empty list when nothing changes.
    public func decide(_ command: Command) throws(PartnerSchoolRejection) -> [PartnerSchoolEvent] {
        try authorize(command)
        switch command.action {
        case .add(let id, let text):
            guard let domain = EmailAddress.domain(of: text) else {
                throw .notADomain(excerpt: String(text.prefix(EmailAddress.excerptLength)))
            }
            if let existing = self.id {
                guard existing == id, self.domain == domain else { throw .alreadyAdded(existing) }
                return []
            }
            guard try move(.add, to: .active, command) else { return [] }
            return [.added(PartnerSchoolAdded(schoolID: id, domain: domain, by: command.actor, at: command.time))]
        case .end:
            guard let id else { throw .notAdded }
            guard try move(.end, to: .ended, command) else { return [] }
            return [.ended(PartnerSchoolEnded(schoolID: id, by: command.actor, at: command.time))]
        }
    }

    /// Moves the state along a recorded event.
    public mutating func apply(_ event: PartnerSchoolEvent) {
        switch event {
        case .added(let added):
            status = .active
            id = added.schoolID
            domain = added.domain
        case .ended: status = .ended
        }
    }

    /// Whether the move is to be made; false when it was made before.
    private func move(
        _ move: PartnerSchoolMove,
        to target: PartnerSchoolStatus,
        _ command: Command
    ) throws(PartnerSchoolRejection) -> Bool {
        if status == target, Self.lifecycle.roles(of: move).contains(command.actor.role) { return false }
        do throws(TransitionRefusal<PartnerSchoolStatus, PartnerSchoolMove, ActorRole>) {
            _ = try Self.lifecycle.move(move, from: status, by: command.actor.role)
            return true
        } catch {
            throw .move(error)
        }
    }

    private func authorize(_ command: Command) throws(PartnerSchoolRejection) {
        do throws(CommandForbidden) {
            try command.authorize()
        } catch {
            throw .forbidden(error)
        }
    }
}
