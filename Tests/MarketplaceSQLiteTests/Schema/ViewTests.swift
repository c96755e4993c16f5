#if SQLite
import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceSagas
import MarketplaceStorage
import MarketplaceTestKit
import Testing
@testable import MarketplaceSQLite

/// What relational users see, against what the services say.
struct ViewTests {
    private let folder: TemporaryFolder
    private let database: SQLiteDatabase
    private let identifiers = SeededIdentifiers(seed: 1)

    init() async throws {
        folder = try TemporaryFolder()
        database = try await SQLiteDatabase(opening: .file(folder.path()), configuration: .quick)
    }

    /// The two ways in which a file keeps an inventory.
    enum Form: String, CaseIterable {
        case store
        case table
    }

    private func inventory(_ form: Form, _ name: StoreNamespace = "own") -> any InventoryStore {
        switch form {
        case .store: StoreInventory(store: database.store(namespace: name), codec: .json)
        case .table:
            LockedInventory(
                table: database.stockTable(namespace: name, codec: .json),
                locks: InMemoryLockProvider()
            )
        }
    }

    private var file: SQLFile { SQLFile(path: folder.path()) }

    private func reserve(
        _ units: Int,
        of point: StockPoint,
        in inventory: any InventoryStore,
        seconds: Int64 = 600
    ) async throws -> Reservation {
        let request = ReservationRequest(
            id: identifiers.next(),
            lines: [ReservationLine(point.sku, try Quantity(units), at: point.location)],
            member: "member's \"own\"",
            reference: "order-1",
            deadline: Timestamp.epoch.advanced(by: .seconds(seconds)),
            at: .epoch
        )
        return try await inventory.reserve(request)
    }

    @Test(arguments: Form.allCases)
    func theLevelsAreThoseOfTheInventory(_ form: Form) async throws {
        let points = [
            StockPoint("espresso"), StockPoint("a/b", at: "c"), StockPoint("b", at: "c/a"), StockPoint("é", at: "ü/ß"),
            StockPoint("e\u{301}", at: "3/x"), StockPoint("7/main/x", at: "main"), StockPoint("'; --", at: "%"),
        ]
        for name in ["own", "other"] as [StoreNamespace] {
            let inventory = inventory(form, name)
            for (number, point) in points.enumerated() {
                let terms = SaleTerms(
                    safetyStock: SafetyStock(1, except: ["c": 3, "c/a": 50]),
                    backorders: BackorderTerms(limit: try Quantity(100), promisedAt: .epoch)
                )
                try await inventory.setTerms(terms, for: point.sku, at: .epoch)
                // A SKU of which nothing ever came is promised all the same.
                guard number > 0 else {
                    _ = try await reserve(2, of: point, in: inventory)
                    continue
                }
                let quantity = try Quantity(name == "own" ? 20 + number : 7)
                for action in [.restock(quantity), .announcement(5), .damage(.one)] as [StockAction] {
                    let id: MovementID = identifiers.next()
                    let change = StockChange(id: id, sku: point.sku, at: point.location, action, time: .epoch)
                    try await inventory.record(change)
                }
                _ = try await reserve(3, of: point, in: inventory)
                let allocated = try await reserve(2, of: point, in: inventory)
                try await inventory.allocate(allocated.id, at: .epoch)
            }
            // Counters of others, some of which look alike.
            var transaction = Transaction(id: identifiers.next(), time: .epoch)
            for key in ["stock/espresso", "stock/on-hand/x", "stock/on-hand/", "stock/held", "stock/", "stock"] {
                transaction.add(1, to: try CounterKey(key))
            }
            _ = try await database.store(namespace: name).commit(transaction)
            var expected: [String] = []
            for point in points {
                let levels = try #require(try await inventory.stock(of: point.sku)).levels
                for level in levels where level.location == point.location {
                    expected.append(
                        """
                        \(level.sku)|\(level.location) \(level.onHand) \(level.held) \(level.allocated) \
                        \(level.backordered) \(level.incoming) \(level.damaged) \(level.safetyStock) \(level.available)
                        """
                    )
                }
            }
            let found = try file.lines(
                """
                select sku || '|' || location, on_hand, held, allocated, backordered, incoming, damaged, safety_stock,
                available from marketplace_stock where namespace = '\(name)'
                """
            )
            #expect(Set(found.map { Array($0.utf8) }) == Set(expected.map { Array($0.utf8) }))
            #expect(found.count == points.count)
        }
        #expect(try file.lines("select sum(held) from marketplace_stock where sku = 'a/b'") == ["6"])
    }

    @Test(arguments: Form.allCases)
    func theReservationsAreThoseOfTheInventory(_ form: Form) async throws {
        let inventory = inventory(form)
        let (here, there) = (StockPoint("mug"), StockPoint("mug", at: "shop"))
        let terms = SaleTerms(backorders: BackorderTerms(limit: try Quantity(100), promisedAt: .epoch))
        try await inventory.setTerms(terms, for: "mug", at: .epoch)
        for point in [here, there] {
            let id: MovementID = identifiers.next()
            try await inventory.record(
                .restock(id: id, sku: "mug", quantity: try Quantity(20), location: point.location, at: .epoch)
            )
        }
        let held = try await reserve(25, of: here, in: inventory)
        let allocated = try await reserve(1, of: there, in: inventory)
        try await inventory.allocate(allocated.id, at: .epoch)
        let shipped = try await reserve(2, of: there, in: inventory)
        try await inventory.allocate(shipped.id, at: .epoch)
        try await inventory.ship(shipped.id, at: Timestamp(microsecondsSinceEpoch: 1))
        let released = try await reserve(3, of: there, in: inventory)
        try await inventory.release(released.id, at: .epoch)
        let expired = try await reserve(4, of: there, in: inventory, seconds: 1)
        try await inventory.expire(dueBy: Timestamp(microsecondsSinceEpoch: 2_000_000), limit: 10)
        let forestalled: ReservationID = identifiers.next()
        try await inventory.release(forestalled, at: .epoch)

        func line(_ reservation: Reservation) throws -> String {
            try file.lines(
                """
                select namespace, member, reference, sku, location, quantity, state, held, allocated, backordered, owed,
                shipped, released, expired, reserved_at, deadline, ended_at from marketplace_reservations
                where id = '\(reservation.id)'
                """
            ).joined(separator: "\n")
        }
        let (begin, common) = ("1970-01-01T00:00:00.000000Z", "own member's \"own\" order-1 mug")
        let usual = "\(begin) 1970-01-01T00:10:00.000000Z"
        #expect(try line(held) == "\(common) main 25 held 20 0 5 0 0 0 0 \(usual) -")
        #expect(try line(allocated) == "\(common) shop 1 allocated 0 1 0 0 0 0 0 \(usual) -")
        #expect(try line(shipped) == "\(common) shop 2 shipped 0 0 0 0 2 0 0 \(usual) 1970-01-01T00:00:00.000001Z")
        #expect(try line(released) == "\(common) shop 3 released 0 0 0 0 0 3 0 \(usual) \(begin)")
        #expect(
            try line(expired) == """
                \(common) shop 4 expired 0 0 0 0 0 0 4 \(begin) 1970-01-01T00:00:01.000000Z 1970-01-01T00:00:02.000000Z
                """
        )
        let request = ReservationRequest(
            id: identifiers.next(),
            lines: [ReservationLine("mug", .one, at: "shop"), ReservationLine("mug", .one)],
            member: "m",
            deadline: .distantFuture,
            at: Timestamp(microsecondsSinceEpoch: -1)
        )
        let two = try await inventory.reserve(request)
        let early = "1969-12-31T23:59:59.999999Z"
        #expect(
            try line(two) == """
                own m - mug main 1 held 0 0 1 0 0 0 0 \(early) - -
                own m - mug shop 1 held 1 0 0 0 0 0 0 \(early) - -
                """
        )
        #expect(try file.lines("select id from marketplace_reservations where id = '\(forestalled)'") == [])
        #expect(try file.lines("select count(*) from marketplace_reservations") == ["7"])
        try await compareMovements(of: inventory)
    }

    private func compareMovements(of inventory: any InventoryStore) async throws {
        let expected = try await inventory.movements(after: .start, limit: 1_000).movements.map { movement in
            let deltas = movement.deltas
            return """
                \(movement.id) \(movement.sku) \(movement.location) \(movement.kind) \(deltas.onHand) \(deltas.held) \
                \(deltas.allocated) \(deltas.backordered) \(deltas.incoming) \(deltas.damaged) \
                \(movement.reservation.map { "\($0)" } ?? "-") \(movement.reference.map { "\($0)" } ?? "-")
                """
        }
        let found = try file.lines(
            """
            select id, sku, location, kind, on_hand, held, allocated, backordered, incoming, damaged, reservation,
            reference from marketplace_movements where namespace = 'own' order by number
            """
        )
        #expect(found == expected && expected.count > 10)
        let times = try file.lines("select distinct time from marketplace_movements order by time")
        let known = ["1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00.000000Z", "1970-01-01T00:00:00.000001Z"]
        #expect(times == known + ["1970-01-01T00:00:02.000000Z"])
    }

    @Test func eventsAndDocumentsAreShownAsTexts() async throws {
        let store = database.store(namespace: "own")
        var transaction = Transaction(id: identifiers.next(), time: Timestamp(microsecondsSinceEpoch: 1_234_567_890))
        let drafts = [
            EventDraft(id: identifiers.next(), name: "Sold", payload: Array(#"{"a":1}"#.utf8), command: "c-1"),
            EventDraft(id: identifiers.next(), name: "Sold", schemaVersion: 2, payload: [0xFF, 0, 1]),
        ]
        transaction.append(drafts, to: StreamID("orders", "o/1"), expecting: .none)
        let entry = EventDraft(id: identifiers.next(), name: "Logged", payload: [1])
        transaction.append([entry], to: StreamID("$log", "l"), expecting: .none)
        for (id, body) in [("json", Array("[1]".utf8)), ("bytes", [0x80])] as [(String, [UInt8])] {
            transaction.write(DocumentWrite(DocumentKey("things", try TextKey(id)), body: body))
        }
        transaction.add(-5, to: "balance")
        let receipt = try await store.commit(transaction)
        _ = try await database.store(namespace: "other").commit(transaction)

        let events = try file.lines(
            """
            select category, key, version, position, is_journal, id, transaction_id, time, name, schema_version, command,
            payload, hex(payload_bytes) from marketplace_events where namespace = 'own' and not is_journal
            order by position
            """
        )
        let time = "1970-01-01T00:20:34.567890Z"
        #expect(
            events == [
                #"orders o/1 1 1 0 \#(drafts[0].id) \#(transaction.id) \#(time) Sold 1 c-1 {"a":1} 7B2261223A317D"#,
                "orders o/1 2 2 0 \(drafts[1].id) \(transaction.id) \(time) Sold 2 - - FF0001",
            ]
        )
        let journals = try file.lines("select namespace, category, name from marketplace_events where is_journal")
        #expect(journals.sorted() == ["other $log Logged", "own $log Logged"])
        let documents = try file.lines(
            """
            select collection, id, revision, body, hex(body_bytes) from marketplace_documents where namespace = 'own'
            order by id
            """
        )
        #expect(
            documents == [
                "things bytes \(receipt.revisions[1]) - 80", "things json \(receipt.revisions[0]) [1] 5B315D",
            ]
        )
        #expect(try file.lines("select * from marketplace_counters") == ["own balance -5", "other balance -5"])
    }

    @Test func sagasAreShownWithTheirStates() async throws {
        let store = database.store(namespace: "own")
        let definition = SagaDefinition("trip/ü", version: 1, state: BookingState.self) {
            Step("seat", into: \.seat) { state, _ in
                if state.traveller == "nobody" { throw Refused("there is no such traveller") }
                return "12A"
            } undo: { _, _, _ in
            }
        }
        let sagas = SagaCoordinator(
            store: store,
            codec: .json,
            identifiers: identifiers,
            definitions: [SagaRegistration(definition)]
        )
        for (key, traveller) in [("t/1", "ada"), ("'; --", "nobody")] as [(SagaKey, String)] {
            _ = try await sagas.start(definition, BookingState(traveller: traveller), key: key).outcome()
        }
        for (key, state) in [("t/1", "completed"), ("'; --", "aborted")] as [(SagaKey, String)] {
            let summary = try #require(try await sagas.find("trip/ü", key: key))
            let found = try file.rows(
                """
                select id, state, changed_at from marketplace_sagas where namespace = 'own' and definition = 'trip/ü'
                and key = '\(key.text.replacing("'", with: "''"))'
                """
            )
            let row = try #require(found.first)
            #expect(found.count == 1)
            #expect(row[0] == summary.id.description)
            #expect(row[1] == state && row[1] == summary.status.rawValue)
            // Six digits always, where the text of a time leaves them out when they are zero.
            let digits = "000000\(summary.changedAt.microsecondsSinceEpoch)".suffix(6)
            #expect(row[2] == "\(summary.changedAt.description.prefix(19)).\(digits)Z")
        }
        #expect(try file.lines("select count(*) from marketplace_sagas") == ["2"])
    }

    @Test func whateverABodyIsEveryViewAnswers() async throws {
        let store = database.store(namespace: "own")
        let texts = [
            "", "x", "null", "1", "\"x\"", "[]", "[1]", "{}", "{\"terms\":\"x\"}", "{\"lines\":1}", "{\"lines\":\"x\"}",
            "{\"lines\":[1,\"x\"]}",
            "{\"lines\":{\"a \\\"b\":{}}}", "{\"lines\":[{}]}", "{\"lines\":[{\"position\":7}],\"end\":{}}",
            "{\"lines\":[{\"position\":{\"held\":\"x\"}}],\"deadline\":\"x\",\"reservedAt\":9223372036854775807}",
            "{\"terms\":{\"safetyStock\":{\"exceptions\":[1,\"x\",{}],\"standard\":\"x\"}}}", "{\"a\":", "{}\0",
            String(repeating: "[", count: 3_000) + String(repeating: "]", count: 3_000),
        ]
        var transaction = Transaction(id: identifiers.next(), time: .distantPast)
        for (number, body) in (texts.map { Array($0.utf8) } + [[0xFF], [0x22, 0xFF, 0x22]]).enumerated() {
            let id = "\(number)"
            for collection in ["inventory-items", "inventory-reservations", "$saga"] {
                let entries = [IndexEntry("definition", .text(id)), IndexEntry("definition", .integer(7))]
                transaction.write(
                    DocumentWrite(
                        DocumentKey(try TextKey(collection), try TextKey(id)),
                        body: body,
                        indexEntries: entries
                    )
                )
            }
            let draft = EventDraft(id: identifiers.next(), name: "StockMoved", payload: body)
            transaction.append([draft], to: StreamID("stock", try TextKey(id)), expecting: .none)
            transaction.add(1, to: try CounterKey("stock/on-hand/1/a/\(id)"))
        }
        for key in ["stock/held/99999999999999999999/a/b", "stock/held/-1/a/b", "stock/held/9/a/b", "stock/held/0//"] {
            transaction.add(1, to: try CounterKey(key))
        }
        _ = try await store.commit(transaction)
        let filtered = ["stock where sku = '7'", "reservations where sku = '7'", "sagas where state = 'stuck'"]
        for view in ["events", "documents", "counters", "stock", "reservations", "movements", "sagas"] + filtered {
            let handle = try SQLiteHandle(uri: SQLiteLocation.file(folder.path()).uri, flags: 1)
            let statement = try SQLiteStatement("select * from marketplace_\(view)", on: handle)
            var count = 0
            while try statement.step() { count += 1 }
            #expect(count > 0 || view.hasSuffix("'"), "\(view)")
        }
    }
}

/// What a saga of these tests remembers.
private struct BookingState: SagaState {
    let traveller: String
    var seat: String?
}
#endif
