import ExampleSupport
import Testing

struct ProcessorTimeTests {
    @Test func itGrowsWithTheWork() {
        let before = ProcessorTime.used
        while ProcessorTime.used - before < .milliseconds(1) {}
        // Other threads of the process work as well, so how much of it was the loop's is not known.
        #expect(ProcessorTime.used - before >= .milliseconds(1))
        #expect(before > .zero)
    }
}
