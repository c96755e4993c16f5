import MarketplaceCore

/// What is kept of a ticket.
///
/// Nothing is written when a ticket is called or missed: both follow from its number and the front.
struct WaitingTicketRecord: Hashable, Sendable, Codable {
    /// How far the member went.
    enum Phase: Hashable, Sendable, Codable {
        /// It waits, was called, or was missed.
        case inLine
        case inside(AdmissionPass)
        case left
        case exited
    }

    let ticket: WaitingTicket
    var phase: Phase

    /// The pass, while it holds.
    func pass(at time: Timestamp) -> AdmissionPass? {
        guard case .inside(let pass) = phase, pass.isValid(at: time) else { return nil }
        return pass
    }

    /// The same ticket after the next step of its member.
    func moved(to phase: Phase) -> WaitingTicketRecord {
        WaitingTicketRecord(ticket: ticket, phase: phase)
    }
}
