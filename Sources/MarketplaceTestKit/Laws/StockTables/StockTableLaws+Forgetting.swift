import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage

extension StockTableLaws {
    static let forgetting = [whatEndedIsForgotten, usedIDsAreKept, usedIDsAreKeptAtOnce]

    /// What has ended is forgotten, and nothing else.
    public static let whatEndedIsForgotten = StockTableLaw(
        "forget.ended",
        "Reservations that ended and changes that were recorded at or before a time are forgotten, at most the limit of "
            + "each at once; what is open, ended later or is of another kind stays."
    ) { probe in
        let ended = (1...6).map { ReservationSample(UInt128($0), .released(StockTableProbe.time(Int64($0)))) }
        let others = [
            ReservationSample(7, .shipped(StockTableProbe.time(3))),
            ReservationSample(8, .forestalled(StockTableProbe.time(3))),
            // Overdue for long, and open for all that.
            ReservationSample(9, .held, at: StockTableProbe.time(-9), until: StockTableProbe.time(-8)),
            ReservationSample(10, .allocated, at: StockTableProbe.time(-9)),
            ReservationSample(11, .owed, at: StockTableProbe.time(-9)),
        ]
        let changes = (1...6 as ClosedRange<Int64>).map { number in
            let time = StockTableProbe.time(number)
            let id = MovementID(bits: UInt128(number))
            return RecordedChangeRow(id: id, point: StockPoint("law"), action: .announcement(number), time: time)
        }
        var rest = try await StockTableScene.write(1)
        (rest.reservations, rest.changes) = ([], [])
        try await probe.table.write(rest)
        try await probe.table.write(StockTableWrite(reservations: try await (ended + others).books, changes: changes))
        let ids = (1...11).map { ReservationID(bits: $0) }
        let query = StockTableQuery(reservations: ids, changes: changes.map(\.id))
        func demand(_ bits: [UInt128], changes: [UInt128], _ what: String) async throws {
            let rows = try await probe.table.read(query)
            try LawBreach.unlessEqual(rows.reservations.keys.map(\.bits).sorted(), bits, "\(what): the reservations")
            try LawBreach.unlessEqual(rows.changes.keys.map(\.bits).sorted(), changes, "\(what): the changes")
        }
        func forget(_ time: Int64, limit: Int = 100) async throws {
            try await probe.table.forget(endedBy: StockTableProbe.time(time), limit: limit)
        }
        try await forget(0)
        try await demand(Array(1...11), changes: Array(1...6), "before anything ended")
        try await forget(1)
        try await demand(Array(2...11), changes: Array(2...6), "at the time of the first")
        try await forget(3, limit: 3)
        let rows = try await probe.table.read(query)
        let counts = [rows.reservations.count, rows.changes.count]
        // Four have ended by then, two were recorded.
        try LawBreach.unlessEqual(counts, [7, 3], "how many reservations and changes a limit of 3 leaves")
        try await forget(3, limit: 3)
        try await demand([4, 5, 6, 9, 10, 11], changes: [4, 5, 6], "when repeated")
        try await forget(10_000)
        try await demand([9, 10, 11], changes: [], "after all had ended")
        let open = try await probe.table.openReservations(after: nil, limit: 20).map(\.id.bits)
        try LawBreach.unlessEqual(open, [9, 10, 11], "what is open")
        var kept = StockTableScene.query
        (kept.reservations, kept.changes) = ([], [])
        var expected = try await StockTableScene.view(after: 1).rows
        (expected.reservations, expected.changes) = ([:], [:])
        try await probe.demand(expected, kept, "rows of all other kinds")
        try await probe.demand(rest.movements, "the movements")
    }

    /// An id that was used again is not forgotten.
    public static let usedIDsAreKept = StockTableLaw(
        "forget.reused",
        "A reservation or change whose id was used again is forgotten by its new end or time only."
    ) { probe in
        func change(_ time: Int64) -> RecordedChangeRow {
            let id = MovementID(bits: 1)
            let action = StockAction.announcement(time)
            return RecordedChangeRow(id: id, point: StockPoint("law"), action: action, time: StockTableProbe.time(time))
        }
        let ended = try await ReservationSample(1, .released(StockTableProbe.time(1))).book
        let query = StockTableQuery(reservations: [ended.id], changes: [change(1).id])
        for standing in [ReservationSample.Standing.held, .released(StockTableProbe.time(9))] {
            let again = try await ReservationSample(1, standing, at: StockTableProbe.time(5)).book
            try await probe.table.write(StockTableWrite(reservations: [ended], changes: [change(1)]))
            try await probe.table.write(StockTableWrite(reservations: [again], changes: [change(9)]))
            try await probe.table.forget(endedBy: StockTableProbe.time(8), limit: 10)
            let expected = StockTableRows(reservations: [again.id: again], changes: [change(9).id: change(9)])
            try await probe.demand(expected, query, "what was used again")
        }
        try await probe.table.forget(endedBy: StockTableProbe.time(9), limit: 10)
        try await probe.demand(StockTableRows(), query, "nothing after its new end")
    }

    /// An id that is used again while it is to be forgotten is kept.
    public static let usedIDsAreKeptAtOnce = StockTableLaw(
        "forget.at-once",
        "A reservation whose id is used again while what has ended is forgotten is there afterwards, however the two meet."
    ) { probe in
        let other = try await probe.connect(as: "2")
        let (ended, again) = (
            try await ReservationSample(1, .released(StockTableProbe.time(1))).book,
            try await ReservationSample(1, .held, at: StockTableProbe.time(5)).book
        )
        for round in 0..<60 {
            try await probe.table.write(StockTableWrite(reservations: [ended]))
            let forgetting = LawCall { try await other.forget(endedBy: StockTableProbe.time(5), limit: 10) }
            for _ in 0..<(round % 12) { await Task.yield() }
            try await probe.table.write(StockTableWrite(reservations: [again]))
            try await forgetting.end("an end of forgetting")
            let rows = StockTableRows(reservations: [again.id: again])
            try await probe.demand(rows, StockTableQuery(reservations: [again.id]), "the reservation of round \(round)")
            let open = try await probe.table.openReservations(after: nil, limit: 2).map(\.id)
            try LawBreach.unlessEqual(open, [again.id], "what is open in round \(round)")
        }
    }
}
