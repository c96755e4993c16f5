import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage

extension StockTableLaws {
    static let queries = [
        dueReservationsComeInOrder, openReservationsArePaged, waitingReservationsComeInOrder, booksMove,
    ]

    /// Ids whose order by bytes is that of a list, and another one as numbers with a sign or by halves.
    private static let ids: [UInt128] = [
        1, 2, 0x8000_0000_0000_0000, 1 << 64, 1 << 64 | 0xFFFF_FFFF_FFFF_FFFF, 1 << 127 - 1, 1 << 127, 1 << 127 | 1,
    ]

    /// What is due, the earliest first.
    public static let dueReservationsComeInOrder = StockTableLaw(
        "query.due",
        "What is due at or before a time, to the microsecond, comes by that time, then by id, up to the limit; nothing "
            + "that is promised for good or has ended does."
    ) { probe in
        var samples: [ReservationSample] = []
        for (number, id) in ids.enumerated() {
            // Two and three share a time; those of the highest ids are due first.
            let due = StockTableProbe.time(100 - Int64(number / 2) - (number == 7 ? 10_000_000 : 0))
            let reservedAt = StockTableProbe.time(-20_000_000 - Int64(number))
            samples.append(ReservationSample(id, number == 3 ? .awaiting : .held, at: reservedAt, until: due))
        }
        let ended = StockTableProbe.time(1)
        samples += [
            ReservationSample(31, .allocated, until: StockTableProbe.time(10)),
            ReservationSample(32, .owed, until: StockTableProbe.time(10)),
            ReservationSample(33, .released(ended), until: StockTableProbe.time(10)),
            ReservationSample(34, .shipped(ended), until: StockTableProbe.time(10)),
            ReservationSample(35, .forestalled(ended)),
        ]
        try await write(samples, probe)
        let held = samples.prefix(ids.count).sorted { ($0.deadline, $0.id) < ($1.deadline, $1.id) }
        for time in held.map(\.deadline) + [StockTableProbe.time(200), .distantFuture, .distantPast] {
            for time in [time, time.advanced(by: .microseconds(-1)), time.advanced(by: .microseconds(1))] {
                let expected = held.filter { $0.deadline <= time }.map(\.id)
                for limit in [1, 2, 3, 7, 8, InventoryLimits.pageSize] {
                    let found = try await probe.table.reservations(dueBy: time, limit: limit).map(\.id)
                    let what = "what is due by \(time), at most \(limit)"
                    try LawBreach.unlessEqual(found, Array(expected.prefix(limit)), what)
                }
            }
        }
        let books = try await probe.table.reservations(dueBy: .distantFuture, limit: 20)
        let written = try await Array(held).books
        try LawBreach.unless(books == written, "the books as they were written", found: "others")
    }

    /// What is open, page by page.
    public static let openReservationsArePaged = StockTableLaw(
        "query.open",
        "What is open comes by ascending id, each once, in pages of any size that begin behind any id, whether there is "
            + "one or not; nothing that has ended does."
    ) { probe in
        var samples = ids.enumerated().map { ReservationSample($1, $0.isMultiple(of: 2) ? .held : .owed) }
        let ended = StockTableProbe.time(1)
        samples += [
            ReservationSample(3, .released(ended)), ReservationSample(1 << 65, .shipped(ended)),
            ReservationSample(1 << 126, .forestalled(ended)),
        ]
        try await write(samples, probe)
        let open = ids.map { ReservationID(bits: $0) }
        for limit in 1...open.count + 1 {
            var found: [ReservationID] = []
            while true {
                let page = try await probe.table.openReservations(after: found.last, limit: limit).map(\.id)
                if page.isEmpty { break }
                found += page
                let rest = open.dropFirst(found.count - page.count).prefix(limit)
                try LawBreach.unlessEqual(page, Array(rest), "a page of at most \(limit) of what is open")
            }
            try LawBreach.unlessEqual(found, open, "what is open in pages of \(limit)")
        }
        for id in [0, 3, 1 << 65, 1 << 126, UInt128.max].map({ ReservationID(bits: $0) }) {
            let found = try await probe.table.openReservations(after: id, limit: 3).map(\.id)
            try LawBreach.unlessEqual(found, Array(open.filter { $0 > id }.prefix(3)), "what is open after \(id)")
        }
    }

    /// What waits for stock, in the order it came.
    public static let waitingReservationsComeInOrder = StockTableLaw(
        "query.awaiting",
        "What waits for units of a point comes by the time it was reserved at, to the microsecond, then by id, up to the "
            + "limit, and under each point it waits at and no other."
    ) { probe in
        let points = [StockPoint("law"), StockPoint("law", at: "depot"), StockPoint("pen")]
        var samples: [ReservationSample] = []
        for (number, id) in ids.enumerated() {
            // Ties in pairs, the later ids first.
            let time = StockTableProbe.time(50 - Int64(number / 2))
            let awaited = points.enumerated().filter { (number + 1) >> $0.offset & 1 == 1 || number == 7 }.map(
                \.element
            )
            samples.append(ReservationSample(id, number < 5 ? .awaiting : .owed, of: awaited, at: time))
        }
        let there = [
            ReservationSample(41, .held, of: points), ReservationSample(42, .allocated, of: points),
            ReservationSample(43, .released(StockTableProbe.time(1)), of: points),
        ]
        try await write(samples + there, probe)
        for point in points + [StockPoint("pen", at: "depot"), StockPoint("none")] {
            let waiting = samples.filter { $0.points.contains(point) }
                .sorted { ($0.reservedAt, $0.id) < ($1.reservedAt, $1.id) }
            for limit in [1, 2, 3, 5, 8, InventoryLimits.pageSize] {
                let found = try await probe.table.reservations(awaiting: point, limit: limit).map(\.id)
                let what = "what waits at \(point), at most \(limit)"
                try LawBreach.unlessEqual(found, waiting.prefix(limit).map(\.id), what)
            }
        }
    }

    /// A reservation is found by how it stands now.
    public static let booksMove = StockTableLaw(
        "query.moved",
        "A reservation is found by how it stands now, and no longer by how it stood: when its deadline moves, it gets its "
            + "units, is promised, ends, or its id is used again."
    ) { probe in
        let (here, there) = (StockPoint("law"), StockPoint("law", at: "depot"))
        let (early, late) = (StockTableProbe.time(10), StockTableProbe.time(20))
        let standings: [ReservationSample] = [
            ReservationSample(1, .held, of: [here], until: early), ReservationSample(1, .held, of: [here], until: late),
            ReservationSample(1, .awaiting, of: [here, there], until: early),
            ReservationSample(1, .awaiting, of: [there], at: StockTableProbe.time(5), until: late),
            ReservationSample(1, .owed, of: [here]), ReservationSample(1, .allocated, of: [here, there]),
            ReservationSample(1, .shipped(early)), ReservationSample(1, .awaiting, of: [here], until: early),
            ReservationSample(1, .released(late)), ReservationSample(1, .held, of: [there], until: early),
            ReservationSample(1, .forestalled(late)),
        ]
        let neighbour = try await ReservationSample(2, .awaiting, of: [here, there], at: StockTableProbe.time(2)).book
        try await probe.table.write(StockTableWrite(reservations: [neighbour]))
        for sample in standings {
            let book = try await sample.book
            try await probe.table.write(StockTableWrite(reservations: [book]))
            let both = [book, neighbour]
            let table = probe.table
            for time in [early, late, StockTableProbe.time(5_000)] {
                let due = both.filter { $0.isOverdue(at: time) }.sorted { ($0.dueAt ?? time) < ($1.dueAt ?? time) }
                let found = try await table.reservations(dueBy: time, limit: 5)
                try LawBreach.unlessEqual(found.map(\.id), due.map(\.id), "what is due by \(time)")
                try LawBreach.unless(found == due, "the books as they stand now", found: "others")
            }
            let open = try await table.openReservations(after: nil, limit: 5)
            try LawBreach.unlessEqual(open.map(\.id), both.filter { $0.endedAt == nil }.map(\.id), "what is open")
            for point in [here, there] {
                let waiting = both.filter { $0.awaitedPoints.contains(point) }.sorted { $0.reservedAt < $1.reservedAt }
                let found = try await table.reservations(awaiting: point, limit: 5)
                try LawBreach.unlessEqual(found.map(\.id), waiting.map(\.id), "what waits at \(point)")
                try LawBreach.unless(found == waiting, "the books as they stand now", found: "others")
            }
        }
    }

    /// Writes the books of samples, in another order than that of ids and times, over two writes.
    private static func write(_ samples: [ReservationSample], _ probe: StockTableProbe) async throws {
        let books = try await samples.sorted { $0.id < $1.id }.books
        for remainder in [1, 0] {
            let part = books.enumerated().filter { $0.offset % 2 == remainder }.map(\.element)
            try await probe.table.write(StockTableWrite(reservations: part))
        }
    }
}
