public import MarketplaceCore
public import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

extension Members {
    /// The most documents of a kind that belong to one member and are deleted in one commit: sessions and notices.
    private static let erasedAtOnce = 200

    /// Lets a member log in no more; all sessions end, and all sellers of the member are suspended, in the same commit.
    public func disable(
        _ id: MemberID,
        because reason: MemberDisableReason,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(MembersError) {
        try await archive.record(.disable(reason), on: id, by: actor, key: key) {
            (transaction: inout Transaction, root: Member) async throws(MembersError) in
            try await archive.followAccess(root, of: id, endingSessions: true, in: &transaction)
            try await archive.followSellers(of: id, in: &transaction) { account in
                account.status == .verified ? .suspend(.ownerDisabled) : nil
            }
            try archive.notify(id, .memberDisabled, ["reason": reason.rawValue], in: &transaction)
        }
    }

    /// Lets a disabled member log in again; the sellers stay suspended until each is reinstated.
    public func reinstate(_ id: MemberID, by actor: CommandActor, key: IdempotencyKey) async throws(MembersError) {
        try await archive.record(.reinstate, on: id, by: actor, key: key) {
            (transaction: inout Transaction, root: Member) async throws(MembersError) in
            try await archive.followAccess(root, of: id, in: &transaction)
        }
    }

    /// Erases a member's personal data for good: profile, secrets, links, sessions, mail that is still to be sent, and
    /// what the member's sellers and enterprises are called.
    ///
    /// The sellers are closed in the same commit. The events stay readable: they carry ids alone. The address and the
    /// names can be used again. Nothing is retained here: whoever must keep a seller's name for the tax office or for
    /// invoices keeps it in documents of that purpose, and closes the accounts before. What other contexts keep is erased
    /// by ``MemberErasure``.
    public func erase(_ id: MemberID, by actor: CommandActor, key: IdempotencyKey) async throws(MembersError) {
        try await erase(id, key: key) { _ in [ActorCommand(.erase, by: actor, at: archive.now)] }
    }

    /// Erases what the commands decide to erase; returns whether they did.
    @discardableResult
    private func erase(
        _ id: MemberID,
        key: IdempotencyKey,
        commands: (Member) -> [Member.Command]
    ) async throws(MembersError) -> Bool {
        let outcome = try await archive.record(
            in: archive.members,
            on: id,
            key: key,
            refusing: MembersRefusal.member,
            given: { (_: inout Transaction) async throws(MembersError) in },
            commands: { (root, _) in commands(root) }
        ) { (transaction: inout Transaction, _: Member) async throws(MembersError) in
            try await endSellers(of: id, in: &transaction)
            transaction.delete(MemberKeySpace.profile(id))
            transaction.delete(MemberKeySpace.access(id))
            for kind in LinkDocument.Kind.allCases { transaction.delete(MemberKeySpace.link(kind, id)) }
            let profile = try await archive.profile(of: id).value
            transaction.delete(MemberKeySpace.code(.logIn, at: .email(profile.profile.email)))
            if let phone = profile.profile.phone {
                transaction.delete(MemberKeySpace.code(.logIn, at: .phone(phone)))
                transaction.delete(MemberKeySpace.code(.verifyPhone(of: id), at: .phone(phone)))
            }
            try await delete(MemberKeySpace.sessions, SessionDocument.memberIndex, of: id, in: &transaction)
            try await delete(MemberKeySpace.notices, MailDocument.memberIndex, of: id, in: &transaction)
        }
        // A repetition is answered before anybody asks who repeats it: only what is erased is swept.
        if outcome.root.status == .erased { try await deleteRest(of: id) }
        return !outcome.isRepetition && !outcome.events.isEmpty
    }

    /// Closes the member's sellers, and deletes what they and the enterprises are called.
    private func endSellers(of id: MemberID, in transaction: inout Transaction) async throws(MembersError) {
        try await archive.followSellers(of: id, in: &transaction) { account in
            account.id != nil && account.status != .closed ? .close(.memberErased) : nil
        }
        guard let roster = try await archive.read(MemberKeySpace.roster(id), as: RosterDocument.self)?.value else {
            return
        }
        for seller in roster.sellers { transaction.delete(MemberKeySpace.seller(seller)) }
        for enterprise in roster.enterprises { transaction.delete(MemberKeySpace.enterprise(enterprise)) }
    }

    /// Deletes what one commit could not, be it of this call or of one that died here.
    private func deleteRest(of id: MemberID) async throws(MembersError) {
        var isDone = false
        while !isDone {
            var transaction = archive.transaction()
            try await delete(MemberKeySpace.sessions, SessionDocument.memberIndex, of: id, in: &transaction)
            try await delete(MemberKeySpace.notices, MailDocument.memberIndex, of: id, in: &transaction)
            isDone = transaction.deletes.isEmpty
            if !isDone { _ = try await archive.perform(transaction) }
        }
    }

    /// Erases the sign-ups that nobody verified in time, and returns how many there were.
    ///
    /// Run it from time to time, so that nobody can keep somebody else's address taken.
    @discardableResult
    public func eraseUnverified(limit: Int = 100) async throws(MembersError) -> Int {
        let slice = try await archive.reading { () async throws(StoreError) in
            try await archive.store.documents(
                matching: .indexed(
                    MemberKeySpace.profiles,
                    by: ProfileDocument.unverifiedIndex,
                    atMost: .time(archive.now),
                    limit: limit
                )
            )
        }
        var count = 0
        for stored in slice.documents {
            let member = try archive.decoded(ProfileDocument.self, from: stored.body).member
            // A key of its own each time: under one that can be foretold, somebody could have recorded another command.
            let key = IdempotencyKey(archive.environment.identifiers.next() as TransactionID)
            let isErased = try await erase(member, key: key) { root in
                // Verified since the page was read: then there is nothing to erase.
                root.isEmailVerified ? [] : [ActorCommand(.erase, by: .system, at: archive.now)]
            }
            if isErased { count += 1 }
        }
        return count
    }

    /// Deletes links and codes that have ended, and returns how many there were.
    @discardableResult
    public func deleteExpired() async throws(MembersError) -> Int {
        let links = try await archive.deleteExpired(in: MemberKeySpace.links)
        return try await archive.deleteExpired(in: MemberKeySpace.codes) + links
    }

    private func delete(
        _ collection: DocumentCollection,
        _ index: String,
        of id: MemberID,
        in transaction: inout Transaction
    ) async throws(MembersError) {
        let slice = try await archive.reading { () async throws(StoreError) in
            try await archive.store.documents(
                matching: .indexed(
                    collection,
                    by: index,
                    prefix: [.text(id.description)],
                    limit: Self.erasedAtOnce
                )
            )
        }
        for document in slice.documents { transaction.delete(document.key) }
    }
}
