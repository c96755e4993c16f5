public import MarketplaceCore
public import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

/// Enterprises and their verification.
public struct Enterprises: Sendable {
    private let archive: MemberArchive
    private let enterprises: Repository<Enterprise>

    /// The enterprises of an environment.
    public init(in environment: ServiceEnvironment) {
        archive = MemberArchive(environment)
        enterprises = environment.repository()
    }

    /// Registers an enterprise, which waits for its verification then.
    ///
    /// - Throws: `enterpriseTaken` when its number is registered already, `textLength`, or what the enterprise rejects.
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
        let outcome = try await record(.register(id: id, owner: owner), on: id, by: actor, key: key) {
            (transaction: inout Transaction, _: Enterprise) async throws(MembersError) in
            _ = try await archive.profile(of: owner)
            let number = "\(profile.country.uppercased())/\(profile.registrationNumber)".keyDigest
            transaction.write(
                DocumentWrite(
                    Self.key(of: id),
                    body: try archive.encoded(profile),
                    expecting: .absent,
                    uniqueKeys: [UniqueKey(unchecked: MemberKeySpace.enterprisePrefix + number)]
                )
            )
        }
        guard !outcome.events.isEmpty else { throw .refused(.enterprise(.alreadyRegistered(id))) }
    }

    /// Finds an enterprise to be what it says it is, and tells its owner.
    public func verify(_ id: EnterpriseID, by actor: CommandActor, key: IdempotencyKey) async throws(MembersError) {
        try await decide(.verify, telling: .enterpriseVerified, on: id, by: actor, key: key)
    }

    /// Rejects an enterprise, and tells its owner.
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
        try await record(.resubmit, on: id, by: actor, key: key) {
            (_: inout Transaction, _: Enterprise) async throws(MembersError) in
        }
    }

    /// An enterprise as its events make it.
    public func enterprise(_ id: EnterpriseID) async throws(MembersError) -> Enterprise {
        try await archive.load(id, in: enterprises, refusing: MembersRefusal.enterprise)
    }

    /// What an enterprise says of itself; nil when there is none.
    public func profile(of id: EnterpriseID) async throws(MembersError) -> EnterpriseProfile? {
        try await archive.read(Self.key(of: id), as: EnterpriseProfile.self)?.value
    }

    private func decide(
        _ action: EnterpriseAction,
        telling template: MailTemplate,
        _ values: [String: String] = [:],
        on id: EnterpriseID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(MembersError) {
        try await record(action, on: id, by: actor, key: key) {
            (transaction: inout Transaction, root: Enterprise) async throws(MembersError) in
            guard let owner = root.ownerID else { return }
            let all = values.merging(["enterprise": id.description]) { $1 }
            try archive.notify(owner, template, all, in: &transaction)
        }
    }

    @discardableResult
    private func record(
        _ action: EnterpriseAction,
        on id: EnterpriseID,
        by actor: CommandActor,
        key: IdempotencyKey,
        also: (inout Transaction, Enterprise) async throws(MembersError) -> Void
    ) async throws(MembersError) -> CommandOutcome<Enterprise> {
        try await archive.record(in: enterprises, on: id, key: key, refusing: MembersRefusal.enterprise) { _ in
            [ActorCommand(action, by: actor, at: archive.now)]
        } also: { (transaction: inout Transaction, root: Enterprise) async throws(MembersError) in
            try await also(&transaction, root)
        }
    }

    private static func key(of id: EnterpriseID) -> DocumentKey { DocumentKey(MemberKeySpace.enterprises, id) }
}
