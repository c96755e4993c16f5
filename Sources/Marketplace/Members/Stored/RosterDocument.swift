import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// Which sellers and enterprises are a member's: what is stopped, ended or erased in one commit with the member.
struct RosterDocument: Codable, Hashable, Sendable {
    /// The most sellers and the most enterprises of a member: all sellers are stopped in the commit that disables their
    /// owner, and each is loaded for it.
    static let maximumEntries = 50

    var sellers: [SellerID] = []
    var enterprises: [EnterpriseID] = []
}

extension MemberArchive {
    /// Adds to a member's roster.
    ///
    /// - Throws: `tooManyAccounts` when it is full.
    func enrol(
        _ member: MemberID,
        in transaction: inout Transaction,
        changing change: (inout RosterDocument) -> Void
    ) async throws(MembersError) {
        let key = MemberKeySpace.roster(member)
        let stored = try await read(key, as: RosterDocument.self)
        var document = stored?.value ?? RosterDocument()
        change(&document)
        guard max(document.sellers.count, document.enterprises.count) <= RosterDocument.maximumEntries else {
            throw .refused(.tooManyAccounts(maximum: RosterDocument.maximumEntries))
        }
        let revision: ExpectedRevision = stored.map { .exactly($0.revision) } ?? .absent
        transaction.write(DocumentWrite(key, body: try encoded(document), expecting: revision))
    }

    /// A member's roster, guarded in a transaction.
    func roster(of member: MemberID, guardedIn transaction: inout Transaction) async throws(MembersError)
        -> RosterDocument
    {
        let key = MemberKeySpace.roster(member)
        let stored = try await read(key, as: RosterDocument.self)
        transaction.require(.document(key, at: stored?.revision))
        return stored?.value ?? RosterDocument()
    }

    /// Lets a member's sellers follow what becomes of the member or of an enterprise, in the same commit.
    ///
    /// - Parameters:
    ///   - member: Whose sellers.
    ///   - transaction: Where it is added; its commit fails when the member gets another seller meanwhile.
    ///   - choose: What is to become of a seller; nil for nothing.
    /// - Returns: The sellers that something becomes of.
    /// - Throws: What the store or an account says.
    @discardableResult
    func followSellers(
        of member: MemberID,
        in transaction: inout Transaction,
        _ choose: (SellerAccount) -> SellerAccountAction?
    ) async throws(MembersError) -> [SellerID] {
        var moved: [SellerID] = []
        for seller in try await roster(of: member, guardedIn: &transaction).sellers {
            // A key of its own each time: the repetition of the cause does not come here.
            let key = IdempotencyKey(environment.identifiers.next() as TransactionID)
            let time = transaction.time
            let outcome = try await add(
                in: accounts,
                on: seller,
                key: key,
                refusing: MembersRefusal.seller,
                commands: { account in
                    choose(account).map { [ActorCommand($0, by: .system, at: time)] } ?? []
                },
                to: &transaction
            )
            if !outcome.events.isEmpty { moved.append(seller) }
        }
        return moved
    }
}
