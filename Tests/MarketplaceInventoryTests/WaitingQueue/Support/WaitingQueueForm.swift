import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceStorage
import MarketplaceTestKit
import Testing

/// The forms of a waiting queue that every scenario is run against.
enum WaitingQueueForm: String, CaseIterable, CustomTestStringConvertible {
    case inMemory
    case onStore
    case onFaultyStore

    var testDescription: String { rawValue }

    func make(seed: UInt64 = 1) throws(WaitingQueueError) -> any WaitingQueue {
        switch self {
        case .inMemory: InMemoryWaitingQueue()
        case .onStore: try StoreWaitingQueue("drop", store: InMemoryStore(), codec: .json)
        case .onFaultyStore:
            try StoreWaitingQueue("drop", store: FaultInjectingStore.uncertain(oneIn: 3, seed: seed), codec: .json)
        }
    }

    /// A queue that was created on those terms at second 0.
    func make(_ terms: WaitingQueueTerms, seed: UInt64 = 1) async throws -> any WaitingQueue {
        let queue = try make(seed: seed)
        try await queue.create(terms, at: .second(0))
        return queue
    }
}

extension WaitingQueueTerms {
    /// Terms of a scenario: opens at second 100, one a second, a window of ten seconds.
    static func scenario(
        rate: AdmissionRate = .perSecond(1),
        burst: Int64 = 0,
        maximumInside: Int64? = nil,
        maximumStay: Duration? = nil,
        maximumWaiting: Int64 = 2_000,
        noShowsMayRejoin: Bool = false,
        callInterval: Duration = .milliseconds(100)
    ) -> WaitingQueueTerms {
        WaitingQueueTerms(
            opensAt: .second(100),
            rate: rate,
            burst: burst,
            arrivalWindow: .seconds(10),
            maximumInside: maximumInside,
            maximumStay: maximumStay,
            maximumWaiting: maximumWaiting,
            noShowsMayRejoin: noShowsMayRejoin,
            callInterval: callInterval
        )
    }
}

extension WaitingQueue {
    /// Lets members with numbers join, one second after the other from `second` on or all at it.
    func join(_ members: ClosedRange<Int>, at second: Int64 = 1) async throws(WaitingQueueError) {
        for number in members { try await join(.numbered(number), at: .second(second)) }
    }

    func status(_ number: Int, at second: Int64) async throws(WaitingQueueError) -> WaitingStatus {
        try await status(of: .numbered(number), at: .second(second))
    }

    /// Which of the members are called.
    func called(of members: ClosedRange<Int>, at second: Int64) async throws(WaitingQueueError) -> [Int] {
        var called: [Int] = []
        for number in members {
            if case .called = try await status(number, at: second) { called.append(number) }
        }
        return called
    }
}

extension MemberKey {
    static func numbered(_ number: Int) -> MemberKey { MemberKey(stringLiteral: "member-\(number)") }
}

/// The refusal that `body` ends in; nil when it succeeds.
func waitingRefusal(
    _ body: () async throws(WaitingQueueError) -> Void
) async throws -> WaitingQueueRefusal? {
    do throws(WaitingQueueError) {
        try await body()
        return nil
    } catch {
        guard let refusal = error.refusal else { throw error }
        return refusal
    }
}

/// Makes a call again, as a caller does, while it ends as unknown.
func askingAgain<Value: Sendable>(
    _ call: @Sendable () async throws(WaitingQueueError) -> Value
) async throws(WaitingQueueError) -> Value {
    let mostRepeats = 20
    for _ in 0..<mostRepeats {
        do throws(WaitingQueueError) {
            return try await call()
        } catch {
            guard error.effect == .unknown else { throw error }
        }
    }
    return try await call()
}
