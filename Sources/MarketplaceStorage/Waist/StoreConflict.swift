public import MarketplaceCore

/// Why the state of a store refuses a transaction, with the facts.
public enum StoreConflict: EffectStating, Hashable {
    /// The stream is not at the version that was expected.
    case streamVersion(StreamID, expected: StreamVersion, actual: StreamVersion)
    /// The document is not at the revision that was expected; nil stands for "there is none".
    case documentRevision(DocumentKey, expected: DocumentRevision?, actual: DocumentRevision?)
    /// Another document holds the unique key.
    case uniqueKey(UniqueKey, holder: DocumentKey)
    /// The counter would leave its bounds. `value` is what it is now.
    case counterBound(CounterKey, bound: CounterBound, value: Int64, delta: Int64)
    /// A higher fencing token has been seen: whoever holds the lower one has lost its lease.
    case staleFence(FenceKey, presented: FencingToken, highest: FencingToken)
    /// A transaction of that id but with other content was committed before.
    case transactionReused(TransactionID)
    /// A command of that key but asking for something else was recorded in the stream before: the key was reused by
    /// mistake, and nothing was done.
    ///
    /// Found by a ``Repository``. What the IETF draft *The Idempotency-Key HTTP Header Field* (section 2.7) answers
    /// with 422.
    case commandKeyReused(IdempotencyKey, in: StreamID)

    /// Whether it is a race with another writer, which a second attempt that reads first may win.
    public var isContention: Bool {
        switch self {
        case .streamVersion, .documentRevision: true
        case .uniqueKey, .counterBound, .staleFence, .transactionReused, .commandKeyReused: false
        }
    }

    /// Not applied when it is a race, which says nothing about a second attempt; refused otherwise.
    public var effect: EffectOutcome { isContention ? .notApplied : .refused }
}

extension StoreConflict: CustomStringConvertible {
    /// The facts, in a sentence.
    public var description: String {
        switch self {
        case .streamVersion(let stream, let expected, let actual):
            "stream \(stream) is at version \(actual), not \(expected)"
        case .documentRevision(let key, let expected, let actual):
            "document \(key) is \(Self.text(of: actual)), not \(Self.text(of: expected))"
        case .uniqueKey(let key, let holder):
            "the unique key \(key) is held by document \(holder)"
        case .counterBound(let key, let bound, let value, let delta):
            "counter \(key) is \(value); adding \(delta) would break its \(bound)"
        case .staleFence(let key, let presented, let highest):
            "fencing token \(presented) of \(key) is stale: \(highest) has been seen"
        case .transactionReused(let id):
            "transaction \(id) was committed before with other content"
        case .commandKeyReused(let key, let stream):
            "the key \(key) has named another command in stream \(stream)"
        }
    }

    private static func text(of revision: DocumentRevision?) -> String {
        revision.map { "at revision \($0)" } ?? "absent"
    }
}
