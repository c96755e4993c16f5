import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

/// Makes the links that mails carry, and checks the ones that come back.
///
/// A member has one link of a kind; the next one replaces it.
struct LinkDesk: Sendable {
    let archive: MemberArchive
    let ports: MemberPorts
    let limits: MemberLimits

    /// Adds a new link, and the mail that brings it, to a transaction.
    func add(
        _ kind: LinkDocument.Kind,
        to member: MemberID,
        address: EmailAddress? = nil,
        school: PartnerSchoolID? = nil,
        key: IdempotencyKey,
        expecting revision: ExpectedRevision,
        in transaction: inout Transaction
    ) throws(MembersError) {
        let secret = ports.randomness.secret(words: LinkToken.secretWords)
        let link = LinkDocument(
            kind: kind,
            member: member,
            proof: ports.secrets.proof(of: secret),
            sentAt: transaction.time,
            expiry: transaction.time.advanced(by: kind == .resetPassword ? limits.resetLink : limits.verificationLink),
            key: key,
            address: address,
            school: school
        )
        transaction.write(try link.write(expecting: revision, in: archive))
        let id: MailNoticeID = archive.environment.identifiers.next()
        var notice = MailDocument(MailNotice(id: id, to: member, template: kind.template), at: transaction.time)
        notice.secret = LinkToken(member: member, secret: secret).text
        notice.address = address
        try archive.add(notice, of: id, to: &transaction)
    }

    /// Sends a new link; a repetition sends nothing.
    ///
    /// - Throws: `tooSoon` when one was sent a moment ago.
    func send(
        _ kind: LinkDocument.Kind,
        to member: MemberID,
        address: EmailAddress? = nil,
        school: PartnerSchoolID? = nil,
        key: IdempotencyKey
    ) async throws(MembersError) {
        try await archive.attempting { () async throws(MembersError) -> Void? in
            let stored = try await archive.read(MemberKeySpace.link(kind, member), as: LinkDocument.self)
            if let stored {
                if stored.value.key == key { return () }
                let next = stored.value.sentAt.advanced(by: limits.resendPause)
                guard next <= archive.now else { throw .refused(.tooSoon(until: next)) }
            }
            var transaction = archive.transaction()
            try add(
                kind,
                to: member,
                address: address,
                school: school,
                key: key,
                expecting: stored.map { .exactly($0.revision) } ?? .absent,
                in: &transaction
            )
            return try await archive.perform(transaction) ? () : nil
        }
    }

    /// The link that a token is, if it is good, or was used by this very call.
    ///
    /// - Throws: `linkUnknown`, `linkUsed` or `linkExpired`.
    func link(
        _ kind: LinkDocument.Kind,
        _ token: LinkToken,
        key: IdempotencyKey
    ) async throws(MembersError) -> StoredValue<LinkDocument> {
        guard let (member, secret) = token.parts,
            let stored = try await archive.read(MemberKeySpace.link(kind, member), as: LinkDocument.self),
            ports.secrets.proof(of: secret).isSecretlyEqual(to: stored.value.proof)
        else { throw .refused(.linkUnknown) }
        if let usedBy = stored.value.usedBy {
            guard usedBy == key else { throw .refused(.linkUsed) }
            return stored
        }
        guard archive.now < stored.value.expiry else { throw .refused(.linkExpired(at: stored.value.expiry)) }
        return stored
    }

    /// Marks a link as used, in the commit of what it was used for.
    func use(
        _ link: StoredValue<LinkDocument>,
        key: IdempotencyKey,
        in transaction: inout Transaction
    ) throws(MembersError) {
        var used = link.value
        used.usedBy = key
        transaction.write(try used.write(expecting: .exactly(link.revision), in: archive))
    }
}
