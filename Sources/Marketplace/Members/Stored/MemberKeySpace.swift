import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

/// The names under which the members' documents, counters and unique keys are kept.
///
/// What is personal stands in keys of documents that are deleted with it or by themselves; in a key of a counter it is
/// named by a digest.
enum MemberKeySpace {
    static let profiles: DocumentCollection = "member-profiles"
    static let accesses: DocumentCollection = "member-accesses"
    static let links: DocumentCollection = "member-links"
    static let codes: DocumentCollection = "member-codes"
    static let attempts: DocumentCollection = "login-attempts"
    static let sessions: DocumentCollection = "sessions"
    static let tokens: DocumentCollection = "tokens"
    static let notices: DocumentCollection = "mail-notices"
    static let rosters: DocumentCollection = "member-rosters"
    static let sellers: DocumentCollection = "seller-profiles"
    static let enterprises: DocumentCollection = "enterprise-profiles"
    static let schools: DocumentCollection = "partner-school-domains"

    static let emailPrefix = "member-email/"
    static let phonePrefix = "member-phone/"
    static let schoolEmailPrefix = "member-school-email/"
    static let identityPrefix = "member-identity/"
    static let shopNamePrefix = "seller-shop/"
    static let enterprisePrefix = "enterprise/"

    /// The index of whatever ends by itself, below the name of its collection.
    static let expiryIndex = "expiry"

    static func profile(_ id: MemberID) -> DocumentKey { DocumentKey(profiles, id) }

    static func access(_ id: MemberID) -> DocumentKey { DocumentKey(accesses, id) }

    static func roster(_ id: MemberID) -> DocumentKey { DocumentKey(rosters, id) }

    static func seller(_ id: SellerID) -> DocumentKey { DocumentKey(sellers, id) }

    static func enterprise(_ id: EnterpriseID) -> DocumentKey { DocumentKey(enterprises, id) }

    static func session(_ id: SessionID) -> DocumentKey { DocumentKey(sessions, id) }

    static func link(_ kind: LinkDocument.Kind, _ id: MemberID) -> DocumentKey {
        DocumentKey(links, TextKey(unchecked: "\(kind.rawValue)/\(id)"))
    }

    /// Where a request for a link leaves its trace when there is nobody to send one to.
    static func decoyLink(_ kind: LinkDocument.Kind, name: String) -> DocumentKey {
        DocumentKey(links, TextKey(unchecked: "\(kind.rawValue)/nobody/\(name)"))
    }

    static func code(_ purpose: CodePurpose, at destination: CodeDestination) -> DocumentKey {
        DocumentKey(codes, TextKey(unchecked: "\(purpose)/\(destination.name)"))
    }

    static func unique(email: EmailAddress) -> UniqueKey { UniqueKey(unchecked: emailPrefix + email.normalized) }

    static func unique(phone: PhoneNumber) -> UniqueKey { UniqueKey(unchecked: phonePrefix + phone.text) }

    static func unique(schoolEmail: EmailAddress) -> UniqueKey {
        UniqueKey(unchecked: schoolEmailPrefix + schoolEmail.normalized)
    }

    static func unique(identity name: String) -> UniqueKey { UniqueKey(unchecked: identityPrefix + name) }

    /// The refusal of whoever wants a unique key that somebody else holds.
    static func refusal(of key: UniqueKey) -> MembersRefusal? {
        let refusals: [(String, MembersRefusal)] = [
            (emailPrefix, .emailTaken), (phonePrefix, .phoneTaken), (schoolEmailPrefix, .schoolEmailTaken),
            (identityPrefix, .identityTaken), (shopNamePrefix, .shopNameTaken), (enterprisePrefix, .enterpriseTaken),
        ]
        return refusals.first { key.text.hasPrefix($0.0) }?.1
    }
}

extension SocialIdentity {
    /// The most bytes of the names of provider and person together: OpenID Connect allows 255 for the person's.
    static let maximumBytes = 384

    /// The text by which an identity is found; the provider's length keeps `a/b` of `c` apart from `a` of `b/c`.
    var name: String { "\(provider.text.utf8.count)/\(provider)/\(subject)" }
}

extension CodeDestination {
    /// The text by which a destination is named.
    var name: String {
        switch self {
        case .phone(let number): "phone/\(number.text)"
        case .email(let address): "email/\(address.normalized)"
        }
    }
}
