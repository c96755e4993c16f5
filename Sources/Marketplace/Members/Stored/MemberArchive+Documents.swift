import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

extension MemberArchive {
    /// A member's personal data.
    func profile(of member: MemberID) async throws(MembersError) -> StoredValue<ProfileDocument> {
        guard let stored = try await read(MemberKeySpace.profile(member), as: ProfileDocument.self) else {
            throw .refused(.unknownMember(member))
        }
        return stored
    }

    /// A member's standing and secrets.
    func access(of member: MemberID) async throws(MembersError) -> StoredValue<AccessDocument> {
        guard let stored = try await read(MemberKeySpace.access(member), as: AccessDocument.self) else {
            throw .refused(.unknownMember(member))
        }
        return stored
    }

    /// Whose address or verified number it is.
    func member(at destination: CodeDestination) async throws(MembersError) -> ProfileDocument? {
        switch destination {
        case .email(let address):
            try await profile(by: ProfileDocument.emailIndex, address.normalized)
        case .phone(let number):
            try await profile(by: ProfileDocument.phoneIndex, number.text)
        }
    }

    /// Who logs in with that identity.
    func access(by identity: SocialIdentity) async throws(MembersError) -> StoredValue<AccessDocument>? {
        let slice = try await reading { () async throws(StoreError) in
            try await store.documents(
                matching: .indexed(
                    MemberKeySpace.accesses,
                    by: AccessDocument.identityIndex,
                    prefix: [.text(identity.name)],
                    limit: 1
                )
            )
        }
        guard let found = slice.documents.first else { return nil }
        return StoredValue(value: try decoded(AccessDocument.self, from: found.body), revision: found.revision)
    }

    /// Lets the document of standing and roles follow the events, in the same commit.
    func followAccess(
        _ root: Member,
        of member: MemberID,
        endingSessions: Bool = false,
        in transaction: inout Transaction,
        changing change: (inout AccessDocument) throws(MembersError) -> Void = { _ in }
    ) async throws(MembersError) {
        let stored = try await access(of: member)
        var document = stored.value.following(root, endingSessions: endingSessions)
        try change(&document)
        transaction.write(try document.write(expecting: .exactly(stored.revision), in: self))
    }

    /// Refuses whoever may not give a command that no aggregate decides.
    func check(_ rule: CommandRule, _ actor: CommandActor, owner: MemberID) throws(MembersError) {
        do throws(CommandForbidden) {
            try rule.check(actor, owner: owner)
        } catch {
            throw .refused(.forbidden(error))
        }
    }

    /// Deletes what has ended by itself in a collection, and returns how much that was.
    func deleteExpired(in collection: DocumentCollection) async throws(MembersError) -> Int {
        try await reading { () async throws(StoreError) in
            try await store.deleteExpired(
                in: collection,
                by: MemberKeySpace.expiryIndex,
                of: collection.text,
                at: now,
                batch: Self.sweepSize,
                identifiers: environment.identifiers
            )
        }
    }

    private func profile(by index: String, _ text: String) async throws(MembersError) -> ProfileDocument? {
        let slice = try await reading { () async throws(StoreError) in
            try await store.documents(
                matching: .indexed(MemberKeySpace.profiles, by: index, prefix: [.text(text)], limit: 1)
            )
        }
        return try slice.documents.first.map { (found) throws(MembersError) in
            try decoded(ProfileDocument.self, from: found.body)
        }
    }
}

extension MemberArchive {
    /// Refuses a text without a visible character, or with too many Unicode scalars.
    func check(_ text: String, _ field: String, maximum: Int) throws(MembersError) {
        let count = text.unicodeScalars.count
        guard count <= maximum, text.contains(where: { !$0.isWhitespace }) else {
            throw .refused(.textLength(field: field, count: count, maximum: maximum))
        }
    }
}
