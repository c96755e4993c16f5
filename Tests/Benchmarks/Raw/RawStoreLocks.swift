/// The raw limit of leases on a store: the reading of a key's document and the two writes of it.
///
/// The document has what the library keeps of a lease: the holder, the token and the length.
struct RawStoreLocks {
    let store: RawStore

    /// Takes the key and returns the token and the revision; nil when somebody holds it.
    func acquire(_ key: String, holder: UInt128, leaseMicroseconds: Int64) -> (token: UInt64, revision: Int64)? {
        let document = store.document(key)
        var token: UInt64 = 0
        if let body = document?.body {
            guard Self.number(in: body, at: 0, of: UInt128.self) == 0 else { return nil }
            token = Self.number(in: body, at: 16, of: UInt64.self)
        }
        token += 1
        let body = Self.body(holder: holder, token: token, leaseMicroseconds: leaseMicroseconds)
        let receipt = store.write(body, to: key, expecting: document?.revision, id: holder, time: 0)
        return receipt.map { (token, $0.version) }
    }

    /// Frees the key; false when its document has moved.
    func release(_ key: String, token: UInt64, revision: Int64, transaction: UInt128) -> Bool {
        let body = Self.body(holder: 0, token: token, leaseMicroseconds: 0)
        return store.write(body, to: key, expecting: revision, id: transaction, time: 0) != nil
    }

    private static func body(holder: UInt128, token: UInt64, leaseMicroseconds: Int64) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        append(holder, to: &bytes)
        append(token, to: &bytes)
        append(leaseMicroseconds, to: &bytes)
        return bytes
    }

    private static func append<Number: FixedWidthInteger>(_ number: Number, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    private static func number<Number: FixedWidthInteger>(
        in bytes: [UInt8],
        at offset: Int,
        of type: Number.Type
    ) -> Number {
        bytes.withUnsafeBytes { Number(bigEndian: $0.loadUnaligned(fromByteOffset: offset, as: Number.self)) }
    }
}
