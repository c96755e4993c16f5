import MarketplaceCore
import MarketplaceStorage

/// The names under which a waiting queue on a store keeps its things.
///
/// The keys of a queue and of a member have at most 200 bytes each, so that every name fits the 512 bytes of a key.
struct WaitingKeySpace: Sendable {
    static let fronts: DocumentCollection = "waiting-queues"
    static let tickets: DocumentCollection = "waiting-tickets"
    /// The tickets in the line that left, until the line has passed them.
    static let gone: DocumentCollection = "waiting-gone"
    /// The index of those by queue and number.
    static let lineIndex = "line"
    /// The index of tickets whose member is inside, by queue and the end of the stay.
    static let stayIndex = "stay"
    /// How many numbers share a counter of changes: few enough that leaving far back does not disturb the front, many
    /// enough that one move touches few.
    static let blockSize: Int64 = 1_024

    let queue: WaitingQueueKey
    /// The length of the queue's key keeps `a/b` of `c` apart from `a` of `b/c`.
    private let prefix: String

    init(_ queue: WaitingQueueKey) {
        self.queue = queue
        prefix = "\(queue.text.utf8.count)/\(queue)"
    }

    var front: DocumentKey { DocumentKey(Self.fronts, queue.retyped()) }

    func ticket(_ member: MemberKey) -> DocumentKey {
        DocumentKey(Self.tickets, TextKey(unchecked: "\(prefix)/\(member)"))
    }

    /// Where the tickets of this queue begin among those of all queues.
    var ticketsStart: TextKey<DocumentSubject> { TextKey(unchecked: prefix + "/") }

    func goneTicket(_ number: Int64) -> DocumentKey {
        DocumentKey(Self.gone, TextKey(unchecked: "\(prefix)/\(number)"))
    }

    var joined: CounterKey { counter("joined") }
    var departed: CounterKey { counter("departed") }
    var givenBack: CounterKey { counter("given-back") }
    var exited: CounterKey { counter("exited") }

    /// How many tickets of a call entered or left; sealed when its window is over.
    func answers(call: Int64) -> CounterKey { counter("answers/\(call)") }

    /// How often a ticket of a block of numbers left the line, or the line moved within it.
    func changes(block: Int64) -> CounterKey { counter("changes/\(block)") }

    static func block(of number: Int64) -> Int64 { (number - 1) / blockSize }

    private func counter(_ name: String) -> CounterKey { CounterKey(unchecked: "waiting/\(prefix)/\(name)") }
}
