import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// What is stored of a member that is personal; deleting it erases the member.
struct ProfileDocument: Codable, Hashable, Sendable {
    /// The address by which a member proved to belong to a school.
    struct SchoolAddress: Codable, Hashable, Sendable {
        let school: PartnerSchoolID
        let email: EmailAddress
    }

    let member: MemberID
    var profile: MemberProfile
    /// Until when the e-mail address waits for its verification; nil once it is verified.
    var unverifiedUntil: Timestamp?
    /// The number that was verified by a code: only that one is the member's alone.
    var verifiedPhone: PhoneNumber?
    var schools: [SchoolAddress] = []

    static let emailIndex = "email"
    static let phoneIndex = "phone"
    static let unverifiedIndex = "unverified"

    /// The write of the document, with all it can be found by.
    func write(
        expecting revision: ExpectedRevision,
        in archive: MemberArchive
    ) throws(MembersError) -> DocumentWrite {
        var entries = [IndexEntry(Self.emailIndex, .text(profile.email.normalized))]
        var keys = [MemberKeySpace.unique(email: profile.email)]
        if let verifiedPhone {
            entries.append(IndexEntry(Self.phoneIndex, .text(verifiedPhone.text)))
            keys.append(MemberKeySpace.unique(phone: verifiedPhone))
        }
        if let unverifiedUntil { entries.append(IndexEntry(Self.unverifiedIndex, .time(unverifiedUntil))) }
        keys += schools.map { MemberKeySpace.unique(schoolEmail: $0.email) }
        return DocumentWrite(
            MemberKeySpace.profile(member),
            body: try archive.encoded(self),
            expecting: revision,
            indexEntries: entries,
            uniqueKeys: keys
        )
    }
}
