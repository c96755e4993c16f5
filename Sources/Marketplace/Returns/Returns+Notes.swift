public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

/// What a buyer wrote about a return, as it is stored.
struct ReturnNote: Codable, Sendable {
    let buyerID: MemberID
    let text: String
}

extension ReturnArchive {
    func note(_ text: String, of requested: ReturnRequested) throws(ReturnsError) -> DocumentWrite {
        DocumentWrite(
            DocumentKey(Self.notes, requested.returnID),
            body: try encoded(ReturnNote(buyerID: requested.buyerID, text: text)),
            indexEntries: [IndexEntry(Self.memberIndex, .id(requested.buyerID))]
        )
    }
}

extension Returns {
    /// What the buyer wrote about a return, for whoever has standing in it; nil when that is nothing, or was erased.
    public func note(of id: ReturnID, by actor: CommandActor) async throws(ReturnsError) -> String? {
        _ = try await self.value(id, by: actor)
        return try await archive.read(DocumentKey(ReturnArchive.notes, id), as: ReturnNote.self)?.value.text
    }

    /// Erases all that a member wrote about returns, and returns how many notes that were.
    @discardableResult
    public func eraseNotes(of member: MemberID, by actor: CommandActor) async throws(ReturnsError) -> Int {
        try check(.eraseReturnNotes, actor, owner: member)
        var count = 0
        while true {
            let query = DocumentQuery.indexed(
                ReturnArchive.notes,
                by: ReturnArchive.memberIndex,
                prefix: [.id(member)],
                limit: Self.pageLimit
            )
            let found = try await archive.reading { () async throws(StoreError) in
                try await archive.store.documents(matching: query).documents
            }
            guard !found.isEmpty else { return count }
            var transaction = Transaction(id: archive.environment.identifiers.next(), time: archive.environment.now)
            for document in found { transaction.delete(document.key) }
            _ = try await archive.commit(transaction)
            count += found.count
        }
    }
}
