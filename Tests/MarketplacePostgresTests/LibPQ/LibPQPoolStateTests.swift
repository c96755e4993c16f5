#if LibPQ
@testable import MarketplacePostgres
import Testing

/// The decisions of the pool, with numbers for connections and words for those who wait.
@Suite struct LibPQPoolStateTests {
    private typealias State = LibPQPoolState<Int, String>
    private static let refused = PostgresFailure(.notConnected, "refused")

    private static func state(connections: Int = 2, waiting: Int = 10) -> State {
        var limits = LibPQPool.Limits(maximumConnections: connections)
        limits.maximumWaiting = waiting
        limits.shortestBackOff = .seconds(1)
        limits.longestBackOff = .seconds(5)
        return State(limits)
    }

    private static func pooled(_ number: Int, openedAt: Duration = .zero) -> LibPQPooled<Int> {
        LibPQPooled(connection: number, openedAt: openedAt, idleSince: .zero)
    }

    private static func describe(_ grant: LibPQGrant<Int>?) -> String {
        switch grant {
        case nil: "wait"
        case .use(let pooled): "use \(pooled.connection)"
        case .open: "open"
        case .refuse(let failure): "refuse: \(failure.message)"
        }
    }

    private static func describe(_ services: [State.Service]) -> [String] {
        services.map { "\($0.waiter): \(describe($0.grant))" }
    }

    @Test func connectionsAreOpenedUpToTheLimitAndThenWaitedFor() {
        var state = Self.state()
        #expect(Self.describe(state.ask(at: .zero)) == "open")
        #expect(Self.describe(state.ask(at: .zero)) == "open")
        #expect(Self.describe(state.ask(at: .zero)) == "wait")
        let first = state.drawTicket(), second = state.drawTicket()
        #expect(state.wait(first, "first", at: .zero) == nil)
        #expect(state.wait(second, "second", at: .zero) == nil)
        #expect(Self.describe(state.cameBack(Self.pooled(1), at: .zero)) == ["first: use 1"])
        #expect(Self.describe(state.wentAway(at: .zero)) == ["second: open"])
        #expect(state.cameBack(Self.pooled(1), at: .zero).isEmpty)
        #expect(Self.describe(state.ask(at: .zero)) == "use 1")
    }

    @Test func theConnectionThatCameBackLastIsLentFirst() {
        var state = Self.state()
        _ = state.ask(at: .zero)
        _ = state.ask(at: .zero)
        _ = state.cameBack(Self.pooled(1), at: .zero)
        _ = state.cameBack(Self.pooled(2), at: .zero)
        #expect(Self.describe(state.ask(at: .zero)) == "use 2")
        #expect(Self.describe(state.ask(at: .zero)) == "use 1")
    }

    @Test func whoeverDrewTheirTicketFirstIsServedFirstWheneverTheyJoin() {
        var state = Self.state(connections: 1)
        _ = state.ask(at: .zero)
        let first = state.drawTicket(), second = state.drawTicket(), third = state.drawTicket()
        _ = state.wait(third, "third", at: .zero)
        _ = state.wait(first, "first", at: .zero)
        _ = state.wait(second, "second", at: .zero)
        #expect(state.leave(second) == "second")
        #expect(state.leave(second) == nil)
        #expect(Self.describe(state.cameBack(Self.pooled(1), at: .zero)) == ["first: use 1"])
        #expect(Self.describe(state.cameBack(Self.pooled(1), at: .zero)) == ["third: use 1"])
        #expect(state.cameBack(Self.pooled(1), at: .zero).isEmpty)
    }

    @Test func nobodyOvertakesThoseWhoWait() {
        var state = Self.state(connections: 2)
        _ = state.ask(at: .zero)
        // While the server is away a place is left over.
        #expect(state.openingFailed(Self.refused, at: .zero).isEmpty)
        _ = state.ask(at: .seconds(2))
        let ticket = state.drawTicket()
        #expect(state.wait(ticket, "waiting", at: .seconds(2)) == nil)
        #expect(Self.describe(state.ask(at: .seconds(2))) == "wait")
        #expect(Self.describe(state.opened(at: .seconds(2))) == ["waiting: open"])
    }

    @Test func nobodyTriesAgainUntilTheBackOffIsOver() {
        var state = Self.state(connections: 8)
        var now = Duration.zero
        for expected in [1, 2, 4, 5, 5] {
            #expect(Self.describe(state.ask(at: now)) == "open")
            #expect(state.openingFailed(Self.refused, at: now).isEmpty)
            #expect(Self.describe(state.ask(at: now)) == "refuse: refused")
            now += .seconds(expected) - .nanoseconds(1)
            #expect(Self.describe(state.ask(at: now)) == "refuse: refused")
            now += .nanoseconds(1)
        }
        // One finds out, the others wait for what it finds.
        #expect(Self.describe(state.ask(at: now)) == "open")
        let ticket = state.drawTicket()
        #expect(state.wait(ticket, "waiting", at: now) == nil)
        #expect(Self.describe(state.opened(at: now)) == ["waiting: open"])
        // It begins anew with the shortest.
        _ = state.openingFailed(Self.refused, at: now)
        _ = state.wentAway(at: now)
        #expect(Self.describe(state.ask(at: now + .seconds(1))) == "open")
    }

    @Test func thoseWhoWaitAreToldWhenNoConnectionIsLeft() {
        var state = Self.state(connections: 2)
        _ = state.ask(at: .zero)
        _ = state.ask(at: .zero)
        for name in ["first", "second"] { _ = state.wait(state.drawTicket(), name, at: .zero) }
        // One that is lent may come back.
        #expect(state.openingFailed(Self.refused, at: .zero).isEmpty)
        #expect(
            Self.describe(state.wentAway(at: .zero)) == ["first: refuse: refused", "second: refuse: refused"]
        )
    }

    @Test func aCancelledAttemptSaysNothingAboutTheServer() {
        var state = Self.state(connections: 1)
        _ = state.ask(at: .zero)
        _ = state.wait(state.drawTicket(), "waiting", at: .zero)
        #expect(Self.describe(state.openingFailed(LibPQCall.cancelledFailure, at: .zero)) == ["waiting: open"])
    }

    @Test func anOldConnectionIsNotKept() {
        let state = Self.state()
        #expect(state.keeps(Self.pooled(1), at: .seconds(3_599)))
        #expect(!state.keeps(Self.pooled(1), at: .seconds(3_600)))
    }

    @Test func aClosedPoolServesNobody() {
        var state = Self.state(connections: 2)
        _ = state.ask(at: .zero)
        _ = state.ask(at: .zero)
        _ = state.cameBack(Self.pooled(1), at: .zero)
        let (idle, _) = state.close(at: .zero)
        #expect(idle == [1])
        #expect(!state.keeps(Self.pooled(2), at: .zero))
        #expect(Self.describe(state.ask(at: .zero)) == "refuse: the pool was closed")
    }

    @Test func limitsThatMakeNoSenseDoNotTrap() {
        var limits = LibPQPool.Limits(maximumConnections: -1)
        limits.maximumWaiting = -1
        limits.shortestBackOff = .seconds(Int64.max)
        limits.longestBackOff = .seconds(Int64.max)
        var state = State(limits)
        #expect(Self.describe(state.ask(at: .zero)) == "open")
        #expect(Self.describe(state.wait(state.drawTicket(), "a", at: .zero)).hasPrefix("refuse"))
        for _ in 0..<100 {
            _ = state.openingFailed(Self.refused, at: .zero)
            _ = state.ask(at: .seconds(Int64.max))
        }
    }
}
#endif
