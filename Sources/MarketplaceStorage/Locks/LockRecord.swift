import MarketplaceCore

/// What the document of one key says: who holds it, with which token and for how long.
///
/// The document outlives the lease, so that the token never goes back: a store keeps one small document for every key
/// that was ever locked.
struct LockRecord: Hashable, Sendable {
    /// The holder; nil when the key is free.
    var holder: LockHolder?
    /// The token of the holder, or of the last one.
    var token: FencingToken
    /// How long the holder's lease lasts from when the document was written.
    var lease: Duration
    /// The revision it was read at; nil while there is no document.
    var revision: DocumentRevision?

    private static let form: UInt8 = 1
    private static let collection: DocumentCollection = "$locks"

    static func load(_ key: FenceKey, from store: any Store) async throws(StoreError) -> LockRecord {
        guard let document = try await store.document(documentKey(of: key)) else {
            return LockRecord(holder: nil, token: FencingToken(0), lease: .zero, revision: nil)
        }
        return try document.read(form: form) { reader throws(BinaryFormatError) in
            let holder = LockHolder(bits: try reader.readUInt128())
            return LockRecord(
                holder: holder.bits == 0 ? nil : holder,
                token: FencingToken(try reader.readUInt64()),
                lease: .microseconds(try reader.readInt64()),
                revision: document.revision
            )
        }
    }

    /// The write that stores it, which expects what was read.
    func write(of key: FenceKey) -> DocumentWrite {
        var writer = BinaryWriter(form: Self.form)
        writer.write(holder?.bits ?? 0)
        writer.write(token.value)
        writer.write(lease.wholeMicroseconds)
        return DocumentWrite(
            Self.documentKey(of: key),
            body: writer.bytes,
            expecting: revision.map(ExpectedRevision.exactly) ?? .absent
        )
    }

    private static func documentKey(of key: FenceKey) -> DocumentKey {
        DocumentKey(collection, key.retyped())
    }
}
