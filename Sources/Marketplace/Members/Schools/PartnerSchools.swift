public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

/// Partner schools, by the domains of their mail addresses.
public struct PartnerSchools: Sendable {
    private let archive: MemberArchive

    /// Which school a domain is.
    private struct DomainDocument: Codable, Hashable, Sendable {
        let school: PartnerSchoolID
    }

    /// The schools of an environment.
    public init(in environment: ServiceEnvironment) {
        self.init(MemberArchive(environment))
    }

    init(_ archive: MemberArchive) {
        self.archive = archive
    }

    /// Makes a school a partner: members join with an address of the domain, or of one below it.
    ///
    /// - Throws: `domainTaken` when another partnership has the domain, or what the school rejects.
    public func add(
        _ id: PartnerSchoolID,
        domain: String,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(MembersError) {
        try await archive.record(.add(id: id, domain: domain), on: id, by: actor, key: key) {
            (transaction: inout Transaction, root: PartnerSchool) async throws(MembersError) in
            guard let domain = root.domain else { return }
            let document = Self.key(of: domain)
            if let stored = try await archive.read(document, as: DomainDocument.self), stored.value.school != id {
                throw .refused(.domainTaken)
            }
            let body = try archive.encoded(DomainDocument(school: id))
            transaction.write(DocumentWrite(document, body: body, expecting: .absent))
        }
    }

    /// Ends the partnership with a school: nobody else joins, and nobody counts as one of it.
    public func end(_ id: PartnerSchoolID, by actor: CommandActor, key: IdempotencyKey) async throws(MembersError) {
        try await archive.record(.end, on: id, by: actor, key: key) {
            (transaction: inout Transaction, root: PartnerSchool) async throws(MembersError) in
            if let domain = root.domain { transaction.delete(Self.key(of: domain)) }
        }
    }

    /// The partner school that an address is of: by its domain, or by one that it lies below.
    public func school(of address: EmailAddress) async throws(MembersError) -> PartnerSchoolID? {
        var labels = address.domain.split(separator: ".")[...]
        while labels.count > 1 {
            let domain = labels.joined(separator: ".")
            if let stored = try await archive.read(Self.key(of: domain), as: DomainDocument.self) {
                return stored.value.school
            }
            labels = labels.dropFirst()
        }
        return nil
    }

    private static func key(of domain: String) -> DocumentKey {
        DocumentKey(MemberKeySpace.schools, TextKey(unchecked: domain))
    }
}
