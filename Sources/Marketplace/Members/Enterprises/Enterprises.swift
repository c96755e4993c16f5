public import MarketplaceCore
public import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

/// Enterprises and their verification.
///
/// A number belongs to the enterprise that was verified with it, and to nobody before: whoever registers somebody else's
/// number keeps nobody out.
public struct Enterprises: Sendable {
    private let archive: MemberArchive

    /// The enterprises of an environment.
    public init(in environment: ServiceEnvironment) {
        archive = MemberArchive(environment)
    }

    /// Registers an enterprise, which waits for its verification then.
    ///
    /// - Throws: `enterpriseTaken` when another enterprise was verified with its number, `textLength`,
    ///   `tooManyAccounts`, or what the enterprise rejects.
    public func register(
        _ id: EnterpriseID,
        profile: EnterpriseProfile,
        owner: MemberID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(MembersError) {
        try archive.check(profile.legalName, "the legal name", maximum: EnterpriseProfile.maximumLength)
        try archive.check(profile.country, "the country", maximum: 2)
        try archive.check(profile.registrationNumber, "the number", maximum: EnterpriseProfile.maximumLength)
        let outcome = try await archive.record(.register(id: id, owner: owner), on: id, by: actor, key: key) {
            (transaction: inout Transaction, _: Enterprise) async throws(MembersError) in
            let access = try await archive.access(of: owner)
            transaction.require(.document(MemberKeySpace.access(owner), at: access.revision))
            try await archive.enrol(owner, in: &transaction) { $0.enterprises.append(id) }
            guard try await !isVerified(profile.number) else { throw .refused(.enterpriseTaken) }
            transaction.write(try write(profile, of: id, isVerified: false, expecting: .absent))
        }
        guard !outcome.events.isEmpty else { throw .refused(.enterprise(.alreadyRegistered(id))) }
    }

    /// Finds an enterprise to be what it says it is, and tells its owner; its number is its own from then on.
    ///
    /// - Throws: `enterpriseTaken` when another enterprise was verified with its number, or what the enterprise rejects.
    public func verify(_ id: EnterpriseID, by actor: CommandActor, key: IdempotencyKey) async throws(MembersError) {
        try await decide(.verify, telling: .enterpriseVerified, on: id, by: actor, key: key)
    }

    /// Rejects an enterprise, and tells its owner; its sellers are suspended in the same commit, and its number is
    /// nobody's again.
    public func reject(
        _ id: EnterpriseID,
        because reason: EnterpriseRejectionReason,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(MembersError) {
        try await decide(
            .reject(reason),
            telling: .enterpriseRejected,
            ["reason": reason.rawValue],
            on: id,
            by: actor,
            key: key
        )
    }

    /// Puts a rejected enterprise up for verification again.
    public func resubmit(_ id: EnterpriseID, by actor: CommandActor, key: IdempotencyKey) async throws(MembersError) {
        try await archive.record(.resubmit, on: id, by: actor, key: key) {
            (_: inout Transaction, _: Enterprise) async throws(MembersError) in
        }
    }

    /// An enterprise as its events make it.
    public func enterprise(_ id: EnterpriseID) async throws(MembersError) -> Enterprise {
        try await archive.load(id, in: archive.enterprises, refusing: MembersRefusal.enterprise)
    }

    /// What an enterprise says of itself; nil when there is none.
    public func profile(of id: EnterpriseID) async throws(MembersError) -> EnterpriseProfile? {
        try await archive.read(MemberKeySpace.enterprise(id), as: EnterpriseProfile.self)?.value
    }

    private func decide(
        _ action: EnterpriseAction,
        telling template: MailTemplate,
        _ values: [String: String] = [:],
        on id: EnterpriseID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(MembersError) {
        try await archive.record(action, on: id, by: actor, key: key) {
            (transaction: inout Transaction, root: Enterprise) async throws(MembersError) in
            guard let owner = root.ownerID else { return }
            let all = values.merging(["enterprise": id.description]) { $1 }
            try archive.notify(owner, template, all, in: &transaction)
            try await follow(root, of: id, owner: owner, in: &transaction)
        }
    }

    /// Lets the number and the sellers follow what an enterprise was found to be.
    private func follow(
        _ root: Enterprise,
        of id: EnterpriseID,
        owner: MemberID,
        in transaction: inout Transaction
    ) async throws(MembersError) {
        let isVerified = root.status == .verified
        let stored = try await archive.read(MemberKeySpace.enterprise(id), as: EnterpriseProfile.self)
        if let stored {
            let revision = ExpectedRevision.exactly(stored.revision)
            transaction.write(try write(stored.value, of: id, isVerified: isVerified, expecting: revision))
        } else if isVerified {
            // Its owner was erased, and what it is called with the owner: nobody can say any more what it is.
            throw .refused(.unknownMember(owner))
        }
        guard !isVerified else { return }
        let suspended = try await archive.followSellers(of: owner, in: &transaction) { account in
            account.enterpriseID == id && account.status == .verified ? .suspend(.enterpriseRejected) : nil
        }
        for seller in suspended {
            let values = [
                "seller": seller.description, "reason": SellerSuspensionReason.enterpriseRejected.rawValue,
            ]
            try archive.notify(owner, .sellerSuspended, values, in: &transaction)
        }
    }

    /// The write of what an enterprise says of itself; its number is kept from others once it is verified.
    private func write(
        _ profile: EnterpriseProfile,
        of id: EnterpriseID,
        isVerified: Bool,
        expecting revision: ExpectedRevision
    ) throws(MembersError) -> DocumentWrite {
        DocumentWrite(
            MemberKeySpace.enterprise(id),
            body: try archive.encoded(profile),
            expecting: revision,
            indexEntries: isVerified ? [IndexEntry(Self.numberIndex, .text(profile.number))] : [],
            uniqueKeys: isVerified ? [UniqueKey(unchecked: MemberKeySpace.enterprisePrefix + profile.number)] : []
        )
    }

    private static let numberIndex = "number"

    private func isVerified(_ number: String) async throws(MembersError) -> Bool {
        let query = DocumentQuery.indexed(
            MemberKeySpace.enterprises,
            by: Self.numberIndex,
            prefix: [.text(number)],
            limit: 1
        )
        let slice = try await archive.reading { () async throws(StoreError) in
            try await archive.store.documents(matching: query)
        }
        return !slice.documents.isEmpty
    }
}

extension EnterpriseProfile {
    /// What its number is compared by.
    fileprivate var number: String { "\(country.uppercased())/\(registrationNumber)".keyDigest }
}
