/// A key together with the namespace it belongs to.
struct Scoped<Key: Hashable & Sendable>: Hashable, Sendable {
    let namespace: Int64
    let key: Key

    init(_ namespace: Int64, _ key: Key) {
        self.namespace = namespace
        self.key = key
    }
}
