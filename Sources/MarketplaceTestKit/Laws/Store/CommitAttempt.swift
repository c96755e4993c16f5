import MarketplaceCore
import MarketplaceStorage

/// One of many commits at once: it may take one of a few places, and some are beyond a limit.
struct CommitAttempt: Sendable {
    /// How it ended.
    enum Outcome: Sendable {
        case applied
        case refused
        case invalid
    }

    /// How many of each round find a place.
    static let quota = 10

    let number: Int
    /// Whether it is beyond a limit.
    let isInvalid: Bool
    /// What only this one appends to.
    let stream: StreamID
    /// What only this one writes.
    let document: DocumentKey
    /// What only this one adds to.
    let own: CounterKey
    private let transaction: Transaction

    init(number: Int, round: Int, _ probe: StoreProbe) {
        let name = EventID(bits: UInt128(round * 1_000 + number))
        self.number = number
        isInvalid = number.isMultiple(of: 5)
        stream = StreamID("law", TextKey(name))
        document = DocumentKey("law", TextKey(name))
        own = TextKey(name)
        let size = isInvalid ? StoreLimits.payloadBytes + 1 : 1
        let (stream, document, own) = (stream, document, own)
        transaction = probe.transaction { transaction in
            transaction.append(probe.drafts(1), to: stream, expecting: .none)
            transaction.write(DocumentWrite(document, body: [UInt8](repeating: 1, count: size)))
            transaction.add(1, to: own)
            transaction.add(1, to: TextKey(EventID(bits: UInt128(1_000_000 + round))), ceiling: Int64(Self.quota))
        }
    }

    /// Commits it and says how that ended.
    func commit(to store: any Store) async throws(StoreError) -> Outcome {
        do throws(StoreError) {
            _ = try await store.commit(transaction)
            return .applied
        } catch {
            switch error {
            case .conflict(.counterBound): return .refused
            case .invalid: return .invalid
            default: throw error
            }
        }
    }
}

extension CommitAttempt.Outcome? {
    /// The outcome for a message.
    var debugText: String { map { "\($0)" } ?? "nothing" }
}
