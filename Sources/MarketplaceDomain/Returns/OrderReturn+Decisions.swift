import MarketplaceCore

extension OrderReturn {
    /// What is asked for.
    struct Wish {
        let id: ReturnID
        let order: ReturnableOrder
        let kind: ReturnKind
        let items: [ReturnItem]
        let terms: ReturnTerms
        let replacement: OrderID?
    }

    func request(_ wish: Wish, _ command: Command) throws(ReturnRejection) -> [ReturnEvent] {
        try refuseStrangers(command, wish.order.buyer, wish.order.seller)
        if let requested {
            let isSame =
                requested.returnID == wish.id && requested.orderID == wish.order.id && requested.kind == wish.kind
                && requested.items == wish.items && requested.replacementID == wish.replacement
            guard isSame else { throw .alreadyRequested(requested.returnID) }
            // Whoever may never ask for it is told so, also when it was asked for before.
            if !isRuled(command) { _ = try move(.request, command) }
            return []
        }
        _ = try move(.request, command)
        try Self.check(wish, at: command.time)
        return [
            .requested(
                ReturnRequested(
                    returnID: wish.id,
                    orderID: wish.order.id,
                    buyerID: wish.order.buyer,
                    sellerID: wish.order.seller,
                    kind: wish.kind,
                    items: wish.items,
                    replacementID: wish.replacement,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    private static func check(_ wish: Wish, at time: Timestamp) throws(ReturnRejection) {
        guard !wish.items.isEmpty else { throw .noItems }
        guard (wish.kind == .exchange) == (wish.replacement != nil) else { throw .replacementMismatch(wish.kind) }
        var seen: Set<Int> = []
        for item in wish.items {
            let index = item.lineIndex
            guard wish.order.lines.indices.contains(index) else { throw .unknownLine(index: index) }
            guard seen.insert(index).inserted else { throw .doubleLine(index: index) }
            let line = wish.order.lines[index]
            guard let deliveredAt = line.deliveredAt else { throw .notDelivered(lineIndex: index) }
            guard item.quantity.value <= line.returnableUnits else {
                throw .unitsLeft(lineIndex: index, wanted: item.quantity.value, left: line.returnableUnits)
            }
            guard !wish.kind.isClaim || item.reason.isSellersFault else {
                throw .notAClaim(lineIndex: index, reason: item.reason)
            }
            let end = wish.terms.end(for: item.reason, deliveredAt: deliveredAt)
            guard time < end else { throw .tooLate(lineIndex: index, reason: item.reason, end: end) }
        }
    }

    func receive(
        _ units: [ReturnedUnits],
        _ requested: ReturnRequested,
        _ status: ReturnStatus,
        _ command: Command
    ) throws(ReturnRejection) -> [ReturnEvent] {
        if status == .received || status == .completed, isRuled(command) {
            guard units == received else { throw .alreadyReceived }
            return []
        }
        _ = try move(.receive, command)
        var counts: [Int: Int] = [:]
        for part in units {
            guard let item = requested.items.first(where: { $0.lineIndex == part.lineIndex }) else {
                throw .unknownLine(index: part.lineIndex)
            }
            guard part.units >= 0 else { throw .negativeUnits(lineIndex: part.lineIndex, units: part.units) }
            guard (part.disposition == .keptByBuyer) != requested.kind.expectsGoods else {
                throw .dispositionMismatch(lineIndex: part.lineIndex, part.disposition)
            }
            let (sum, isTooLarge) = counts[part.lineIndex, default: 0].addingReportingOverflow(part.units)
            guard !isTooLarge, sum <= item.quantity.value else {
                throw .tooManyReceived(
                    lineIndex: part.lineIndex,
                    units: isTooLarge ? Int.max : sum,
                    expected: item.quantity.value
                )
            }
            counts[part.lineIndex] = sum
        }
        return [
            .received(
                ReturnReceived(
                    returnID: requested.returnID,
                    orderID: requested.orderID,
                    units: units,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    func complete(
        _ outcome: ReturnCompleted,
        _ status: ReturnStatus,
        _ command: Command
    ) throws(ReturnRejection) -> [ReturnEvent] {
        if status == .completed, let completed, isRuled(command) {
            guard completed.isSame(as: outcome) else { throw .alreadyCompleted(refunded: completed.refunded) }
            return []
        }
        _ = try move(.complete, command)
        guard !outcome.refunded.isNegative else { throw .negativeAmount(outcome.refunded) }
        var counts: [Int: Int] = [:]
        for part in received { counts[part.lineIndex, default: 0] += part.units }
        for part in outcome.units {
            let left = counts[part.lineIndex] ?? 0
            guard part.units >= 0 else { throw .negativeUnits(lineIndex: part.lineIndex, units: part.units) }
            guard part.units <= left else {
                throw .tooManyReceived(lineIndex: part.lineIndex, units: part.units, expected: left)
            }
            counts[part.lineIndex] = left - part.units
        }
        return [.completed(outcome)]
    }

    func settle(_ requested: ReturnRequested, _ command: Command) throws(ReturnRejection) -> [ReturnEvent] {
        _ = try move(.settle, command)
        guard !isSettled else { return [] }
        return [
            .settled(
                ReturnSettled(
                    returnID: requested.returnID,
                    orderID: requested.orderID,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    /// A move that changes nothing but the status; nothing when it was made before.
    func change(
        _ move: ReturnMove,
        to target: ReturnStatus,
        rejection: ReturnRejectionReason?,
        _ command: Command
    ) throws(ReturnRejection) -> [ReturnEvent] {
        guard let requested, let status else { throw .notRequested }
        if status == target, isRuled(command) { return [] }
        _ = try self.move(move, command)
        return [
            .statusChanged(
                ReturnStatusChanged(
                    returnID: requested.returnID,
                    orderID: requested.orderID,
                    from: status,
                    to: target,
                    rejection: rejection,
                    by: command.actor,
                    at: command.time
                )
            )
        ]
    }

    func refuseStrangers(_ command: Command, _ buyer: MemberID, _ seller: SellerID?) throws(ReturnRejection) {
        do throws(CommandForbidden) {
            try command.refuseStrangers(owner: buyer, seller: seller)
        } catch {
            throw .forbidden(error)
        }
    }

    /// Whether the actor is one of those who may give the command at all, so that a repetition is not refused.
    private func isRuled(_ command: Command) -> Bool {
        let party = command.actor.party(owner: requested?.buyerID, seller: requested?.sellerID)
        return command.action.rule.parties.contains(party)
    }

    private func move(_ move: ReturnMove, _ command: Command) throws(ReturnRejection) -> ReturnStatus {
        do throws(TransitionRefusal<ReturnStatus, ReturnMove, ActorRole>) {
            guard move == .expire, let status, command.actor.role == .system else {
                return try Self.lifecycle.move(move, from: status, by: command.actor.role, given: facts)
            }
            return try Self.lifecycle.fire(move, from: status, history: history, now: command.time, given: facts).target
        } catch {
            throw .move(error)
        }
    }
}
