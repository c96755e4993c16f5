import MarketplaceCore

/// How a law lets time pass for the calls that wait on a subject.
///
/// The time of the subject passes on a manual clock, and only when the law says so. The real time that tasks need to
/// be scheduled is waited out, up to a patience that no working subject needs (``LawPatience``).
struct LawPace: Sendable {
    /// The clock of the subject.
    let clock: ManualClock
    /// The most time on the clock that a waiting call takes to notice a change.
    let attention: Duration
    /// The most real time a call may take to end once nothing stands in its way, or many calls may be without progress.
    let patience: Duration

    /// The most real time for which the clock stands still where nobody sleeps on it.
    private static let longestTrip = Duration.milliseconds(500)

    /// The time on the clock.
    var now: Duration { clock.now.offset }

    /// Waits for the end of a call, while the clock moves on by the attention so many times.
    func end<Value>(of call: LawCall<Value>, looks: Int = 1, _ what: String) async throws -> Value {
        try await settle(what, looks: looks) {
            call.isOver
        } orElse: {
            call.cancel()
        }
        guard let result = call.result else { throw LawBreach(expected: what, found: "a call without an end") }
        return try result.get()
    }

    /// Waits for the end of all calls, in the order of the calls, while the clock moves on in all so many times.
    ///
    /// Patience begins anew whenever the progress has changed: how long very many calls take depends on the machine.
    func ends<Value>(
        of calls: [LawCall<Value>],
        looks: Int = 1,
        _ what: String,
        progress: () -> Int = { 0 }
    ) async throws -> [Value] {
        try await settle(what, looks: looks, progress: progress) {
            calls.allSatisfy(\.isOver)
        } orElse: {
            for call in calls { call.cancel() }
        }
        return try calls.compactMap { try $0.result?.get() }
    }

    /// Waits until a call sleeps on the clock besides the `others` that do, or has ended.
    func untilAsleep<Value>(_ call: LawCall<Value>, besides others: Int = 0) async throws {
        try await settle("a waiting call sleeps on the clock until its deadline", looks: 0) {
            call.isOver || clock.sleeperCount > others
        } orElse: {
            call.cancel()
        }
    }

    /// Lets others run for a while that differs from round to round, so that two calls meet at many moments.
    func stagger(_ round: Int) async {
        // How far others get in one yield depends on how busy the machine is: hence powers of two, and steps between.
        let power = 1 << (round % 10)
        for _ in 0..<(power - 1 + power * (round / 10 % 8) / 8) { await Task.yield() }
    }

    /// Gives the tasks that can run a chance to, without any promise that they do.
    func breathe() async {
        for _ in 0..<20 { await Task.yield() }
    }

    /// Waits until the condition holds, while the clock moves on by the attention so many times.
    func settle(
        _ what: String,
        looks: Int = 0,
        progress: () -> Int = { 0 },
        until isSettled: () -> Bool,
        orElse giveUp: () -> Void = {}
    ) async throws {
        var left = LawPatience(patience)
        var reached = progress()
        var looks = attention > .zero ? looks : 0
        var trip = LawPatience(Self.longestTrip)
        while true {
            for _ in 0..<20 {
                if isSettled() { return }
                await Task.yield()
            }
            let current = progress()
            if current != reached {
                reached = current
                left.renew()
            }
            if left.hasEnded() {
                giveUp()
                throw LawBreach(expected: "\(what), within \(patience)", found: "not until then")
            }
            // Who is on the way to a server and back would not notice that the clock moves on, and sleep then for good.
            if looks > 0, clock.sleeperCount > 0 || trip.hasEnded() {
                looks -= 1
                clock.advance(by: attention)
                trip.renew()
            }
            // Real time, which the scheduler needs: the clock of the subject stands still meanwhile.
            try await Task.sleep(for: .milliseconds(1))
        }
    }
}
