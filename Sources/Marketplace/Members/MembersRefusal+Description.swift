import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts

extension MembersRefusal: CustomStringConvertible {
    /// The reason in a sentence, without personal data.
    public var description: String {
        switch self {
        case .member(let rejection): rejection.description
        case .profile(let error): error.description
        case .seller(let rejection): rejection.description
        case .enterprise(let rejection): rejection.description
        case .school(let rejection): rejection.description
        case .forbidden(let refusal): refusal.description
        case .unknownMember(let id): "there is no member \(id)"
        case .unknownSeller(let id): "there is no seller \(id)"
        case .emailTaken: "another member has that e-mail address"
        case .phoneTaken: "another member has that telephone number"
        case .schoolEmailTaken: "another member proved with that school address"
        case .identityTaken: "another member logs in with that identity"
        case .shopNameTaken: "another seller has that name"
        case .enterpriseTaken: "another enterprise was found to be the one of that number"
        case .tooManyAccounts(let maximum): "a member has at most \(maximum) sellers and as many enterprises"
        case .domainTaken: "another partnership has that domain"
        case .noPhone: "the profile has no telephone number"
        case .textLength(let field, let count, let maximum):
            "\(field) has 1 to \(maximum) visible characters, not \(count)"
        case .passwordTooShort(let minimum): "a password has at least \(minimum) characters"
        case .passwordTooLong(let maximum): "a password has at most \(maximum) bytes"
        case .noPartnerSchool(let domain): "no partner school has the domain \(domain)"
        case .linkUnknown: "the link is unknown, or a newer one replaces it"
        case .linkExpired(let time): "the link was good until \(time)"
        case .linkUsed: "the link was used already"
        case .tooSoon(let time): "the next can be sent at \(time)"
        case .wrongCredentials: "the account and its proof do not go together"
        case .identityUnknown: "nobody is known by that identity"
        case .identityRefused(let code): "the proof of the identity is refused: \(code)"
        case .lastCredential: "the member would have nothing to log in with"
        case .tooManyAttempts(let time): "too many attempts; the next is possible at \(time)"
        case .notVerified(let id): "the e-mail address of member \(id) is not verified"
        case .accountDisabled(let id): "the member \(id) cannot log in"
        case .tokenRefused(let code): "the token is refused: \(code)"
        case .sessionEnded(let end): "the session has ended: \(end)"
        case .tokenReused(let session): "a used refresh token of session \(session) was shown again"
        case .keyReused(let key): "the key \(key) belongs to a session that has gone on"
        case .notPermitted(let permission): "no role of the member permits \(permission)"
        case .notOpenForSelling(let id, let status):
            "the seller \(id) is not the member's, or not open for that: \(status?.rawValue ?? "unknown")"
        }
    }
}
