public import MarketplaceCore
import MarketplaceStorage

extension InventoryStore {
    /// Promises the units of a hold for good because they are paid for, and says what becomes of them if they expired
    /// before.
    ///
    /// It can be repeated, after a crash in the middle too: what was allocated or reacquired stays that, and once it was
    /// refused it remains refused, even when stock comes in later, because the payment may have been given back (the
    /// facts may then be those of the new reservation: released). Only the units that expired are reserved anew: not
    /// those that were released before, nor those that were promised for good in time, of which the outcome tells. The
    /// terms' minimum per purchase does not apply to them, since the hold has met it. A reservation that was released
    /// or is unknown is refused by every policy.
    ///
    /// - Parameters:
    ///   - request: The request that the hold was made by: its deadline and its time play no part.
    ///   - policy: What to do when the hold has ended.
    ///   - time: Now.
    /// - Returns: Which reservations are to be shipped, and why not all units are promised.
    /// - Throws: `contended` and `failed`; every refusal is an outcome.
    public func allocate(
        _ request: ReservationRequest,
        whenLate policy: LatePaymentPolicy,
        at time: Timestamp
    ) async throws(InventoryError) -> LatePaymentOutcome {
        do throws(InventoryError) {
            try await allocate(request.id, at: time)
            return .allocated(request.id)
        } catch {
            guard let refusal = error.refusal else { throw error }
            switch refusal {
            case .expired, .unknownReservation:
                let hold = LateHold(request: request, record: try await reservation(request.id))
                guard let terms = policy.reacquisition else { return hold.refused(refusal) }
                return try await reacquire(hold, terms, insteadOf: refusal, at: time)
            default: return .refused(refusal)
            }
        }
    }

    private func reacquire(
        _ hold: LateHold,
        _ terms: LatePaymentPolicy.Reacquisition,
        insteadOf refusal: InventoryRefusal,
        at time: Timestamp
    ) async throws(InventoryError) -> LatePaymentOutcome {
        let id = terms.id ?? ReservationID(reacquiring: hold.request.id)
        for _ in 0..<PlacementRequest.mostAttempts {
            guard let known = try await reservation(id) else {
                // What was cancelled after some of it had expired is not wanted any more.
                if case .ended(let ended)? = hold.record, ended.state == .released { return .refused(ended.refusal) }
                guard !hold.expired.isEmpty else { return hold.refused(refusal) }
                if let refusal = try await reserve(hold, as: id, terms, at: time) { return hold.refused(refusal) }
                continue
            }
            // An id that the caller gave may be that of something else.
            guard hold.isReplaced(by: known, isDerived: terms.id == nil) else {
                return hold.refused(.reservationMismatch(id))
            }
            switch known {
            case .ended(let ended) where ended.state == .shipped: return hold.reacquired(as: id)
            case .ended(let ended): return hold.refused(ended.refusal)
            case .open: if let outcome = try await confirm(id, for: hold, at: time) { return outcome }
            }
        }
        throw .contended(attempts: PlacementRequest.mostAttempts)
    }

    /// Allocates what was reserved anew; nil when it is not known any more.
    private func confirm(
        _ id: ReservationID,
        for hold: LateHold,
        at time: Timestamp
    ) async throws(InventoryError) -> LatePaymentOutcome? {
        do throws(InventoryError) {
            try await allocate(id, at: time)
            return hold.reacquired(as: id)
        } catch {
            switch error {
            case .refused(.alreadyShipped): return hold.reacquired(as: id)
            case .refused(.unknownReservation): return nil
            case .refused(let refusal): return hold.refused(refusal)
            default: throw error
            }
        }
    }

    /// Reserves what expired anew, or returns why it never will be; nil when the reservation is there to be confirmed.
    private func reserve(
        _ hold: LateHold,
        as id: ReservationID,
        _ terms: LatePaymentPolicy.Reacquisition,
        at time: Timestamp
    ) async throws(InventoryError) -> InventoryRefusal? {
        var again = ReservationRequest(
            id: id,
            lines: hold.expired,
            member: hold.request.member,
            reference: hold.request.reference,
            allowsBackorder: terms.allowsBackorder,
            deadline: time.advanced(by: terms.hold),
            at: time
        )
        again.isRemainder = true
        do throws(InventoryError) {
            if let strategy = terms.strategy {
                try await reserve(PlacementRequest(again), placing: strategy)
            } else {
                try await reserve(again)
            }
            return nil
        } catch {
            guard let refusal = error.refusal else { throw error }
            return try await isForestalled(id, at: time) ? refusal : nil
        }
    }

    /// Sees to it that a reservation that could not be made never will be, unless somebody made it meanwhile; whether
    /// that was so.
    ///
    /// The release of no units of an id that is not known leaves a tombstone, that of one that is changes nothing.
    private func isForestalled(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) -> Bool {
        do throws(InventoryError) {
            return try await release([], of: id, at: time) == .neverReserved
        } catch {
            guard error.refusal != nil else { throw error }
            return false
        }
    }
}

extension PlacementRequest {
    /// The request without its places.
    init(_ request: ReservationRequest) {
        self.init(
            id: request.id,
            lines: request.lines.map { DemandLine($0.sku, $0.quantity) },
            member: request.member,
            reference: request.reference,
            allowsBackorder: request.allowsBackorder,
            deadline: request.deadline,
            at: request.time
        )
        isRemainder = request.isRemainder
    }
}
