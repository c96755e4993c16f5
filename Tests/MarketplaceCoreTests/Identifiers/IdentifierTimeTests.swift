import MarketplaceCore
import TestSupport
import Testing

struct IdentifierTimeTests {
    private enum Subject {}
    private typealias ID = Identifier<Subject>

    /// The example of RFC 9562, appendix A.6.
    @Test func readsTheTimeOfTheStandardsExample() throws {
        let id = try ID(parsing: "017F22E2-79B0-7CC3-98C4-DC0C0C07398F")
        #expect(id.time?.description == "2022-02-22T19:22:22Z")
        let random = UInt128(0xCC3) << 62 | 0x18C4_DC0C_0C07_398F
        #expect(ID(time: try #require(id.time), random: random) == id)
    }

    @Test(arguments: [
        "017F22E2-79B0-4CC3-98C4-DC0C0C07398F", "017F22E2-79B0-7CC3-18C4-DC0C0C07398F",
        "017F22E2-79B0-7CC3-D8C4-DC0C0C07398F", "00000000-0000-0000-0000-000000000000",
    ])
    func otherVersionsAndVariantsHaveNoTime(_ text: String) throws {
        #expect(try ID(parsing: text).time == nil)
    }

    @Test func everyTimeIsKeptToTheMillisecondWithinItsBounds() {
        PropertyRun.check { run throws in
            let time = Timestamp(microsecondsSinceEpoch: run.integer())
            let id = ID(time: time, using: &run.generator)
            let last: Int64 = ((1 << 48) - 1) * 1000
            let kept = max(0, min(last, time.microsecondsSinceEpoch)) / 1000 * 1000
            #expect(id.time == Timestamp(microsecondsSinceEpoch: kept), run.replay)
        }
    }

    @Test func theRandomBitsAreAllUsed() {
        let low = ID(time: .epoch, random: 0).bits
        let high = ID(time: .epoch, random: (1 << 74) - 1).bits
        #expect((low ^ high).nonzeroBitCount == 74)
        #expect(ID(time: .epoch, random: .max).bits == high)
    }
}
