import MarketplaceCore
import MarketplaceStorage
import Testing

@testable import MarketplaceSagas

struct SagaEntryTests {
    private static let start = SagaStart(
        definition: "checkout",
        version: 3,
        fingerprint: .max,
        key: "order-1",
        input: Array("{}".utf8),
        worker: "worker-1"
    )
    private static let abort = SagaAbort(step: "pay", reason: "declined", encodedError: [1, 2, 3])
    private static let records: [SagaRecord] = [
        .started(start), .claimed(worker: "worker-2"), .intended(0), .skipped(1), .done(2, output: [9, 9]), .notDone(0),
        .unknown(1), .aborting(abort), .undone(2),
        .stuck(SagaStuck(step: "pay", direction: .backward, reason: "down")), .completed, .aborted(abort),
    ]

    @Test func everyRecordIsReadBackAsItWasWritten() throws {
        let bytes = SagaEntry.encode(Self.records)
        #expect(try SagaEntry.decode(bytes) == Self.records)
    }

    @Test func anEntryCutOffAnywhereIsRefused() {
        let bytes = SagaEntry.encode(Self.records)
        for length in 0..<bytes.count {
            #expect(throws: BinaryFormatError.self) {
                try SagaEntry.decode(Array(bytes.prefix(length)))
            }
        }
    }

    @Test func anEntryOfANewerFormIsRefused() {
        var bytes = SagaEntry.encode(Self.records)
        bytes[0] = SagaEntry.form + 1
        #expect(throws: BinaryFormatError.self) { try SagaEntry.decode(bytes) }
    }

    @Test func damagedBytesNeverTrap() {
        var generator = SeededGenerator(seed: 7)
        let bytes = SagaEntry.encode(Self.records)
        for _ in 0..<20_000 {
            var damaged = bytes
            for _ in 0...Int(generator.next() % 4) {
                damaged[Int(generator.next() % UInt64(damaged.count))] = UInt8(truncatingIfNeeded: generator.next())
            }
            _ = try? SagaEntry.decode(damaged)
        }
    }
}
