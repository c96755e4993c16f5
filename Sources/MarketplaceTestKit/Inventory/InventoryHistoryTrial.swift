import MarketplaceCore
import MarketplaceInventory
import Synchronization

/// One short history of several callers at once.
struct InventoryHistoryTrial {
    /// How many calls one caller makes before the others come.
    private static let preparation = 14
    private static let reservations = (1...6).map { ReservationID(bits: UInt128($0)) }
    private static let changes = (1...8).map { MovementID(bits: UInt128($0)) }

    private let seed: UInt64
    private let inventory: any InventoryStore
    private var source: InventoryCallSource
    private var model = InventoryModel()
    private var time = Timestamp(microsecondsSinceEpoch: 1_767_225_600_000_000)

    init(seed: UInt64, _ inventory: any InventoryStore) {
        self.seed = seed
        self.inventory = inventory
        source = InventoryCallSource(seed: seed)
    }

    /// Makes the history and checks it; how many calls ran at once.
    mutating func run() async throws -> Int {
        for _ in 0..<Self.preparation {
            time = time.advanced(by: source.pause())
            let call = source.call(at: time, of: Self.reservations, Self.changes)
            let answer = try await call.perform(on: inventory)
            guard model.accepts(answer, to: call) else {
                throw failure("a single caller got a wrong answer", ["\(call) → \(answer)"])
            }
        }
        // The time stands still from here on, beyond some of the deadlines: what is overdue has to be noticed.
        time = time.advanced(by: .seconds(3))
        model.isConcurrent = true
        let plans = makePlans()
        guard let callers = try await perform(plans) else { return 0 }
        try await inventory.expire(dueBy: time, limit: InventoryLimits.pageSize)
        let end = try await InventoryScenery(inventory, of: Self.reservations)
        try check(callers, end)
        return callers.reduce(0) { $0 + $1.count }
    }

    private mutating func makePlans() -> [[InventoryCall]] {
        let callers = 2 + source.draw(InventoryTrials.maximumCallers - 1)
        return (0..<callers).map { _ in
            (0...source.draw(InventoryTrials.maximumCalls)).dropFirst().map { _ in
                source.concurrentCall(at: time, of: Self.reservations, Self.changes)
            }
        }
    }

    /// Makes the calls, each caller's in their order, as much at once as can be; nil when the outcome of one stayed
    /// unknown, and nothing can be said of the others.
    private func perform(_ plans: [[InventoryCall]]) async throws -> [[InventoryLinearization.Call]]? {
        let inventory = inventory
        let ticks = HistoryTicks(callers: plans.count)
        return try await withThrowingTaskGroup(of: (Int, [InventoryLinearization.Call]?).self) { group in
            for (index, plan) in plans.enumerated() {
                group.addTask {
                    var calls: [InventoryLinearization.Call] = []
                    await ticks.waitForAll()
                    for call in plan {
                        let begin = ticks.next()
                        do throws(InventoryError) {
                            let answer = try await call.perform(on: inventory)
                            calls.append(.init(call: call, answer: answer, begin: begin, end: ticks.next()))
                        } catch {
                            // Contention changes nothing; any other failure is no answer that can be explained.
                            if case .contended = error { continue }
                            guard error.effect == .unknown else { throw error }
                            return (index, nil)
                        }
                    }
                    return (index, calls)
                }
            }
            var callers: [[InventoryLinearization.Call]?] = Array(repeating: nil, count: plans.count)
            for try await (index, calls) in group { callers[index] = calls }
            let known = callers.compactMap(\.self)
            return known.count == plans.count ? known : nil
        }
    }

    private func check(_ callers: [[InventoryLinearization.Call]], _ end: InventoryScenery) throws {
        let time = time
        var search = InventoryLinearization(callers, from: model) { model in
            // What is overdue has been swept before anybody looked.
            var model = model
            model.expireHolds(at: time)
            return end.difference(from: InventoryScenery(model, of: Self.reservations))
        }
        guard let reason = search.failure() else { return }
        let calls = callers.enumerated().flatMap { caller, calls in
            calls.map { (call: $0, caller: caller) }
        }
        let lines = calls.sorted { $0.call.begin < $1.call.begin }.map { "caller \($0.caller): \($0.call)" }
        throw failure(reason, lines)
    }

    private func failure(_ reason: String, _ lines: [String]) -> InventoryTrialFailure {
        InventoryTrialFailure(seed: seed, reason: reason, history: lines)
    }
}

/// Numbers the beginnings and ends of calls, and lets all callers begin together.
private final class HistoryTicks: Sendable {
    private let tick = Atomic<Int>(0)
    private let missing: Atomic<Int>

    init(callers: Int) {
        missing = Atomic(callers)
    }

    func next() -> Int { tick.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue }

    func waitForAll() async {
        missing.wrappingSubtract(1, ordering: .sequentiallyConsistent)
        while missing.load(ordering: .sequentiallyConsistent) > 0 { await Task.yield() }
    }
}
