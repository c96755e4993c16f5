public import MarketplaceCore
public import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

/// Sellers and their accounts, from application to closing.
///
/// A seller's account belongs to a verified member. An account for an enterprise is let in once the enterprise is
/// verified. It is suspended in the commit that disables its owner or rejects its enterprise, and closed in the one that
/// erases its owner. Every call can be repeated with its key.
public struct Sellers: Sendable {
    private let archive: MemberArchive

    /// The sellers of an environment.
    public init(in environment: ServiceEnvironment) {
        self.init(MemberArchive(environment))
    }

    init(_ archive: MemberArchive) {
        self.archive = archive
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
    /// - Throws: `notVerified` while the owner's address is not verified, `shopNameTaken`, `textLength`,
    ///   `tooManyAccounts`, or what the account rejects.
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
        let outcome = try await archive.record(action, on: id, by: actor, key: key) {
            (transaction: inout Transaction, _: SellerAccount) async throws(MembersError) in
            try await requireVerified(owner, in: &transaction)
            if let enterprise, try await self.enterprise(enterprise).ownerID != owner {
                throw .refused(.enterprise(.notRegistered))
            }
            try await archive.enrol(owner, in: &transaction) { $0.sellers.append(id) }
            let name = profile.shopName.lowercased().keyDigest
            transaction.write(
                DocumentWrite(
                    MemberKeySpace.seller(id),
                    body: try archive.encoded(profile),
                    expecting: .absent,
                    uniqueKeys: [UniqueKey(unchecked: MemberKeySpace.shopNamePrefix + name)]
                )
            )
        }
        guard !outcome.events.isEmpty else { throw .refused(.seller(.alreadyApplied(id))) }
    }

    /// Lets a seller in, and tells the owner.
    ///
    /// - Throws: `notVerified` or `accountDisabled` unless the owner is a verified member, or what the account rejects.
    public func verify(_ id: SellerID, by actor: CommandActor, key: IdempotencyKey) async throws(MembersError) {
        try await letIn(id, by: actor, key: key) { .verify(isEnterpriseVerified: $0) }
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
    ///
    /// - Throws: `notVerified` or `accountDisabled` unless the owner is a verified member, or what the account rejects.
    public func reinstate(_ id: SellerID, by actor: CommandActor, key: IdempotencyKey) async throws(MembersError) {
        try await letIn(id, by: actor, key: key) { .reinstate(isEnterpriseVerified: $0) }
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
        let account = try await archive.load(id, in: archive.accounts, refusing: MembersRefusal.seller)
        guard account.id != nil else { throw .refused(.unknownSeller(id)) }
        return account
    }

    /// What a seller is called; nil when there is none.
    public func profile(of id: SellerID) async throws(MembersError) -> SellerProfile? {
        try await archive.read(MemberKeySpace.seller(id), as: SellerProfile.self)?.value
    }

    /// Opens an account for selling, if its enterprise and its owner are verified in the moment of the commit.
    private func letIn(
        _ id: SellerID,
        by actor: CommandActor,
        key: IdempotencyKey,
        _ action: (Bool) -> SellerAccountAction
    ) async throws(MembersError) {
        _ = try await archive.record(
            in: archive.accounts,
            on: id,
            key: key,
            refusing: MembersRefusal.seller,
            given: { (transaction: inout Transaction) async throws(MembersError) in
                try await isEnterpriseVerified(of: id, guardedIn: &transaction)
            },
            commands: { (_, isVerified) in [ActorCommand(action(isVerified), by: actor, at: archive.now)] },
            also: { (transaction: inout Transaction, root: SellerAccount) async throws(MembersError) in
                guard let owner = root.ownerID else { return }
                try await requireVerified(owner, in: &transaction)
                try archive.notify(owner, .sellerVerified, ["seller": id.description], in: &transaction)
            }
        )
    }

    private func isEnterpriseVerified(
        of id: SellerID,
        guardedIn transaction: inout Transaction
    ) async throws(MembersError) -> Bool {
        let account = try await archive.load(id, in: archive.accounts, refusing: MembersRefusal.seller)
        guard let enterprise = account.enterpriseID else { return false }
        return try await archive.load(
            enterprise,
            in: archive.enterprises,
            refusing: MembersRefusal.enterprise,
            guardedIn: &transaction
        ).status == .verified
    }

    /// Refuses while the owner is not a verified member, and lets the commit fail when that changes.
    private func requireVerified(_ owner: MemberID, in transaction: inout Transaction) async throws(MembersError) {
        let access = try await archive.access(of: owner)
        switch access.value.status {
        case .verified: break
        case .signedUp: throw .refused(.notVerified(owner))
        case .disabled, .erased: throw .refused(.accountDisabled(owner))
        }
        transaction.require(.document(MemberKeySpace.access(owner), at: access.revision))
    }

    private func enterprise(_ id: EnterpriseID) async throws(MembersError) -> Enterprise {
        try await archive.load(id, in: archive.enterprises, refusing: MembersRefusal.enterprise)
    }

    private func decide(
        _ action: SellerAccountAction,
        telling template: MailTemplate,
        _ values: [String: String] = [:],
        on id: SellerID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(MembersError) {
        try await archive.record(action, on: id, by: actor, key: key) {
            (transaction: inout Transaction, root: SellerAccount) async throws(MembersError) in
            guard let owner = root.ownerID else { return }
            let all = values.merging(["seller": id.description]) { $1 }
            try archive.notify(owner, template, all, in: &transaction)
        }
    }
}
