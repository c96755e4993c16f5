import MarketplaceCore
import MarketplaceStorage

extension StockShard {
    /// Movements of one shard, and the number to read on from.
    struct MovementPage: Sendable {
        let movements: [StockMovement]
        let next: UInt64
        let missedCount: UInt64
    }

    func point(of line: HeldLine) -> StockPoint {
        let item = items[Int(line.slot)]
        return StockPoint(item.sku, at: item.location(of: Int(line.place)))
    }

    /// Movements from a number on, and the number to read on from.
    ///
    /// The name of the log makes the ids unique that follow from the numbers.
    func movements(from number: UInt64, of logName: String, limit: Int) -> MovementPage {
        let number = min(number, log.end)
        let start = max(number, log.start)
        let entries = log.entries(from: start, limit: limit)
        let movements = entries.enumerated().map { offset, entry in
            movement(entry, number: start + UInt64(offset), of: logName)
        }
        return MovementPage(
            movements: movements,
            next: start + UInt64(entries.count),
            missedCount: start - number
        )
    }

    private func movement(_ entry: MovementLog.Entry, number: UInt64, of logName: String) -> StockMovement {
        let item = items[Int(entry.slot)]
        let id: MovementID =
            switch entry.kind {
            case .transferIn: MovementID(arrivingOf: MovementID(bits: entry.subject))
            case let kind where kind.isOfReservation:
                MovementID(bits: TransactionID(derivedFrom: "movement", logName, "\(number)").bits)
            default: MovementID(bits: entry.subject)
            }
        return StockMovement(
            id: id,
            sku: item.sku,
            location: item.location(of: Int(entry.place)),
            kind: entry.kind.kind,
            deltas: entry.kind.deltas(of: entry.quantity),
            reservation: entry.kind.isOfReservation ? ReservationID(bits: entry.subject) : nil,
            reference: entry.reference.map { StockReference(unchecked: $0) },
            time: Timestamp(microsecondsSinceEpoch: entry.time)
        )
    }
}
