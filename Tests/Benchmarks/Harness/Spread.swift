/// The smallest, the middle and the largest of some numbers.
struct Spread: Hashable, Sendable {
    /// The smallest.
    let minimum: Int64
    /// The middle one; of an even number of them the mean of the two in the middle, rounded down.
    let median: Int64
    /// The largest.
    let maximum: Int64

    /// The spread of `numbers`; nil when there are none.
    init?(_ numbers: [Int64]) {
        let sorted = numbers.sorted()
        guard let first = sorted.first, let last = sorted.last else { return nil }
        minimum = first
        maximum = last
        let upper = sorted[sorted.count / 2]
        let lower = sorted[(sorted.count - 1) / 2]
        median = lower + (upper - lower) / 2
    }
}
