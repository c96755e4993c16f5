import ExampleSupport
import Testing

struct BasisPointsTests {
    @Test(arguments: [
        ("3", 300), ("0.5", 50), ("0.05", 5), ("12.25", 1_225), ("100", 10_000), ("3%", 300), ("3 %", 300),
        ("-0.5", -50),
        ("99.90", 9_990), ("0", 0), ("007", 700),
    ])
    func aPercentageIsReadExactly(text: String, value: Int) {
        #expect(BasisPoints(text)?.value == value)
    }

    @Test(arguments: ["", ".", "3.", ".5", "0.123", "1e2", "3,5", "%", "--3", "+3", "3 3", "9223372036854775807", "٣"])
    func otherTextIsRefused(text: String) {
        #expect(BasisPoints(text) == nil)
    }

    @Test(arguments: [0, 1, 10, 50, 300, 1_225, 9_990, 10_000, -50, -1, Int.max, Int.min + 1])
    func whatIsPrintedReadsBack(value: Int) {
        #expect(BasisPoints(BasisPoints(value).description) == BasisPoints(value))
    }
}
