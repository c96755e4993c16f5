import MarketplaceCore
import MarketplaceTestKit
import Synchronization
import Testing

@testable import MarketplaceSagas

#if canImport(Glibc)
import Glibc

/// What sagas cost in memory.
///
/// What other tests take meanwhile would count as well, so these run alone: `Tests/run --only memory`. The smaller ones
/// come first, because what is freed is used again.
@Suite(.serialized, .enabled(if: getenv("MARKETPLACE_MEMORY") != nil, "memory is measured alone"))
struct MemoryTests {
    /// The bytes of memory the process has.
    private var allocated: Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, 255, file) != nil else { return 0 }
        let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        let fields = text.split(separator: " ")
        return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * Int(getpagesize())
    }

    @Test func aSagaThatIsOverCostsFewBytes() async throws {
        let count = 20_000
        let shop = Workshop()
        let definition = SagaDefinition("ends", version: 1, state: JobState.self) {
            Retriable<JobState>("last", into: \.last) { _, _ in "done" }
        }
        let coordinator = shop.coordinator("A", definition, retention: .zero)
        let before = allocated
        for number in 0..<count {
            let handle = try await coordinator.start(definition, JobState(), key: try SagaKey("k\(number)"))
            _ = try await handle.outcome()
        }
        let bytes = (allocated - before) / count
        print("a saga that is over takes \(bytes) bytes")
        #expect(bytes < 1_024)
    }

    @Test func oneHundredThousandSagasThatWaitCostNoTaskAndFewBytesEach() async throws {
        let count = 100_000
        let shop = Workshop()
        let definition = SagaDefinition("waits", version: 1, state: JobState.self) {
            AwaitSignal<JobState>("approval", into: \.approval, within: .seconds(3_600))
        }
        let coordinator = shop.coordinator("A", definition)
        let before = allocated
        for number in 0..<count {
            _ = try await coordinator.start(definition, JobState(), key: try SagaKey("k\(number)"))
        }
        try await shop.until { coordinator.state.withLock { $0.driven.isEmpty } }
        let bytes = (allocated - before) / count
        print("a saga that waits takes \(bytes) bytes")
        #expect(shop.clock.sleeperCount == 0)
        #expect(bytes < 8 * 1_024)
    }
}
#endif
