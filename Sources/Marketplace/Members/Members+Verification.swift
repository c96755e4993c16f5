public import MarketplaceCore
public import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

extension Members {
    /// Verifies a member's e-mail address by the link that was sent to it.
    ///
    /// What was entered at sign-up is not touched. A second click changes nothing.
    ///
    /// - Parameters:
    ///   - token: What the link carries.
    ///   - key: Names the call.
    /// - Returns: Whose address it is.
    /// - Throws: `linkUnknown`, `linkExpired`, or what the account rejects.
    @discardableResult
    public func verifyEmail(_ token: LinkToken, key: IdempotencyKey) async throws(MembersError) -> MemberID {
        let link: StoredValue<LinkDocument>
        do throws(MembersError) {
            link = try await links.link(.verifyEmail, token, key: key)
        } catch {
            // Nothing can be got by clicking again on what was verified before.
            guard error.refusal == .linkUsed, let member = token.parts?.member else { throw error }
            return member
        }
        let id = link.value.member
        try await archive.record(.verify, on: id, by: .system, key: key) {
            (transaction: inout Transaction, root: Member) async throws(MembersError) in
            try links.use(link, key: key, in: &transaction)
            try await archive.followAccess(root, of: id, in: &transaction)
            try await markVerified(id, in: &transaction)
        }
        return id
    }

    /// Takes note that a member's address was verified in another way, by somebody who runs the marketplace.
    public func verify(_ id: MemberID, by actor: CommandActor, key: IdempotencyKey) async throws(MembersError) {
        try await archive.record(.verify, on: id, by: actor, key: key) {
            (transaction: inout Transaction, root: Member) async throws(MembersError) in
            try await archive.followAccess(root, of: id, in: &transaction)
            try await markVerified(id, in: &transaction)
        }
    }

    /// Sends the link that verifies the address again; the earlier one is no longer good.
    ///
    /// It takes an address and not an id, because whoever waits for the link is not logged in. Nobody learns from it
    /// whether the address is known.
    public func resendVerification(to address: EmailAddress, key: IdempotencyKey) async throws(MembersError) {
        guard let profile = try await archive.member(at: .email(address)), profile.unverifiedUntil != nil else {
            return
        }
        do throws(MembersError) {
            try await links.send(.verifyEmail, to: profile.member, key: key)
        } catch {
            if case .tooSoon? = error.refusal { return }
            throw error
        }
    }

    /// Sends a link to a new e-mail address; the address changes when it is used.
    ///
    /// - Throws: `emailTaken`, `tooSoon`, `forbidden`.
    public func requestEmailChange(
        of id: MemberID,
        to address: EmailAddress,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(MembersError) {
        // Who can change the address can replace the password: it is no matter for whoever may mend a name.
        try archive.check(.changeMemberCredential, actor, owner: id)
        _ = try await archive.profile(of: id)
        if let holder = try await archive.member(at: .email(address)), holder.member != id {
            throw .refused(.emailTaken)
        }
        try await links.send(.changeEmail, to: id, address: address, key: key)
    }

    /// Changes a member's e-mail address by the link that was sent to the new one, and tells the old one.
    @discardableResult
    public func confirmEmailChange(_ token: LinkToken, key: IdempotencyKey) async throws(MembersError) -> MemberID {
        let link = try await links.link(.changeEmail, token, key: key)
        let id = link.value.member
        guard let address = link.value.address else { throw .refused(.linkUnknown) }
        try await archive.record(.update([.email]), on: id, by: .buyer(id), key: key) {
            (transaction: inout Transaction, _: Member) async throws(MembersError) in
            let stored = try await archive.profile(of: id)
            var document = stored.value
            let old = document.profile.email
            document.profile = document.profile.with(email: address)
            transaction.write(try document.write(expecting: .exactly(stored.revision), in: archive))
            try links.use(link, key: key, in: &transaction)
            // Whoever still reads the mail of the old address must not be able to replace the password.
            transaction.delete(MemberKeySpace.link(.resetPassword, id))
            try archive.notify(id, .emailChanged, address: old, in: &transaction)
        }
        return id
    }

    private func markVerified(_ id: MemberID, in transaction: inout Transaction) async throws(MembersError) {
        let stored = try await archive.profile(of: id)
        var document = stored.value
        document.unverifiedUntil = nil
        transaction.write(try document.write(expecting: .exactly(stored.revision), in: archive))
    }
}
