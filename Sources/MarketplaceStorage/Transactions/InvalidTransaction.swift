public import MarketplaceCore

/// Why a transaction or a read would be refused by every state of every store.
public enum InvalidTransaction: EffectStating, Hashable {
    /// It has more parts than one transaction may have.
    case tooManyParts(Int, maximum: Int)
    /// A payload or a body has more bytes than one may have.
    case payloadTooLarge(byteCount: Int, maximum: Int)
    /// A document has more index entries or unique keys, or an index entry more values, than it may have.
    case tooManyEntries(DocumentKey, maximum: Int)
    /// The name of an event or of an index, or a text in an index, has more bytes than it may have, or a NUL; the text
    /// is an excerpt.
    case badText(String, maximum: Int)
    /// The stream is appended to or trimmed twice.
    case repeatedStream(StreamID)
    /// The document is written or deleted twice.
    case repeatedDocument(DocumentKey)
    /// The counter is added to and deleted, or deleted twice, or its additions do not fit 64 bits.
    case repeatedCounter(CounterKey)
    /// The counter's floor lies above its ceiling.
    case contradictoryBounds(CounterKey)
    /// A page must have at least one entry and at most the maximum.
    case badLimit(Int, maximum: Int)

    /// Nothing was changed, and the same call will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension InvalidTransaction: CustomStringConvertible {
    /// The reason, in a sentence.
    public var description: String {
        switch self {
        case .tooManyParts(let count, let maximum): "it has \(count) parts, at most \(maximum) are allowed"
        case .payloadTooLarge(let count, let maximum): "a payload has \(count) bytes, at most \(maximum) are allowed"
        case .tooManyEntries(let key, let maximum):
            "document \(key) has too many index entries, index values or unique keys (at most \(maximum))"
        case .badText(let text, let maximum):
            "the name or index text \(text) has a NUL or more than \(maximum) bytes"
        case .repeatedStream(let stream): "stream \(stream) occurs twice"
        case .repeatedDocument(let key): "document \(key) occurs twice"
        case .repeatedCounter(let key): "counter \(key) occurs in parts that cannot be put together"
        case .contradictoryBounds(let key): "the floor of counter \(key) lies above its ceiling"
        case .badLimit(let limit, let maximum): "a limit lies between 1 and \(maximum), not at \(limit)"
        }
    }
}
