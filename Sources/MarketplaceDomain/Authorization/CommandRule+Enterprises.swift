extension CommandRule {
    /// The rules of enterprises and partner schools.
    static let enterprises = [
        registerEnterprise, verifyEnterprise, rejectEnterprise, resubmitEnterprise, addPartnerSchool,
        endPartnerSchool,
    ]

    /// Register an enterprise.
    static let registerEnterprise = CommandRule("enterprise.register", by: .owner, .operator, .system)
    /// Find an enterprise to be what it says it is.
    static let verifyEnterprise = CommandRule("enterprise.verify", by: .operator, .system)
    /// Reject an enterprise.
    static let rejectEnterprise = CommandRule("enterprise.reject", by: .operator, .system)
    /// Put an enterprise up for verification again.
    static let resubmitEnterprise = CommandRule("enterprise.resubmit", by: .owner, .operator)
    /// Make a school a partner.
    static let addPartnerSchool = CommandRule("school.add", by: .operator, .system)
    /// End the partnership with a school.
    static let endPartnerSchool = CommandRule("school.end", by: .operator, .system)
}

extension EnterpriseAction: RuledAction {
    /// Who may ask for it.
    public var rule: CommandRule {
        switch self {
        case .register: .registerEnterprise
        case .verify: .verifyEnterprise
        case .reject: .rejectEnterprise
        case .resubmit: .resubmitEnterprise
        }
    }
}

extension PartnerSchoolAction: RuledAction {
    /// Who may ask for it.
    public var rule: CommandRule {
        switch self {
        case .add: .addPartnerSchool
        case .end: .endPartnerSchool
        }
    }
}
