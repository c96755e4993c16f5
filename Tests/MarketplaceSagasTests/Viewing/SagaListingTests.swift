import MarketplaceCore
import MarketplaceInMemory
import MarketplaceJSON
import MarketplaceSagas
import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct SagaListingTests {
    private let fixture = TripFixture()

    /// Starts trips that end one after the other, a second apart: some complete, some aborted, one stuck.
    private func startTrips() async throws {
        let world = fixture.world
        world.script("undo flight", Refused("no"))
        for number in 1...7 {
            if number % 3 == 0 { world.script("pay", Refused("card declined")) }
            let handle = try await fixture.coordinator.start(
                fixture.definition,
                TripState(traveller: "Ada"),
                key: try SagaKey("trip-\(number)")
            )
            _ = try await fixture.clock.advancing { try await handle.outcome() }
            fixture.clock.advance(by: .seconds(1))
        }
    }

    private func keys(_ query: SagaQuery) async throws -> [String] {
        var query = query
        var keys: [String] = []
        while true {
            let page = try await fixture.coordinator.list(query)
            #expect(page.sagas.count <= query.limit)
            keys += page.sagas.map(\.key.text)
            guard let next = page.next else { return keys }
            #expect(page.sagas.count == query.limit)
            query = query.continued(after: next)
        }
    }

    @Test(arguments: [1, 2, 3, 7, 8, 100])
    func allSagasAreListedPageByPageStalestFirst(limit: Int) async throws {
        try await startTrips()
        #expect(try await keys(SagaQuery(limit: limit)) == (1...7).map { "trip-\($0)" })
        #expect(try await keys(SagaQuery(definition: "trip", limit: limit)) == (1...7).map { "trip-\($0)" })
    }

    @Test(arguments: [1, 2, 100])
    func theNewestComeFirstWhenThatIsAskedFor(limit: Int) async throws {
        try await startTrips()
        let expected = (1...7).reversed().map { "trip-\($0)" }
        #expect(try await keys(SagaQuery(order: .newestFirst, limit: limit)) == expected)
    }

    @Test func sagasAreFoundByStatusAndDefinition() async throws {
        try await startTrips()
        let all = try await fixture.coordinator.list()
        let byStatus = Dictionary(grouping: all.sagas, by: \.status).mapValues { $0.map(\.key.text) }
        #expect(byStatus.count >= 2)
        for status in SagaStatus.allCases {
            let expected = byStatus[status] ?? []
            #expect(try await keys(SagaQuery(status: status, limit: 2)) == expected)
            #expect(try await keys(SagaQuery(status: status, definition: "trip", limit: 2)) == expected)
            #expect(try await keys(SagaQuery(status: status, definition: "other")).isEmpty)
        }
        #expect(try await keys(SagaQuery(definition: "other")).isEmpty)
    }

    @Test func sagasThatChangedAtTheSameTimeAreAllListedOnce() async throws {
        for number in 1...5 {
            let key = try SagaKey("trip-\(number)")
            let handle = try await fixture.coordinator.start(fixture.definition, TripState(traveller: "Ada"), key: key)
            _ = try await handle.outcome()
        }
        for order in [SagaQuery.Order.stalestFirst, .newestFirst] {
            let found = try await keys(SagaQuery(order: order, limit: 2))
            #expect(found.count == 5)
            #expect(Set(found).count == 5)
        }
    }

    @Test func aSummaryThatCannotBeReadIsNamedAndHidesNoOther() async throws {
        try await startTrips()
        let broken = DocumentKey("$saga", "trip/broken")
        var transaction = Transaction(id: TransactionID(bits: 1), time: .epoch)
        transaction.write(
            DocumentWrite(
                broken,
                body: [255],
                indexEntries: [IndexEntry("status", .text("completed"), .time(.distantPast))]
            )
        )
        _ = try await fixture.store.commit(transaction)
        let page = try await fixture.coordinator.list(SagaQuery(status: .completed, limit: 1))
        #expect(page.sagas.map(\.key) == ["trip-1"])
        #expect(Array(page.unreadable.keys) == [broken])
        #expect(page.next != nil)
    }

    @Test func aSagaIsFoundByItsBusinessKey() async throws {
        _ = try await fixture.run()
        let found = try #require(try await fixture.coordinator.find("trip", key: "trip-1"))
        #expect(found.status == .completed)
        #expect(try await fixture.coordinator.find("trip", key: "trip-2") == nil)
        #expect(try await fixture.coordinator.find("other", key: "trip-1") == nil)
    }

    @Test(arguments: [(-5, 1), (0, 1), (17, 17), (1_000_000, SagaQuery.maximumLimit)])
    func aPageHasABoundedSize(asked: Int, got: Int) {
        #expect(SagaQuery(limit: asked).limit == got)
    }

    @Test func aCursorSurvivesBeingStored() async throws {
        try await startTrips()
        let page = try await fixture.coordinator.list(SagaQuery(limit: 3))
        let codec: any PayloadCodec = .json
        let stored = try codec.decode(SagaCursor.self, from: try codec.encode(try #require(page.next)))
        #expect(try await keys(SagaQuery(limit: 100, after: stored)) == ["trip-4", "trip-5", "trip-6", "trip-7"])
    }
}
