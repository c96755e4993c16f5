#if Crypto
/// Keys by their ids, one of which is the current one.
///
/// What is new is made with the current key; what older keys have made is accepted as long as they are in the ring.
/// A key is rotated in three steps: add the new one to every server, make it current, remove the old one when nothing
/// made with it counts any more.
///
/// ```swift
/// let keys = try KeyRing(current: "2026-11", ["2026-05": old, "2026-11": new])
/// ```
public struct KeyRing: Sendable {
    /// The most bytes of an id.
    public static let maximumIDBytes = 64

    /// The id of the key that is used for what is new.
    public let currentID: String
    let current: SecretKey
    private let keys: [String: SecretKey]

    /// A ring of these keys.
    ///
    /// - Throws: ``KeyError`` when the current key is missing or an id cannot be used.
    public init(current id: String, _ keys: [String: SecretKey]) throws(KeyError) {
        for id in keys.keys {
            let isFit = id.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == 0x2D || byte == 0x2E || byte == 0x5F
            }
            guard isFit, (1...Self.maximumIDBytes).contains(id.utf8.count) else { throw .unfitID(id) }
        }
        guard let current = keys[id] else { throw .missingCurrent(id: id) }
        currentID = id
        self.current = current
        self.keys = keys
    }

    /// A ring of one key.
    public init(_ id: String, _ key: SecretKey) throws(KeyError) {
        try self.init(current: id, [id: key])
    }

    /// All keys, in no order.
    var all: some Collection<SecretKey> { keys.values }

    func key(_ id: String) -> SecretKey? { keys[id] }
}
#endif
