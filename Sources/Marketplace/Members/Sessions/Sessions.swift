public import MarketplaceCore
public import MarketplaceDomain
public import MarketplacePorts
import MarketplaceStorage

/// Where members are logged in: tokens, their refresh, and the end of sessions.
///
/// A refresh token is good once. Whoever shows a used one again, be it the thief or the member, ends the session, and
/// the member is told by mail (RFC 9700 section 4.14.2). A client that lost the answer repeats its call with the same
/// key and gets the tokens again.
///
/// The session and the account are looked up whenever a token is shown, so that what has ended stays ended.
public struct Sessions: Sendable {
    let archive: MemberArchive
    let tokens: any TokenIssuer
    let lifetimes: SessionLifetimes
    let roles: OperatorRoles

    /// The sessions of an environment.
    ///
    /// - Parameters:
    ///   - environment: Where sessions are kept.
    ///   - tokens: Makes tokens and reads them.
    ///   - lifetimes: How long sessions last.
    ///   - roles: What the roles of those who run the marketplace permit.
    public init(
        in environment: ServiceEnvironment,
        tokens: any TokenIssuer,
        lifetimes: SessionLifetimes = SessionLifetimes(),
        roles: OperatorRoles = OperatorRoles()
    ) {
        archive = MemberArchive(environment)
        self.tokens = tokens
        self.lifetimes = lifetimes
        self.roles = roles
    }

    /// Who shows an access token.
    ///
    /// - Throws: `tokenRefused`, `sessionEnded`.
    public func authenticate(_ access: TokenText) async throws(MembersError) -> AuthenticatedMember {
        let claims = try await claims(of: access, as: .access)
        let session = try await session(claims.session, of: claims.member)
        let access = try await openAccess(of: session.value)
        return AuthenticatedMember(
            member: claims.member,
            session: claims.session,
            roles: access.value.roles,
            operatorRoles: roles,
            sellers: Sellers(archive)
        )
    }

    /// Exchanges a refresh token for new tokens.
    ///
    /// - Parameters:
    ///   - token: The newest refresh token of the session.
    ///   - key: Names the call, and no other: its repetition gets the new tokens again. Draw it at random, so that
    ///     whoever stole a used token does not know it.
    /// - Returns: The tokens of the next generation.
    /// - Throws: `tokenReused` for a used token, which ends the session; `tokenRefused`, `sessionEnded`.
    public func refresh(_ token: TokenText, key: IdempotencyKey) async throws(MembersError) -> SessionTokens {
        let claims = try await claims(of: token, as: .refresh)
        return try await archive.attempting { () async throws(MembersError) -> SessionTokens? in
            let stored = try await session(claims.session, of: claims.member)
            let access = try await openAccess(of: stored.value)
            var session = stored.value
            if claims.generation == session.generation {
                session.generation += 1
                session.refreshedAt = archive.now
                session.key = key
                var transaction = archive.transaction()
                transaction.require(.document(MemberKeySpace.access(session.member), at: access.revision))
                transaction.write(
                    try session.write(claims.session, expecting: .exactly(stored.revision), in: archive)
                )
                guard try await archive.perform(transaction) else { return nil }
                return try await issue(session, claims.session)
            }
            if claims.generation == session.generation - 1, session.key == key {
                return try await issue(session, claims.session)
            }
            guard try await end(stored, claims.session, .tokenReused) else { return nil }
            throw .refused(.tokenReused(claims.session))
        }
    }

    /// Where a member is logged in, the oldest login first.
    public func list(of member: MemberID, by actor: CommandActor) async throws(MembersError) -> [Session] {
        try archive.check(.listSessions, actor, owner: member)
        let epoch = try await archive.access(of: member).value.epoch
        var sessions: [Session] = []
        for (id, stored) in try await all(of: member) {
            let session = stored.value
            guard session.end == nil, session.epoch == epoch, archive.now < ending(of: session) else { continue }
            sessions.append(
                Session(
                    id: id,
                    member: member,
                    device: session.device,
                    openedAt: session.openedAt,
                    refreshedAt: session.refreshedAt,
                    expiry: session.expiry
                )
            )
        }
        return sessions
    }

    /// Ends the session of an access token.
    public func logOut(_ access: TokenText) async throws(MembersError) {
        let claims = try await claims(of: access, as: .access)
        try await end(claims.session, of: claims.member, .loggedOut)
    }

    /// Ends one session of a member; one that has ended already stays as it is.
    public func revoke(_ id: SessionID, of member: MemberID, by actor: CommandActor) async throws(MembersError) {
        try archive.check(.revokeSession, actor, owner: member)
        try await end(id, of: member, .revoked)
    }

    /// Ends all sessions of a member at once, however many there are.
    ///
    /// A repetition with the same key ends nothing: not the sessions that were opened since.
    public func revokeAll(
        of member: MemberID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(MembersError) {
        try archive.check(.revokeSession, actor, owner: member)
        try await archive.attempting { () async throws(MembersError) -> Void? in
            let stored = try await archive.access(of: member)
            var access = stored.value
            guard !access.revocations.contains(key) else { return () }
            access.revocations.remember(key)
            access.epoch += 1
            var transaction = archive.transaction()
            transaction.write(try access.write(expecting: .exactly(stored.revision), in: archive))
            return try await archive.perform(transaction) ? () : nil
        }
    }

    /// Deletes the sessions whose time is over, and returns how many there were.
    @discardableResult
    public func deleteExpired() async throws(MembersError) -> Int {
        try await archive.deleteExpired(in: MemberKeySpace.sessions)
    }
}
