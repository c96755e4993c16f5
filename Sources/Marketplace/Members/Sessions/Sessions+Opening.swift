import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

extension Sessions {
    /// Opens a session for a member who has proved to be one, unless the account changes meanwhile.
    ///
    /// - Parameters:
    ///   - access: The account as it was when the proof was looked at.
    ///   - device: On which device.
    ///   - key: Names the login; its repetition gets tokens of the same session.
    ///   - rehashed: The password's new hash, when the old one is outdated.
    ///   - also: Adds to the commit.
    /// - Returns: The tokens; nil when the account, or what `also` wrote, has changed meanwhile.
    /// - Throws: `keyReused` when the session of that key has gone on.
    func open(
        _ access: StoredValue<AccessDocument>,
        device: String,
        key: IdempotencyKey,
        rehashed: PasswordHash? = nil,
        also: (inout Transaction) throws(MembersError) -> Void
    ) async throws(MembersError) -> SessionTokens? {
        let member = access.value.member
        let id = SessionID(bits: TransactionID(derivedFrom: "session", member.description, key.text).bits)
        if let stored = try await archive.read(MemberKeySpace.session(id), as: SessionDocument.self) {
            let session = stored.value
            guard session.member == member, session.key == key, session.end == nil, session.generation == 1,
                session.epoch == access.value.epoch, archive.now < ending(of: session)
            else { throw .refused(.keyReused(key)) }
            return try await issue(session, id)
        }
        let session = SessionDocument(
            member: member,
            device: String(device.prefix(Self.maximumDeviceLength)),
            openedAt: archive.now,
            expiry: archive.now.advanced(by: lifetimes.session),
            epoch: access.value.epoch,
            refreshedAt: archive.now,
            key: key
        )
        var transaction = archive.transaction()
        if let rehashed {
            var document = access.value
            document.password = rehashed
            transaction.write(try document.write(expecting: .exactly(access.revision), in: archive))
        } else {
            transaction.require(.document(MemberKeySpace.access(member), at: access.revision))
        }
        for (old, stored) in try await all(of: member).dropLast(SessionLifetimes.maximumSessions - 1) {
            transaction.delete(MemberKeySpace.session(old), expecting: .exactly(stored.revision))
        }
        transaction.write(try session.write(id, expecting: .absent, in: archive))
        try also(&transaction)
        guard try await archive.perform(transaction) else { return nil }
        return try await issue(session, id)
    }

    /// The most characters of a device's name that are kept.
    static let maximumDeviceLength = 120

    /// Tokens of a session's current generation.
    func issue(_ session: SessionDocument, _ id: SessionID) async throws(MembersError) -> SessionTokens {
        let issuedAt = archive.now.wholeSeconds
        let refreshExpiry = ending(of: session)
        let accessExpiry = min(issuedAt.advanced(by: lifetimes.access).wholeSeconds, refreshExpiry)
        func token(_ kind: TokenKind, until expiry: Timestamp) async throws(MembersError) -> TokenText {
            let claims = TokenClaims(
                member: session.member,
                session: id,
                generation: session.generation,
                issuedAt: issuedAt,
                expiresAt: expiry
            )
            do throws(CredentialError) {
                return try await tokens.issue(claims, as: kind)
            } catch {
                throw .port(error)
            }
        }
        return SessionTokens(
            member: session.member,
            session: id,
            access: try await token(.access, until: accessExpiry),
            accessExpiry: accessExpiry,
            refresh: try await token(.refresh, until: refreshExpiry),
            refreshExpiry: refreshExpiry
        )
    }

    /// When a session ends unless it is refreshed.
    func ending(of session: SessionDocument) -> Timestamp {
        min(session.refreshedAt.advanced(by: lifetimes.refresh), session.expiry).wholeSeconds
    }

    /// What a token says, if it is good.
    func claims(of token: TokenText, as kind: TokenKind) async throws(MembersError) -> TokenClaims {
        do throws(CredentialError) {
            return try await tokens.read(token, as: kind, at: archive.now)
        } catch {
            guard error.isRetriable else { throw .refused(.tokenRefused(error.code)) }
            throw .port(error)
        }
    }

    /// A session that has not ended, apart from what the account says.
    func session(
        _ id: SessionID,
        of member: MemberID
    ) async throws(MembersError) -> StoredValue<SessionDocument> {
        guard let stored = try await archive.read(MemberKeySpace.session(id), as: SessionDocument.self),
            stored.value.member == member, archive.now < ending(of: stored.value)
        else { throw .refused(.sessionEnded(.expired)) }
        if let end = stored.value.end { throw .refused(.sessionEnded(end)) }
        return stored
    }

    /// The account of a session, unless it has ended the session.
    func openAccess(of session: SessionDocument) async throws(MembersError) -> StoredValue<AccessDocument> {
        guard let access = try await archive.read(MemberKeySpace.access(session.member), as: AccessDocument.self),
            access.value.status == .verified, access.value.epoch == session.epoch
        else { throw .refused(.sessionEnded(.allEnded)) }
        return access
    }

    /// Ends a session, if it is there and has not ended.
    func end(_ id: SessionID, of member: MemberID, _ end: SessionEnd) async throws(MembersError) {
        try await archive.attempting { () async throws(MembersError) -> Void? in
            guard let stored = try await archive.read(MemberKeySpace.session(id), as: SessionDocument.self),
                stored.value.member == member, stored.value.end == nil
            else { return () }
            return try await self.end(stored, id, end) ? () : nil
        }
    }

    /// Ends a session, and tells the member when a token may be stolen; false when others were faster.
    func end(
        _ stored: StoredValue<SessionDocument>,
        _ id: SessionID,
        _ end: SessionEnd
    ) async throws(MembersError) -> Bool {
        var session = stored.value
        session.end = end
        var transaction = archive.transaction()
        transaction.write(try session.write(id, expecting: .exactly(stored.revision), in: archive))
        if end == .tokenReused {
            try archive.notify(session.member, .tokenReused, ["session": id.description], in: &transaction)
        }
        return try await archive.perform(transaction)
    }

    /// All sessions of a member that are kept, the oldest login first.
    func all(of member: MemberID) async throws(MembersError) -> [(SessionID, StoredValue<SessionDocument>)] {
        let slice = try await archive.reading { () async throws(StoreError) in
            try await archive.store.documents(
                matching: .indexed(
                    MemberKeySpace.sessions,
                    by: SessionDocument.memberIndex,
                    prefix: [.text(member.description)],
                    limit: 2 * SessionLifetimes.maximumSessions
                )
            )
        }
        var sessions: [(SessionID, StoredValue<SessionDocument>)] = []
        for stored in slice.documents {
            guard let id = SessionID(stored.key.id.text) else { continue }
            let document = try archive.decoded(SessionDocument.self, from: stored.body)
            sessions.append((id, StoredValue(value: document, revision: stored.revision)))
        }
        return sessions
    }
}

extension Timestamp {
    /// The same time without the part of a second.
    var wholeSeconds: Timestamp {
        let rest = microsecondsSinceEpoch % 1_000_000
        return advanced(by: .microseconds(rest < 0 ? -rest - 1_000_000 : -rest))
    }
}
