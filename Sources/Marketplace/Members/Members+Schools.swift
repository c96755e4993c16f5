public import MarketplaceCore
public import MarketplaceCoupons
public import MarketplaceDomain
import MarketplaceStorage

extension Members {
    /// Sends a link to a member's address at a partner school; the member belongs to the school when it is used.
    ///
    /// - Throws: `noPartnerSchool` when the address is of no partner's domain, nor of one below it; `tooSoon`,
    ///   `forbidden`.
    public func requestSchool(
        for id: MemberID,
        at address: EmailAddress,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(MembersError) {
        try archive.check(.leaveSchool, actor, owner: id)
        _ = try await archive.profile(of: id)
        guard let school = try await PartnerSchools(archive).school(of: address) else {
            throw .refused(.noPartnerSchool(domain: address.domain))
        }
        try await links.send(.joinSchool, to: id, address: address, school: school, key: key)
    }

    /// Lets a member belong to a school, by the link that was sent to an address of it.
    ///
    /// - Throws: `linkUnknown`, `linkUsed`, `linkExpired`; `schoolEmailTaken` when another member proved with the
    ///   address; `noPartnerSchool` when the partnership has ended meanwhile.
    @discardableResult
    public func joinSchool(_ token: LinkToken, key: IdempotencyKey) async throws(MembersError) -> PartnerSchoolID {
        let link = try await links.link(.joinSchool, token, key: key)
        let id = link.value.member
        guard let address = link.value.address, let school = link.value.school else { throw .refused(.linkUnknown) }
        try await archive.record(.joinSchool(school), on: id, by: .system, key: key) {
            (transaction: inout Transaction, _: Member) async throws(MembersError) in
            guard try await PartnerSchools(archive).school(of: address) == school else {
                throw .refused(.noPartnerSchool(domain: address.domain))
            }
            let stored = try await archive.profile(of: id)
            var document = stored.value
            document.schools.append(ProfileDocument.SchoolAddress(school: school, email: address))
            transaction.write(try document.write(expecting: .exactly(stored.revision), in: archive))
            try links.use(link, key: key, in: &transaction)
        }
        return school
    }

    /// Lets a member belong to a school no longer, and forgets the address.
    public func leaveSchool(
        _ school: PartnerSchoolID,
        of id: MemberID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(MembersError) {
        try await archive.record(.leaveSchool(school), on: id, by: actor, key: key) {
            (transaction: inout Transaction, _: Member) async throws(MembersError) in
            let stored = try await archive.profile(of: id)
            var document = stored.value
            document.schools.removeAll { $0.school == school }
            transaction.write(try document.write(expecting: .exactly(stored.revision), in: archive))
        }
    }

    /// The domains of the school addresses by which a member proved to belong to schools that are partners still: what
    /// issuing a coupon for a school asks for.
    public func verifiedSchoolDomains(of id: MemberID) async throws(MembersError) -> [EmailDomain] {
        var domains: [EmailDomain] = []
        for school in try await archive.profile(of: id).value.schools {
            guard try await PartnerSchools(archive).school(of: school.email) == school.school,
                let domain = try? EmailDomain(validating: school.email.domain)
            else { continue }
            domains.append(domain)
        }
        return domains
    }
}
