import MarketplaceCore
import Testing

@Suite struct TransitionMachineTests {
    enum Status { case pending, confirmed, canceled, expired, closed }
    enum Move { case create, confirm, cancel, expire, close }
    enum Role { case buyer, `operator`, system }
    typealias Machine = TransitionMachine<Status, Move, Role>

    static let machine = Machine {
        Transition(.create, to: .pending, by: .buyer)
        Transition(.confirm, from: .pending, to: .confirmed, by: .system, effects: "send mail", "count sale")
        Transition(.cancel, from: .pending, .confirmed, to: .canceled, by: .buyer, .operator, unless: "shipped")
        Transition(.expire, from: .pending, to: .expired, after: .minutes(15), since: .firstEntered(.pending))
        Transition(
            .close,
            from: .confirmed,
            to: .closed,
            by: .operator,
            after: .days(1),
            since: .lastEntered(.confirmed)
        )
    }

    static func refusal(
        _ move: Move,
        from state: Status?,
        by role: Role,
        given facts: Set<TransitionFact> = []
    ) -> Machine.Refusal? {
        do throws(Machine.Refusal) {
            _ = try machine.move(move, from: state, by: role, given: facts)
            return nil
        } catch {
            return error
        }
    }

    @Test func aBeginningLeadsOutOfNothing() throws {
        #expect(try Self.machine.move(.create, from: nil, by: .buyer) == .pending)
        #expect(Self.refusal(.create, from: .pending, by: .buyer)?.reason == .unknownFromHere)
        #expect(Self.refusal(.confirm, from: nil, by: .buyer)?.open == [.create])
    }

    @Test func aListedMoveTellsItsTargetAndItsEffectsInOrder() throws {
        let row = try Self.machine.transition(.confirm, from: .pending, by: .system)
        #expect(row.target == .confirmed)
        #expect(row.effects == ["send mail", "count sale"])
    }

    @Test func aRefusalTellsUnknownMovesFromForbiddenOnesAndListsTheOpenOnes() {
        #expect(
            Self.refusal(.confirm, from: .confirmed, by: .operator)
                == Machine.Refusal(
                    move: .confirm,
                    state: .confirmed,
                    role: .operator,
                    reason: .unknownFromHere,
                    open: [.cancel, .close]
                )
        )
        #expect(
            Self.refusal(.cancel, from: .pending, by: .system)?.reason == .notThisRole(allowed: [.buyer, .operator])
        )
        #expect(Self.refusal(.cancel, from: .pending, by: .system)?.open == [.confirm])
        #expect(Self.refusal(.expire, from: .pending, by: .system)?.reason == .notThisRole(allowed: []))
    }

    @Test func aGuardSaysWhichFactsAreMissingOrInTheWay() throws {
        let refusal = Self.refusal(.cancel, from: .confirmed, by: .operator, given: ["shipped"])
        #expect(refusal?.reason == .guarded(missing: [], inTheWay: ["shipped"]))
        #expect(refusal?.open == [.close])
        #expect(refusal?.effect == .refused)
        let machine = Machine(initial: .pending) {
            Transition(.confirm, from: .pending, to: .confirmed, by: .system, when: "paid", "in stock")
        }
        let missing = #expect(throws: Machine.Refusal.self) {
            try machine.move(.confirm, from: .pending, by: .system, given: ["paid"])
        }
        #expect(missing?.reason == .guarded(missing: ["in stock"], inTheWay: []))
        #expect(try machine.move(.confirm, from: .pending, by: .system, given: ["paid", "in stock"]) == .confirmed)
    }

    @Test func rowsWhoseFactsExcludeEachOtherMayShareAMove() throws {
        let machine = Machine(initial: .pending) {
            Transition(.close, from: .pending, to: .closed, by: .system, when: "all refunded")
            Transition(.close, from: .pending, to: .pending, by: .system, unless: "all refunded")
        }
        #expect(try machine.move(.close, from: .pending, by: .system) == .pending)
        #expect(try machine.move(.close, from: .pending, by: .system, given: ["all refunded"]) == .closed)
    }

    @Test func aMoveCanLeaveSeveralStatesAsTheyAre() throws {
        let machine = Machine(initial: .pending) {
            Transition(.confirm, from: .pending, to: .confirmed, by: .system)
            Transition.staying(.create, in: .pending, .confirmed, by: .buyer, unless: "locked")
        }
        #expect(try machine.move(.create, from: .pending, by: .buyer) == .pending)
        #expect(try machine.move(.create, from: .confirmed, by: .buyer) == .confirmed)
        #expect(throws: Machine.Refusal.self) {
            try machine.move(.create, from: .confirmed, by: .buyer, given: ["locked"])
        }
    }

    @Test func theRolesOfAMoveAreThoseOfAllItsRows() {
        #expect(Self.machine.roles(of: .cancel) == [.buyer, .operator])
        #expect(Self.machine.roles(of: .expire) == [])
        #expect(Self.machine.isFinal(.closed) && !Self.machine.isFinal(.confirmed))
        #expect(Self.machine.states == [.pending, .confirmed, .canceled, .expired, .closed])
    }

    @Test func everyRefusalReadsAsASentence() {
        #expect(
            Self.refusal(.cancel, from: .pending, by: .system)?.description
                == "cancel from pending by system is refused: it is open to buyer, operator; open: confirm"
        )
        #expect(
            Self.refusal(.confirm, from: nil, by: .system)?.description
                == "confirm before the beginning by system is refused: there is no such move from there; open: nothing"
        )
    }

    @Test func timersAreDueAPeriodAfterTheirPoint() throws {
        var history = TransitionHistory<Status>()
        history.enter(.pending, at: .epoch)
        history.enter(.confirmed, at: .epoch.advanced(by: .minutes(1)))
        history.enter(.pending, at: .epoch.advanced(by: .minutes(2)))
        history.enter(.confirmed, at: .epoch.advanced(by: .minutes(3)))
        #expect(
            Self.machine.timers(in: .pending, history: history)
                == [.init(move: .expire, target: .expired, time: .epoch.advanced(by: .minutes(15)))]
        )
        let close = Self.machine.dueTimers(in: .confirmed, history: history, now: .epoch)
        #expect(close.due.isEmpty)
        #expect(close.nextDeadline == .epoch.advanced(by: .days(1)).advanced(by: .minutes(3)))
        #expect(try Self.machine.move(.close, from: .confirmed, by: .operator) == .closed)
    }

    @Test func aTimerThatCannotFireSaysWhy() {
        func reason(_ move: Move, _ state: Status, _ history: TransitionHistory<Status>) -> Machine.Refusal.Reason? {
            do throws(Machine.Refusal) {
                _ = try Self.machine.fire(move, from: state, history: history, now: .epoch)
                return nil
            } catch {
                return error.reason
            }
        }
        #expect(reason(.expire, .pending, .init()) == .notDue(until: nil))
        #expect(reason(.confirm, .pending, .init()) == .notThisRole(allowed: [.system]))
        #expect(reason(.expire, .closed, .init()) == .unknownFromHere)
    }

    @Test func tablesThatCannotBeFollowedAreNamed() {
        typealias Row = Machine.Row
        let rows: [Row] = [
            Row(.create, from: [], to: .pending, by: [.buyer]),
            Row(.confirm, from: [.pending], to: .confirmed, by: [.system, .operator]),
            Row(.confirm, from: [.pending], to: .closed, by: [.operator]),
            Row(.cancel, from: [.pending], to: .canceled, by: []),
            Row(.close, from: [.expired], to: .closed, by: [.system]),
        ]
        #expect(
            Machine.problems(in: rows) == [
                .nobodyMoves(.cancel),
                .ambiguous(.confirm, from: .pending, by: .operator),
                .unreachable(.expired),
            ]
        )
        #expect(throws: Machine.Problem.nobodyMoves(.cancel)) { try Machine(validating: rows) }
        #expect(Machine.problems(in: []) == [.noBeginning])
        #expect(Machine.problems(in: [], initial: .pending) == [])
        #expect(
            Machine.problems(in: [
                Row(.create, from: [], to: .pending, by: [], at: .after(.minutes(1), since: .lastEntered(.closed)))
            ]) == [.timedBeginning(.create), .unreachable(.closed)]
        )
    }

    #if !os(iOS) && !os(tvOS) && !os(watchOS) && !os(visionOS)
    @Test func aWrittenTableWithAProblemIsACallersBug() async {
        await #expect(processExitsWith: .failure) {
            _ = Machine { Transition(.close, from: .expired, to: .closed, by: .system) }
        }
    }
    #endif

    @Test func theDiagramShowsEveryArrow() {
        #expect(
            Self.machine.mermaid == """
                stateDiagram-v2
                    [*] --> pending: create (buyer)
                    pending --> confirmed: confirm (system)
                    pending --> canceled: cancel (buyer, operator) [not shipped]
                    confirmed --> canceled: cancel (buyer, operator) [not shipped]
                    pending --> expired: expire ⏱ 900.0 seconds after first entered pending
                    confirmed --> closed: close (operator) ⏱ 86400.0 seconds after last entered confirmed
                    canceled --> [*]
                    expired --> [*]
                    closed --> [*]

                """
        )
    }

    @Test func theDiagramNamesStatesThatMermaidCannotReadByAnAlias() {
        let machine = TransitionMachine<String, String, String>(initial: "pay: now") {
            Transition("expire;", from: "pay: now", to: "end", by: "#1")
        }
        #expect(
            machine.mermaid == """
                stateDiagram-v2
                    state "pay#58; now" as state1
                    state "end" as state2
                    [*] --> state1
                    state1 --> state2: expire#59; (#35;1)
                    state2 --> [*]

                """
        )
    }
}
