import MarketplaceCore

extension CommandRule {
    /// The rules of members, and of their sessions.
    static let members = [
        signUpMember, verifyMember, updateMember, setMemberConsent, setMemberRoles, changeMemberCredential,
        joinSchool, leaveSchool, disableMember, reinstateMember, eraseMember, readMemberProfile, listSessions,
        revokeSession,
    ]

    /// Sign up.
    static let signUpMember = CommandRule("member.signUp", by: .visitor, .operator, .system)
    /// Take note that an e-mail address is verified.
    static let verifyMember = CommandRule("member.verify", by: .operator, .system)
    /// Change a profile.
    public static let updateMember = CommandRule("member.update", by: .owner, .operator, .system)
    /// Give a consent or take it back: nobody consents for somebody else.
    static let setMemberConsent = CommandRule("member.setConsent", by: .owner, .system)
    /// Give or take roles: who may do this can do everything, so it is a permission of its own.
    static let setMemberRoles = CommandRule("member.setRoles", by: .operator, .system, permission: "roles")
    /// Log in with something new from now on.
    public static let changeMemberCredential = CommandRule("member.changeCredential", by: .owner, .system)
    /// Take note that a member belongs to a school.
    static let joinSchool = CommandRule("member.joinSchool", by: .system)
    /// Belong to a school no longer.
    public static let leaveSchool = CommandRule("member.leaveSchool", by: .owner, .operator, .system)
    /// Let a member log in no more.
    static let disableMember = CommandRule("member.disable", by: .owner, .operator, .system)
    /// Let a member log in again.
    static let reinstateMember = CommandRule("member.reinstate", by: .operator)
    /// Erase a member's personal data.
    static let eraseMember = CommandRule("member.erase", by: .owner, .operator, .system)
    /// See a member's personal data.
    public static let readMemberProfile = CommandRule("member.readProfile", by: .owner, .operator, .system)
    /// See where a member is logged in.
    public static let listSessions = CommandRule("session.list", by: .owner, .operator, .system)
    /// Log a member out somewhere.
    public static let revokeSession = CommandRule("session.revoke", by: .owner, .operator, .system)
}

extension MemberAction: RuledAction {
    /// Who may ask for it.
    public var rule: CommandRule {
        switch self {
        case .signUp: .signUpMember
        case .verify: .verifyMember
        case .update: .updateMember
        case .setConsent: .setMemberConsent
        case .setRoles: .setMemberRoles
        case .changeCredential: .changeMemberCredential
        case .joinSchool: .joinSchool
        case .leaveSchool: .leaveSchool
        case .disable: .disableMember
        case .reinstate: .reinstateMember
        case .erase: .eraseMember
        }
    }
}
