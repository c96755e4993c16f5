public import MarketplaceCore
public import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

/// Sellers and their accounts, from application to closing.
///
/// A seller's account belongs to a verified member. An account for an enterprise is let in once the enterprise is
/// verified. Every call can be repeated with its key.
public struct Sellers: Sendable {
    private let archive: MemberArchive
    private let accounts: Repository<SellerAccount>
    private let enterprises: Repository<Enterprise>

    /// The sellers of an environment.
    public init(in environment: ServiceEnvironment) {
        self.init(MemberArchive(environment))
    }

    init(_ archive: MemberArchive) {
        self.archive = archive
        accounts = archive.environment.repository()
        enterprises = archive.environment.repository()
    }

    /// Applies to sell.
    ///
    /// - Parameters:
    ///   - id: Names the new seller; chosen by the caller.
    ///   - profile: What the seller is called.
    ///   - owner: The member whose account it is.
    ///   - enterprise: The enterprise that sells, of the same owner; nil for a person.
    ///   - actor: Who asks.
    ///   - key: Names the call.
    /// - Throws: `notVerified` while the owner's address is not verified, `shopNameTaken`, `textLength`, or what the
    ///   account rejects.
    public func apply(
        _ id: SellerID,
        profile: SellerProfile,
        owner: MemberID,
        enterprise: EnterpriseID? = nil,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(MembersError) {
        try archive.check(profile.shopName, "the shop's name", maximum: SellerProfile.maximumNameLength)
        let action = SellerAccountAction.apply(id: id, owner: owner, enterprise: enterprise)
        let outcome = try await record(action, on: id, by: actor, key: key) {
            (transaction: inout Transaction, _: SellerAccount) async throws(MembersError) in
            let access = try await archive.access(of: owner)
            guard access.value.status == .verified else { throw .refused(.notVerified(owner)) }
            if let enterprise, try await self.enterprise(enterprise).ownerID != owner {
                throw .refused(.enterprise(.notRegistered))
            }
            transaction.require(.document(MemberKeySpace.access(owner), at: access.revision))
            let name = profile.shopName.lowercased().keyDigest
            transaction.write(
                DocumentWrite(
                    Self.key(of: id),
                    body: try archive.encoded(profile),
                    expecting: .absent,
                    uniqueKeys: [UniqueKey(unchecked: MemberKeySpace.shopNamePrefix + name)]
                )
            )
        }
        guard !outcome.events.isEmpty else { throw .refused(.seller(.alreadyApplied(id))) }
    }

    /// Lets a seller in, and tells the owner.
    public func verify(_ id: SellerID, by actor: CommandActor, key: IdempotencyKey) async throws(MembersError) {
        let isVerified = try await isEnterpriseVerified(of: id)
        try await decide(
            .verify(isEnterpriseVerified: isVerified),
            telling: .sellerVerified,
            on: id,
            by: actor,
            key: key
        )
    }

    /// Stops a seller for a while, and tells the owner.
    public func suspend(
        _ id: SellerID,
        because reason: SellerSuspensionReason,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(MembersError) {
        try await decide(
            .suspend(reason),
            telling: .sellerSuspended,
            ["reason": reason.rawValue],
            on: id,
            by: actor,
            key: key
        )
    }

    /// Lets a suspended seller sell again, and tells the owner.
    public func reinstate(_ id: SellerID, by actor: CommandActor, key: IdempotencyKey) async throws(MembersError) {
        let isVerified = try await isEnterpriseVerified(of: id)
        try await decide(
            .reinstate(isEnterpriseVerified: isVerified),
            telling: .sellerVerified,
            on: id,
            by: actor,
            key: key
        )
    }

    /// Ends a seller's account, and tells the owner.
    public func close(
        _ id: SellerID,
        because reason: SellerClosingReason,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(MembersError) {
        try await decide(
            .close(reason),
            telling: .sellerClosed,
            ["reason": reason.rawValue],
            on: id,
            by: actor,
            key: key
        )
    }

    /// A seller's account as its events make it.
    public func account(_ id: SellerID) async throws(MembersError) -> SellerAccount {
        let account = try await archive.load(id, in: accounts, refusing: MembersRefusal.seller)
        guard account.id != nil else { throw .refused(.unknownSeller(id)) }
        return account
    }

    /// What a seller is called; nil when there is none.
    public func profile(of id: SellerID) async throws(MembersError) -> SellerProfile? {
        try await archive.read(Self.key(of: id), as: SellerProfile.self)?.value
    }

    private func isEnterpriseVerified(of id: SellerID) async throws(MembersError) -> Bool {
        let account = try await archive.load(id, in: accounts, refusing: MembersRefusal.seller)
        guard let enterprise = account.enterpriseID else { return false }
        return try await self.enterprise(enterprise).status == .verified
    }

    private func enterprise(_ id: EnterpriseID) async throws(MembersError) -> Enterprise {
        try await archive.load(id, in: enterprises, refusing: MembersRefusal.enterprise)
    }

    private func decide(
        _ action: SellerAccountAction,
        telling template: MailTemplate,
        _ values: [String: String] = [:],
        on id: SellerID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(MembersError) {
        try await record(action, on: id, by: actor, key: key) {
            (transaction: inout Transaction, root: SellerAccount) async throws(MembersError) in
            guard let owner = root.ownerID else { return }
            let all = values.merging(["seller": id.description]) { $1 }
            try archive.notify(owner, template, all, in: &transaction)
        }
    }

    @discardableResult
    private func record(
        _ action: SellerAccountAction,
        on id: SellerID,
        by actor: CommandActor,
        key: IdempotencyKey,
        also: (inout Transaction, SellerAccount) async throws(MembersError) -> Void
    ) async throws(MembersError) -> CommandOutcome<SellerAccount> {
        try await archive.record(in: accounts, on: id, key: key, refusing: MembersRefusal.seller) { _ in
            [ActorCommand(action, by: actor, at: archive.now)]
        } also: { (transaction: inout Transaction, root: SellerAccount) async throws(MembersError) in
            try await also(&transaction, root)
        }
    }

    private static func key(of id: SellerID) -> DocumentKey { DocumentKey(MemberKeySpace.sellers, id) }
}
