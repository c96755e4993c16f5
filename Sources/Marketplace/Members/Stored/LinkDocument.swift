import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

/// What is stored of the newest link of one kind that a member was sent.
struct LinkDocument: Codable, Hashable, Sendable {
    /// What a link is for.
    enum Kind: String, Codable, CaseIterable {
        case verifyEmail = "verify-email"
        case changeEmail = "change-email"
        case resetPassword = "reset-password"
        case joinSchool = "join-school"

        /// The text of the mail that brings it.
        var template: MailTemplate {
            switch self {
            case .verifyEmail: .verifyEmail
            case .changeEmail: .changeEmail
            case .resetPassword: .resetPassword
            case .joinSchool: .joinSchool
            }
        }
    }

    let kind: Kind
    let member: MemberID
    /// What the port makes of the secret that the link proves itself by; the secret is not stored.
    let proof: String
    let sentAt: Timestamp
    let expiry: Timestamp
    /// What the link was asked for with.
    let key: IdempotencyKey
    /// The address it proves, where that is not the profile's.
    var address: EmailAddress?
    /// The school it proves to belong to.
    var school: PartnerSchoolID?
    /// What it was used with.
    var usedBy: IdempotencyKey?

    /// How long the document outlives its link, so that a late click is told that the link has expired.
    static let retention = Duration.days(7)

    /// The write of the document, with all it can be found by.
    func write(
        expecting revision: ExpectedRevision,
        in archive: MemberArchive
    ) throws(MembersError) -> DocumentWrite {
        DocumentWrite(
            MemberKeySpace.link(kind, member),
            body: try archive.encoded(self),
            expecting: revision,
            indexEntries: [Self.expiryEntry(expiry.advanced(by: Self.retention))]
        )
    }

    static func expiryEntry(_ time: Timestamp) -> IndexEntry {
        IndexEntry(MemberKeySpace.expiryIndex, .text(MemberKeySpace.links.text), .time(time))
    }
}
