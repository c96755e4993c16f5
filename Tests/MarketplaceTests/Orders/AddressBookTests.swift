import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

struct AddressBookTests {
    static let home = PostalAddress(
        recipient: "A Buyer",
        lines: ["1 Example Street"],
        city: "Seoul",
        postalCode: "04524",
        country: "KR"
    )
    static let office = PostalAddress(recipient: "A Buyer", lines: ["2 Example Street"], city: "Seoul", country: "KR")
    static let id = AddressID(bits: 1)

    @Test(arguments: [true, false])
    func theAddressIsFrozenOnEveryOrderAndChangeableUntilItIsShipped(_ isGroup: Bool) async throws {
        let mall = try MallFloor()
        try await mall.book.save(Self.home, as: Self.id, of: MallFloor.buyer, by: MallFloor.asBuyer)
        let lines = isGroup ? MallFloor.lines : [MallFloor.lines[0], MallFloor.lines[2]]
        try await mall.buy(MallFloor.request(lines, address: Self.id))
        let order = isGroup ? MallFloor.cupsOrder : MallFloor.purchase
        // What becomes of the book later is nothing to the order.
        try await mall.book.save(Self.office, as: Self.id, of: MallFloor.buyer, by: MallFloor.asBuyer)
        #expect(try await mall.orders.address(of: order, by: .seller(MallFloor.cups)) == Self.home)
        func move(by actor: CommandActor, _ key: IdempotencyKey) async throws {
            try await mall.orders.changeAddress(of: order, to: Self.office, by: actor, key: key)
        }
        await #expect(throws: OrdersError.self) { try await move(by: .seller(MallFloor.cups), "seller") }
        await #expect(throws: OrdersError.self) { try await move(by: .buyer(MemberID(bits: 0xBAD)), "stranger") }
        #expect(try await mall.orders.address(of: order, by: .system) == Self.home)
        try await move(by: MallFloor.asBuyer, "buyer")
        #expect(try await mall.orders.address(of: order, by: .system) == Self.office)
        if isGroup {
            #expect(try await mall.orders.address(of: MallFloor.teasOrder, by: .system) == Self.home)
            try await mall.deliverCups()
            await #expect(throws: OrdersError.self) { try await move(by: MallFloor.asBuyer, "too late") }
        }
    }

    @Test func anErasedMemberLeavesNoAddressAndNoEventHasHadOne() async throws {
        let mall = try MallFloor()
        try await mall.book.save(Self.home, as: Self.id, of: MallFloor.buyer, by: MallFloor.asBuyer)
        try await mall.buy(MallFloor.request(address: Self.id))
        try await mall.orders.changeAddress(
            of: MallFloor.cupsOrder,
            to: Self.office,
            by: MallFloor.asBuyer,
            key: "change"
        )
        for filter in [EventFilter.all, .categories(["$saga"])] {
            for event in try await mall.store.events(after: .start, matching: filter, limit: 1_000).events {
                let text = String(decoding: event.payload, as: UTF8.self)
                #expect(!text.contains("Example Street"), "\(event.name)")
            }
        }
        #expect(try await mall.book.erase(MallFloor.buyer, by: MallFloor.asBuyer) == 3)
        #expect(try await mall.orders.address(of: MallFloor.cupsOrder, by: .system) == nil)
        #expect(try await mall.book.addresses(of: MallFloor.buyer, by: MallFloor.asBuyer).isEmpty)
    }

    @Test func anAddressOfSomebodyElseIsUnknown() async throws {
        let mall = try MallFloor()
        let other = MemberID(bits: 0xD)
        try await mall.book.save(Self.home, as: Self.id, of: other, by: .buyer(other))
        guard case .refused = try await mall.place(MallFloor.request(address: Self.id)) else {
            Issue.record("bought to the address of somebody else")
            return
        }
        await #expect(throws: OrdersError.self) {
            try await mall.book.save(Self.office, as: Self.id, of: MallFloor.buyer, by: MallFloor.asBuyer)
        }
        await #expect(throws: OrdersError.self) { try await mall.book.addresses(of: other, by: MallFloor.asBuyer) }
        await #expect(throws: OrdersError.self) { try await mall.book.erase(other, by: MallFloor.asBuyer) }
        try await mall.book.remove(Self.id, of: other, by: .buyer(other))
        try await mall.book.remove(Self.id, of: other, by: .buyer(other))
        #expect(try await mall.book.addresses(of: other, by: .system).isEmpty)
    }

    // Those who saved at once had counted the same, and all of them saved.
    @Test func manyWhoAddAtOnceDoNotOverfillABook() async throws {
        let mall = try MallFloor()
        let book = AddressBook(
            in: ServiceEnvironment(
                store: FaultInjectingStore(mall.store, afterRead: { await Task.yield() }),
                codec: .json,
                identifiers: SeededIdentifiers(seed: 3),
                wallClock: mall.clock.wall
            )
        )
        for id in 1...45 as ClosedRange<UInt128> {
            try await book.save(Self.home, as: AddressID(bits: id), of: MallFloor.buyer, by: MallFloor.asBuyer)
        }
        let full = try await withThrowingTaskGroup(of: Bool.self) { group in
            for id in 101...112 as ClosedRange<UInt128> {
                group.addTask {
                    do throws(OrdersError) {
                        let address = AddressID(bits: id)
                        try await book.save(Self.home, as: address, of: MallFloor.buyer, by: MallFloor.asBuyer)
                        return false
                    } catch {
                        guard case .tooManyAddresses(maximum: 50) = error else { throw error }
                        return true
                    }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(full == 7)
        #expect(try await book.addresses(of: MallFloor.buyer, by: MallFloor.asBuyer).count == 50)
        #expect(try await book.erase(MallFloor.buyer, by: .system) == 50)
        try await book.save(Self.home, as: Self.id, of: MallFloor.buyer, by: MallFloor.asBuyer)
    }

    @Test func aBookHasItsBoundsAndTextsThatAreNoAddressAreRefused() async throws {
        let mall = try MallFloor()
        func save(_ address: PostalAddress, _ id: UInt128) async throws {
            try await mall.book.save(address, as: AddressID(bits: id), of: MallFloor.buyer, by: MallFloor.asBuyer)
        }
        for id in 1...50 as ClosedRange<UInt128> { try await save(Self.home, id) }
        await #expect(throws: OrdersError.self) { try await save(Self.home, 51) }
        try await save(Self.office, 50)
        #expect(try await mall.book.addresses(of: MallFloor.buyer, by: MallFloor.asBuyer).count == 50)
        var address = Self.home
        address.country = "kr"
        #expect(address.problem() == .country)
        address = Self.home
        address.lines = []
        #expect(address.problem() == .lineCount(0, maximum: 5))
        address = Self.home
        address.recipient = String(repeating: "x", count: 201)
        #expect(address.problem() == .text(byteCount: 201, maximum: 200))
        await #expect(throws: OrdersError.self) { try await save(address, 1) }
    }
}
