import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage

extension StockTableLaws {
    static let fences = [
        fencesCompareWhatWasSeen, successorsDoNotBothWrite, oneOfManyIsApplied, noUpdateIsLost, fencesAreKept,
    ]

    /// A fence is compared with what was seen, and with nothing else.
    public static let fencesCompareWhatWasSeen = StockTableLaw(
        "fence.seen",
        "A write is refused unless the token that is kept is exactly the one that was seen, none when none was, however "
            + "high its own; then its own is kept."
    ) { probe in
        let key: FenceKey = "law:a"
        // Beyond the half of 64 bits a number with a sign is negative.
        let tokens = [1, 2, 1_000, UInt64(Int64.max), UInt64(Int64.max) + 1, UInt64.max - 1]
        var kept: FencingToken?
        for token in tokens.map({ FencingToken($0) }) {
            let wrong = [nil, .init(0), .init(3), .init(UInt64.max)] + tokens.map { FencingToken($0) }
            for seen in wrong where seen != kept {
                let fence = StockFence(key, seen: seen, token: .init(UInt64.max))
                try await probe.refuse(StockTableWrite(fences: [fence]), for: key)
            }
            try await probe.table.write(StockTableWrite(fences: [StockFence(key, seen: kept, token: token)]))
            kept = token
            try await probe.demand(StockTableRows(fences: [key: token]), StockTableQuery(fences: [key]), "the token")
        }
    }

    /// Of two holders of successive leases that have read the same only one may write.
    public static let successorsDoNotBothWrite = StockTableLaw(
        "fence.successors",
        "Of two holders of successive leases that both read before either wrote only the first to write is let in, "
            + "whichever it is; the other is when it has read again."
    ) { probe in
        let other = try await probe.connect(as: "2")
        for (round, isEarlierFirst) in [true, false].enumerated() {
            let key = FenceKey(unchecked: "law:\(round)")
            let sku = SKU(unchecked: "law-\(round)")
            let fence = StockFence(key, seen: nil, token: .init(1))
            try await probe.table.write(StockTableWrite(fences: [fence], levels: [StockTableProbe.level(sku, 1)]))
            let query = StockTableQuery(fences: [key], points: [StockPoint(sku)])
            let seen = try await probe.table.read(query).fences[key]
            let alsoSeen = try await other.read(query).fences[key]
            let earlier = StockTableWrite(
                fences: [StockFence(key, seen: seen, token: .init(2))],
                levels: [StockTableProbe.level(sku, 2)]
            )
            let later = StockTableWrite(
                fences: [StockFence(key, seen: alsoSeen, token: .init(3))],
                levels: [StockTableProbe.level(sku, 3)]
            )
            try await probe.table.write(isEarlierFirst ? earlier : later)
            try await probe.refuse(isEarlierFirst ? later : earlier, for: key, by: other)
            let number = isEarlierFirst ? 2 : 3
            let rows = try await other.read(query)
            try LawBreach.unlessEqual(rows.fences[key]?.value, UInt64(number), "the token of the one that wrote")
            let level = rows.levels[StockPoint(sku)]
            try LawBreach.unlessEqual(level, StockTableProbe.level(sku, number), "the level of the one that wrote")
            let again = StockFence(key, seen: rows.fences[key], token: .init(4))
            try await other.write(StockTableWrite(fences: [again], levels: [StockTableProbe.level(sku, 4)]))
        }
    }

    /// Of many who write at once with the same fence one is let in.
    public static let oneOfManyIsApplied = StockTableLaw(
        "fence.at-once",
        "Of many writes at once that saw the same token exactly one is applied, and rows, token and movements are its own."
    ) { probe in
        let tables = [probe.table, try await probe.connect(as: "2"), try await probe.connect(as: "3")]
        var movements: [StockMovement] = []
        for round in 0..<12 {
            let key: FenceKey = "law:a"
            let seen = round == 0 ? nil : try await probe.table.read(StockTableQuery(fences: [key])).fences[key]
            let calls = (1...8).map { writer in
                let number = 10 * round + writer
                let write = StockTableWrite(
                    fences: [StockFence(key, seen: seen, token: .init(UInt64(number)))],
                    levels: [StockTableProbe.level("law", number)],
                    movements: [StockTableProbe.movement(number)]
                )
                return LawCall { try await isApplied(write, to: tables[writer % 3]) }
            }
            var winners: [Int] = []
            for (index, call) in calls.enumerated() {
                if try await call.end("an end of a write") { winners.append(10 * round + index + 1) }
            }
            try LawBreach.unlessEqual(winners.count, 1, "how many of the writes of round \(round) were applied")
            let rows = try await probe.table.read(StockTableQuery(fences: [key], points: [StockPoint("law")]))
            try LawBreach.unlessEqual(rows.fences[key].map { Int($0.value) }, winners[0], "the token of the winner")
            let units = rows.levels[StockPoint("law")]?.units.onHand
            try LawBreach.unlessEqual(units, Int64(winners[0]), "the level of the winner")
            movements.append(StockTableProbe.movement(winners[0]))
        }
        try await probe.demand(movements, "the movements of the winners")
    }

    /// Read, add, write: with the fences nothing is lost.
    public static let noUpdateIsLost = StockTableLaw(
        "fence.no-lost-update",
        "Of writers at once that read, add to levels with fences in common, write, and begin again when they are refused, "
            + "none loses what another has added."
    ) { probe in
        let tokens = RisingTokens()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                let table = try await probe.connect(as: "\(writer + 2)")
                group.addTask {
                    for round in 0..<10 {
                        // All have the middle one in common, and each pair one more.
                        let numbers = [[0, 1], [1, 2], [0, 1, 2], [1]][(writer + round) % 4]
                        while try await !add(to: numbers, of: table, drawing: tokens) {}
                    }
                }
            }
            try await group.waitForAll()
        }
        let rows = try await probe.table.read(StockTableScene.query)
        let units = StockTableScene.points.map { rows.levels[$0]?.units.onHand }
        try LawBreach.unlessEqual(units, [20, 40, 20], "the levels that 40 additions make")
    }

    /// Adds one to levels under their fences; false when others were in the way.
    private static func add(
        to numbers: [Int],
        of table: any StockTable,
        drawing tokens: RisingTokens
    ) async throws -> Bool {
        let token = tokens.next()
        let (keys, points) = (numbers.map { StockTableScene.keys[$0] }, numbers.map { StockTableScene.points[$0] })
        let rows = try await table.read(StockTableQuery(fences: keys, points: points))
        await Task.yield()
        var write = StockTableWrite()
        for key in keys {
            if let seen = rows.fences[key], seen >= token { return false }
            write.fences.append(StockFence(key, seen: rows.fences[key], token: token))
        }
        write.levels = points.map { point in
            StockLevelRow(point, StockDeltas(onHand: (rows.levels[point]?.units.onHand ?? 0) + 1))
        }
        return try await isApplied(write, to: table)
    }

    private static func isApplied(_ write: StockTableWrite, to table: any StockTable) async throws -> Bool {
        do throws(StockTableError) {
            try await table.write(write)
            return true
        } catch {
            guard case .staleFence = error else { throw error }
            return false
        }
    }

    /// Fences are kept for ever.
    public static let fencesAreKept = StockTableLaw(
        "fence.kept",
        "Fences outlive all that was written with them and is forgotten, also those of writes without a row."
    ) { probe in
        let time = StockTableProbe.time(5)
        try await probe.table.write(
            StockTableWrite(
                fences: [
                    StockFence("law:a", seen: nil, token: .init(4)), StockFence("law:b", seen: nil, token: .init(5)),
                ],
                reservations: [try await ReservationSample(1, .released(time)).book],
                changes: [
                    RecordedChangeRow(
                        id: MovementID(bits: 1),
                        point: StockPoint("law"),
                        action: .announcement(1),
                        time: time
                    )
                ]
            )
        )
        try await probe.table.write(StockTableWrite(fences: [StockFence("law:c", seen: nil, token: .init(6))]))
        try await probe.table.forget(endedBy: StockTableProbe.time(10_000), limit: 100)
        let kept: [FenceKey: FencingToken] = ["law:a": .init(4), "law:b": .init(5), "law:c": .init(6)]
        let query = StockTableQuery(
            fences: StockTableScene.keys,
            reservations: [ReservationID(bits: 1)],
            changes: [MovementID(bits: 1)]
        )
        try await probe.demand(StockTableRows(fences: kept), query, "the fences alone")
        for key in StockTableScene.keys {
            let fence = StockFence(key, seen: nil, token: .init(100))
            try await probe.refuse(StockTableWrite(fences: [fence]), for: key)
        }
    }
}
