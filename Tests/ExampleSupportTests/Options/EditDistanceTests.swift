import Testing

@testable import ExampleSupport

struct EditDistanceTests {
    @Test(arguments: [
        ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("same", "same", 0), ("kitten", "sitting", 3), ("ab", "ba", 1),
        ("stcok", "stock", 1), ("seed", "sed", 1),
    ])
    func countsInsertionsDeletionsSubstitutionsAndSwaps(left: String, right: String, distance: Int) {
        #expect(EditDistance.between(left, right) == distance)
        #expect(EditDistance.between(right, left) == distance)
    }
}
