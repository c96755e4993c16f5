import MarketplaceCore

/// A hold that a payment came too late for, all of it or a part.
struct LateHold {
    let request: ReservationRequest
    /// What is known of it; nil when nothing is.
    let record: ReservationRecord?

    /// The units that its deadline took, by ascending point; they do not change any more.
    var expired: ReservationLines { lines(\.expired) }

    /// The units that were promised for good in time, those that have left among them.
    var promised: ReservationLines { lines { $0.allocated + $0.owed + $0.shipped } }

    private func lines(_ units: (ReservationPosition) -> Int64) -> ReservationLines {
        let positions = record?.positions ?? []
        return ReservationLines(positions.flatMap { ReservationLine.lines(of: $0.point, units: units($0)) })
    }

    /// Whether what is known of a reservation fits the one that takes the place of what expired, whose id either follows
    /// from that of the hold or was chosen by a caller.
    func isReplaced(by other: ReservationRecord, isDerived: Bool) -> Bool {
        // Nobody's: it was released before it was made.
        guard let member = other.member else { return true }
        guard member == request.member else { return false }
        let units = other.positions.reduce(into: [SKU: Int64]()) { $0[$1.point.sku, default: 0] += $1.reserved }
        let asked = request.lines.sums
        if record != nil { return units == expired.sums }
        // What exactly expired is forgotten. Of a reservation whose id nobody chose it need not be known.
        return isDerived ? units.allSatisfy { $0.value <= asked[$0.key] ?? 0 } : units == asked
    }

    /// The outcome when these units were promised by another reservation.
    func reacquired(as id: ReservationID) -> LatePaymentOutcome {
        promised.isEmpty ? .reacquired(id) : .partlyReacquired(rest: id, of: request.id)
    }

    /// The outcome when they were not.
    func refused(_ refusal: InventoryRefusal) -> LatePaymentOutcome {
        let promised = promised
        return promised.isEmpty ? .refused(refusal) : .partlyRefused(refusal, promised: promised, by: request.id)
    }
}
