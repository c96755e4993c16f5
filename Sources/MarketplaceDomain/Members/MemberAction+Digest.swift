public import MarketplaceCore

extension MemberAction: ContentDigestible {
    /// Takes in what is asked; which parts of a profile are changed follows from what it is when it is asked.
    public func combine(into digest: inout ContentDigest) {
        switch self {
        case .signUp(let id, let consents):
            digest.combine(all: "signUp", id, consents.map(\.rawValue).sorted())
        case .verify: digest.combine("verify")
        case .update: digest.combine("update")
        case .setConsent(let consent, let isGiven): digest.combine(all: "setConsent", consent.rawValue, isGiven)
        case .setRoles(let roles): digest.combine(all: "setRoles", roles.sorted())
        case .changeCredential(let credential): digest.combine(all: "changeCredential", credential.rawValue)
        case .joinSchool(let school): digest.combine(all: "joinSchool", school)
        case .leaveSchool(let school): digest.combine(all: "leaveSchool", school)
        case .disable(let reason): digest.combine(all: "disable", reason.rawValue)
        case .reinstate: digest.combine("reinstate")
        case .erase: digest.combine("erase")
        }
    }
}
