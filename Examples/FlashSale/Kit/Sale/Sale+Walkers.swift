import Marketplace

extension Sale {
    /// Lets somebody hold a unit and walk away; the hold is looked after until it has ended.
    func walk(_ number: Int) async throws -> WalkerStory {
        let offer = number % offers.count
        let line = lines[offer]
        defer { line.leave() }
        await doors.wait()
        let reservation = walkerReservation(number)
        let earlier = earlier.orders.isEmpty ? nil : try await shop.inventory.reservation(reservation)
        let began = moment()
        let request = ReservationRequest(
            id: reservation,
            lines: ReservationLines(ReservationLine(offers[offer].sku, .one)),
            member: MemberKey(MemberID(bits: UInt128(plan.buyers + number) + 1)),
            deadline: began.wallTime.advanced(by: plan.abandonedHold),
            at: began.wallTime
        )
        let held = try? await shop.inventory.reserve(request)
        let answered = moment()
        if let held {
            acknowledged?.note(.held(reservation))
            try await sleep(untilWallTime: held.deadline)
            // Whatever is due, at most a page of it: each walker comes by, so all of it is ended in the end.
            try await shop.inventory.expire(dueBy: shop.wallClock.now, limit: InventoryLimits.pageSize)
        }
        var ended: Moment?
        // A hold of an earlier process may have ended by now: its unit goes to the line all the same.
        if held != nil || earlier != nil {
            ended = moment()
            line.free()
        }
        return WalkerStory(
            number: number,
            offer: offer,
            reservation: reservation,
            began: began,
            answered: answered,
            ended: ended,
            isRepeated: earlier != nil
        )
    }

    /// Far from every order's id, of which reservations have the bits.
    private func walkerReservation(_ number: Int) -> ReservationID {
        BuyerIdentifiers.source(seed: ~plan.seed, buyer: plan.buyers + number, attempt: 0).next()
    }
}
