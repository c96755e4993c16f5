import ExampleSupport
import Testing

struct ProcessorTimeTests {
    @Test func itGrowsWithTheWork() {
        let before = ProcessorTime.used
        var sum: UInt64 = 0
        while ProcessorTime.used - before < .milliseconds(1) { sum &+= 1 }
        #expect(sum > 0)
        #expect(before > .zero)
    }
}
