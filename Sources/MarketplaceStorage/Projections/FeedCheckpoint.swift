import MarketplaceCore

/// How far a named reader of the feed has come, kept as a document.
///
/// The document is written with the revision it was read at, in the same transaction as what the reader did: of two
/// readers of one name only one can move it.
package struct FeedCheckpoint: Hashable, Sendable {
    /// The document.
    package let key: DocumentKey
    /// The position that all earlier events were dealt with up to.
    package private(set) var position: FeedPosition
    /// How often the reader has begun from the start again.
    package private(set) var generation: Int64
    /// The revision it was read at; nil while there is none.
    package let revision: DocumentRevision?

    private static let form: UInt8 = 1

    /// The checkpoint of that key, at the start of the feed when there is none.
    package static func load(_ key: DocumentKey, from store: any Store) async throws(StoreError) -> FeedCheckpoint {
        guard let document = try await store.document(key) else {
            return FeedCheckpoint(key: key, position: .start, generation: 0, revision: nil)
        }
        return try document.read(form: form) { reader throws(BinaryFormatError) in
            let generation = try reader.readInt64()
            let position = FeedPosition(major: try reader.readUInt64(), minor: try reader.readUInt64())
            return FeedCheckpoint(key: key, position: position, generation: generation, revision: document.revision)
        }
    }

    /// The same checkpoint, further on in the feed; not yet stored.
    package func moved(to position: FeedPosition) -> FeedCheckpoint {
        var copy = self
        copy.position = position
        return copy
    }

    /// The checkpoint that begins at the start again, in the next generation; not yet stored.
    package func restarted() -> FeedCheckpoint {
        FeedCheckpoint(key: key, position: .start, generation: generation &+ 1, revision: revision)
    }

    /// The same checkpoint as it is stored once it was written at `revision`.
    package func stored(at revision: DocumentRevision) -> FeedCheckpoint {
        FeedCheckpoint(key: key, position: position, generation: generation, revision: revision)
    }

    /// The write that stores it, which expects what was read.
    package var write: DocumentWrite {
        var writer = BinaryWriter(form: Self.form)
        writer.write(generation)
        writer.write(position.major)
        writer.write(position.minor)
        return DocumentWrite(key, body: writer.bytes, expecting: revision.map(ExpectedRevision.exactly) ?? .absent)
    }

    /// Commits `transaction` together with this checkpoint, and returns the checkpoint as stored.
    ///
    /// Returns nil when another reader has moved the checkpoint: nothing was applied then.
    package func commit(
        with transaction: Transaction,
        to store: any Store
    ) async throws(StoreError) -> FeedCheckpoint? {
        var transaction = transaction
        transaction.write(write)
        do throws(StoreError) {
            let receipt = try await store.commitResolvingUnknown(transaction)
            // The checkpoint was written last, and receipts list revisions in the order of the writes.
            guard let revision = receipt.revisions.last else {
                throw .notApplied(StoreFailure(.unreadable, "a receipt without the revision of \(key)"))
            }
            return stored(at: revision)
        } catch {
            guard case .conflict(.documentRevision(key, _, _)) = error else { throw error }
            return nil
        }
    }
}
