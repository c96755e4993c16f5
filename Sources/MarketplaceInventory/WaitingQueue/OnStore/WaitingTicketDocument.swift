import MarketplaceCore
import MarketplaceStorage

/// What is stored of a member's latest ticket.
///
/// A number is known only once the commit that took it has succeeded, so the document comes without one first, and
/// with all that is needed to make the same commit again, which tells the number.
struct WaitingTicketDocument: Hashable, Sendable, Codable {
    /// The commit that took the number.
    struct Joining: Hashable, Sendable, Codable {
        let member: MemberKey
        let time: Timestamp
        /// The greatest number it was content with.
        let lastNumber: Int64
        /// The revision of the front that let it in: another queue of the same key never has that.
        let front: DocumentRevision
        /// The revision of the ticket that this one follows.
        let replaced: DocumentRevision?
    }

    let joining: Joining
    /// Nil until the number is known.
    let record: WaitingTicketRecord?

    /// The ticket, once its number is known.
    func ticket(at revision: DocumentRevision) -> StoredTicket? {
        record.map { StoredTicket(joining: joining, record: $0, revision: revision) }
    }

    /// What the document can be found by: the end of the stay, while its member is inside.
    func indexEntries(of queue: WaitingQueueKey) -> [IndexEntry] {
        guard case .inside(let pass) = record?.phase, let end = pass.validUntil else { return [] }
        return [IndexEntry(WaitingKeySpace.stayIndex, .text(queue.text), .time(end))]
    }
}

/// What is stored of a ticket in the line that left, until the line has passed it.
struct GoneTicketDocument: Hashable, Sendable, Codable {
    let number: Int64
}

/// A ticket as a store keeps it.
struct StoredTicket: Sendable {
    let joining: WaitingTicketDocument.Joining
    let record: WaitingTicketRecord
    let revision: DocumentRevision
}

/// A front as a store keeps it.
typealias StoredFront = StoredValue<WaitingFront>
