import Marketplace
import MarketplaceTestKit
import Testing

struct WaitingQueueGuide {
    private static let opening = Timestamp(microsecondsSinceEpoch: 1_767_261_600_000_000)

    @Test func membersAreCalledInOrder() async throws {
        let opening = Self.opening
        // guide: Waiting queue
        let terms = WaitingQueueTerms(
            opensAt: opening,
            rate: .perSecond(50),
            burst: 200,  // at the opening, on top of the rate
            arrivalWindow: .minutes(5),
            maximumInside: 2_000,
            maximumStay: .minutes(15)
        )
        let queue = InMemoryWaitingQueue()
        try queue.create(terms, at: opening.advanced(by: .hours(-1)))

        let ticket = try queue.join("member-17", at: opening.advanced(by: .minutes(-10)))  // number 1
        switch try queue.status(of: "member-17", at: opening) {
        case .waiting(let before, let time): print("\(before) before you, your turn at about \(time)")
        case .called(let until): print("your turn: come before \(until)")
        case .inside(let pass): print("you are in, until \(pass.validUntil ?? .distantFuture)")
        case .missed, .left, .exited, .dismissed: print("over")
        }
        let pass = try queue.enter("member-17", at: opening.advanced(by: .seconds(30)))
        // end of guide
        #expect(ticket.number == 1 && pass.number == 1)
    }

    @Test func theSaleAsksForThePass() async throws {
        let queue: any WaitingQueue = InMemoryWaitingQueue()
        let inventory: any InventoryStore = InMemoryInventory()
        let clock = ManualClock(start: Self.opening).wall
        let identifiers = TimeOrderedIdentifiers(clock: clock)
        let terms = WaitingQueueTerms(opensAt: Self.opening, rate: .perSecond(1), burst: 1, arrivalWindow: .minutes(5))
        try await queue.create(terms, at: Self.opening)
        try await queue.join("member-17", at: Self.opening)
        try await queue.enter("member-17", at: Self.opening)
        try await inventory.record(
            .restock(id: identifiers.next(), sku: "sneaker", quantity: .one, at: Self.opening)
        )
        // guide: In front of a sale
        let now = clock.now
        if try await queue.isAdmitted("member-17", at: now) {
            let request = ReservationRequest(
                id: identifiers.next(),
                lines: [ReservationLine("sneaker", .one)],
                member: "member-17",
                deadline: now.advanced(by: .minutes(10)),
                at: now
            )
            try await inventory.reserve(request)
            try await queue.exit("member-17", at: now)  // the place is free for the next one
        }
        // end of guide
        #expect(try await inventory.stock(of: "sneaker")?.held == 1)
        #expect(try await queue.status(of: "member-17", at: now) == .exited)
    }

    @Test func aRefusalCarriesItsFacts() async throws {
        let queue: any WaitingQueue = InMemoryWaitingQueue()
        let now = Self.opening
        let terms = WaitingQueueTerms(opensAt: now, rate: .perSecond(1), arrivalWindow: .minutes(5))
        try await queue.create(terms, at: now)
        try await queue.join("member-17", at: now)
        // guide: Refusals
        do throws(WaitingQueueError) {
            try await queue.enter("member-17", at: now)
        } catch {
            switch error {
            case .refused(.notCalled(_, let before, let time)): print("\(before) before you, at about \(time)")
            case .refused(.missed): print("you did not come in time")
            case .refused(let refusal): print(refusal)
            case .contended, .failed: print("try again: \(error)")
            }
        }
        // end of guide
        let expected = WaitingQueueRefusal.notCalled(number: 1, before: 0, estimatedCall: now.advanced(by: .seconds(1)))
        await #expect(throws: WaitingQueueError.refused(expected)) { try await queue.enter("member-17", at: now) }
    }

    @Test func theSameQueueStandsOnAnyStore() async throws {
        let terms = WaitingQueueTerms(opensAt: Self.opening, rate: .perSecond(1), arrivalWindow: .minutes(5))
        let clock = ManualClock(start: Self.opening).wall
        // guide: Two forms
        let store = InMemoryStore()
        let queue: any WaitingQueue = try StoreWaitingQueue("sneaker-drop", store: store, codec: .json)
        try await queue.create(terms, at: clock.now)  // by every server: a repetition changes nothing
        // end of guide

        // guide: Moving the line
        let sweeper = WaitingQueueSweeper(queue: queue, wallClock: clock)
        let figures = try await sweeper.sweep()  // once; `run()` sweeps every second until it is drained
        print("\(figures.waiting) wait, \(figures.placesTaken) were called or are inside")
        // end of guide
        #expect(figures.joined == 0)

        let waitingQueue = try StoreWaitingQueue("sneaker-drop", store: store, codec: .json)
        // guide: The end
        let now = clock.now
        try await waitingQueue.close(to: .newcomers, at: now)  // who waits is still called
        try await waitingQueue.close(to: .everybody, at: now)  // sold out: who waits is dismissed
        try await waitingQueue.erase(at: now)  // long after the sale: nothing of it is left in the store
        // end of guide
        await #expect(throws: WaitingQueueError.refused(.unknownQueue)) { try await queue.join("late", at: now) }
    }
}
