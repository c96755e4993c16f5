import MarketplaceCore
import Testing

@Suite struct PublishedLifecycleTests {
    static let machines = try? PublishedLifecycle.all(in: "state-machines")
    static let processes = try? PublishedLifecycle.all(in: "marketplace-processes")
    static var all: [PublishedLifecycle] { (machines ?? []) + (processes ?? []) }

    @Test func allFourteenAreRead() {
        #expect(Self.machines?.count == 11)
        #expect(Self.processes?.count == 3)
    }

    @Test(arguments: all)
    func acceptsWhatIsListedAndRefusesEverythingElseWithTheOpenMoves(_ published: PublishedLifecycle) throws {
        let machine = try published.machine
        let rows = try published.rows
        let moves = Set(rows.map(\.move) + ["no such move"])
        let roles = Set(rows.flatMap(\.roles) + ["stranger"])
        var accepted = 0
        for state in machine.states.map(Optional.some) + [nil] {
            for role in roles {
                let listed = rows.filter { row in
                    row.roles.contains(role) && (state.map(row.sources.contains) ?? row.sources.isEmpty)
                }
                for move in moves {
                    if let row = listed.first(where: { $0.move == move }) {
                        #expect(try machine.move(move, from: state, by: role) == row.target)
                        #expect(try machine.transition(move, from: state, by: role).effects == row.effects)
                        accepted += 1
                    } else {
                        let refusal = #expect(throws: PublishedLifecycle.Machine.Refusal.self) {
                            try machine.move(move, from: state, by: role)
                        }
                        #expect(Set(refusal?.open ?? []) == Set(listed.map(\.move)))
                        #expect(refusal?.move == move && refusal?.state == state && refusal?.role == role)
                    }
                }
            }
        }
        #expect(accepted > 0)
    }

    @Test(arguments: all)
    func namesExactlyThePublishedStates(_ published: PublishedLifecycle) throws {
        let machine = try published.machine
        if let states = published.states { #expect(machine.states.sorted() == states) }
        if let adjacency = published.adjacency {
            #expect(machine.states.sorted() == adjacency.keys.sorted())
            for (state, targets) in adjacency { #expect(machine.isFinal(state) == targets.isEmpty) }
        }
    }

    @Test(arguments: processes ?? [])
    func firesEveryTimerAtItsPeriodAndNotBefore(_ published: PublishedLifecycle) throws {
        let machine = try published.machine
        for row in machine.rows {
            guard let timer = row.timer else { continue }
            for term in timer.terms {
                var history = TransitionHistory<String>()
                let point = Timestamp.epoch.advanced(by: .days(20_000))
                switch term.point {
                case .firstEntered(let state), .lastEntered(let state): history.enter(state, at: point)
                case .named(let name): history.set(name, to: point)
                }
                let deadline = point.advanced(by: term.period)
                let before = deadline.advanced(by: .microseconds(-1))
                let state = try #require(row.sources.first)
                #expect(try machine.fire(row.move, from: state, history: history, now: deadline) == row)
                #expect(throws: Self.notDue(row.move, state, until: deadline)) {
                    try machine.fire(row.move, from: state, history: history, now: before)
                }
                let early = machine.dueTimers(in: state, history: history, now: before)
                #expect(!early.due.contains { $0.move == row.move })
                #expect(early.nextDeadline.map { $0 <= deadline } == true)
                #expect(
                    machine.dueTimers(in: state, history: history, now: deadline).due
                        .contains(.init(move: row.move, target: row.target, time: deadline))
                )
            }
        }
    }

    static func notDue(_ move: String, _ state: String, until deadline: Timestamp) -> PublishedLifecycle.Machine.Refusal
    {
        .init(move: move, state: state, role: nil, reason: .notDue(until: deadline), open: [])
    }

    @Test func theEarliestOfSeveralTimersIsTheDeadline() throws {
        let booking = try #require(Self.processes?.first { $0.id == "process-default-booking" })
        let machine = try booking.machine
        var history = TransitionHistory<String>()
        history.enter("preauthorized", at: .epoch)
        history.set("booking-start", to: .epoch.advanced(by: .days(2)))
        history.set("booking-end", to: .epoch.advanced(by: .days(9)))
        let schedule = machine.dueTimers(in: "preauthorized", history: history, now: .epoch)
        #expect(schedule.due.isEmpty)
        #expect(schedule.nextDeadline == .epoch.advanced(by: .days(3)))
        history.set("booking-start", to: .epoch.advanced(by: .days(30)))
        #expect(
            machine.timers(in: "preauthorized", history: history).map(\.time) == [.epoch.advanced(by: .days(6))]
        )
        history.set("booking-end", to: .epoch.advanced(by: .days(1)))
        #expect(
            machine.timers(in: "preauthorized", history: history).map(\.time) == [.epoch.advanced(by: .days(1))]
        )
    }
}
