import ExampleSupport
import Marketplace

extension SaleAudit {
    var tellingsAreTrue: NamedCheck {
        var faults: [String] = []
        for (_, attempt) in allAttempts {
            let status = evidence.orders[attempt.order]?.status
            switch attempt.result {
            case .bought where status == .confirmed: continue
            case .refused(.stock), .refused(.payment): if status == .failed { continue }
            default: break
            }
            let found = status.map { "\($0)" } ?? "missing"
            faults.append("order \(attempt.order) is \(found), its buyer was told \(attempt.result)")
        }
        for id in evidence.orders.keys where attempts[id] == nil { faults.append("nobody placed order \(id)") }
        return check(
            "every buyer was told what happened",
            faults,
            "\(Format.count(evidence.orders.count)) orders, each confirmed or failed as its buyer was told"
        )
    }

    var stockRefusals: NamedCheck {
        var available: [SKU: LevelLog] = [:]
        for offer in history.offers {
            var log = LevelLog(0)
            for movement in evidence.movements[offer.sku, default: []] {
                let deltas = movement.deltas
                log.append(log.last + deltas.onHand - deltas.held - deltas.allocated, during: span(of: movement))
            }
            log.seal()
            available[offer.sku] = log
        }
        var faults: [String] = []
        var count = 0
        for (_, attempt) in allAttempts {
            guard case .refused(.stock(.insufficientStock(let sku, let requested, let stated))) = attempt.result
            else { continue }
            count += 1
            let isPossible = attempt.isRepeated || available[sku]?.couldShow(stated, during: attempt.span) ?? false
            if stated >= requested || !isPossible {
                faults.append("order \(attempt.order): refused as \(stated) of \(sku) were left, which never was so")
            }
        }
        return check(
            "refused for stock only while nothing was available",
            faults,
            "\(Format.count(count)) refusals, each with a moment in the movements"
        )
    }

    var earlyRefusals: NamedCheck {
        var faults: [String] = []
        var count = 0
        for (_, attempt) in allAttempts {
            guard case .refused(.stock(.saleNotOpen(let sku, let stated))) = attempt.result else { continue }
            count += 1
            let isEarly = attempt.isRepeated || attempt.began.wallTime < history.opensAt
            if !isEarly || stated != history.opensAt {
                faults.append("order \(attempt.order): too early for \(sku) at \(attempt.began.wallTime)")
            }
        }
        return check(
            "refused as too early only before the opening",
            faults,
            "\(Format.count(count)) refusals before \(history.opensAt)"
        )
    }

    var limitRefusals: NamedCheck {
        let refused = allAttempts.filter { _, attempt in
            if case .refused(.stock(.memberLimit)) = attempt.result { true } else { false }
        }
        var logs = Dictionary(
            uniqueKeysWithValues: Set(refused.map { MemberUnits(of: $0.buyer, history.offers) }).map {
                ($0, LevelLog(0))
            }
        )
        for offer in history.offers {
            for movement in evidence.movements[offer.sku, default: []] {
                guard let id = movement.reservation else { continue }
                guard let member = evidence.orders[OrderID(bits: id.bits)]?.placed?.buyerID else { continue }
                let key = MemberUnits(member: member, sku: offer.sku)
                guard let log = logs[key] else { continue }
                let change = movement.deltas.held + movement.deltas.allocated
                logs[key]?.append(log.last + change, during: span(of: movement))
            }
        }
        for key in Array(logs.keys) { logs[key]?.seal() }
        var faults: [String] = []
        for (buyer, attempt) in refused {
            guard case .refused(.stock(.memberLimit(_, let limit, let taken, let requested))) = attempt.result
            else { continue }
            let log = logs[MemberUnits(of: buyer, history.offers)]
            let isPossible = attempt.isRepeated || log?.couldShow(taken, during: attempt.span) == true
            let isReached = limit == Int64(history.plan.perMemberLimit.value) && taken + requested > limit
            if !isReached || !isPossible {
                faults.append("order \(attempt.order): \(taken) of \(limit) were not taken")
            }
        }
        return check(
            "refused for the limit only when it was reached",
            faults,
            "\(Format.count(refused.count)) refusals"
        )
    }

    var unsoldOnlyWithoutDemand: NamedCheck {
        var left = Array(repeating: 0, count: history.offers.count)
        for story in history.buyers where story.end == .soldOut { left[story.buyer.offer] += 1 }
        var faults: [String] = []
        var unsold: Int64 = 0
        for (index, offer) in history.offers.enumerated() {
            let available = evidence.levels[offer.sku]?.available ?? 0
            unsold += available
            if available > 0, left[index] > 0 {
                faults.append("\(offer.sku): \(available) unsold, and \(left[index]) buyers went without")
            }
        }
        return check(
            "units unsold only where the line is empty",
            faults,
            "\(Format.count(unsold)) unsold, \(Format.count(left.reduce(0, +))) buyers without a unit, never of one SKU"
        )
    }

    private func span(of movement: StockMovement) -> ClosedRange<Int> {
        // Receipts came before everybody.
        guard let id = movement.reservation else { return 0...0 }
        return spans[id.bits] ?? 0...history.ended.tick
    }
}

extension MemberUnits {
    init(of buyer: Buyer, _ offers: [Offer]) {
        self.init(member: buyer.member, sku: offers[buyer.offer].sku)
    }
}
