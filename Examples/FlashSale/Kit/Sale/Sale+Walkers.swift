import Marketplace

extension Sale {
    /// Lets somebody hold a unit and walk away; the hold is looked after until it has ended.
    func walk(_ number: Int) async throws -> WalkerStory {
        let offer = number % offers.count
        let line = lines[offer]
        defer { line.leave() }
        await doors.wait()
        let began = moment()
        let deadline = began.wallTime.advanced(by: plan.abandonedHold)
        let reservation = walkerReservation(number)
        let request = ReservationRequest(
            id: reservation,
            lines: ReservationLines(ReservationLine(offers[offer].sku, .one)),
            member: MemberKey(MemberID(bits: UInt128(plan.buyers + number) + 1)),
            deadline: deadline,
            at: began.wallTime
        )
        let held = (try? shop.inventory.reserve(request)) != nil
        let answered = moment()
        var ended: Moment?
        if held {
            try await sleep(untilWallTime: deadline)
            // Whatever is due, at most a page of it: each walker comes by, so all of it is ended in the end.
            try shop.inventory.expire(dueBy: shop.wallClock.now, limit: InventoryLimits.pageSize)
            ended = moment()
            line.free()
        }
        return WalkerStory(
            number: number,
            offer: offer,
            reservation: reservation,
            began: began,
            answered: answered,
            ended: ended
        )
    }

    /// Far from every order's id, of which reservations have the bits.
    private func walkerReservation(_ number: Int) -> ReservationID {
        BuyerIdentifiers.source(seed: ~plan.seed, buyer: plan.buyers + number, attempt: 0).next()
    }
}
