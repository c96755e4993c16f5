import MarketplaceCore
import MarketplaceStorage
import TestSupport
import Testing

@testable import MarketplaceInMemory

struct EventLogTests {
    private func event(at position: UInt64) -> RecordedEventBox {
        RecordedEventBox(
            RecordedEvent(
                stream: StreamID("a", "b"),
                version: .first,
                position: FeedPosition(minor: position),
                time: .epoch,
                transaction: TransactionID(bits: 1),
                draft: EventDraft(id: EventID(bits: UInt128(position)), name: "Happened", payload: [])
            )
        )
    }

    @Test func holesAreClosedUpOnceTheyAreMoreThanHalf() {
        var log = EventLog()
        for position in 1...100 { log.append(event(at: UInt64(position))) }
        for position in 1...50 { log.remove(at: UInt64(position)) }
        #expect(log.endIndex == 100)
        log.remove(at: 51)
        #expect(log.endIndex == 49)
        #expect(log.position(at: 0) == 52)
    }

    @Test func removingWhatIsNotThereChangesNothing() {
        var log = EventLog()
        for position in [2, 4] { log.append(event(at: UInt64(position))) }
        for position: UInt64 in [0, 1, 3, 5, .max] { log.remove(at: position) }
        log.remove(at: 2)
        log.remove(at: 2)
        #expect(log.endIndex == 2)
        #expect(log.event(at: 0) == nil)
        #expect(log.event(at: 1)?.event.position.minor == 4)
    }

    @Test func whatIsLeftIsFoundByItsPositionAfterAnyRemovals() {
        PropertyRun.check(100) { run in
            var log = EventLog()
            var left: [UInt64] = []
            var position: UInt64 = 0
            for _ in 0..<300 {
                if run.natural(through: 2) > 0 {
                    position += UInt64(run.natural(through: 3)) + 1
                    log.append(event(at: position))
                    left.append(position)
                } else if !left.isEmpty {
                    log.remove(at: left.remove(at: run.natural(through: left.count - 1)))
                }
                let start = UInt64(run.natural(through: Int(position)))
                let found = (log.firstIndex(after: start)..<log.endIndex).compactMap { index in
                    log.event(at: index)?.event.position.minor
                }
                #expect(found == left.filter { $0 > start }, run.replay)
            }
        }
    }
}
