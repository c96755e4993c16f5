import ExampleSupport
import Marketplace

extension SaleAudit {
    var stockIsTheSumOfItsMovements: NamedCheck {
        var faults: [String] = []
        if evidence.missedMovementCount > 0 { faults.append("\(evidence.missedMovementCount) movements are missing") }
        var onHandTotal: Int64 = 0
        for offer in history.offers {
            let deltas = evidence.movements[offer.sku, default: []].map(\.deltas)
            let onHand = deltas.reduce(0) { $0 + $1.onHand }
            let held = deltas.reduce(0) { $0 + $1.held }
            let allocated = deltas.reduce(0) { $0 + $1.allocated }
            onHandTotal += onHand
            let level = evidence.levels[offer.sku]
            if let level, (level.onHand, level.held, level.allocated) == (onHand, held, allocated) { continue }
            let found = level.map { "\($0.onHand) on hand, \($0.held) held, \($0.allocated) allocated" } ?? "nothing"
            faults.append("\(offer.sku): \(found); movements say \(onHand), \(held), \(allocated)")
        }
        return check(
            "on hand = sum of the movements",
            faults,
            "\(Format.count(onHandTotal)) on hand by \(Format.count(evidence.movementCount)) movements"
                + " of \(history.offers.count) SKUs"
        )
    }

    var neverOversold: NamedCheck {
        var faults: [String] = []
        var prefixCount = 0
        for offer in history.offers {
            var received: Int64 = 0
            var shipped: Int64 = 0
            var held: Int64 = 0
            var allocated: Int64 = 0
            for (index, movement) in evidence.movements[offer.sku, default: []].enumerated() {
                if movement.deltas.onHand > 0 { received += movement.deltas.onHand }
                if movement.deltas.onHand < 0 { shipped -= movement.deltas.onHand }
                held += movement.deltas.held
                allocated += movement.deltas.allocated
                prefixCount += 1
                guard held >= 0, allocated >= 0, held + allocated + shipped <= received else {
                    let taken = "\(held) held + \(allocated) allocated + \(shipped) shipped"
                    faults.append("\(offer.sku) after movement \(index + 1): \(taken) of \(received)")
                    break
                }
            }
            if received != Int64(offer.units) {
                faults.append("\(offer.sku): \(received) received, not \(offer.units)")
            }
        }
        return check(
            "never oversold",
            faults,
            "held + allocated + shipped ≤ received after each of \(Format.count(prefixCount)) movements"
        )
    }

    var everyHoldEndedOnce: NamedCheck {
        var faults: [String] = []
        var stages: [ReservationID: HoldStage] = [:]
        for offer in history.offers {
            for movement in evidence.movements[offer.sku, default: []] {
                guard let id = movement.reservation else { continue }
                if spans[id.bits] == nil { faults.append("nobody made reservation \(id)") }
                guard let next = HoldStage(after: stages[id], movement.kind) else {
                    let stage = stages[id].map { "\($0)" } ?? "nothing"
                    faults.append("reservation \(id): \(movement.kind) after \(stage)")
                    continue
                }
                stages[id] = next
            }
        }
        var counts: [HoldStage: Int] = [:]
        for (id, stage) in stages {
            counts[stage, default: 0] += 1
            if stage == .held { faults.append("reservation \(id) is still held") }
            let order = evidence.orders[OrderID(bits: id.bits)]
            if stage == .allocated, order?.status != .confirmed {
                faults.append("reservation \(id) is allocated to an order that is not confirmed")
            }
            if stage.isEnded, order?.status == .confirmed { faults.append("confirmed order \(id) has lost its unit") }
        }
        return check(
            "every hold ended once or is allocated to a confirmed order",
            faults,
            "\(Format.count(stages.count)) holds: \(Format.count(counts[.allocated, default: 0])) allocated,"
                + " \(Format.count(counts[.released, default: 0])) released,"
                + " \(Format.count(counts[.expired, default: 0])) expired"
        )
    }

    var nobodyHasMoreThanTheLimit: NamedCheck {
        var units: [MemberUnits: Int] = [:]
        for order in evidence.orders.values where order.status == .confirmed {
            guard let placed = order.placed else { continue }
            for line in placed.lines {
                units[MemberUnits(member: placed.buyerID, sku: line.sku), default: 0] += line.quantity.value
            }
        }
        let limit = history.plan.perMemberLimit.value
        let faults = units.filter { $0.value > limit }.map { "\($0.key.member) has \($0.value) of \($0.key.sku)" }
        let most = units.values.max() ?? 0
        return check("nobody has more than the limit", faults, "at most \(most) of \(limit) per member and SKU")
    }

    var nothingBeforeTheOpening: NamedCheck {
        let reservations = evidence.movements.values.lazy.joined().filter { $0.kind == .reservation }
        let faults = reservations.filter { $0.time < history.opensAt }.map { movement in
            "\(movement.sku) was reserved at \(movement.time)"
        }
        return check(
            "nothing was reserved before the opening",
            Array(faults),
            "\(Format.count(reservations.count)) reservations from \(history.opensAt) on"
        )
    }
}

/// A member's units of one SKU.
struct MemberUnits: Hashable {
    let member: MemberID
    let sku: SKU
}

/// Where a hold stands, as its movements tell.
private enum HoldStage: Hashable {
    case held
    case allocated
    case released
    case expired

    var isEnded: Bool { self == .released || self == .expired }

    /// Where a movement leads; nil when it must not come now.
    init?(after stage: HoldStage?, _ kind: StockMovementKind) {
        switch (stage, kind) {
        case (nil, .reservation): self = .held
        case (.held, .allocation): self = .allocated
        case (.held, .cancellation), (.allocated, .cancellation): self = .released
        case (.held, .expiry): self = .expired
        default: return nil
        }
    }
}
