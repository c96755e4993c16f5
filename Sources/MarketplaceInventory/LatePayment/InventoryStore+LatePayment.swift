public import MarketplaceCore
import MarketplaceStorage

extension InventoryStore {
    /// Promises the units of a hold for good because they are paid for, and says what becomes of them if the hold has
    /// ended before.
    ///
    /// It can be repeated, after a crash in the middle too: what was allocated or reacquired stays that, and once it was
    /// refused it remains refused, even when stock comes in later, because the payment may have been given back (the
    /// facts may then be those of the new reservation: released). Of a hold some of whose units were allocated in
    /// time, only those that expired are reserved anew. A reservation that was released, is unknown or shipped is
    /// refused by every policy.
    ///
    /// - Parameters:
    ///   - request: The request that the hold was made by: its deadline and its time play no part.
    ///   - policy: What to do when the hold has ended.
    ///   - time: Now.
    /// - Returns: Which reservation is to be shipped, or why none is.
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
            switch (refusal, policy.reacquisition) {
            case (.expired, let reacquisition?), (.unknownReservation, let reacquisition?):
                return try await reacquire(request, reacquisition, insteadOf: refusal, at: time)
            default: return .refused(refusal)
            }
        }
    }

    private func reacquire(
        _ request: ReservationRequest,
        _ terms: LatePaymentPolicy.Reacquisition,
        insteadOf refusal: InventoryRefusal,
        at time: Timestamp
    ) async throws(InventoryError) -> LatePaymentOutcome {
        let id = terms.id ?? ReservationID(reacquiring: request.id)
        for _ in 0..<PlacementRequest.mostAttempts {
            switch try await reservation(id) {
            case .ended(let ended) where ended.state == .shipped: return .reacquired(id)
            case .ended(let ended): return .refused(ended.refusal)
            case .open(let made):
                // An id that the caller gave may be that of something else.
                guard made.isPart(of: request) else { return .refused(.reservationMismatch(id)) }
                if let outcome = try await confirm(id, at: time) { return outcome }
            case nil:
                guard let lines = try await expiredLines(of: request) else { return .refused(refusal) }
                if let outcome = try await reserve(lines, for: request, as: id, terms, at: time) { return outcome }
            }
        }
        throw .contended(attempts: PlacementRequest.mostAttempts)
    }

    /// Allocates what was reserved anew; nil when it is not known any more.
    private func confirm(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) -> LatePaymentOutcome? {
        do throws(InventoryError) {
            try await allocate(id, at: time)
            return .reacquired(id)
        } catch {
            switch error {
            case .refused(.alreadyShipped): return .reacquired(id)
            case .refused(.unknownReservation): return nil
            case .refused(let refusal): return .refused(refusal)
            default: throw error
            }
        }
    }

    /// Reserves anew; nil when the reservation is there to be confirmed.
    private func reserve(
        _ lines: ReservationLines,
        for request: ReservationRequest,
        as id: ReservationID,
        _ terms: LatePaymentPolicy.Reacquisition,
        at time: Timestamp
    ) async throws(InventoryError) -> LatePaymentOutcome? {
        let again = ReservationRequest(
            id: id,
            lines: lines,
            member: request.member,
            reference: request.reference,
            allowsBackorder: request.allowsBackorder,
            deadline: time.advanced(by: terms.hold),
            at: time
        )
        do throws(InventoryError) {
            if let strategy = terms.strategy {
                try await reserve(PlacementRequest(again), placing: strategy)
            } else {
                try await reserve(again)
            }
            return nil
        } catch {
            guard let refusal = error.refusal else { throw error }
            return try await isForestalled(id, at: time) ? .refused(refusal) : nil
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

    /// The units of a hold that ended by its deadline; nil when it ended otherwise or nothing is known of it.
    private func expiredLines(of request: ReservationRequest) async throws(InventoryError) -> ReservationLines? {
        switch try await reservation(request.id) {
        case .ended(let ended): return ended.state == .expired ? request.lines : nil
        case .open(let open):
            let lines = open.positions.flatMap { ReservationLine.lines(of: $0.point, units: $0.expired) }
            return lines.isEmpty ? nil : ReservationLines(lines)
        case nil: return nil
        }
    }
}

extension Reservation {
    /// Whether it is for the same member and for no more of any SKU than a request.
    fileprivate func isPart(of request: ReservationRequest) -> Bool {
        var left: [SKU: Int64] = [:]
        for (sku, units) in request.lines.demandBySKU { left[sku] = units }
        return member == request.member && lines.demandBySKU.allSatisfy { $0.units <= left[$0.sku] ?? 0 }
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
    }
}
