public import MarketplaceCore
public import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

/// Members: sign-up, verification, profile, consents, roles, schools, disabling and erasure.
///
/// ```swift
/// let members = Members(in: environment, ports: ports)
/// let member = try await members.signUp(request, by: .visitor, key: key)
/// ```
///
/// Personal data is kept in one document and nowhere else: ``erase(_:by:key:)`` deletes it, and the events stay
/// readable. Every call can be repeated with its key, and returns the first result.
public struct Members: Sendable {
    let archive: MemberArchive
    let ports: MemberPorts
    let limits: MemberLimits
    let links: LinkDesk

    /// The members of an environment.
    ///
    /// - Parameters:
    ///   - environment: Where everything is kept.
    ///   - ports: What is needed from outside.
    ///   - limits: Periods and bounds.
    public init(in environment: ServiceEnvironment, ports: MemberPorts, limits: MemberLimits = MemberLimits()) {
        archive = MemberArchive(environment)
        self.ports = ports
        self.limits = limits
        links = LinkDesk(archive: archive, ports: ports, limits: limits)
    }

    /// Signs somebody up, and sends a mail with the link that verifies the address.
    ///
    /// - Parameters:
    ///   - request: What was entered.
    ///   - actor: A visitor, or somebody who runs the marketplace.
    ///   - key: Names the call.
    /// - Returns: The new member, who can log in after the verification.
    /// - Throws: `emailTaken`, `identityTaken`, `passwordTooShort`, `passwordTooLong`, `identityRefused`, or what the
    ///   account rejects.
    @discardableResult
    public func signUp(
        _ request: MemberSignUp,
        by actor: CommandActor = .visitor,
        key: IdempotencyKey
    ) async throws(MembersError) -> MemberID {
        let id = request.member
        let action = MemberAction.signUp(id: id, consents: request.consents)
        let outcome = try await archive.record(action, on: id, by: actor, key: key) {
            (transaction: inout Transaction, root: Member) async throws(MembersError) in
            var access = AccessDocument(member: id, status: root.status ?? .signedUp)
            switch request.credential {
            case .password(let password): access.password = try await ports.hashing(password)
            case .social(let proof): access.identities = [try await ports.identity(of: proof, at: archive.now)]
            }
            let profile = ProfileDocument(
                member: id,
                profile: request.profile,
                unverifiedUntil: archive.now.advanced(by: Member.unverifiedPeriod)
            )
            transaction.write(try profile.write(expecting: .absent, in: archive))
            transaction.write(try access.write(expecting: .absent, in: archive))
            try links.add(.verifyEmail, to: id, key: key, expecting: .absent, in: &transaction)
        }
        guard !outcome.events.isEmpty else { throw .refused(.member(.alreadySignedUp(id))) }
        return id
    }

    /// A member's account as its events make it.
    public func member(_ id: MemberID) async throws(MembersError) -> Member {
        let member = try await archive.load(id, in: archive.members, refusing: MembersRefusal.member)
        guard member.id != nil else { throw .refused(.unknownMember(id)) }
        return member
    }

    /// A member's personal data, as it was entered.
    ///
    /// - Throws: `forbidden` unless the actor is the member, an operator or the system; `unknownMember` when there is
    ///   none, or none any more.
    public func profile(of id: MemberID, by actor: CommandActor) async throws(MembersError) -> MemberProfile {
        try archive.check(.readMemberProfile, actor, owner: id)
        return try await archive.profile(of: id).value.profile
    }

    /// Changes name, number and language; another e-mail address is verified first
    /// (``requestEmailChange(of:to:by:key:)``).
    ///
    /// - Parameters:
    ///   - id: Whose profile.
    ///   - actor: Who asks.
    ///   - key: Names the call.
    ///   - change: Makes the new profile of the current one; called again for every attempt.
    /// - Returns: Which parts changed, now or when the call was first made.
    /// - Throws: `forbidden`, `unknownMember`, `profile` for what cannot be entered, or what the account rejects.
    @discardableResult
    public func update(
        _ id: MemberID,
        by actor: CommandActor,
        key: IdempotencyKey,
        _ change: (MemberProfile) throws(MemberProfileError) -> MemberProfile
    ) async throws(MembersError) -> Set<MemberField> {
        // A stranger is answered by the rule, not by whether there is a profile.
        try archive.check(.updateMember, actor, owner: id)
        return try await archive.attempting { () async throws(MembersError) -> Set<MemberField>? in
            let stored = try await archive.profile(of: id)
            var document = stored.value
            document.profile = try changed(stored.value.profile, change)
            if document.verifiedPhone != document.profile.phone { document.verifiedPhone = nil }
            let fields = stored.value.profile.fields(changedIn: document.profile)
            var transaction = archive.transaction()
            let outcome = try await archive.add(.update(fields), on: id, by: actor, key: key, to: &transaction)
            if !outcome.isRepetition, !outcome.events.isEmpty {
                transaction.write(try document.write(expecting: .exactly(stored.revision), in: archive))
                guard try await archive.perform(transaction) else { return nil }
            }
            guard case .updated(let updated)? = outcome.events.first else { return [] }
            return Set(updated.fields)
        }
    }

    private func changed(
        _ profile: MemberProfile,
        _ change: (MemberProfile) throws(MemberProfileError) -> MemberProfile
    ) throws(MembersError) -> MemberProfile {
        do throws(MemberProfileError) {
            return try change(profile).with(email: profile.email)
        } catch {
            throw .refused(.profile(error))
        }
    }

    /// Gives a consent, or takes it back.
    public func setConsent(
        _ consent: MemberConsent,
        of id: MemberID,
        isGiven: Bool,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(MembersError) {
        try await archive.record(.setConsent(consent, isGiven: isGiven), on: id, by: actor, key: key) {
            (_: inout Transaction, _: Member) async throws(MembersError) in
        }
    }

    /// Gives a member exactly these roles among those who run the marketplace; they hold from the next request on.
    public func setRoles(
        _ roles: Set<MemberRole>,
        of id: MemberID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(MembersError) {
        try await archive.record(.setRoles(roles), on: id, by: actor, key: key) {
            (transaction: inout Transaction, root: Member) async throws(MembersError) in
            try await archive.followAccess(root, of: id, in: &transaction)
        }
    }
}
