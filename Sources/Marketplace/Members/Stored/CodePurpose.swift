import MarketplaceDomain

/// What a code is for.
enum CodePurpose: Sendable, Hashable, CustomStringConvertible {
    /// To log in as whomever the destination belongs to.
    case logIn
    /// To prove that the destination belongs to that member: two who claim it have a code each.
    case verifyPhone(of: MemberID)

    /// The purpose as a part of a key.
    var description: String {
        switch self {
        case .logIn: "log-in"
        case .verifyPhone(let member): "verify-phone/\(member)"
        }
    }
}
