public import MarketplaceCore

extension TransitionFact {
    /// The member's e-mail address was verified at some time.
    static let emailVerified: TransitionFact = "e-mail address verified"
}

/// A member's account, from sign-up to erasure: standing, consents, roles, schools.
///
/// It holds no personal data: name, addresses and number stand in an erasable profile, and what happened stays readable
/// without it. A sign-up that nobody verifies is erased after ``unverifiedPeriod``, so that nobody can keep somebody
/// else's address taken. A repeated command changes nothing.
public struct Member: Aggregate, Hashable {
    /// What can be asked of it.
    public typealias Command = ActorCommand<MemberAction>
    /// What can happen to it.
    public typealias Event = MemberEvent
    /// Why a command can be refused.
    public typealias Rejection = MemberRejection
    /// What names one.
    public typealias ID = MemberID

    /// The category of its event streams.
    public static var category: String { "member" }

    /// The most roles of a member: more than any marketplace tells apart, few enough to read at every request.
    public static let maximumRoles = 32
    /// The most schools a member belongs to at once: a course of study is at one or two.
    public static let maximumSchools = 8
    /// How long a sign-up waits for its verification: a week of reading mail late.
    public static let unverifiedPeriod = Duration.days(7)

    /// Who may move it from where to where.
    public static let lifecycle = TransitionMachine<MemberStatus, MemberMove, ActorRole> {
        Transition(.signUp, to: .signedUp, by: .visitor, .operator, .system)
        Transition(.verify, from: .signedUp, to: .verified, by: .operator, .system)
        Transition.staying(.update, in: .signedUp, .verified, by: .buyer, .operator, .system)
        Transition.staying(.consent, in: .signedUp, .verified, by: .buyer, .system)
        Transition.staying(.changeRoles, in: .verified, by: .operator, .system)
        Transition.staying(.changeCredential, in: .signedUp, .verified, by: .buyer, .system)
        Transition.staying(.joinSchool, in: .verified, by: .system)
        Transition.staying(.leaveSchool, in: .verified, by: .buyer, .operator, .system)
        Transition(.disable, from: .signedUp, .verified, to: .disabled, by: .buyer, .operator, .system)
        Transition(.reinstate, from: .disabled, to: .verified, by: .operator, when: .emailVerified)
        Transition(.reinstate, from: .disabled, to: .signedUp, by: .operator, unless: .emailVerified)
        Transition(
            .erase,
            from: .signedUp,
            to: .erased,
            by: .buyer,
            .operator,
            .system,
            after: unverifiedPeriod,
            since: .lastEntered(.signedUp)
        )
        Transition(.erase, from: .verified, to: .erased, by: .buyer, .operator, .system)
        Transition(.erase, from: .disabled, to: .erased, by: .operator, .system)
    }

    /// Where it is in its life; nil before the sign-up.
    public private(set) var status: MemberStatus?
    /// Who it is; nil before the sign-up.
    public private(set) var id: MemberID?
    /// Whether the e-mail address was verified.
    public private(set) var isEmailVerified = false
    /// The consents that were ever given or taken back, with the time of the last change.
    public private(set) var consents: [MemberConsent: ConsentState] = [:]
    /// The roles among those who run the marketplace.
    public private(set) var roles: Set<MemberRole> = []
    /// The partner schools the member belongs to.
    public private(set) var schools: Set<PartnerSchoolID> = []
    /// Why the member cannot log in; nil while the member can.
    public private(set) var disableReason: MemberDisableReason?
    /// When the member came into which status.
    public private(set) var history = TransitionHistory<MemberStatus>()

    /// The state before the first event.
    public init() {}

    /// Whether the member has given that consent, and not taken it back.
    public func consents(to consent: MemberConsent) -> Bool {
        consents[consent]?.isGiven == true
    }

    /// Answers `command` with the events to record; an empty list when nothing changes.
    public func decide(_ command: Command) throws(MemberRejection) -> [MemberEvent] {
        if case .signUp(let id, let consents) = command.action { return try signUp(id, consents, command) }
        guard let id else { throw .notSignedUp }
        try refuseStrangers(command, owner: id)
        switch command.action {
        case .signUp: return []
        case .verify: return try verify(id, command)
        case .update(let fields): return try update(id, fields, command)
        case .setConsent(let consent, let isGiven): return try setConsent(id, consent, isGiven, command)
        case .setRoles(let roles): return try setRoles(id, roles, command)
        case .changeCredential(let credential): return try changeCredential(id, credential, command)
        case .joinSchool(let school): return try join(id, school, command)
        case .leaveSchool(let school): return try leave(id, school, command)
        case .disable(let reason): return try disable(id, reason, command)
        case .reinstate: return try reinstate(id, command)
        case .erase: return try erase(id, command)
        }
    }

    /// Moves the state along a recorded event.
    public mutating func apply(_ event: MemberEvent) {
        switch event {
        case .created(let created):
            id = created.memberID
            enter(.signedUp, at: created.at)
            for consent in created.consents {
                consents[consent] = ConsentState(isGiven: true, changedAt: created.at)
            }
        case .verified(let verified):
            isEmailVerified = true
            enter(.verified, at: verified.at)
        case .updated: break
        case .consentChanged(let change):
            consents[change.consent] = ConsentState(isGiven: change.isGiven, changedAt: change.at)
        case .rolesChanged(let change): roles = Set(change.roles)
        case .credentialChanged: break
        case .schoolJoined(let joined): schools.insert(joined.schoolID)
        case .schoolLeft(let left): schools.remove(left.schoolID)
        case .disabled(let disabled):
            disableReason = disabled.reason
            enter(.disabled, at: disabled.at)
        case .reinstated(let reinstated):
            disableReason = nil
            enter(isEmailVerified ? .verified : .signedUp, at: reinstated.at)
        case .erased(let erased):
            roles = []
            schools = []
            enter(.erased, at: erased.at)
        }
    }

    private mutating func enter(_ status: MemberStatus, at time: Timestamp) {
        self.status = status
        history.enter(status, at: time)
    }
}
