/// The values a figure went through, each with what is known about when it began.
///
/// Nobody knows at which moment of a call a movement was made, only that it was after the call began and before it
/// ended. Two of these are enough to tell whether an observer can have seen a value: the figure had it at some moment
/// of the observation, or it cannot have.
struct LevelLog {
    /// The values, the first one from the beginning of time.
    private var values: [Int64]
    /// For each value the tick before which it cannot have begun.
    private var earliest: [Int] = [0]
    /// For each value the tick after which it must have begun, as its own change alone tells.
    private var latest: [Int] = [0]
    private var places: [Int64: [Int]] = [:]

    init(_ first: Int64) {
        values = [first]
        places[first] = [0]
    }

    /// The value now.
    var last: Int64 { values[values.count - 1] }

    /// Notes that the figure took a value during `moments`.
    mutating func append(_ value: Int64, during moments: ClosedRange<Int>) {
        places[value, default: []].append(values.count)
        values.append(value)
        // It began after whatever came before it.
        earliest.append(max(moments.lowerBound, earliest[earliest.count - 1]))
        latest.append(moments.upperBound)
    }

    /// Makes ``couldShow(_:during:)`` answer; to be called once, after the last value.
    mutating func seal() {
        // A value began before whatever came after it.
        for index in latest.indices.dropLast().reversed() { latest[index] = min(latest[index], latest[index + 1]) }
    }

    /// Whether somebody who looked during `moments` can have seen the value.
    func couldShow(_ value: Int64, during moments: ClosedRange<Int>) -> Bool {
        guard let candidates = places[value] else { return false }
        // The last value that can have begun before the look ended, and the first that can have lasted until it began.
        let end = Self.partition(earliest.count) { earliest[$0] <= moments.upperBound } - 1
        let start = Self.partition(latest.count - 1) { latest[$0 + 1] < moments.lowerBound }
        let first = Self.partition(candidates.count) { candidates[$0] < start }
        return first < candidates.count && candidates[first] <= end
    }

    /// How many of the first indices fulfil a condition that holds for a beginning of them.
    private static func partition(_ count: Int, _ holds: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if holds(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
