public import MarketplaceCore
public import MarketplaceDomain
public import MarketplacePorts
import MarketplaceStorage

/// What members log in with: changing and replacing passwords, identities at somebody else's, verified numbers.
///
/// Every change of a password ends all sessions in the same commit.
public struct MemberCredentials: Sendable {
    private let archive: MemberArchive
    private let ports: MemberPorts
    private let links: LinkDesk
    private let codes: CodeDesk
    private let attempts: AttemptCounter
    private let limits: MemberLimits

    /// The credentials of an environment.
    public init(in environment: ServiceEnvironment, ports: MemberPorts, limits: MemberLimits = MemberLimits()) {
        archive = MemberArchive(environment)
        self.ports = ports
        self.limits = limits
        links = LinkDesk(archive: archive, ports: ports, limits: limits)
        codes = CodeDesk(archive: archive, ports: ports, limits: limits)
        attempts = AttemptCounter(archive: archive, limits: limits)
    }

    /// Changes a password; the member logs in again everywhere.
    ///
    /// - Parameters:
    ///   - id: Whose password.
    ///   - current: The password of today; a member that has none uses a link.
    ///   - new: The password to be.
    ///   - actor: The member.
    ///   - key: Names the call.
    /// - Throws: `wrongCredentials`, `tooManyAttempts`, `passwordTooShort`, `passwordTooLong`, `forbidden`.
    public func changePassword(
        of id: MemberID,
        from current: Password,
        to new: Password,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(MembersError) {
        try archive.check(.changeMemberCredential, actor, owner: id)
        let attempt = try await attempts.count(account: "member/\(id)".keyDigest, source: nil)
        try await archive.record(.changeCredential(.password), on: id, by: actor, key: key) {
            (transaction: inout Transaction, root: Member) async throws(MembersError) in
            guard let hash = try await archive.access(of: id).value.password,
                case .matches = try await ports.verdict(current, against: hash)
            else { throw .refused(.wrongCredentials) }
            attempts.forgive(attempt, in: &transaction)
            transaction.delete(MemberKeySpace.link(.resetPassword, id))
            try await replacePassword(of: root, id, by: new, in: &transaction)
        }
    }

    /// Sends a link with which a forgotten password is replaced.
    ///
    /// Whether the address is known is not told.
    ///
    /// - Throws: `tooManyAttempts`.
    public func requestPasswordReset(
        _ email: EmailAddress,
        from source: LoginSource,
        key: IdempotencyKey
    ) async throws(MembersError) {
        _ = try await attempts.count(account: nil, source: source)
        do throws(MembersError) {
            if let member = try await archive.member(at: .email(email))?.member {
                try await links.send(.resetPassword, to: member, key: key)
            } else {
                try await leaveTrace(of: email)
            }
        } catch {
            // A second request within a minute is answered like the first.
            guard case .tooSoon? = error.refusal else { throw error }
        }
    }

    /// Replaces a forgotten password by the link that was sent.
    ///
    /// Nobody logs in with an identity at somebody else's any more, unless told otherwise: whoever was in the account may
    /// have linked one. Of those that stay the mail that tells of the new password says how many there are of each
    /// provider, and since when. While the address is not verified they are taken away in any case: whoever signed up
    /// need not be whoever reads the mail.
    ///
    /// - Parameters:
    ///   - token: What the link carries.
    ///   - new: The password to be.
    ///   - isUnlinking: Whether nobody logs in with an identity at somebody else's any more; false for a member who knows
    ///     that nobody else was in the account.
    ///   - key: Names the call.
    /// - Returns: Whose password it is.
    /// - Throws: `linkUnknown`, `linkUsed`, `linkExpired`, `passwordTooShort`, `passwordTooLong`, or what the account
    ///   rejects.
    @discardableResult
    public func resetPassword(
        _ token: LinkToken,
        to new: Password,
        unlinkingIdentities isUnlinking: Bool = true,
        key: IdempotencyKey
    ) async throws(MembersError) -> MemberID {
        let link = try await links.link(.resetPassword, token, key: key)
        let id = link.value.member
        try await archive.record(.changeCredential(.password), on: id, by: .system, key: key) {
            (transaction: inout Transaction, root: Member) async throws(MembersError) in
            try links.use(link, key: key, in: &transaction)
            try await replacePassword(of: root, id, by: new, unlinking: isUnlinking, in: &transaction)
        }
        return id
    }

    /// Lets a member log in with an identity at somebody else's from now on, and tells the member by mail.
    ///
    /// - Throws: `identityRefused`, `identityTaken`, `forbidden`.
    public func link(
        _ proof: SocialProof,
        to id: MemberID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(MembersError) {
        try archive.check(.changeMemberCredential, actor, owner: id)
        let identity = try await ports.identity(of: proof, at: archive.now)
        try await archive.record(.changeCredential(.social), on: id, by: actor, key: key) {
            (transaction: inout Transaction, root: Member) async throws(MembersError) in
            let time = transaction.time
            var isNew = false
            try await archive.followAccess(root, of: id, in: &transaction) { (access) throws(MembersError) in
                isNew = access.link(identity, at: time)
            }
            guard isNew else { return }
            // Who did it need not be the member: the mail is how the member learns of it.
            try archive.notify(id, .identityLinked, ["provider": identity.provider.text], in: &transaction)
        }
    }

    /// Lets a member no longer log in with identities of a provider; all sessions end.
    ///
    /// - Throws: `lastCredential` when nothing else is left, `forbidden`.
    public func unlink(
        _ provider: SocialProvider,
        from id: MemberID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(MembersError) {
        try await archive.record(.changeCredential(.social), on: id, by: actor, key: key) {
            (transaction: inout Transaction, root: Member) async throws(MembersError) in
            try await archive.followAccess(root, of: id, endingSessions: true, in: &transaction) {
                (access) throws(MembersError) in
                access.unlink { $0.provider == provider }
                guard access.password != nil || !access.identities.isEmpty else { throw .refused(.lastCredential) }
            }
        }
    }

    /// Sends a code to the number of a member's profile.
    ///
    /// - Throws: `noPhone`, `tooSoon`, `tooManyAttempts`, `forbidden`: only the member, because the number is what the
    ///   member logs in with.
    public func requestPhoneCode(of id: MemberID, by actor: CommandActor, key: IdempotencyKey)
        async throws(MembersError)
    {
        try archive.check(.changeMemberCredential, actor, owner: id)
        let profile = try await archive.profile(of: id).value.profile
        guard let phone = profile.phone else { throw .refused(.noPhone) }
        // A message costs money and disturbs whoever has the number, and a member can name one after the other.
        _ = try await attempts.count(account: Self.phoneAttempts(of: id), source: nil)
        try await codes.send(.verifyPhone(of: id), to: .phone(phone), in: profile.language, key: key)
    }

    /// Takes note that a member has the number of the profile, by the code that was sent to it; the member can log in
    /// with codes then.
    ///
    /// - Throws: `wrongCredentials` for a wrong code, `phoneTaken` when it is another member's, `noPhone`,
    ///   `tooManyAttempts`, `forbidden`.
    public func verifyPhone(
        of id: MemberID,
        _ code: OneTimeCode,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(MembersError) {
        try archive.check(.changeMemberCredential, actor, owner: id)
        guard let phone = try await archive.profile(of: id).value.profile.phone else { throw .refused(.noPhone) }
        _ = try await attempts.count(account: Self.phoneAttempts(of: id), source: nil)
        let right = try await codes.check(code, .verifyPhone(of: id), of: .phone(phone), key: key)
        try await archive.record(.update([.phone]), on: id, by: actor, key: key) {
            (transaction: inout Transaction, _: Member) async throws(MembersError) in
            let stored = try await archive.profile(of: id)
            var document = stored.value
            guard document.profile.phone == phone else { throw .refused(.wrongCredentials) }
            document.verifiedPhone = phone
            transaction.write(try document.write(expecting: .exactly(stored.revision), in: archive))
            try codes.use(right, key: key, in: &transaction)
        }
    }

    private func replacePassword(
        of root: Member,
        _ id: MemberID,
        by new: Password,
        unlinking isUnlinking: Bool = false,
        in transaction: inout Transaction
    ) async throws(MembersError) {
        let hash = try await ports.hashing(new)
        var values: [String: String] = [:]
        try await archive.followAccess(root, of: id, endingSessions: true, in: &transaction) { (access) in
            access.password = hash
            // Whoever signed up with an address of somebody else's must not stay logged in by an identity of their own.
            if isUnlinking || !root.isEmailVerified { access.unlink { _ in true } }
            values = access.identityCounts.isEmpty ? [:] : ["identities": access.identityCounts]
        }
        try archive.notify(id, .passwordChanged, values, in: &transaction)
    }

    private static func phoneAttempts(of id: MemberID) -> String { "phone/\(id)".keyDigest }

    /// Writes as much for an address that nobody has as a link would.
    private func leaveTrace(of email: EmailAddress) async throws(MembersError) {
        var transaction = archive.transaction()
        transaction.write(
            DocumentWrite(
                MemberKeySpace.decoyLink(.resetPassword, name: CodeDestination.email(email).name),
                body: [],
                indexEntries: [LinkDocument.expiryEntry(archive.now.advanced(by: limits.resetLink))]
            )
        )
        _ = try await archive.perform(transaction)
    }
}
