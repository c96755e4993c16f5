import TestSupport
import Testing

@testable import MarketplaceInMemory

struct ChunkedSortedArrayTests {
    private func elements(of array: ChunkedSortedArray<Int>) -> [Int] {
        var elements: [Int] = []
        var position = array.start
        while position != array.end {
            elements.append(array[position])
            position = array.position(after: position)
        }
        return elements
    }

    private func elementsBackwards(of array: ChunkedSortedArray<Int>) -> [Int] {
        var elements: [Int] = []
        var place = array.position(before: array.end)
        while let position = place {
            elements.append(array[position])
            place = array.position(before: position)
        }
        return elements
    }

    @Test func anEmptyOneHasNoPlaces() {
        let array = ChunkedSortedArray<Int>()
        #expect(array.start == array.end)
        #expect(array.position(before: array.end) == nil)
        #expect(array.firstPosition { _ in true } == array.end)
    }

    @Test func aRandomWalkKeepsStepWithASortedArray() {
        PropertyRun.check(40) { run in
            var array = ChunkedSortedArray<Int>()
            var model: Set<Int> = []
            // A narrow range meets what is there already, a wide one splits chunks.
            let range = run.element(of: [10, 600, 100_000])
            for step in 0..<4_000 {
                let element = run.natural(through: range)
                // In phases it grows and shrinks, so that chunks are split and emptied.
                if run.natural(through: 9) < (step / 1_000 % 2 == 0 ? 8 : 2) {
                    array.insert(element)
                    model.insert(element)
                } else {
                    array.remove(element)
                    model.remove(element)
                }
            }
            let sorted = model.sorted()
            #expect(array.count == sorted.count, run.replay)
            #expect(elements(of: array) == sorted, run.replay)
            #expect(elementsBackwards(of: array) == sorted.reversed(), run.replay)
            for _ in 0..<50 {
                let bound = run.natural(through: range)
                let position = array.firstPosition { $0 >= bound }
                let expected = sorted.first { $0 >= bound }
                #expect((position == array.end ? nil : array[position]) == expected, run.replay)
                let before = array.position(before: position).map { array[$0] }
                #expect(before == sorted.last { $0 < bound }, run.replay)
            }
        }
    }

    @Test(arguments: [true, false])
    func manyElementsInOrderAreKeptInOrder(isAscending: Bool) {
        var array = ChunkedSortedArray<Int>()
        let count = ChunkedSortedArray<Int>.maximumChunkLength * 5 + 3
        for index in 0..<count { array.insert(isAscending ? index : count - 1 - index) }
        #expect(elements(of: array) == Array(0..<count))
    }

    @Test func removingEverythingLeavesAnEmptyOne() {
        var array = ChunkedSortedArray<Int>()
        for index in 0..<2_000 { array.insert(index) }
        for index in (0..<2_000).reversed() { array.remove(index) }
        #expect(array.count == 0)
        #expect(array.start == array.end)
        array.insert(7)
        #expect(elements(of: array) == [7])
    }

    @Test func insertingTwiceAndRemovingWhatIsNotThereChangeNothing() {
        var array = ChunkedSortedArray<Int>()
        array.insert(1)
        array.insert(1)
        array.remove(2)
        #expect(elements(of: array) == [1])
        #expect(array.count == 1)
    }
}
